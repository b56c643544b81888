"""The communes An Cư and An Phú become one."""

import datetime as dt

from sqlalchemy import select

from tests.people import AN_CU, AN_PHU, TINH_BIEN
from webapp.models import RoleHolding, Unit
from webapp.operations.unit_changes import LegalPaper
from webapp.operations.unit_successions import Merger, merge_units

PAPER = LegalPaper("1654/NQ-UBTVQH15", dt.date(2019, 11, 30), "Ủy ban Thường vụ Quốc hội")
NEW = f"{TINH_BIEN}/nui-cam"


def roles_in(office, code):
    query = select(RoleHolding).join(Unit, Unit.id == RoleHolding.unit_id).where(Unit.code == code)
    return [held.id for held in office.read(query.order_by(RoleHolding.id))]


def merge(office, roles=None, **changes):
    kept = roles_in(office, AN_CU) + roles_in(office, AN_PHU) if roles is None else roles
    merger = {
        "units": [AN_CU, AN_PHU],
        "name": "xã Núi Cấm",
        "parent": TINH_BIEN,
        "day": office.today,
        "paper": PAPER,
        "roles": kept,
    } | changes
    return merge_units(Merger(**merger), actor=office.actor("admin"), now=office.now)
