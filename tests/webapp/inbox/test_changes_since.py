"""What is otherwise than the last time, beside the form of a later round."""

import pytest

from tests.offices import scene
from webapp.operations.tasks import take_task


@scene
def supplemented(office):
    """The commune asked for a supplement to a dossier and got one."""
    office.open_campaign()
    code = office.nominate()
    office.do(
        "officer", "prepare_on_behalf", code, achievement_summary="Vận động được ba hộ hiến đất làm đường."
    )
    office.do("officer", "check_dossier", code, decision="supplement", supplement_text="Nêu rõ số hộ")
    task = office.task("supplement_dossier", code)
    report = office.paper("officer", task.public_id, "achievement_report", "bao-cao-moi.pdf")
    office.do(
        "officer",
        "supplement_dossier",
        code,
        achievement_summary="Vận động được năm hộ hiến đất làm đường liên ấp.",
        achievement_report=report,
    )
    return code


@pytest.fixture
def page(signed_in, office, supplemented):
    task = office.task("check_dossier", supplemented).public_id
    take_task(task, actor=office.actor("officer"), now=office.now)
    return signed_in("officer").get(f"/tasks/{task}")


def test_texts_are_compared_word_by_word(page):
    part = page.one(".since")
    assert [each.get_text(strip=True) for each in part.select("del")] == ["ba", "đường."]
    assert "năm" in [each.get_text(strip=True) for each in part.select("ins")]
    assert part.select_one(".since-sum strong").get_text(strip=True).endswith("1 tệp mới")


def test_a_paper_at_the_place_of_another_says_so(page):
    part = page.one(".since .file-list").get_text(" ", strip=True)
    assert "bao-cao-moi.pdf" in part
    assert "thay cho “bao-cao.pdf”" in part


def test_the_first_round_compares_nothing(signed_in, office):
    office.open_campaign()
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    task = office.task("check_dossier", code).public_id
    assert not signed_in("officer").get(f"/tasks/{task}").all(".since")


def test_whoever_mends_reads_what_is_asked_and_no_comparison(signed_in, office):
    office.open_campaign()
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    office.do("officer", "check_dossier", code, decision="supplement", supplement_text="Nêu rõ số hộ")
    task = office.task("supplement_dossier", code).public_id
    assert not signed_in("officer").get(f"/tasks/{task}").all(".since")
