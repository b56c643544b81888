"""Whole numbers in Vietnamese words, as amounts of money are repeated in words on official papers."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", " nghìn", " triệu")
_BILLION = 1_000_000_000
LARGEST = _BILLION**2 - 1


def number_in_words(number: int) -> str:
    """``21`` → ``hai mươi mốt``, for whole numbers from 0 to 10^18 - 1; ValueError beyond.

    After a ten from two upwards 1 is *mốt*, 4 is *tư* and 5 is *lăm*; after *mười* only 5 changes.
    An empty ten inside a number is *linh*, an empty hundred *không trăm*; empty groups of three are left out.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} has no words here: 0 to {LARGEST} have")
    if number == 0:
        return _DIGITS[0]
    billions, rest = divmod(number, _BILLION)
    parts = [f"{_below_billion(billions, led=False)} tỷ"] if billions else []
    if rest:
        parts.append(_below_billion(rest, led=bool(billions)))
    return " ".join(parts)


def amount_in_words(amount: int) -> str:
    """An amount in đồng as a sentence has it: ``447000`` → ``Bốn trăm bốn mươi bảy nghìn đồng``."""
    words = f"{number_in_words(amount)} đồng"
    return words[0].upper() + words[1:]


def _below_billion(number: int, *, led: bool) -> str:
    """Words of 1 … 999,999,999. ``led``: something larger stands before, so hundreds are always said."""
    parts: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            parts.append(_below_thousand(group, led=led or bool(parts)) + _SCALES[power])
    return " ".join(parts)


def _below_thousand(number: int, *, led: bool) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds and not led:
        return _below_hundred(rest)
    parts = [f"{_DIGITS[hundreds]} trăm"]
    if 0 < rest < 10:
        parts.append(f"linh {_DIGITS[rest]}")
    elif rest:
        parts.append(_below_hundred(rest))
    return " ".join(parts)


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    after_ten = {0: "", 5: " lăm"}
    if tens == 1:
        return "mười" + after_ten.get(ones, f" {_DIGITS[ones]}")
    after_tens = after_ten | {1: " mốt", 4: " tư"}
    return f"{_DIGITS[tens]} mươi" + after_tens.get(ones, f" {_DIGITS[ones]}")
