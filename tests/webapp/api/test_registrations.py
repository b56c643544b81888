"""Registrations, to be read version by version."""

TARGETS = [{"indicator": "Thoát nghèo", "pledge": "Thoát nghèo trong năm"}]
LATER = [{"indicator": "Thoát nghèo", "pledge": "Thoát nghèo trong quý III"}]


def accepted(office):
    """An accepted registration of An Cư; returns its code."""
    code = office.register(nominee_name="Nguyễn Văn Ất")
    office.do("officer", "fill_on_behalf", code, targets=TARGETS, commitment="Cam kết.")
    office.do("officer", "check_registration", code, decision="accept")
    office.work()
    return code


def test_versions_say_what_was_changed_by_which_request(program, office):
    code = accepted(office)
    [first] = program("officer").get(f"/registrations/{code}/versions")["items"]
    assert (first["number"], first["instance"], first["changed"]) == (1, code, [])
    assert (first["name"], first["targets"], first["commitment"]) == ("Nguyễn Văn Ất", TARGETS, "Cam kết.")
    form = {"registration": code, "filled_by": "officer", "reason": "Đổi chỉ tiêu."}
    change = office.start("officer", "registration_change", **form)
    office.do(
        "officer", "describe_on_behalf", change, name="Nguyễn Văn Ất", targets=LATER, commitment="Cam kết."
    )
    office.do("officer", "check_change", change, decision="accept")
    office.work()
    before, after = program("officer").get(f"/registrations/{code}/versions")["items"]
    assert before == first
    assert (after["number"], after["instance"], after["changed"]) == (2, change, ["targets"])
    assert after["targets"] == LATER


def test_there_is_none_before_it_is_accepted(program, office):
    code = office.register(nominee_name="Nguyễn Văn Ất")
    assert program("officer").get(f"/registrations/{code}/versions")["items"] == []


def test_who_may_not_know_of_it_finds_none(program, office):
    code = accepted(office)
    program("stranger").get(f"/registrations/{code}/versions", status=404)
    program("other_officer").get(f"/registrations/{code}/versions", status=404)
    nomination = office.nominate()
    program("officer").get(f"/registrations/{nomination}/versions", status=404)
