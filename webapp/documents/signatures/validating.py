"""What the signatures of a PDF prove: who signed, when, and whether anything was changed since. Nothing is fetched."""

from __future__ import annotations

import datetime as dt
import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from webapp.documents.signatures.aside import aside
from webapp.documents.signatures.authority import is_of_no_value
from webapp.documents.signatures.keys import FOR_SIGNING

# It would write the names in a visitor's file into the log, with every certificate that is not trusted.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)

MOST = 30
"""Signatures of a file that are looked at; nobody needs more, and each takes time."""

MOST_WORK = 500_000
"""Signatures by revisions by objects of a file: some seconds. A decision on 500 awards with three takes a fifth of it;
a file that is made for it could keep a process busy for minutes, and anybody may send one.
"""

Since = Literal["nothing", "signed_on", "changed"]
Trust = Literal["trusted", "development", "expired", "revoked", "unknown"]
Verdict = Literal["good", "development", "untrusted", "changed", "broken", "unsigned"]


class Unreadable(Exception):
    """The file is no PDF, is locked, or is not built as PDFs have to be."""


@dataclass(frozen=True)
class Found:
    """One signature.

    ``claimed_at`` is by the clock of who signed, ``stamped_at`` by that of a trusted service of time stamps.
    ``intact``: the signed bytes are as they were and the signature is of this key. ``since``: what came after it.
    """

    place: str
    signer: str = ""
    organization: str = ""
    issuer: str = ""
    claimed_at: dt.datetime | None = None
    stamped_at: dt.datetime | None = None
    stamped_by: str = ""
    intact: bool = False
    since: Since = "changed"
    trust: Trust = "unknown"


@dataclass(frozen=True)
class Examined:
    """The signatures of a file in the order they were made, and its places nobody has signed in."""

    signatures: tuple[Found, ...]
    empty: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst that has to be said of the whole file."""
        found = self.signatures
        if not found:
            return "unsigned"
        if not all(each.intact for each in found):
            return "broken"
        if any(each.since == "changed" for each in found):
            return "changed"
        if any(each.trust == "development" for each in found):
            return "development"
        return "good" if all(each.trust == "trusted" for each in found) else "untrusted"


def examined(pdf: bytes, trusted: Sequence[bytes], now: dt.datetime) -> Examined:
    """What the signatures of a file prove to who trusts these authorities (certificates). Raises Unreadable."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        if reader.encrypted:
            raise Unreadable
        _refuse_tangled(reader)
        signatures = list(reader.embedded_regular_signatures)
        empty = [name for name, _filled, _ref in enumerate_sig_fields(reader, filled_status=False)]
        work = len(signatures) * reader.xrefs.total_revisions * _objects(reader)
    except Exception as fault:  # a crooked file makes the readers raise anything
        raise Unreadable from fault
    if len(signatures) > MOST or work > MOST_WORK:
        raise Unreadable
    roots = [root for each in trusted for root in load_certs_from_pemder_data(each)]
    return Examined(tuple(_examined(each, roots, now) for each in signatures), tuple(empty))


def _refuse_tangled(reader: PdfFileReader) -> None:
    """A field has one parent. Where fields share some, the ways through them have no end; raises Unreadable."""
    if "/AcroForm" not in reader.root:
        return
    form = reader.root["/AcroForm"]
    found, waiting = set(), [form.raw_get("/Fields")] if "/Fields" in form else []
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.reference in found:
                raise Unreadable
            found.add(each.reference)
            each = each.get_object()
        if isinstance(each, ArrayObject):
            waiting += list(each)
        elif isinstance(each, DictionaryObject) and "/Kids" in each:
            waiting.append(each.raw_get("/Kids"))


def _objects(reader: PdfFileReader) -> int:
    """How many objects a file holds, those of each revision."""
    revisions = range(reader.xrefs.total_revisions)
    return sum(len(set(reader.xrefs.explicit_refs_in_revision(each))) for each in revisions)


def _examined(signature: Any, roots: list[Any], now: dt.datetime) -> Found:
    try:
        claimed = signature.self_reported_timestamp or now
        status = _status(signature, roots, claimed)
        stamp = status.timestamp_validity
        if stamp is not None and not (stamp.intact and stamp.valid and stamp.trusted):
            stamp = None
        if stamp is not None:  # then the certificate has to have been in force at that time
            status = _status(signature, roots, stamp.timestamp)
        return Found(
            place=signature.field_name,
            signer=_said(status.signing_cert, "common_name"),
            organization=_said(status.signing_cert, "organization_name"),
            issuer=_said(status.signing_cert, "common_name", "issuer"),
            claimed_at=_instant(signature.self_reported_timestamp),
            stamped_at=_instant(stamp.timestamp) if stamp else None,
            stamped_by=_said(stamp.signing_cert, "common_name") if stamp else "",
            intact=bool(status.intact and status.valid),
            since=_since(status),
            trust=_trust(status),
        )
    except Exception:  # noqa: BLE001 -- a crooked signature makes the readers raise anything
        return Found(place=str(signature.field_name))


def _status(signature: Any, roots: list[Any], moment: dt.datetime) -> Any:
    def context() -> ValidationContext:
        return ValidationContext(trust_roots=roots, moment=moment, allow_fetching=False)

    usage = KeyUsageConstraints(key_usage=FOR_SIGNING, match_all_key_usages=False)
    return aside(lambda: validate_pdf_signature(signature, context(), context(), key_usage_settings=usage))


def _since(status: Any) -> Since:
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "nothing"
    allowed = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_REVISION and status.docmdp_ok
    return "signed_on" if whole and status.modification_level in allowed else "changed"


def _trust(status: Any) -> Trust:
    if is_of_no_value(status.signing_cert):
        return "development"
    if status.trusted:
        return "trusted"
    if status.revoked:
        return "revoked"
    out_of_time = (AdESIndeterminate.OUT_OF_BOUNDS_NO_POE, AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED)
    return "expired" if status.trust_problem_indic in out_of_time else "unknown"


def _said(certificate: Any, part: str, of: str = "subject") -> str:
    found = getattr(certificate, of).native.get(part, "")
    return found if isinstance(found, str) else ", ".join(found)


def _instant(at: dt.datetime | None) -> dt.datetime | None:
    return at.astimezone(dt.UTC) if at and at.tzinfo else at
