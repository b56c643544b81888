"""Files in a bucket of a store that speaks S3: Amazon's, MinIO, Ceph and others.

Address, region and keys come from the environment as every S3 client reads them: AWS_ENDPOINT_URL_S3,
AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_DEFAULT_REGION.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

import boto3

from webapp.files import CHUNK, Stored, copy

GONE = frozenset({"404", "NoSuchKey"})


@dataclass(frozen=True)
class Bucket:
    """Objects named by their digest, below a prefix."""

    name: str
    prefix: str = ""

    @classmethod
    def at(cls, url: str) -> Bucket:
        """The bucket of `s3://bucket/prefix`."""
        parts = urlsplit(url)
        prefix = parts.path.strip("/")
        return cls(parts.netloc, f"{prefix}/" if prefix else "")

    def put(self, source: BinaryIO, limit: int) -> Stored:
        """Gathered aside first: the name is the digest, and a file that is too large never goes out."""
        with tempfile.SpooledTemporaryFile(max_size=CHUNK) as draft:
            stored = copy(source, cast(BinaryIO, draft), limit)
            draft.seek(0)
            _client().upload_fileobj(draft, self.name, self.prefix + stored.sha256)
        return stored

    def open(self, sha256: str) -> BinaryIO:
        file = tempfile.SpooledTemporaryFile(max_size=CHUNK)  # noqa: SIM115 -- whoever opens a file closes it
        try:
            _client().download_fileobj(self.name, self.prefix + sha256, file)
        except _client().exceptions.ClientError as fault:
            if fault.response["Error"]["Code"] in GONE:
                raise FileNotFoundError(sha256) from fault
            raise
        file.seek(0)
        return cast(BinaryIO, file)

    def older(self, than: dt.datetime) -> Iterator[str]:
        pages = _client().get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=self.prefix)
        for page in pages:
            for found in page.get("Contents", ()):
                if found["LastModified"] < than:
                    yield found["Key"].removeprefix(self.prefix)

    def remove(self, digests: Iterable[str]) -> None:
        for sha256 in digests:
            _client().delete_object(Bucket=self.name, Key=self.prefix + sha256)


@cache
def _client() -> Any:
    return boto3.client("s3")
