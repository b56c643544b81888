"""Certificates: a type is a folder; texts are laid out by their measured widths and written over its ground."""

from webapp.documents.certificates.catalogue import (
    CertificateType,
    Field,
    certificate_type,
    certificate_types,
    type_for,
)
from webapp.documents.certificates.layout import Blank, Placed, laid_out
from webapp.documents.certificates.preview import preview
from webapp.documents.certificates.writer import Certificate, Described, write

__all__ = [
    "Blank",
    "Certificate",
    "CertificateType",
    "Described",
    "Field",
    "Placed",
    "certificate_type",
    "certificate_types",
    "laid_out",
    "preview",
    "type_for",
    "write",
]
