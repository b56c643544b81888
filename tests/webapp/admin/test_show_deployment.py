"""Deployed procedures with their diagrams."""

from sqlalchemy import select

from webapp.extensions import db
from webapp.models import CurrentDeployment


def test_list_names_versions_and_their_cases(signed_in, office, campaign):
    page = signed_in("admin").get("/admin/deployments")
    rows = {row.th.small.get_text(strip=True): row for row in page.all(".data-table tbody tr")}
    assert rows.keys() == {
        "award_correction",
        "award_issuance",
        "award_revocation",
        "campaign",
        "cluster_scoring",
        "council_vote",
        "exemplar",
        "extraordinary",
        "finding",
        "nomination",
        "registration",
        "registration_change",
        "registration_list",
        "response",
        "replication",
        "submission",
    }  # fmt: skip -- a word list
    cells = [cell.get_text(" ", strip=True) for cell in rows["campaign"].select("td")]
    assert cells[2:] == ["hiện hành", "1", "0"]


def test_one_shows_its_diagrams_and_files(signed_in, office):
    digest = db.session.scalar(
        select(CurrentDeployment.digest).where(CurrentDeployment.process == "nomination")
    )
    browser = signed_in("admin")
    page = browser.get(f"/admin/deployments/{digest}")
    assert page.heading == "Đề nghị khen thưởng"
    drawing = browser.client.get(page.one("[data-diagram]")["data-diagram"]).get_json()
    assert (drawing["root"], drawing["strides"]) == ("nomination", [])
    assert drawing["processes"][0]["name"] == "Đề nghị khen thưởng"
    assert len(drawing["processes"]) == 5
    for process in drawing["processes"]:
        answer = browser.client.get(process["url"])
        assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    assert "forms/nomination/prepare_dossier.json" in page.text


def test_what_is_not_there_is_not_found(signed_in, office):
    browser = signed_in("admin")
    digest = db.session.scalar(select(CurrentDeployment.digest))
    browser.get("/admin/deployments/unknown", status=404)
    browser.get("/admin/deployments/unknown/drawing.json", status=404)
    browser.get("/admin/deployments/unknown/nomination.bpmn", status=404)
    browser.get(f"/admin/deployments/{digest}/unknown.bpmn", status=404)
