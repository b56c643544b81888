"""Pictures of a dossier are seen inside its pages, by whoever may read them."""

from sqlalchemy import select

from tests.introducing import introduced
from webapp.models import Paper

__all__ = ["introduced"]


def paper(office, kind="picture"):
    return office.read(select(Paper.public_id).where(Paper.kind == kind))[0]


def test_a_small_copy_is_sent(signed_in, office, introduced):
    answer = signed_in("officer").client.get(f"/papers/{paper(office)}/thumbnail")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert "private" in answer.headers["Cache-Control"]


def test_others_get_nothing(signed_in, office, introduced):
    signed_in("other_officer").get(f"/papers/{paper(office)}/thumbnail", status=404)


def test_a_paper_that_is_no_picture_has_none(signed_in, office, introduced):
    signed_in("officer").get(f"/papers/{paper(office, 'other')}/thumbnail", status=404)
