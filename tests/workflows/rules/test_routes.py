"""Routes: where a nomination enters and which levels appraise it."""

import itertools

import pytest

from workflows.rules.routes import Route, route_of

TWO, THREE, NEW = ("commune", "district"), ("commune", "district", "province"), ("commune", "province")

# Kind of nominee, level of the submitting unit, chain, organiser itself; entrance and levels.
CASES = {
    "a commune's household": ("household", "commune", TWO, False, Route("commune", ("district",))),
    "a hamlet": ("hamlet", "commune", TWO, False, Route("commune", ("district",))),
    "a commune itself": ("commune", "commune", TWO, False, Route("direct", ("district",))),
    "a district office's official": ("individual", "district", TWO, False, Route("direct", ("district",))),
    "found by the district": ("individual", "district", TWO, True, Route("organiser", ("district",))),
    "province campaign, commune": (
        "individual",
        "commune",
        THREE,
        False,
        Route("commune", ("district", "province")),
    ),
    "province campaign, commune itself": (
        "commune",
        "commune",
        THREE,
        False,
        Route("direct", ("district", "province")),
    ),
    "province campaign, district office": (
        "collective",
        "district",
        THREE,
        False,
        Route("direct", ("district", "province")),
    ),
    "a department of the province": ("collective", "province", THREE, False, Route("direct", ("province",))),
    "found by the province": ("individual", "province", THREE, True, Route("organiser", ("province",))),
    "two levels since July 2025": ("individual", "commune", NEW, False, Route("commune", ("province",))),
    "two levels, a commune itself": ("commune", "commune", NEW, False, Route("direct", ("province",))),
    "a commune's own campaign": ("household", "commune", ("commune",), False, Route("commune", ())),
}


@pytest.mark.parametrize("case", CASES)
def test_route(case: str) -> None:
    kind, level, chain, is_organiser, expected = CASES[case]
    assert route_of(kind, level, chain, is_organiser=is_organiser) == expected


@pytest.mark.parametrize(
    ("level", "chain", "said"),
    [
        ("province", TWO, "above the campaign"),
        ("commune", ("district", "commune"), "lowest up"),
        ("commune", (), "lowest up"),
    ],
)
def test_what_cannot_be_routed_is_refused(level: str, chain: tuple[str, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        route_of("individual", level, chain)


def test_every_route_ends_with_the_organiser_and_a_commune_never_assesses_itself() -> None:
    kinds = ("individual", "household", "collective", "commune", "hamlet", "enterprise", "co_operative")
    for kind, chain, level in itertools.product(kinds, (TWO, THREE, NEW), ("commune", "district")):
        route = route_of(kind, level, chain)
        assert route.levels[-1] == chain[-1]
        assert route.entrance == ("commune" if level == "commune" and kind != "commune" else "direct")
