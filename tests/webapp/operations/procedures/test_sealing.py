"""A checkpoint is signed when the minutes of a council session are written, and stands in them."""

import json

from tests.offices import scene
from tests.proven import faults
from tests.sittings import MEMBERS, SESSION, THEIR_CODE
from tests.webapp.operations.procedures.reading import read
from webapp import eventlog
from webapp.extensions import db
from webapp.operations.interventions import freeze_case, resume_case
from webapp.queries.checkpoints import fingerprint
from webapp.queries.session_seals import seal_of, short


@scene
def counted(council):
    """Everybody has voted, and the votes are counted."""
    none = {THEIR_CODE.replace("-", "_"): "none"}
    for username in MEMBERS:
        council.vote(username, SESSION, **(none if username == "member2" else {}))
    return council


def sealed():
    """The fingerprints that the log of the session names."""
    events = eventlog.read_stream(db.session(), f"case/{SESSION}")
    return [event.fields["checkpoint"] for event in events if event.type == "session_sealed"]


def checkpoints():
    db.session.rollback()
    return eventlog.checkpoints(db.session())


def minutes():
    """What the minutes say that were drawn up for good."""
    return " ".join(read(SESSION, "session_minutes").split())


def test_nothing_is_signed_before_the_minutes_are_written(counted):
    assert checkpoints() == []
    assert seal_of(db.session(), SESSION) is None


def test_the_checkpoint_says_which_session_and_covers_the_minutes(counted):
    counted.minute(SESSION)
    counted.work()
    [kept] = checkpoints()
    body = json.loads(kept.body)
    assert (body["why"], body["about"]) == ("session", SESSION)
    assert sealed() == [fingerprint(kept.body)]
    events = eventlog.read_stream(db.session(), f"case/{SESSION}")
    written = next(e.number for e in events if e.fields.get("element") == "draft_minutes")
    assert written <= {stream: number for stream, number, _head in body["heads"]}[f"case/{SESSION}"]


def test_the_signed_minutes_name_it(counted):
    counted.conclude(SESSION)
    [fingerprint] = sealed()
    assert f"mã đối chiếu: {short(fingerprint)}." in minutes()
    assert seal_of(db.session(), SESSION) == short(fingerprint)
    assert len(short(fingerprint).replace(" ", "")) == 20
    assert fingerprint.startswith(short(fingerprint).replace(" ", ""))
    assert faults() == []


def test_minutes_that_are_written_again_name_the_later_one(counted):
    counted.minute(SESSION)
    counted.do("chair", "sign_minutes", SESSION, decision="return", return_reason="Ghi thêm ý kiến")
    counted.conclude(SESSION)
    first, second = sealed()
    assert first != second
    assert short(second) in minutes()
    assert len(checkpoints()) == 2


def test_a_suspended_session_is_sealed_when_it_goes_on(counted):
    counted.minute(SESSION)
    freeze_case(SESSION, "Có đơn phản ánh", actor=counted.actor("secretary"), now=counted.now)
    counted.work()
    assert checkpoints() == []
    resume_case(SESSION, "Đã xác minh", actor=counted.actor("secretary"), now=counted.now)
    counted.move(hours=1)
    counted.work()
    assert len(sealed()) == len(checkpoints()) == 1
