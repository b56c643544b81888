"""A nomination is proposed for an award of a higher level before the council decides (khen cao)."""

import pytest
from sqlalchemy import select

from tests.offices import scene
from tests.proven import faults
from tests.sittings import Council
from tests.webapp.documents.papers import needs_poppler, text
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Nomination
from webapp.operations.escalations import escalate
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow

FORWARDED = "a[href*=forwarded]"
HIGHER = "provincial_certificate_of_merit"
NOMINEE = {"nominee_name": "Tổ tự quản số 1", "nominee_kind": "collective"}


@pytest.fixture
def office(app):
    return Council()


@scene
def waiting(office, campaign):
    """A nomination the council has not put on an agenda yet."""
    [code] = office.bring(NOMINEE)
    return code


def propose(office, code, username="secretary", award=HIGHER, reason="Thành tích tiêu biểu toàn tỉnh"):
    escalate(code, award, reason, actor=office.actor(username), now=office.now)


def award_of(office):
    [nomination] = office.read(select(Nomination))
    return nomination.award


def test_the_council_votes_on_the_higher_award(office, waiting):
    propose(office, waiting)
    assert award_of(office) == HIGHER
    [told] = [
        e for e in eventlog.read_stream(db.session(), f"case/{waiting}") if e.type == "nomination_escalated"
    ]
    assert (told.fields["before"], told.fields["award"]) == ("certificate_of_merit", HIGHER)
    assert told.private == {"reason": "Thành tích tiêu biểu toàn tỉnh"}
    assert faults() == []


def test_what_the_council_passes_goes_to_the_province(office, waiting):
    propose(office, waiting)
    office.pass_all([waiting])
    assert office.task("forward_to_province", waiting).role == "secretary"
    assert office.case(waiting).stage == "province"


def test_it_can_be_taken_back_to_an_award_of_the_plan(office, waiting):
    propose(office, waiting)
    propose(office, waiting, award="certificate_of_merit", reason="Chưa đủ tiêu chuẩn")
    assert award_of(office) == "certificate_of_merit"


@pytest.mark.parametrize("username", ["officer", "commune_chair", "specialist", "member1", "clerk"])
def test_who_may_not(office, waiting, username):
    with pytest.raises(Forbidden):
        propose(office, waiting, username)
    assert award_of(office) == "certificate_of_merit"


def test_who_knows_nothing_of_it(office, waiting):
    with pytest.raises(NotFound):
        propose(office, waiting, "other_officer")


@pytest.mark.parametrize(
    ("award", "reason", "pointer"),
    [
        ("certificate_of_merit", "Cao hơn", "/award"),
        ("advanced_worker", "Cao hơn", "/award"),
        (HIGHER, " ", "/reason"),
    ],
)
def test_what_is_refused_leaves_it_as_it_was(office, waiting, award, reason, pointer):
    with pytest.raises(InvalidForm) as refused:
        propose(office, waiting, award=award, reason=reason)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]
    assert award_of(office) == "certificate_of_merit"


def test_not_before_it_is_received(office, campaign):
    with pytest.raises(NotNow, match="not_received_yet"):
        propose(office, office.nominate())


def test_not_while_it_stands_on_an_agenda(office, waiting):
    office.summon([waiting])
    with pytest.raises(NotNow, match="on_agenda"):
        propose(office, waiting)


def test_the_page_offers_it_and_tells_it(signed_in, office, waiting):
    secretary = signed_in("secretary")
    [link] = secretary.get(f"/nominations/{waiting}").all("a[href$=escalate]")
    secretary.get(link["href"])
    secretary.submit(award=HIGHER, reason="Thành tích tiêu biểu toàn tỉnh")
    page = secretary.get(f"/nominations/{waiting}")
    assert "đề nghị “Bằng khen" in page.text
    assert signed_in("specialist").get(f"/nominations/{waiting}").all("a[href$=escalate]") == []


def test_not_once_the_council_has_passed_it(signed_in, office, waiting):
    propose(office, waiting)
    office.pass_all([waiting])
    with pytest.raises(NotNow, match="on_agenda"):
        propose(office, waiting, award="certificate_of_merit")
    assert signed_in("secretary").get(f"/nominations/{waiting}").all("a[href$=escalate]") == []


def test_the_award_is_the_one_that_goes_up(office, waiting):
    propose(office, waiting, award="labour_order_third")
    office.pass_all([waiting])
    office.do("secretary", "forward_to_province", waiting, proposed_award="labour_order_third")


@needs_poppler
def test_what_was_sent_up_has_a_receipt_of_the_province(signed_in, office, waiting):
    propose(office, waiting)
    office.pass_all([waiting])
    assert [
        link["href"] for link in signed_in("secretary").get(f"/nominations/{waiting}").all(FORWARDED)
    ] == []
    office.do(
        "secretary", "forward_to_province", waiting, proposed_award=HIGHER, document_number="9/TTr-UBND"
    )
    secretary = signed_in("secretary")
    pdf, _word = (link["href"] for link in secretary.get(f"/nominations/{waiting}").all(FORWARDED))
    told = " ".join(text(secretary.client.get(pdf).data).split())
    assert "tỉnh An Giang đã tiếp nhận hồ sơ đề nghị khen thưởng của Ủy ban nhân dân huyện Tịnh Biên" in told
    assert "Theo: tờ trình số 9/TTr-UBND" in told
    assert "10 ngày làm việc" in told
