"""Path and diagrams of a case, which the browser draws on any page."""

from lxml import etree


def path_of(browser, code, status=200):
    answer = browser.client.get(f"/cases/{code}/path.json")
    assert answer.status_code == status
    return answer.get_json()


def test_tells_the_path_and_the_place(browser, walked):
    path = path_of(browser, walked)
    assert path["root"] == "nomination"
    assert [each["id"] for each in path["processes"]] == [
        "nomination",
        "commune_assessment",
        "district_assessment",
        "province_assessment",
        "undo_window",
    ]
    assert len(path["strides"]) == 8
    assert path["strides"][-1]["places"][0] == ["commune_assessment", "record_meeting"]
    assert ["nomination", "commune_assessment"] in path["strides"][-1]["places"]
    moves = [move[:3] for move in path["strides"][4]["moves"]]
    assert ["commune_assessment", "check_dossier", "supplement_dossier_to_check_dossier"] in moves


def test_each_drawn_id_stands_in_its_diagram(browser, walked):
    path = path_of(browser, walked)
    ids = {
        each["id"]: set(etree.fromstring(browser.client.get(each["url"]).data).xpath("//@id"))
        for each in path["processes"]
    }
    for stride in path["strides"]:
        for process, element, flow, _turn in stride["moves"]:
            assert element in ids[process]
            assert flow is None or flow in ids[process]
        for process, drawn in (*stride["entered"], *stride["places"]):
            assert drawn in ids[process]


def test_everybody_who_may_know_of_the_case_gets_it(browser, office, walked):
    for username in ("officer", "commune_chair", "specialist", "secretary"):
        browser.sign_in_as(office.person(username))
        path_of(browser, walked)
    for username in ("other_officer", "registrant", "stranger"):
        browser.sign_in_as(office.person(username))
        path_of(browser, walked, 404)
        browser.get(f"/cases/{walked}/diagram/nomination.bpmn", 404)


def test_only_diagrams_of_the_case_are_given(browser, walked):
    browser.get(f"/cases/{walked}/diagram/campaign.bpmn", 404)
    browser.get(f"/cases/{walked}/diagram/..%2Fsecret.bpmn", 404)
    browser.get("/cases/HS-1999-0001/diagram/nomination.bpmn", 404)


def test_a_diagram_is_as_deployed_or_in_english(browser, office, walked):
    address = f"/cases/{walked}/diagram/commune_assessment.bpmn"
    answer = browser.client.get(address)
    assert answer.mimetype == "application/xml"
    assert "private" in answer.headers["Cache-Control"]
    assert "Kiểm tra thành phần hồ sơ" in answer.text
    with browser.client.session_transaction() as session:
        session["language"] = "en"
    english = browser.client.get(address).text
    assert "Kiểm tra thành phần hồ sơ" not in english
    assert 'id="check_dossier"' in english
