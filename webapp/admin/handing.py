"""Transfers of office, roles that end, accounts that are closed: what would be left, and who takes it over."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.admin.choosing import people_choices
from webapp.admin.forms import choice, day, end_form, form
from webapp.admin.people import about, person_or_404
from webapp.extensions import db
from webapp.i18n import content
from webapp.operations import accounts, people
from webapp.operations.handovers import NewHandover, hand_over
from webapp.operations.refusals import InvalidForm
from webapp.queries.ownership import HandedTask, HeldOffice, InHand, handed_rows, handed_tasks, person_in_hand
from webapp.queries.person_page import PersonPage
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.roles import role_name
from workflows.forms import Fault, Schema

CONFIRMED = "_confirmed"
SHOWN = 50
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Transfer:
    """A transfer as the page shows it before it is made; ``seen`` stands for the tasks that are on it."""

    page: PersonPage
    new: NewHandover
    taker: str
    offices: Sequence[HeldOffice]
    hand: InHand
    tasks: int
    rows: Sequence[HandedTask]
    seen: str

    @property
    def waits(self) -> bool:
        """Its day has not come yet."""
        return self.new.day > today()

    @property
    def last_day(self) -> dt.date:
        return self.new.day - ONE_DAY


def handed_over(public_id: str) -> Answer:
    """The form of a transfer; filled in, the page that says what moves, and after it the transfer."""
    page = person_or_404(public_id)
    hand = _hand(public_id)

    def show(drawn: Form) -> str:
        return render_template("admin/hand_over.html", page=page, hand=hand, form=drawn)

    def act(typed: Typed) -> Answer:
        shown = _transfer(page, hand, typed)
        if request.form.get(CONFIRMED) != shown.seen:
            kept = [(name, value) for name, value in request.form.items(multi=True) if name[0] != "_"]
            kept = [*((name, value) for name, value in kept if name != "csrf_token"), (CONFIRMED, shown.seen)]
            again = CONFIRMED in request.form
            return render_template("admin/check_handover.html", shown=shown, kept=kept, again=again)
        return _make(shown)

    first = {"day": today().isoformat(), "roles": [str(office.id) for office in hand.offices], "own": "taker"}
    return fill(_transfer_form(public_id, hand), first, show, act)


def _hand(public_id: str) -> InHand:
    return person_in_hand(db.session(), standing(), public_id, today())


def _transfer_form(public_id: str, hand: InHand) -> Schema:
    fields = {
        "taker": choice(_("Who takes over"), people_choices(public_id)),
        "day": day(_("From"), _("The first day of the successor. Work that is open moves on that day.")),
        **_what(hand, stay=True),
    }
    return form(fields, ["taker", "day", *(["own"] if hand.cases else [])])


def _what(hand: InHand, *, stay: bool) -> dict[str, Schema]:
    """The roles that can go along, and where the own cases go."""
    fields: dict[str, Schema] = {}
    if hand.offices:
        options = [{"const": str(office.id), "title": office_text(office)} for office in hand.offices]
        fields["roles"] = {
            "type": "array",
            "title": _("Roles that go over"),
            "items": {"type": "string", "oneOf": options},
        }
    if hand.cases:
        own = [("taker", _("To who takes over")), ("officers", _("To the officers of the submitting unit"))]
        own += [("stay", _("They stay with this person"))] if stay else []
        fields["own"] = {
            **choice(_("Registrations and dossiers this person brought in"), own),
            "x-widget": "radio",
        }
    return fields


def office_text(office: HeldOffice) -> str:
    """A role with its unit and its open work, as a choice."""
    name = f"{role_name(office.role)} – {content(office.unit)}"
    parts = [ngettext("%(num)s task taken", "%(num)s tasks taken", office.taken)] if office.taken else []
    parts += [_("nobody else holds it")] if office.alone else []
    return f"{name} ({', '.join(parts)})" if parts else name


def _transfer(page: PersonPage, hand: InHand, typed: Typed) -> Transfer:
    new = _new(page.public_id, typed, dt.date.fromisoformat(typed["day"]))
    offices = [office for office in hand.offices if office.id in new.roles]
    if not offices and (new.own == "stay" or not hand.cases):
        raise InvalidForm([Fault("/roles", "nothing_handed")])
    for office in offices:
        if office.from_date >= new.day:
            raise InvalidForm([Fault("/day", "before_beginning", {"day": office.from_date + ONE_DAY})])
    codes = [] if new.own == "stay" else [case.code for case in hand.cases]
    places = [(office.role, office.unit_id) for office in offices]
    tasks = [task for _case, task in handed_tasks(db.session(), hand.person_id, places, codes)]
    taker = dict(people_choices(page.public_id))[new.taker]
    seen = hashlib.sha256(repr((tasks, codes, new)).encode()).hexdigest()
    rows = handed_rows(db.session(), tasks[:SHOWN])
    return Transfer(page, new, taker, offices, hand, len(tasks), rows, seen)


def _new(giver: str, typed: Typed, first_day: dt.date) -> NewHandover:
    roles = [int(role) for role in typed.get("roles", ())]
    return NewHandover(giver, typed["taker"], first_day, roles, typed.get("own", "stay"))


def _make(shown: Transfer) -> Answer:
    actor, now = actor_and_now()
    if hand_over(shown.new, actor=actor, now=now):
        flash(_("The work has been handed over."), "success")
    else:
        flash(_("The transfer is entered; the work moves on its day."), "success")
    return redirect(url_for("admin.show_person", public_id=shown.page.public_id))


def ended_role(public_id: str, holding_id: int) -> Answer:
    """The form that ends a role; with a successor it is a transfer of this role."""
    page = person_or_404(public_id)
    held = next((each for each in page.roles if each.id == holding_id), None) or abort(404)
    office = next((each for each in _hand(public_id).offices if each.id == holding_id), None)
    schema = end_form({"taker": choice(_("Who takes over"), people_choices(public_id))})
    title = _("End the role “%(role)s”", role=role_name(held.role))

    def end(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        last = dt.date.fromisoformat(typed["to_date"])
        if "taker" in typed:
            new = NewHandover(public_id, typed["taker"], last + ONE_DAY, [holding_id])
            hand_over(new, actor=actor, now=now)
        else:
            people.end_role(public_id, holding_id, last, actor=actor, now=now)
        flash(_("The role has its last day."), "success")
        return redirect(url_for("admin.show_person", public_id=public_id))

    sheet = about(page, title, _("End the role"), _left_text(office))
    return fill(
        schema,
        {"to_date": today().isoformat()},
        lambda drawn: render_template("admin/fill_sheet.html", sheet=sheet, form=drawn),
        end,
    )


def _left_text(office: HeldOffice | None) -> str:
    """What a role that ends leaves."""
    if office is None or not office.open:
        return ""
    count = ngettext("%(num)s open task", "%(num)s open tasks", office.open)
    if office.alone:
        return _("%(count)s would be left without an owner: name who takes over.", count=count)
    return _(
        "Others hold this role, too. What this person has taken of %(count)s goes back to the common list.",
        count=count,
    )


def closed_account(public_id: str) -> Answer:
    """Ask first, with what would be left; then close the account, after what is handed over."""
    page = person_or_404(public_id)
    if request.method == "GET" and (not page.account or page.own or not page.username or not page.active):
        abort(404)
    hand = _hand(public_id)
    schema = form(
        {"taker": choice(_("Who takes over"), people_choices(public_id)), **_what(hand, stay=False)}, []
    )

    def close(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        handover = _new(public_id, typed, today()) if "taker" in typed else None
        accounts.close_account(public_id, handover, actor=actor, now=now)
        flash(_("The account is closed; nobody can sign in to it."), "success")
        return redirect(url_for("admin.show_person", public_id=public_id))

    left = [str(office.id) for office in hand.offices if office.left]
    return fill(
        schema,
        {"roles": left, **({"own": "taker"} if hand.cases else {})},
        lambda drawn: render_template("admin/close_account.html", page=page, hand=hand, form=drawn),
        close,
    )
