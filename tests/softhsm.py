"""A token of SoftHSM, which stands for a vendor's: a key on it signs without leaving it."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pkcs11
import pytest
from cryptography.hazmat.primitives import serialization
from pkcs11 import Attribute
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.x509 import decode_x509_certificate

from tests.signing import LEADER, pair
from webapp.documents.signatures.keys import TokenKey

DRIVERS = sorted(Path("/usr/lib").glob("**/softhsm/libsofthsm2.so"))
_folder = TemporaryDirectory(prefix="softhsm-")
PIN, TOKEN, LABEL = "1234", "thidua", "chu-tich"

needs_softhsm = pytest.mark.skipif(
    not DRIVERS or shutil.which("softhsm2-util") is None,
    reason="SoftHSM is not installed (Debian, Ubuntu: apt-get install softhsm2)",
)


@cache
def plugged_in() -> TokenKey:
    """A token with the key of the leader: one in each test process, whose driver reads where it lies only once."""
    folder = Path(_folder.name)
    (folder / "tokens").mkdir()
    (folder / "conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "conf")
    made = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", "0000"]
    subprocess.run(made, check=True, capture_output=True)
    _fill(str(DRIVERS[0]))
    return TokenKey(str(DRIVERS[0]), TOKEN, LABEL)


def _fill(driver: str) -> None:
    certificate, key = pair(LEADER)
    encoding, plain = serialization.Encoding.DER, serialization.NoEncryption()
    private = key.private_bytes(encoding, serialization.PrivateFormat.TraditionalOpenSSL, plain)
    named = {Attribute.LABEL: LABEL, Attribute.ID: b"1", Attribute.TOKEN: True}
    secret = {Attribute.SIGN: True, Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}
    with pkcs11.lib(driver).get_token(token_label=TOKEN).open(user_pin=PIN, rw=True) as session:
        session.create_object(decode_ec_private_key(private) | named | secret)
        session.create_object(decode_x509_certificate(certificate.public_bytes(encoding)) | named)
