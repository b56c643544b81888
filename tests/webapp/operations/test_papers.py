"""What becomes of the name of an uploaded file."""

import pytest
from sqlalchemy import select

from webapp.extensions import db
from webapp.models import Paper


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("bao\x01 cao\x00.pdf", "bao cao.pdf"),
        ("../../etc/Báo cáo.pdf", "Báo cáo.pdf"),
        ("Báo cáo " * 60 + ".pdf", ("Báo cáo " * 60)[:196] + ".pdf"),
    ],
)
def test_name_is_one_that_can_be_sent_back(office, campaign, given, kept):
    task = office.task("prepare_on_behalf", office.nominate())
    office.paper("officer", task.public_id, "achievement_report", given)
    assert db.session.scalar(select(Paper.filename).order_by(Paper.id.desc())) == kept
