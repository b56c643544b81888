"""The role cards of the sign-in page: every account of the script, with how much waits for it."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.demo.script import Account, people
from webapp.demo_cards import RoleCard
from webapp.extensions import db
from webapp.queries.demo import unit_names, waiting_tasks
from webapp.ui.clock import today


def cards() -> Iterator[RoleCard]:
    """A card for each account that is there, in the order of the script."""
    accounts = people().accounts
    waiting = waiting_tasks(db.session(), [account.username for account in accounts], today())
    names = unit_names(db.session(), {unit_of(account) for account in accounts})
    for account in accounts:
        if account.username in waiting:
            place = names.get(unit_of(account), "")
            yield RoleCard(account.username, account.name, account.title, place, waiting[account.username])


def unit_of(account: Account) -> str:
    """Where the account works: in the unit of its first role among the newest of today."""
    held = [role for role in account.roles if role.since <= today()]
    newest = max(role.since for role in held)
    return next(role.unit for role in held if role.since == newest)
