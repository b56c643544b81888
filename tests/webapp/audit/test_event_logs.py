"""The log as a file for programs of process mining: what each form holds, and what none of them does."""

import csv
import datetime as dt
import sqlite3

import pytest
from lxml import etree
from openpyxl import load_workbook

from tests.factories import CAMPAIGN


@pytest.fixture
def export(app, tmp_path):
    """Runs the command; gives the file and what was printed."""

    def run(form, name, *more, status=0):
        path = tmp_path / "out" / name
        done = app.test_cli_runner().invoke(args=["audit", "export", str(path), "--format", form, *more])
        assert done.exit_code == status, done.output
        return path, done.output

    return run


def lines(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_table_tells_the_life_of_each_task(export, walked):
    path, told = export("csv", "log.csv", "--case", walked)
    rows = lines(path)
    assert told.startswith(f"{len(rows)} events of 1 cases in {path}")
    supplements = [row for row in rows if row["element"].endswith(".supplement_dossier")]
    assert [(row["lifecycle"], row["round"]) for row in supplements if row["lifecycle"] != "start"] == [
        ("assign", "1"),
        ("complete", "1"),
        ("assign", "2"),
        ("complete", "2"),
    ]
    assert [row["lifecycle"] for row in rows if row["activity"] == "suspension"] == ["suspend", "resume"]
    instants = [dt.datetime.fromisoformat(row["at"]) for row in rows]
    assert instants == sorted(instants)
    assert {instant.utcoffset() for instant in instants} == {dt.timedelta()}


def test_a_sheet_has_the_lines_of_the_table(export, walked):
    path, told = export("xlsx", "log.xlsx", "--case", walked)
    heads, *rows = load_workbook(path).worksheets[0].iter_rows(min_row=2, values_only=True)
    table = lines(export("csv", "log.csv", "--case", walked)[0])
    assert [dict(zip(heads, (cell or "" for cell in row), strict=True)) for row in rows] == table
    assert told.startswith(f"{len(rows)} events of 1 cases in {path}")


def test_a_sheet_that_is_too_long_is_refused(export, monkeypatch, walked):
    monkeypatch.setattr("webapp.operations.event_logs.MOST_ROWS", 3)
    _path, told = export("xlsx", "log.xlsx", "--case", walked, status=2)
    assert "take csv" in told


def test_a_half_file_does_not_have_the_name_of_a_whole_one(export, monkeypatch, walked):
    path, _told = export("csv", "log.csv", "--case", walked)
    whole = path.read_bytes()

    def full(file, _cases):
        file.write("case,")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("webapp.operations.event_logs.write_csv", full)
    _path, told = export("csv", "log.csv", "--case", walked, status=1)
    assert "It cannot be written: [Errno 28] No space left on device" in told
    assert path.read_bytes() == whole
    assert {each.name for each in path.parent.iterdir()} == {"log.csv", "log-bpmn"}


def test_no_form_and_no_name_of_a_person_is_in_a_table(export, walked):
    path, _told = export("csv", "log.csv", "--campaign", CAMPAIGN)
    text = path.read_text(encoding="utf-8-sig")
    assert walked in text
    assert not [word for word in ("Ba Xoài", "chủ hộ", "đơn phản ánh", "Nguyễn") if word in text]


def test_xes_has_a_trace_for_each_case(export, walked):
    path, _told = export("xes", "log.xes", "--campaign", CAMPAIGN)
    log = etree.parse(path).getroot()
    codes = log.xpath("trace/string[@key='concept:name']/@value")
    assert walked in codes
    assert len(codes) == len(set(codes))
    events = log.xpath(f"trace[string[@value='{walked}']]/event")
    assert all(event.xpath("date[@key='time:timestamp']/@value")[0].endswith("+00:00") for event in events)


def test_objects_are_related(export, walked):
    path, _told = export("ocel", "log.sqlite", "--campaign", CAMPAIGN)
    with sqlite3.connect(path) as file:
        found = file.execute(
            "SELECT ocel_qualifier, ocel_target_id FROM object_object WHERE ocel_source_id = ? ORDER BY 1",
            (f"nomination:{walked}",),
        ).fetchall()
    file.close()
    assert [qualifier for qualifier, _id in found] == ["campaign", "nominee", "unit"]
    assert (found[0][1], found[2][1]) == (f"campaign:{CAMPAIGN}", "unit:an-giang/tinh-bien/an-cu")


def test_the_diagrams_lie_beside_it(export, walked):
    path, told = export("csv", "log.csv", "--case", walked)
    diagrams = list((path.parent / "log-bpmn").iterdir())
    assert told.endswith(f"{len(diagrams)} diagrams beside it\n")
    assert any(diagram.name.startswith("nomination-") for diagram in diagrams)
    assert all(etree.parse(diagram).getroot().tag.endswith("definitions") for diagram in diagrams)


def test_it_is_noted(export, office, walked):
    export("xes", "log.xes", "--case", walked)
    [noted] = office.access("event_log_exported")
    assert noted.fields["form"] == "xes"
    assert noted.fields["cases"] == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--case", "HS-1999-0001"), "There is no case or campaign HS-1999-0001"),
        (("--campaign", "nowhere"), "There is no case or campaign nowhere"),
        (("--private",), "--private goes with --format log"),
    ],
)
def test_what_is_not_there_is_refused(export, walked, more, said):
    path, told = export("xes", "log.xes", *more, status=2)
    assert said in told
    assert not path.exists()


def test_a_part_of_the_log_does_not_prove_itself(app, walked, tmp_path):
    arguments = ["audit", "export", str(tmp_path / "out"), "--campaign", CAMPAIGN]
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 2
