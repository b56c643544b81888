"""With a service of time stamps a signature says when it was made by a clock that is not the signer's: PAdES B-T."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper, tsp

from tests.signing import NOW, TSA, file_key, pair, root, sign, trusted, unsigned
from tests.webapp.documents.pdfa import checked, needs_verapdf
from webapp.documents.signatures.signing import SigningRefused, clock_at
from webapp.documents.signatures.validating import examined


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """A service of time stamps on this machine; its address."""
    certificate, key = pair(TSA)
    stamper = DummyTimeStamper(
        translate_pyca_cryptography_cert_to_asn1(certificate),
        translate_pyca_cryptography_key_to_asn1(key),
        [translate_pyca_cryptography_cert_to_asn1(root()[0])],
    )

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = asyncio.run(stamper.async_request_tsa_response(asked)).dump()
            if self.path == "/nonsense":
                answer = answer[:5]
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_words: object) -> None:
            """Tests are quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def stamped(service: str) -> bytes:
    return sign(unsigned(), file_key(), clock=clock_at(service))


def test_time_is_that_of_the_service(stamped: bytes) -> None:
    (found,) = examined(stamped, trusted(), NOW).signatures
    assert found.stamped_by == TSA
    assert found.stamped_at is not None
    assert abs(found.stamped_at - NOW) < dt.timedelta(hours=2)


def test_a_service_that_nobody_trusts_proves_no_time(stamped: bytes) -> None:
    other = [root("Cơ quan khác")[0].public_bytes(_pem())]
    (found,) = examined(stamped, other, NOW).signatures
    assert (found.stamped_at, found.stamped_by, found.trust) == (None, "", "unknown")
    assert found.claimed_at is not None


def test_without_an_answer_nothing_is_signed() -> None:
    with pytest.raises(SigningRefused, match="no_time_stamp"):
        sign(unsigned(), file_key(), clock=clock_at("http://127.0.0.1:9/"))


@needs_verapdf
def test_a_stamped_signature_is_made_to_be_kept(stamped: bytes) -> None:
    assert checked({"stamped": stamped})["stamped"].faults == ()


def _pem() -> object:
    from cryptography.hazmat.primitives.serialization import Encoding

    return Encoding.PEM


def test_an_answer_that_is_no_time_stamp_is_none(service: str) -> None:
    with pytest.raises(SigningRefused, match="no_time_stamp"):
        sign(unsigned(), file_key(), clock=clock_at(f"{service}nonsense"))
