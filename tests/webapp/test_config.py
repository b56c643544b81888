"""Settings come typed from the environment, a bad one is named, and the secret stays where it was made."""

from pathlib import Path

import pytest

from webapp.config import Settings, flask_config, from_environ, secret_key


def test_nothing_set_is_enough() -> None:
    settings = from_environ({})
    assert (settings.port, settings.timezone, settings.demo) == (8000, "Asia/Ho_Chi_Minh", False)
    assert settings.database.startswith("sqlite:////")
    assert settings.public_url == "http://127.0.0.1:8000"


def test_the_port_is_part_of_the_address() -> None:
    assert from_environ({"PORT": "8080"}).public_url == "http://127.0.0.1:8080"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PROXY_HOPS", "-1"),
        ("TIMEZONE", "Mars/Base"),
        ("TIMEZONE", "../etc"),
        ("PUBLIC_URL", "example.gov.vn"),
        ("TSA_URL", "tsa.example.gov.vn"),
        ("DEMO", "maybe"),
        ("CHECKPOINT_DIR", "elsewhere"),
        ("CHECKPOINT_MAIL", "thanhtra@angiang.gov.vn, nobody"),
    ],
)
def test_a_bad_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        from_environ({name: value})


def test_checkpoints_go_where_the_settings_say() -> None:
    settings = from_environ({"CHECKPOINT_DIR": "/mnt/witness", "CHECKPOINT_MAIL": "a@x.vn, b@x.vn"})
    assert settings.checkpoint_dir == Path("/mnt/witness")
    assert settings.checkpoint_mail == ("a@x.vn", "b@x.vn")
    assert from_environ({}).checkpoint_dir is None


def test_cookies_are_secure_where_people_come_by_https(tmp_path: Path) -> None:
    plain = flask_config(Settings(data_dir=tmp_path))
    secure = flask_config(Settings(data_dir=tmp_path, public_url="https://thidua.example.gov.vn"))
    assert (plain["SESSION_COOKIE_SECURE"], secure["SESSION_COOKIE_SECURE"]) == (False, True)
    assert secure["SESSION_COOKIE_HTTPONLY"] is True
    assert secure["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    secret = secret_key(folder)
    assert len(secret) >= 64
    assert secret_key(folder) == secret
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert secret_key(tmp_path / "other") != secret


def test_the_demo_password_is_not_printed_with_the_settings() -> None:
    assert "secret-word" not in repr(from_environ({"DEMO_PASSWORD": "secret-word"}))
