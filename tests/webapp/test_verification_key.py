"""The key of the codes on papers: made once, for its owner's eyes, replaced without leaving old papers behind."""

import stat

from webapp.checkpoint_key import key_of
from webapp.verification_key import PRIVATE, verification_key_of
from workflows.paper_codes import is_signed


def test_it_is_made_once_and_read_by_its_owner_only(tmp_path):
    first = verification_key_of(tmp_path).signer()
    again = verification_key_of(tmp_path).signer()
    assert (again.id, again.public) == (first.id, first.public)
    assert stat.S_IMODE((tmp_path / "keys" / PRIVATE).stat().st_mode) == 0o600
    assert list(verification_key_of(tmp_path).trusted()) == [first.id]


def test_an_old_key_stays_trusted_and_signs_no_more(tmp_path):
    keys = verification_key_of(tmp_path)
    old = keys.signer()
    signature = old.sign(b"paper")
    new = keys.rotate()
    assert keys.signer().id == new.id != old.id
    assert list(keys.trusted()) == [new.id, old.id]
    assert is_signed(keys.trusted()[old.id], b"paper", signature)
    assert not is_signed(new.public, b"paper", signature)


def test_it_is_no_key_of_checkpoints(tmp_path):
    checkpoints = key_of(tmp_path)
    public = checkpoints.public
    verification_key_of(tmp_path).rotate()
    assert checkpoints.trusted() == {public}
