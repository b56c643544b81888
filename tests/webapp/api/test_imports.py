"""Lists sent as a workbook, to be read by who has sent them: how far they are, which rows are at fault."""

from tests.factories import CAMPAIGN
from tests.people import AN_CU
from webapp.operations.interventions import freeze_case
from webapp.operations.long_work import carry_each
from webapp.operations.row_imports import ROWS, NewImport, NewLine, begin_import

LIST = {"campaign": CAMPAIGN}


def send(office, *names):
    """A list of nominations of the officer, as the page takes it in; returns its id."""
    start = {
        "strand": "dong-thuan-hop-tac",
        "nominee_kind": "individual",
        "submitting_unit": AN_CU,
        "proposed_award": "certificate_of_merit",
        "round": "nam-2019",
        "filled_by": "officer",
    }
    lines = [
        NewLine(number, name, start | {"nominee_name": name}, {}) for number, name in enumerate(names, 2)
    ]
    new = NewImport("nomination", CAMPAIGN, "ds.xlsx", "ab" * 32, {"round": "nam-2019"}, lines)
    return begin_import(new, actor=office.actor("officer"), now=office.now)


def carry(office):
    """What the worker does: rows are opened until none is left, then the list is done."""
    while carry_each(ROWS, lambda: office.now):
        pass


def test_rows_are_waiting_then_opened(program, office):
    sent = send(office, "Nguyễn Văn Nhất", "Nguyễn Thị Nhì")
    [line] = program("officer").get("/imports", **LIST)["items"]
    assert (line["id"], line["process"], line["state"]) == (sent, "nomination", "running")
    assert program("officer").get(f"/imports/{sent}")["waiting"] == 2
    carry(office)
    told = program("officer").get(f"/imports/{sent}")
    assert (told["state"], told["done"], told["failed"], told["faulty"]) == ("done", 2, 0, [])
    assert [(row["number"], row["name"]) for row in told["opened"]] == [
        (2, "Nguyễn Văn Nhất"),
        (3, "Nguyễn Thị Nhì"),
    ]
    opened = program("officer").get(f"/nominations/{told['opened'][0]['instance']}")
    assert opened["name"] == "Nguyễn Văn Nhất"


def test_a_row_that_could_not_be_opened_says_why(program, office):
    sent = send(office, "Nguyễn Văn Nhất")
    [campaign] = {program("officer").get(f"/campaigns/{CAMPAIGN}")["instance"]}
    freeze_case(campaign, "Chờ chỉ đạo", actor=office.actor("authority"), now=office.now)
    carry(office)
    told = program("officer").get(f"/imports/{sent}")
    [row] = told["faulty"]
    assert (told["failed"], row["instance"]) == (1, None)
    assert row["fault"] == {"refusal": "campaign_suspended"}


def test_a_list_is_for_whoever_has_sent_it(program, office):
    sent = send(office, "Nguyễn Văn Nhất")
    assert program("other_officer").get("/imports", **LIST)["items"] == []
    program("other_officer").get(f"/imports/{sent}", status=404)
    program("officer").get("/imports", status=422)
    program("officer").get("/imports", status=404, campaign="khong-co")
