"""The people of the demo whom a visitor of the sign-in page may step into; none without a demo."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class RoleCard:
    """One role card; `role` and `unit` are Vietnamese texts, `waiting` is the number of open tasks."""

    username: str
    name: str
    role: str
    unit: str
    waiting: int


hooks: list[Callable[[], Iterable[RoleCard]]] = []
"""Who knows demo people registers here; each is asked anew whenever the sign-in page is shown."""


def role_cards() -> tuple[RoleCard, ...]:
    """All cards, in the order of the hooks."""
    return tuple(card for hook in hooks for card in hook())
