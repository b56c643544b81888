"""A key on a PKCS#11 token signs without leaving it; SoftHSM stands for a vendor's token."""

import pytest

from tests.signing import HANOI, LEADER, NOW, trusted, unsigned
from tests.softhsm import LABEL, PIN, TOKEN, needs_softhsm, plugged_in
from webapp.documents.signatures.keys import KeyRefused, TokenKey
from webapp.documents.signatures.signing import Signing, sign_visibly
from webapp.documents.signatures.validating import examined

pytestmark = needs_softhsm


@pytest.fixture
def token() -> TokenKey:
    return plugged_in()


def test_a_key_on_a_token_signs(token: TokenKey) -> None:
    with token.opened(PIN, NOW) as signer:
        pdf = sign_visibly(unsigned(), Signing("ChuKy", "Ký ban hành"), signer, NOW.astimezone(HANOI))
    seen = examined(pdf, trusted(), NOW)
    assert seen.verdict == "good"
    assert seen.signatures[0].signer == LEADER


@pytest.mark.parametrize(
    ("token_label", "label", "pin", "code"),
    [
        (TOKEN, LABEL, "9999", "wrong_secret"),
        ("khác", LABEL, PIN, "no_token"),
        (TOKEN, "khác", PIN, "no_key"),
    ],
)
def test_what_is_not_there_is_named(
    token: TokenKey, token_label: str, label: str, pin: str, code: str
) -> None:
    with pytest.raises(KeyRefused, match=code), TokenKey(token.library, token_label, label).opened(pin, NOW):
        pass


def test_a_driver_that_is_not_installed_is_no_token() -> None:
    with (
        pytest.raises(KeyRefused, match="no_token"),
        TokenKey("/no/driver.so", TOKEN, LABEL).opened(PIN, NOW),
    ):
        pass
