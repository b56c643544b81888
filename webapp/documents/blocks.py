"""The text blocks of a decision: standard wording, and the places in it that are filled in from its list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from webapp.documents.formats import Line, clause, counted, kinds_of, lines_of, money, sentence
from webapp.documents.words import amount_in_words

AWARDS = "[khen thưởng] [thành tích] (có danh sách kèm theo)."
PRIZES = (
    "Mức tiền thưởng của từng [đối tượng] được ghi tại danh sách kèm theo Quyết định này. "
    "Tổng số tiền thưởng là [tổng tiền] (Bằng chữ: [tiền bằng chữ]). [nguồn chi]"
)
FORCE = "Quyết định này có hiệu lực kể từ ngày ký."
EXECUTION = "{} và các [đối tượng] có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."
PLACES = ("khen thưởng", "thành tích", "đối tượng", "tổng tiền", "tiền bằng chữ", "nguồn chi")
"""What may stand in square brackets: it is worked out from the list, so that text and list never say two things."""

_PLACE = re.compile(r"\[([^\[\]]*)\]")


def execution(executors: Iterable[str]) -> str:
    """The standard wording of who carries a decision out."""
    return EXECUTION.format(sentence(", ".join(executors)))


def unknown_places(text: str) -> list[str]:
    """What stands in square brackets in a block and is none of `PLACES`, in order."""
    return [found for found in _PLACE.findall(text) if _plain(found) not in PLACES]


def with_blocks(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Facts of a decision that were kept before there were blocks, as facts of the same paper with them."""
    if "blocks" in facts or "original" in facts:  # a decision about another one has none
        return facts
    texts = {"awards": AWARDS, "prizes": PRIZES, "more": [], "force": FORCE}
    groups = [
        {**group, "lines": [{**line, "part": None} for line in group["lines"]]} for group in facts["groups"]
    ]
    kept = {name: value for name, value in facts.items() if name != "executors"}
    return {
        **kept,
        "blocks": {**texts, "execution": execution(facts["executors"])},
        "initials": [],
        "grouping": "strand",
        "groups": groups,
    }


def articles(
    blocks: Mapping[str, Any],
    acts: Sequence[Mapping[str, str]],
    reason: str,
    fund: str | None,
    groups: Iterable[Mapping[str, Any]],
) -> list[list[str]]:
    """The articles of a decision, each with its paragraphs; that on prize money where there is any.

    The last article says when the decision takes effect and who carries it out.
    """
    lines = lines_of(groups)
    total = sum(line["prize"] for line in lines)
    filled = {
        "khen thưởng": awarded(acts, lines),
        "thành tích": clause(reason),
        "đối tượng": kinds_of(lines),
        "tổng tiền": money(total).replace("đ", "đồng"),
        "tiền bằng chữ": amount_in_words(total),
        "nguồn chi": f"{fund.rstrip(' .;')}." if fund else "",
    }
    texts = [blocks["awards"], *([blocks["prizes"]] if total else []), *blocks["more"]]
    return [_paragraphs(each, filled) for each in (*texts, f"{blocks['force']}\n{blocks['execution']}")]


def awarded(acts: Sequence[Mapping[str, str]], lines: Sequence[Line]) -> str:
    """``Tặng danh hiệu “…” cho 01 tập thể; tặng Giấy khen cho 02 cá nhân``: what is given to how many."""
    told = [
        f"{each['act']} cho {counted([line for line in lines if line['award'] == each['award']])}"
        for each in acts
    ]
    return "; ".join([*told[:1], *(clause(each) for each in told[1:])])


def _paragraphs(text: str, filled: Mapping[str, str]) -> list[str]:
    """The lines of a block with its places filled in; an empty place leaves no gap."""
    found = (
        _PLACE.sub(lambda place: filled.get(_plain(place[1]), place[0]), line) for line in text.splitlines()
    )
    return [line for line in (re.sub(r"[ \t]+", " ", each).strip() for each in found) if line]


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
