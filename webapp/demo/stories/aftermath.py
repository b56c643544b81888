"""What follows a decision: prizes paid, consents, certificates made anew; and the fund that pays."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator

from sqlalchemy import select

from webapp.demo.after_scripts import Consent, Fund, Payee, Paying, Reissue
from webapp.demo.script import Decision
from webapp.demo.setting import Setting
from webapp.demo.sheets import Sheet
from webapp.demo.stories.amendments import correction, revocation
from webapp.demo.telling import Story, at
from webapp.extensions import db
from webapp.models import Award, AwardPayment, Case, Certificate, Nomination
from webapp.models import Decision as DecisionRow
from webapp.operations.certificates import reissue_certificate
from webapp.operations.consents import agree_to_publish, end_publication
from webapp.operations.funds import NewEstimate, set_fund
from webapp.operations.papers import Upload
from webapp.operations.payments import NewPayee, enter_payees, pay_prizes, undo_payment
from webapp.queries.papers import CONSENT_PAPER


def fund(setting: Setting, script: Fund) -> Story:
    """The head enters an estimate."""
    yield at(script.on, setting.key(f"fund/{script.paper}"))
    dated = dt.date.fromisoformat(script.dated)
    new = NewEstimate(setting.unit(), script.year, script.estimate, script.paper, dated, script.note)
    setting.stage.act(setting.who("head"), set_fund, new)


def after_stories(setting: Setting, script: Decision) -> Iterator[Story]:
    """Every story that follows a decision."""
    after, code = script.after, f"decision/{script.key}"
    if after.payees:
        yield _payees(setting, code, after.payees, script.handed)
    for paying in after.paid:
        yield _paid(setting, code, paying)
        for nominee, when in paying.undone.items():
            yield _undone(setting, nominee, when, paying.reason)
    for consent in after.consents:
        yield _agreed(setting, code, consent)
        for nominee, when in consent.ended.items():
            yield _ended(setting, nominee, when, consent.reason)
    yield from (_reissued(setting, each) for each in after.reissues)
    yield from (correction(setting, script, each) for each in after.corrections)
    yield from (revocation(setting, script, each) for each in after.revocations)


def _payees(setting: Setting, code: str, payees: Iterable[Payee], when: str) -> Story:
    """Accounts are entered on the day of the ceremony."""
    yield at(when, setting.key(f"{code}/payees"))
    rows = [
        NewPayee(
            _award(setting, each.nominee),
            identity_number=each.identity_number,
            account=each.account,
            bank=each.bank,
        )
        for each in payees
    ]
    setting.stage.act(setting.who("specialist"), enter_payees, setting.codes[setting.key(code)], rows)


def _paid(setting: Setting, code: str, script: Paying) -> Story:
    yield at(script.on, setting.key(f"{code}/paid"))
    case = setting.codes[setting.key(code)]
    awards = [_award(setting, each) for each in script.nominees] or _unpaid(case)
    setting.stage.act(setting.who("specialist"), pay_prizes, case, awards, setting.day, script.way)


def _undone(setting: Setting, nominee: str, when: str, reason: str) -> Story:
    yield at(when, setting.key(f"{nominee}/undone"))
    query = select(AwardPayment.public_id).join(Award, Award.id == AwardPayment.award_id)
    paid = query.where(Award.public_id == _award(setting, nominee), AwardPayment.undone_at.is_(None))
    setting.stage.act(setting.who("specialist"), undo_payment, db.session.execute(paid).scalar_one(), reason)


def _agreed(setting: Setting, code: str, script: Consent) -> Story:
    yield at(script.on, setting.key(f"{code}/consent"))
    awards = [_award(setting, each) for each in script.nominees]
    names = [nominee.name for nominee in setting.round.nominees if nominee.key in script.nominees]
    sheet = Sheet(
        CONSENT_PAPER,
        "dong-y-cong-khai.pdf",
        setting.unit_name(),
        "Danh sách ký đồng ý công khai",
        "Tên, đơn vị và hình thức khen thưởng trên trang thông tin điện tử",
        ("Những người có tên sau đây đã ký đồng ý: " + "; ".join(names) + ".",),
    )
    paper = Upload(sheet.filename, io.BytesIO(sheet.content()), sheet.kind)
    until, case = dt.date.fromisoformat(script.until), setting.codes[setting.key(code)]
    setting.stage.act(setting.who("secretary"), agree_to_publish, case, awards, until, paper)


def _ended(setting: Setting, nominee: str, when: str, reason: str) -> Story:
    yield at(when, setting.key(f"{nominee}/ended"))
    setting.stage.act(setting.who("secretary"), end_publication, _award(setting, nominee), reason)


def _reissued(setting: Setting, script: Reissue) -> Story:
    yield at(script.on, setting.key(f"{script.nominee}/reissued"))
    query = select(Certificate.public_id).join(Award, Award.id == Certificate.award_id)
    held = query.where(Award.public_id == _award(setting, script.nominee), Certificate.state == "valid")
    certificate = db.session.execute(held).scalar_one()
    setting.stage.act(setting.who("clerk"), reissue_certificate, certificate, script.cause, script.reason)


def _award(setting: Setting, nominee: str) -> str:
    """The public id of the award of a nominee."""
    query = select(Award.public_id).join(Nomination, Nomination.id == Award.nomination_id)
    of_case = query.join(Case, Case.id == Nomination.case_id).where(
        Case.code == setting.codes[setting.key(nominee)]
    )
    return db.session.execute(of_case).scalar_one()


def _unpaid(case: str) -> list[str]:
    """The awards of a decision whose prizes nobody has paid."""
    paid = select(AwardPayment.award_id).where(AwardPayment.undone_at.is_(None))
    query = (
        select(Award.public_id)
        .join(DecisionRow, DecisionRow.id == Award.decision_id)
        .join(Case, Case.id == DecisionRow.case_id)
    )
    return list(db.session.scalars(query.where(Case.code == case, Award.prize > 0, Award.id.not_in(paid))))
