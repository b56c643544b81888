"""A key on a PKCS#11 token signs without leaving it; SoftHSM stands for a vendor's token."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives import serialization
from pkcs11 import Attribute
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.x509 import decode_x509_certificate

from tests.signing import HANOI, LEADER, NOW, pair, trusted, unsigned
from webapp.documents.signatures.keys import KeyRefused, TokenKey
from webapp.documents.signatures.signing import Signing, sign_visibly
from webapp.documents.signatures.validating import examined

DRIVERS = sorted(Path("/usr/lib").glob("**/softhsm/libsofthsm2.so"))
PIN, TOKEN, LABEL = "1234", "thidua", "chu-tich"

pytestmark = pytest.mark.skipif(
    not DRIVERS or shutil.which("softhsm2-util") is None,
    reason="SoftHSM is not installed (Debian, Ubuntu: apt-get install softhsm2)",
)


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TokenKey]:
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "conf"))
        made = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", "0000"]
        subprocess.run(made, check=True, capture_output=True)
        _fill(str(DRIVERS[0]))
        yield TokenKey(str(DRIVERS[0]), TOKEN, LABEL)


def _fill(driver: str) -> None:
    certificate, key = pair(LEADER)
    encoding, plain = serialization.Encoding.DER, serialization.NoEncryption()
    private = key.private_bytes(encoding, serialization.PrivateFormat.TraditionalOpenSSL, plain)
    named = {Attribute.LABEL: LABEL, Attribute.ID: b"1", Attribute.TOKEN: True}
    secret = {Attribute.SIGN: True, Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}
    with pkcs11.lib(driver).get_token(token_label=TOKEN).open(user_pin=PIN, rw=True) as session:
        session.create_object(decode_ec_private_key(private) | named | secret)
        session.create_object(decode_x509_certificate(certificate.public_bytes(encoding)) | named)


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
