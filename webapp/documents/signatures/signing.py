"""Signs papers, PAdES B-B and with a time stamp B-T; each signature is added behind what was signed before."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field, replace
from tempfile import NamedTemporaryFile
from typing import Any, Literal

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError
from pyhanko.stamp import StaticStampStyle

from webapp.documents.signatures.aside import aside
from webapp.documents.signatures.authority import MARK, is_of_no_value
from webapp.documents.signatures.keys import Signer
from webapp.documents.signatures.places import SEAL, SEALED, places_in
from webapp.documents.signatures.stamps import Kind, Stamp, drawn

DIGEST = "sha256"
SECONDS = 10
WHOLE = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, margins=Margins())
"""A stamp fills its place."""

Refusal = Literal["no_place", "signed_already", "no_time_stamp"]


class SigningRefused(Exception):
    """The paper was not signed; ``code`` says why. ``no_time_stamp``: the service of time stamps gave none."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code: Refusal = code


@dataclass(frozen=True)
class Signing:
    """A signature to be made: in which place, why, where, and the page that is seen there."""

    place: str
    reason: str
    location: str = ""
    stamp: bytes | None = field(default=None, repr=False)


def with_places(pdf: bytes, seal: float = SEAL) -> bytes:
    """The paper with an empty signature field in each place it names; it begins with the bytes of ``pdf``.

    ``seal``: how wide that of the body is, in millimetres.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    for name, place in places_in(pdf, seal).items():
        left, bottom, right, top = (round(number) for number in place.box)
        spec = SigFieldSpec(
            name, on_page=place.page, box=(left, bottom, right, top), empty_field_appearance=True
        )
        append_signature_field(writer, spec)
    return _written(writer)


def signed(pdf: bytes, signing: Signing, signer: Signer, clock: TimeStamper | None = None) -> bytes:
    """The paper with one signature more; all earlier bytes stay. With a ``clock`` it bears that one's time stamp.

    Raises SigningRefused.
    """
    states = _fields(pdf)
    if signing.place not in states:
        raise SigningRefused("no_place")
    if states[signing.place]:
        raise SigningRefused("signed_already")
    about = PdfSignatureMetadata(
        field_name=signing.place,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=signing.reason,
        location=signing.location or None,
    )
    with NamedTemporaryFile(suffix=".pdf") as file:
        style = None
        if signing.stamp:
            file.write(signing.stamp)
            file.flush()
            style = StaticStampStyle.from_pdf_file(file.name, border_width=0, background_layout=WHOLE)
        made = PdfSigner(about, signer, timestamper=clock, stamp_style=style)
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        try:
            return bytes(aside(lambda: made.sign_pdf(writer, existing_fields_only=True)).getvalue())
        except SigningError:
            raise
        except (TimestampRequestError, ValueError) as fault:  # no answer, or one that is no time stamp
            if clock is None:
                raise
            raise SigningRefused("no_time_stamp") from fault


def sign_visibly(
    pdf: bytes,
    about: Signing,
    signer: Signer,
    at: dt.datetime,
    *,
    picture: bytes | None = None,
    clock: TimeStamper | None = None,
    seal: float = SEAL,
) -> bytes:
    """The paper signed in a place that it names, with a stamp of who signs and of the time ``at`` (in their zone).

    The first signature makes all places of the paper, that of the ``seal`` so many millimetres wide. Raises
    SigningRefused.
    """
    kind: Kind = "seal" if about.place == SEALED else "signature"
    said = f"Ngày ký: {at:%d/%m/%Y %H:%M:%S} {at.isoformat()[-6:]}"
    ready = pdf if _fields(pdf) else with_places(pdf, seal)
    stamp = Stamp(kind, (*signer_lines(signer.signing_cert), said), picture)
    return stamped(ready, about, stamp, signer, clock)


def stamped(
    pdf: bytes, about: Signing, stamp: Stamp, signer: Signer, clock: TimeStamper | None = None
) -> bytes:
    """The paper with one signature more, in a place that it names, where the stamp is seen. Raises SigningRefused."""
    place = places_in(pdf).get(about.place)
    if place is None:
        raise SigningRefused("no_place")
    seen = replace(stamp, no_value=is_of_no_value(signer.signing_cert))
    return signed(pdf, replace(about, stamp=drawn(seen, place)), signer, clock)


def signer_lines(certificate: Any) -> tuple[str, ...]:
    """Name and body of who signs, as their certificate has them; a body's own name once.

    That a certificate is for trials is said by a line of its own.
    """
    named = certificate.subject.native
    said = (named.get(part) for part in ("common_name", "organization_name"))
    return tuple(dict.fromkeys(str(each).replace(MARK, "") for each in said if each))


def clock_at(url: str) -> TimeStamper:
    """The service of time stamps (RFC 3161) at an address."""
    return HTTPTimeStamper(url, timeout=SECONDS)


def _fields(pdf: bytes) -> dict[str, bool]:
    """The signature fields of a file, and whether somebody has signed there."""
    reader = PdfFileReader(io.BytesIO(pdf))
    return {name: filled is not None for name, filled, _reference in enumerate_sig_fields(reader)}


def _written(writer: Any) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
