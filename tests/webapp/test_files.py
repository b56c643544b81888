"""Both places where files can lie keep the same promises."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from webapp.buckets import Bucket, _client
from webapp.config import Settings
from webapp.files import FileStore, Folder, TooLarge, file_store_of

CONTENT = "Báo cáo thành tích".encode()
TOMORROW = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
YESTERDAY = TOMORROW - dt.timedelta(days=2)


@pytest.fixture(params=["folder", "bucket"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FileStore]:
    if request.param == "folder":
        yield file_store_of(Settings(data_dir=tmp_path))
        return
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-southeast-1")
    _client.cache_clear()
    with mock_aws():
        place = {"LocationConstraint": "ap-southeast-1"}
        boto3.client("s3").create_bucket(Bucket="thidua", CreateBucketConfiguration=place)
        yield file_store_of(Settings(data_dir=tmp_path, files_url="s3://thidua/tinh-bien"))
    _client.cache_clear()


def test_the_place_is_chosen_by_a_setting(tmp_path: Path) -> None:
    assert file_store_of(Settings(data_dir=tmp_path)) == Folder(tmp_path / "files")
    assert file_store_of(Settings(files_url="s3://thidua/tinh-bien/2019/")) == Bucket(
        "thidua", "tinh-bien/2019/"
    )
    assert file_store_of(Settings(files_url="s3://thidua")) == Bucket("thidua")


def test_what_is_put_is_found_by_its_digest(store: FileStore) -> None:
    stored = store.put(io.BytesIO(CONTENT), 100)
    assert stored.size == len(CONTENT)
    with store.open(stored.sha256) as file:
        assert file.read() == CONTENT
    assert store.put(io.BytesIO(CONTENT), 100) == stored
    assert list(store.older(TOMORROW)) == [stored.sha256]


def test_a_file_that_is_not_there_is_not_found(store: FileStore) -> None:
    with pytest.raises(FileNotFoundError):
        store.open("0" * 64)


def test_of_a_file_that_is_too_large_nothing_stays(store: FileStore) -> None:
    with pytest.raises(TooLarge):
        store.put(io.BytesIO(CONTENT), len(CONTENT) - 1)
    assert list(store.older(TOMORROW)) == []


def test_a_removed_file_is_gone_and_may_be_removed_again(store: FileStore) -> None:
    stored = store.put(io.BytesIO(CONTENT), 100)
    store.remove([stored.sha256])
    store.remove([stored.sha256])
    assert list(store.older(TOMORROW)) == []


def test_young_files_are_told_from_old_ones(store: FileStore) -> None:
    store.put(io.BytesIO(CONTENT), 100)
    assert list(store.older(YESTERDAY)) == []
