"""Why a paper could not be made."""


class UnknownDocumentError(LookupError):
    """There is no such kind of paper."""


class FactsError(ValueError):
    """The facts cannot make this paper. ``faults`` are pairs (JSON pointer, what is wrong there)."""

    def __init__(self, document: str, faults: list[tuple[str, str]]) -> None:
        self.document = document
        self.faults = faults
        super().__init__(f"{document}: " + "; ".join(f"{place or '/'} {fault}" for place, fault in faults))


class FontsMissingError(RuntimeError):
    """The fonts of the papers have not been built; any other font would be silently wrong."""


class ForbiddenResourceError(RuntimeError):
    """A template asked for something outside the package, or that the package does not have."""
