"""The address of the mail server and the sender, and a message with its headers."""

import datetime as dt

import pytest

from webapp.config import from_environ
from webapp.mail_server import MailServer, Message, compose, sender_of, server_of

AT = dt.datetime(2019, 12, 2, 1, tzinfo=dt.UTC)
MESSAGE = Message("0190", "Đinh Văn Một", "mot@example.gov.vn", "Giấy mời", "Kính gửi", "vi", AT)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.gov.vn", MailServer("mail.example.gov.vn", 25, False, False)),
        ("smtps://u:p@mail.example.gov.vn", MailServer("mail.example.gov.vn", 465, True, False, "u", "p")),
        ("smtp://u%40x:p%2F@m.vn?starttls=1", MailServer("m.vn", 587, False, True, "u@x", "p/")),
        ("smtp://m.vn:2525/?starttls=yes", MailServer("m.vn", 2525, False, True)),
    ],
)
def test_an_address_says_how_the_server_is_reached(url, server):
    assert server_of(url) == server


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"MAIL_URL": "https://mail.example.gov.vn", "MAIL_FROM": "a@b.vn"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://", "MAIL_FROM": "a@b.vn"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://u:secret-word@m.vn:many", "MAIL_FROM": "a@b.vn"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://u:m%E1%BA%ADt@m.vn", "MAIL_FROM": "a@b.vn"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://m.vn"}, "MAIL_FROM"),
        ({"MAIL_URL": "smtp://m.vn", "MAIL_FROM": "nobody"}, "MAIL_FROM"),
        ({"MAIL_URL": "smtp://m.vn", "MAIL_FROM": "a b@c.vn"}, "MAIL_FROM"),
    ],
)
def test_a_bad_setting_is_named_without_its_password(settings, name):
    with pytest.raises(ValueError, match=name) as raised:
        from_environ(settings)
    assert "secret-word" not in str(raised.value)


def test_the_password_is_in_no_representation():
    settings = from_environ({"MAIL_URL": "smtp://u:secret-word@m.vn", "MAIL_FROM": "a@b.vn"})
    assert "secret-word" not in repr(settings)
    assert "secret-word" not in repr(server_of(settings.mail_url))


def test_nothing_set_is_no_server():
    assert (from_environ({}).mail_url, from_environ({}).mail_from) == ("", "")


def test_a_message_cannot_carry_more_headers_than_its_own():
    letter = compose(sender_of("Hội đồng <a@b.vn>"), MESSAGE)
    assert letter["Message-ID"] == "<0190@b.vn>"
    assert letter["Subject"] == "Giấy mời"
    with pytest.raises(ValueError):
        compose(sender_of("a@b.vn"), Message("1", "X", "x@y.vn", "Một\r\nBcc: z@y.vn", "", "vi", AT))
