"""Pages of tasks, tested in an office that is already founded."""

from tests.desk import browser, campaign, database, office, signed_in
from tests.offices import scene

__all__ = ["browser", "campaign", "checks", "database", "office", "signed_in"]


@scene
def checks(office):
    """Three dossiers that wait for their check."""
    office.open_campaign()
    codes = [office.nominate(nominee_name=f"Nguyễn Văn {name}") for name in ("Ất", "Bính", "Đinh")]
    for code in codes:
        office.do("officer", "prepare_on_behalf", code)
    return codes
