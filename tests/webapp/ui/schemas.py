"""A schema with a field of each kind, and ways to post to it."""

from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import FileStorage, MultiDict

from webapp.ui.form_data import Submission, read

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def options(*values: str) -> list[dict[str, str]]:
    return [{"const": value, "title": value.upper()} for value in values]


PAPER = {"type": "string", "format": "paper", "title": "Báo cáo", "x-paper": "report"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Thẩm định hồ sơ",
    "properties": {
        "decision": {"type": "string", "title": "Kết luận", "oneOf": options("eligible", "supplement")},
        "reason": {
            "type": "string",
            "x-widget": "textarea",
            "title": "Lý do",
            "maxLength": 20,
            "x-when": {"decision": ["supplement"]},
        },
        "name": {"type": "string", "title": "Họ và tên", "description": "Như trong giấy khai sinh."},
        "count": {"type": "integer", "title": "Số hộ"},
        "income": {"type": "number", "title": "Thu nhập", "minimum": 0},
        "met_on": {"type": "string", "format": "date", "title": "Ngày họp"},
        "at": {"type": "string", "format": "date-time", "title": "Giờ họp"},
        "award": {"type": "string", "title": "Hình thức", "oneOf": options("a", "b", "c", "d", "e", "f")},
        "posted": {"type": "boolean", "title": "Đã niêm yết"},
        "checked": {"type": "boolean", "const": True, "title": "Đã đối chiếu"},
        "units": {
            "type": "array",
            "title": "Đơn vị",
            "items": {"type": "string", "oneOf": options("x", "y")},
        },
        "legal": {"type": "array", "title": "Căn cứ", "items": {"type": "string"}},
        "report": PAPER,
        "others": {"type": "array", "title": "Giấy tờ khác", "items": PAPER},
        "rows": {
            "type": "array",
            "title": "Khen thưởng",
            "items": {
                "type": "object",
                "title": "Một lần",
                "properties": {
                    "year": {"type": "integer", "title": "Năm"},
                    "title": {"type": "string", "title": "Danh hiệu"},
                    "scan": PAPER,
                },
                "required": ["title"],
                "additionalProperties": False,
            },
        },
        "signature": {
            "type": "object",
            "title": "Ký",
            "properties": {
                "method": {"type": "string", "title": "Cách ký", "oneOf": options("password", "scan")},
                "password": {
                    "type": "string",
                    "title": "Mật khẩu",
                    "x-secret": True,
                    "x-when": {"method": ["password"]},
                },
            },
            "additionalProperties": False,
        },
    },
    "required": ["decision", "name"],
    "if": {"properties": {"decision": {"const": "supplement"}}, "required": ["decision"]},
    "then": {"required": ["reason"]},
    "additionalProperties": False,
}


def post(*fields: tuple[str, str], files: dict[str, str] | None = None, language: str = "vi") -> Submission:
    """Read a form of these fields; `files` gives the name of the file chosen for each file input."""
    chosen = [(name, FileStorage(BytesIO(b"%PDF"), filename)) for name, filename in (files or {}).items()]
    return read(SCHEMA, MultiDict(fields), MultiDict(chosen), language, ZONE)
