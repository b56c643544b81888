"""The evidence of a random sample: it proves itself, and anybody draws the same cases again from it."""

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.offices import scene
from tests.webapp.audit.forged import told
from tests.webapp.audit.test_take_bundle import taken
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Case

NUMBER = 3


@scene
def many(office):
    office.open_campaign()
    return [office.register(nominee_name=f"Nguyễn Văn {name}") for name in "ABCDEF"]


@pytest.fixture
def seed(browser, many):
    browser.get("/audit/samples")
    browser.submit("main form", size=str(NUMBER), process="registration")
    db.session.rollback()
    return eventlog.read_stream(db.session(), "inspection")[-1].fields["seed"]


@pytest.fixture
def sample(browser, office, seed, tmp_path):
    assert "Tải gói chứng cứ của mẫu" in browser.page.text
    return zipfile.ZipFile(taken(browser, office, tmp_path, seed, scope="sample"))


def drawn_from(sample, seed):
    codes = sample.read("drawn_from.txt").decode().split()
    return sorted(codes, key=lambda code: hashlib.sha256(f"{seed}\n{code}".encode()).hexdigest())[:NUMBER]


def test_it_holds_and_has_the_cases_that_were_drawn(sample, seed, many):
    assert told(Path(sample.filename)) == []
    lines = [json.loads(line) for line in sample.read("events.jsonl").decode().splitlines()]
    cases = {line["stream"][5:] for line in lines if line["stream"].startswith("case/")}
    assert cases == set(drawn_from(sample, seed))
    assert sample.read("drawn_from.txt").decode().split() == many


def test_the_draw_is_on_record_in_it(sample, seed):
    lines = [json.loads(line) for line in sample.read("events.jsonl").decode().splitlines()]
    [draw] = [json.loads(line["body"]) for line in lines if line["stream"] == "inspection"]
    assert draw["fields"]["seed"] == seed
    assert draw["fields"]["digest"] == hashlib.sha256(sample.read("drawn_from.txt")).hexdigest()
    assert "inspection" in json.loads(sample.read("proof.json"))["streams"]


def test_the_command_of_its_readme_draws_the_same_again(sample, seed, tmp_path):
    readme = sample.read("README.txt").decode()
    sample.extractall(tmp_path / "unpacked")
    command = re.search(r'python3 -c "(.+)"', readme)[1]
    done = subprocess.run(
        [sys.executable, "-I", "-c", command],
        cwd=tmp_path / "unpacked",
        capture_output=True,
        text=True,
        check=True,
    )
    codes = done.stdout.split()
    assert codes == drawn_from(sample, seed)
    assert readme.endswith("".join(f"    {code}\n" for code in codes))
    assert seed in readme


def test_a_case_put_in_the_place_of_another_shows(sample, seed, tmp_path):
    sample.extractall(tmp_path / "unpacked")
    path = tmp_path / "unpacked" / "drawn_from.txt"
    path.write_text(path.read_text().replace("DK-2019-0001", "DK-2019-0099"))
    assert told(tmp_path / "unpacked") == ["drawn_from.txt: tệp đã bị sửa sau khi gói được ký"]


def test_it_is_taken_at_the_machine_as_whoever_drew_it_saw_it(sample, seed, take):
    assert told(take("--sample", seed)) == []
    take("--sample", "0" * 32, status=2)


def test_who_would_draw_others_is_not_offered_it(browser, seed, many, take):
    db.session.execute(Case.__table__.update().where(Case.code == many[0]).values(code="DK-2019-0099"))
    db.session.commit()
    page = browser.get(f"/audit/samples/{seed}")
    assert "Tải gói chứng cứ của mẫu" not in page.text
    browser.post("/audit/bundles", data={"scope": "sample", "of": seed}, status=404)
    take("--sample", seed, status=2)
