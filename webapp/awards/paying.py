"""Prize money as its pages draw it: who receives it, what was paid, what is taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from webapp.awards.after_papers import note_reading
from webapp.documents.formats import sentence
from webapp.documents.words import amount_in_words
from webapp.extensions import db
from webapp.models import AwardPayment, Decision
from webapp.operations import award_notices, payments
from webapp.operations.interventions import REASON_LIMIT
from webapp.operations.payments import NewPayee
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.queries.award_lists import standing_awards
from webapp.queries.payments import PAYERS, PrizeRow, paying_decision, payment_of, prize_rows
from webapp.ui.access import hidden, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.formats import money
from webapp.ui.listing import pages_of
from webapp.ui.refusal_texts import refusal_text
from workflows.forms import Fault, Schema

PAYEES_ON_A_PAGE = 50
WAYS = ("cash", "account")


@dataclass(frozen=True)
class ShownPayments:
    """The prizes of a decision in đồng: ``decided`` by it, ``revoked`` of that since, and of the rest what is paid."""

    code: str
    decision: Decision
    rows: list[PrizeRow]
    page: int = 1
    pages: int = 1

    @property
    def decided(self) -> int:
        return sum(award.prize or 0 for award in self.decision.awards)

    @property
    def total(self) -> int:
        return sum(row.prize for row in self.rows)

    @property
    def revoked(self) -> int:
        return self.decided - sum(award.prize or 0 for award in standing_awards(self.decision))

    @property
    def paid(self) -> int:
        return sum(row.payment.amount for row in self.rows if row.payment)

    @property
    def unpaid(self) -> list[PrizeRow]:
        return [row for row in self.rows if row.payment is None]

    @property
    def total_in_words(self) -> str:
        """The sum in Vietnamese words, as the decision states it."""
        return amount_in_words(self.decided)


def way_name(way: str) -> str:
    """How money was paid."""
    return _("in cash") if way == "cash" else _("to an account")


def told_awardees(code: str) -> Response:
    """Tell whoever was not told yet."""
    actor, now = actor_and_now()
    count = award_notices.send_notices(code, actor=actor, now=now)
    told = ngettext(
        "The people of %(num)s award were told.", "The people of %(num)s awards were told.", count
    )
    flash(told if count else _("Everybody was told already."), "success" if count else "info")
    return redirect(url_for("awards.show_decision", code=code))


def entered_payees(code: str) -> Answer:
    """The form of who receives the prizes; sent, they are kept."""
    shown = _shown(code)
    pages = pages_of(len(shown.rows), PAYEES_ON_A_PAGE)
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    rows = shown.rows[(page - 1) * PAYEES_ON_A_PAGE : page * PAYEES_ON_A_PAGE]
    shown = ShownPayments(code, shown.decision, rows, page, pages)
    if not rows:
        hidden()
    if request.method == "GET":
        note_reading(code)

    def save(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        entered = [NewPayee(**row) for row in typed["payees"]]
        payments.enter_payees(code, entered, actor=actor, now=now)
        flash(_("The payees are saved."), "success")
        following = url_for("after.enter_payees", code=code, page=page + 1)
        return redirect(following if page < pages else url_for("after.pay_prizes", code=code))

    return fill(_payees_form(rows), _payees(rows), lambda form: _payees_page(shown, form), save)


def _payees_page(shown: ShownPayments, form: Form) -> str:
    return render_template("awards/enter_payees.html", shown=shown, form=form, field=form.fields[0])


def _payees_form(rows: list[PrizeRow]) -> Schema:
    names = [{"const": row.award, "title": row.name} for row in rows]
    cells: dict[str, Any] = {
        "award": {"type": "string", "oneOf": names, "title": _("Person or unit"), "x-fixed": True},
        "name": {"type": "string", "title": _("Who receives it instead"), "maxLength": 300},
        "identity_number": {
            "type": "string",
            "title": _("Identity number"),
            "description": _("12 digits, or 9 of an older one."),
            "maxLength": 12,
            "pattern": "^([0-9]{9}|[0-9]{12})$",
        },
        "account": {
            "type": "string",
            "title": _("Account number"),
            "description": _("Digits and letters, without dots."),
            "maxLength": 40,
            "pattern": "^[0-9A-Za-z ]{4,40}$",
        },
        "bank": {"type": "string", "title": _("Bank"), "maxLength": 200},
    }
    row = {"type": "object", "properties": cells, "required": ["award"], "additionalProperties": False}
    payees = {
        "type": "array",
        "title": _("Payees"),
        "items": row,
        "minItems": len(rows),
        "maxItems": len(rows),
        "x-lines": True,
    }
    return {"type": "object", "properties": {"payees": payees}, "required": ["payees"]}


def _payees(rows: list[PrizeRow]) -> Typed:
    fields = ("name", "identity_number", "account", "bank")
    kept = [{name: getattr(row.payee, name) for name in fields} if row.payee else {} for row in rows]
    return {
        "payees": [
            {"award": row.award} | {name: value for name, value in said.items() if value}
            for row, said in zip(rows, kept, strict=True)
        ]
    }


def paid(code: str) -> Answer:
    """What was paid and what is still to be paid; sent, the chosen prizes are paid."""
    shown = _shown(code)

    def pay(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        day = dt.date.fromisoformat(typed["paid_on"])
        awards = chosen_awards(typed, [row.award for row in shown.unpaid])
        try:
            total = payments.pay_prizes(code, awards, day, typed["way"], actor=actor, now=now)
        except NotNow as refusal:
            flash(refusal_text(refusal), "error")
        else:
            flash(_("Noted as paid: %(total)s.", total=money(total)), "success")
        return redirect(url_for("after.pay_prizes", code=code))

    first = {"paid_on": today().isoformat()}
    return fill(_payment_form(shown), first, lambda form: _payments_page(shown, form), pay)


def chosen_awards(typed: Typed, every: list[str]) -> list[str]:
    """The awards that were ticked, or all of them. Raises InvalidForm for none."""
    chosen = every if typed.get("all") else list(typed.get("awards", ()))
    if not chosen:
        raise InvalidForm([Fault("/awards", "required")])
    return chosen


def all_of_them(title: str) -> Schema:
    """The box that stands for ticking each award of a list."""
    return {"type": "boolean", "x-widget": "checkbox", "title": title}


def _payment_form(shown: ShownPayments) -> Schema:
    awards = [{"const": row.award, "title": row.name} for row in shown.unpaid]
    ways = [{"const": way, "title": sentence(way_name(way))} for way in WAYS]
    properties = {
        "awards": {
            "type": "array",
            "title": _("Prizes that were paid"),
            "items": {"type": "string", "oneOf": awards},
        },
        "all": all_of_them(_("All that are not paid yet")),
        "paid_on": {"type": "string", "format": "date", "title": _("Paid on")},
        "way": {"type": "string", "oneOf": ways, "title": _("How it was paid")},
    }
    return {"type": "object", "properties": properties, "required": ["paid_on", "way"]}


def _payments_page(shown: ShownPayments, form: Form) -> str:
    fields = {field.name: field for field in form.fields}
    chosen = {option.value for option in fields["awards"].options if option.chosen}
    words = {"form": form, "fields": fields, "chosen": chosen, "way_name": way_name}
    return render_template("awards/pay_prizes.html", shown=shown, **words)


def undone(public_id: str) -> Answer:
    """Asks why a payment is taken back; sent, it is."""
    payment = payment_of(db.session(), public_id) or abort(404)
    code = payment.award.decision.case.code
    if payment.award.decision.unit_id not in standing().units(*PAYERS):
        hidden()

    def undo(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        payments.undo_payment(public_id, typed["reason"], actor=actor, now=now)
        flash(_("The payment is taken back."), "success")
        return redirect(url_for("after.pay_prizes", code=code))

    return fill(reason_form(), {}, lambda form: _undo_page(payment, code, form), undo)


def reason_form() -> Schema:
    """A reason, in a few lines."""
    reason = {"type": "string", "maxLength": REASON_LIMIT, "x-widget": "textarea", "title": _("Reason")}
    return {"type": "object", "properties": {"reason": reason}, "required": ["reason"]}


def _undo_page(payment: AwardPayment, code: str, form: Form) -> str:
    name = payment.award.nomination.case.title
    about = {"payment": payment, "code": code, "name": name, "way_name": way_name}
    return render_template("awards/undo_payment.html", form=form, **about)


def _shown(code: str) -> ShownPayments:
    decision = paying_decision(db.session(), standing(), code) or hidden()
    return ShownPayments(code, decision, prize_rows(db.session(), decision))
