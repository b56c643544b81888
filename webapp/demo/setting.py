"""Where stories are played: a campaign, or one of its rounds, its people and the codes of the cases opened so far."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from webapp.demo.people import Cast
from webapp.demo.script import Nominee, Round
from webapp.demo.stage import Stage
from webapp.demo.telling import pick
from workflows.plan import Plan
from workflows.values import local_day


@dataclass(frozen=True)
class Place:
    """A campaign with all that its stories share. ``codes`` maps the keys of the script to cases."""

    stage: Stage
    cast: Cast
    plan: Plan
    codes: dict[str, str]

    @property
    def day(self) -> dt.date:
        """The business day in Việt Nam."""
        return local_day(self.stage.at)

    @property
    def campaign(self) -> str:
        """The name people call the campaign by: what its title puts in quotation marks."""
        return self.plan.title.partition("“")[2].partition("”")[0] or self.plan.short_title

    def key(self, name: str) -> str:
        """A key of the script, unique among all campaigns."""
        return f"{self.plan.code}/{name}"

    def unit(self, below: str = "") -> str:
        """The code of a unit below the organiser; without a name the organiser."""
        issuer = self.plan.document.issuer
        return f"{issuer}/{below}" if below else issuer

    def unit_name(self, below: str = "") -> str:
        """The name of a unit below the organiser."""
        return self.cast.name(self.unit(below))

    def who(self, role: str, below: str = "") -> str:
        """User name of who holds a role in a unit below the organiser."""
        return self.cast.who(role, self.unit(below))

    def who_above(self, role: str) -> str:
        """User name of who holds a role in the unit above the organiser."""
        return self.cast.who(role, self.cast.units[self.unit()].parent or "")


@dataclass(frozen=True)
class Setting(Place):
    """An award round of a campaign."""

    round: Round

    def key(self, name: str) -> str:
        """A key of the script, unique among all rounds."""
        return f"{self.plan.code}/{self.round.code}/{name}"

    def nominees(self, field: str, key: str, stage: str) -> list[Nominee]:
        """Nominees of a batch, session or decision whose cases stand at a stage now."""
        return [
            nominee
            for nominee in self.round.nominees
            if getattr(nominee, field) == key
            and self.key(nominee.key) in self.codes
            and self.stage.stage_of(self.codes[self.key(nominee.key)]) == stage
        ]

    def codes_of(self, nominees: list[Nominee]) -> list[str]:
        """The case codes of nominees."""
        return [self.codes[self.key(nominee.key)] for nominee in nominees]

    def address(self, nominee: Nominee) -> dict[str, str] | None:
        """Where somebody of a commune lives: one of its hamlets. Others give no address."""
        place = self.cast.units[self.unit(nominee.unit)]
        if place.level != "commune" or place.kind != "committee" or nominee.kind == "commune":
            return None
        hamlets = [u.name for u in self.cast.units.values() if u.parent == place.code and u.kind == "hamlet"]
        district = self.cast.units[place.parent or ""]
        province = self.cast.units[district.parent or ""]
        found = {"commune": place.name, "district": district.name, "province": province.name}
        hamlet = pick(hamlets, nominee.key).partition(",")[0] if hamlets else ""
        return {"hamlet": hamlet, **found} if hamlet and nominee.kind != "hamlet" else found
