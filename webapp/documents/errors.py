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


class UnprintableError(ValueError):
    """A text cannot be printed on a certificate. ``field`` is its place, ``code`` why; the text is not repeated."""

    code = ""

    def __init__(self, field: str, why: str) -> None:
        self.field = field
        super().__init__(f"{field}: {why}")


class TextTooLongError(UnprintableError):
    """The text does not fit its place in the smallest letters that are allowed there."""

    code = "too_long_to_print"

    def __init__(self, field: str) -> None:
        super().__init__(field, "does not fit its place in the smallest letters")


class LetterMissingError(UnprintableError):
    """The fonts of the papers do not have this ``letter``."""

    code = "letter_missing"

    def __init__(self, field: str, letter: str) -> None:
        self.letter = letter
        super().__init__(field, f"no letter U+{ord(letter):04X} in Tinos")


class UnreadableError(UnprintableError):
    """The text was written and is not found in the finished file."""

    code = "not_read_back"

    def __init__(self, field: str) -> None:
        super().__init__(field, "is not found in the finished file")


class UnreadableTextError(ValueError):
    """A Word file cannot be read as a decision. ``code``: broken, or no_list where none of its tables is a list."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
