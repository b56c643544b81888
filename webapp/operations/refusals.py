"""Why an act is refused. Each says enough for a page to tell the person what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from workflows.forms import Fault, Schema


class Refused(Exception):
    """An act that was not done and left no trace in the case. ``code`` names the sentence to show."""

    code = "refused"


class NotFound(Refused):
    """There is no such thing, or none the actor may know of."""

    code = "not_found"


class Forbidden(Refused):
    """The actor may not do this."""

    code = "forbidden"


class AlreadyDone(Refused):
    """Somebody was faster. ``by`` and ``at`` are empty when a deadline or the process closed it.

    ``own``: it was the actor, elsewhere.
    """

    code = "already_done"

    def __init__(self, by: str | None = None, at: dt.datetime | None = None, *, own: bool = False) -> None:
        super().__init__(self.code)
        self.by = by
        self.at = at
        self.own = own


class HeldByOther(Refused):
    """Somebody else has taken the task."""

    code = "held_by_other"

    def __init__(self, holder: str) -> None:
        super().__init__(self.code)
        self.holder = holder


class CaseFrozen(Refused):
    """The case is frozen; nothing may be done to it until it is resumed."""

    code = "case_frozen"


class CaseEnded(Refused):
    """The case has ended."""

    code = "case_ended"


class Erased(Refused):
    """What is asked for was erased by law."""

    code = "erased"


class InvalidForm(Refused):
    """The form has faults; nothing typed is lost, they are shown beside the fields."""

    code = "invalid_form"

    def __init__(self, faults: Sequence[Fault], schema: Schema | None = None) -> None:
        super().__init__(self.code)
        self.faults = tuple(faults)
        self.schema: Schema = schema or {}


class NotNow(Refused):
    """The thing is in a state that does not allow the act; ``code`` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unprintable(Refused):
    """A text of a certificate cannot be printed: the ``field`` it stands in, and whose (``bearer``) it is."""

    def __init__(self, code: str, field: str, bearer: str) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.bearer = bearer
