"""Pages that show where everything stands, tested in an office that is already founded."""

from tests.desk import browser, campaign, database, office, signed_in
from tests.factories import CAMPAIGN, Office
from tests.offices import scene
from tests.people import AN_PHU
from webapp.operations.reviews import close_reports

__all__ = ["browser", "campaign", "database", "office", "signed_in"]


@scene
def nominations(office: Office) -> list[str]:
    """Four nominations: being prepared, being checked, waiting for a supplement, of another commune."""
    office.open_campaign()
    codes = [office.nominate(nominee_name=name) for name in ("Nguyễn Văn Ất", "Đỗ Thị Bính", "Neáng Sóc Kha")]
    codes.append(
        office.nominate(
            "other_officer", nominee_name="Trần Văn Đinh", submitting_unit="an-giang/tinh-bien/an-phu"
        )
    )
    for code in codes[1:3]:
        office.do("officer", "prepare_on_behalf", code, name_on_paper=office.case(code).title)
    office.do("officer", "check_dossier", codes[2], decision="supplement")
    return codes


@scene
def owing(office: Office) -> list[str]:
    """An Cư prepares one dossier, checks a second and is to supplement a third; An Phú prepares one."""
    office.open_campaign()
    for review in ("so-ket-2018", "so-ket-2019"):
        close_reports(CAMPAIGN, review, "Đã qua", actor=office.actor("secretary"), now=office.now)
    codes = [office.nominate(nominee_name=name) for name in ("Nguyễn Văn Ất", "Đỗ Thị Bính", "Neáng Sóc Kha")]
    codes.append(office.nominate("other_officer", nominee_name="Trần Văn Đinh", submitting_unit=AN_PHU))
    for code in codes[1:3]:
        office.do("officer", "prepare_on_behalf", code, name_on_paper=office.case(code).title)
    office.do("officer", "check_dossier", codes[2], decision="supplement")
    return codes
