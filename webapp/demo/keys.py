"""Keys for those in the demo who sign decisions, and seals of their bodies. What they sign has no legal value."""

from __future__ import annotations

import io

from flask import current_app
from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select

from webapp.documents.catalogue import FONTS
from webapp.extensions import db
from webapp.models import Person, RoleHolding, SigningKey, Unit
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.signing_keys import NewKey, add_key, keep_seal
from webapp.queries.facts import committee_name
from webapp.signing_authority import development_authority

SIZE, RED, CLEAR = 600, (200, 0, 0, 255), (0, 0, 0, 0)
SEAL_WIDTH = 36.0


def give_keys(password: str, now: Now) -> int:
    """Make what is missing; how many keys were made. ``password`` opens each of them."""
    authority = development_authority(current_app.config["SETTINGS"].data_dir, now.wall)
    known = {(key.unit_id, key.person_id) for key in db.session.scalars(select(SigningKey))}
    signing = (
        select(Unit, Person)
        .join(RoleHolding, RoleHolding.unit_id == Unit.id)
        .join(Person, Person.id == RoleHolding.person_id)
        .where(RoleHolding.role == "authority", Unit.kind == "committee")
        .order_by(Unit.id, Person.id)
    )
    wanted: dict[tuple[int, int | None], NewKey] = {}
    for unit, person in db.session.execute(signing).tuples():
        body = committee_name(unit)
        for holder in (None, person):
            place = unit.id, holder.id if holder else None
            if place not in known and place not in wanted:
                # The whole name of a body is too long beside the mark.
                name = holder.name if holder else f"UBND {unit.name}"
                file = authority.packed(name, body, password, now.wall)
                wanted[place] = NewKey(unit.code, holder.public_id if holder else None, file)
    for new in wanted.values():
        add_key(new, password, actor=SYSTEM, now=now)
        if new.person is None:
            keep_seal(new.unit, _seal(), SEAL_WIDTH, actor=SYSTEM, now=now)
    return len(wanted)


def _seal() -> bytes:
    """A seal that nobody takes for a real one."""
    picture = Image.new("RGBA", (SIZE, SIZE), CLEAR)
    draw = ImageDraw.Draw(picture)
    for inset, width in ((6, 14), (36, 5)):
        draw.ellipse((inset, inset, SIZE - inset, SIZE - inset), outline=RED, width=width)
    font = ImageFont.truetype(FONTS / "Tinos-Bold.ttf", 62)
    for place, text in (
        (0.32, "CON DẤU"),
        (0.7, "THỬ NGHIỆM"),
    ):  # between them the stamp says that it has no value
        draw.text((SIZE / 2, SIZE * place), text, RED, font, anchor="mm")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
