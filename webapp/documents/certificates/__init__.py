"""Certificates: a type is a folder; texts are laid out by their measured widths and written over its ground.

`writer` and `preview` are imported by who writes or shows one: they load more than other processes need.
"""

from webapp.documents.certificates.catalogue import (
    PORTION,
    CertificateType,
    Field,
    certificate_type,
    certificate_types,
    type_for,
)
from webapp.documents.certificates.layout import Blank, Placed, laid_out

__all__ = [
    "PORTION",
    "Blank",
    "CertificateType",
    "Field",
    "Placed",
    "certificate_type",
    "certificate_types",
    "laid_out",
    "type_for",
]
