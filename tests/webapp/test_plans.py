"""Each plan from its file to the closed campaign, with its own numbers; the log of each story replays as it was.

A story takes up to half a minute: two of them in each run, one on PostgreSQL; all with `make soak`.
"""

import pytest

from tests.plan_scenarios import play, scenario
from tests.proven import faults


@pytest.fixture
def end_to_end(app):
    """Plays the story of a scenario file; afterwards nothing in the log deviates."""

    def played(name: str) -> None:
        play(app, scenario(name))
        assert faults() == []

    return played


def test_chau_thanh_for_the_poor(end_to_end):
    end_to_end("chau-thanh-85-kh-ubnd-2024")


@pytest.mark.soak
def test_tinh_bien(end_to_end):
    """The demo acts two of its three years in every run."""
    end_to_end("tinh-bien-vi-nguoi-ngheo-2020")


@pytest.mark.soak
def test_chau_thanh_the_regular_campaign(end_to_end):
    end_to_end("chau-thanh-27-kh-ubnd-2024")


@pytest.mark.soak
def test_ninh_binh(end_to_end):
    end_to_end("ninh-binh-117-kh-ubnd-2017")


@pytest.mark.soak
def test_bu_gia_map(end_to_end):
    end_to_end("bu-gia-map-dien-hinh-2022")


@pytest.mark.soak
def test_a_province_after_the_districts(end_to_end):
    end_to_end("hai-cap-tinh-2026")


@pytest.mark.mostly_on("postgresql")
def test_a_commune_after_the_districts(end_to_end):
    end_to_end("hai-cap-xa-2026")
