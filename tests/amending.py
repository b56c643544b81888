"""Brings a revocation or a correction of an issued decision to where a test needs it."""

from contextlib import contextmanager

import pytest
from sqlalchemy import select

from tests.sittings import SIGNATURE, VIETNAM
from webapp.extensions import db
from webapp.models import Award, Certificate, Decision, Verification
from webapp.operations.refusals import InvalidForm
from workflows.paper_codes import PaperCode, address


@contextmanager
def refused(code):
    """What stands within is refused with this fault of the form."""
    with pytest.raises(InvalidForm) as refusal:
        yield
    assert [each.code for each in refusal.value.faults] == [code]


def issue(council, codes, number=9):
    """A decision on these nominations with its certificates; returns the code of its case."""
    code = council.draft(codes)
    council.sign(code)
    council.number(code, number)
    return code


def handed_over(decision, day):
    """Everybody of a decision received what is theirs on a day: the rows of the form."""
    awards = db.session.scalars(select(Award).where(Award.decision.has(Decision.case.has(code=decision))))
    return [{"recipient": each.nomination.case.code, "handed_on": day.isoformat()} for each in awards]


def propose(council, decision, rows):
    """A proposal to revoke these awards, ready for the head; returns its code."""
    code = council.start("specialist", "award_revocation", original=decision, reason="Đơn phản ánh")
    prepare(council, code, rows)
    return code


def prepare(council, code, rows):
    """The proposal with its ground and conclusion."""
    council.do(
        "specialist",
        "prepare_revocation",
        code,
        ground="merit_misdeclared",
        concluded_by="Thanh tra huyện",
        conclusion_number="12/KL-TTr",
        concluded_on=council.today.isoformat(),
        awards=rows,
        submission="Thanh tra huyện đã kiểm tra, kết luận nội dung phản ánh là đúng.",
    )


def revoke(council, decision, rows, number=15):
    """Awards revoked by a numbered decision; returns its code."""
    code = propose(council, decision, rows)
    council.do(
        "head",
        "review_revocation",
        code,
        decision="submit",
        document_number="31/TTr-PNV",
        signature=SIGNATURE,
    )
    council.work()
    council.do("authority", "decide_revocation", code, decision="revoke")
    signer = council.person("authority").public_id
    council.do("specialist", "draft_revocation", code, title="Về việc hủy bỏ khen thưởng", signer=signer)
    council.sign(code)
    council.number(code, number)
    return code


def correct(council, decision, rows, number=16, **form):
    """Texts put right by a numbered decision; returns its code."""
    code = council.start("specialist", "award_correction", original=decision, reason="Sai tên")
    signer = council.person("authority").public_id
    council.do(
        "specialist", "draft_correction", code, corrections=rows, title="Về việc đính chính", signer=signer
    )
    council.sign(code)
    council.number(code, number)
    return code


def award_of(register_number):
    """The award with this number of the register, as it stands now."""
    db.session.rollback()
    query = select(Award).where(Award.register_number == register_number)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def path_of(row):
    """Where the square of a certificate, or of the decision of a case, leads."""
    on = (
        Verification.certificate_id == row.id
        if isinstance(row, Certificate)
        else Verification.decision.has(case_id=row.id)
    )
    found = db.session.scalars(select(Verification).where(on)).one()
    return address("", PaperCode(found.code, found.signature))


def today(council):
    """The day of now in Việt Nam, as forms have it."""
    return council.at.astimezone(VIETNAM).date().isoformat()
