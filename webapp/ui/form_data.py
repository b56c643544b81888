"""A posted form read into the JSON data of its schema; what cannot be read stays as it was typed."""

import unicodedata
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import FileStorage, MultiDict

from webapp.ui.numbers import read_day, read_instant, read_number
from webapp.ui.shapes import Kind, choices_of, html_name, kind_of
from workflows.form_places import Place, Schema
from workflows.forms import relevant

ABSENT = object()
ADD, REMOVE, FILE, ROW = "_add", "_remove", "_file", "_row"
MOST_ROWS = 500
LONGEST = 6
YES_NO = {"true": True, "false": False}
ONE_LINE: tuple[Kind, ...] = ("text", "email")


@dataclass(frozen=True)
class Upload:
    """A file that came with the form: where its paper id belongs, and the type of paper asked for."""

    place: Place
    paper_type: str
    file: FileStorage


@dataclass(frozen=True)
class Submission:
    """What came with a form. `editing`: a row or paper was added or removed, nothing is handed in."""

    data: dict[str, Any]
    uploads: tuple[Upload, ...] = ()
    editing: bool = False

    def attach(self, upload: Upload, paper_id: str) -> None:
        """Put the id of a stored paper where its file was chosen: replaces one, is added to several."""
        target: Any = self.data
        for part in upload.place[:-1]:
            target = target.setdefault(part, {}) if isinstance(target, dict) else target[part]
        name = upload.place[-1]
        if isinstance(target, dict) and isinstance(target.get(name), list):
            target[name].append(paper_id)
        else:
            target[name] = paper_id


@dataclass
class Reader:
    """One reading of one form."""

    form: MultiDict[str, str]
    files: MultiDict[str, FileStorage]
    language: str
    zone: ZoneInfo
    uploads: list[Upload] = field(default_factory=list)
    editing: bool = False

    def group(self, schema: Schema, place: Place) -> dict[str, Any]:
        """An object without empty properties and those the form does not show (`x-when`)."""
        properties = schema.get("properties", {})
        found = {name: self.value(each, (*place, name)) for name, each in properties.items()}
        found = {name: value for name, value in found.items() if value is not ABSENT}
        shown = relevant(schema, dict.fromkeys(properties) | found)
        hidden = [(*place, name) for name in properties if name not in shown]
        self.uploads = [each for each in self.uploads if each.place[: len(place) + 1] not in hidden]
        return {name: shown[name] for name in found if name in shown}

    def value(self, schema: Schema, place: Place) -> Any:
        """The value at a place, or ABSENT."""
        kind = kind_of(schema)
        match kind:
            case "group":
                return self.group(schema, place) or ABSENT
            case "rows":
                return self.rows(schema, place)
            case "paper" | "papers":
                return self.papers(schema, place, kind == "papers")
            case "choices":
                texts = self.form.getlist(html_name(place))
                return list(dict.fromkeys(_chosen(schema, text) for text in texts if text)) or ABSENT
            case "tick":
                return html_name(place) in self.form or (False if "const" not in schema else ABSENT)
        text = clean(self.form.get(html_name(place), ""), kind)
        return self.scalar(kind, schema, text) if text else ABSENT

    def scalar(self, kind: Kind, schema: Schema, text: str) -> Any:
        """One typed value."""
        match kind:
            case "number" | "integer":
                return read_number(text, self.language, whole=kind == "integer")
            case "day":
                return read_day(text)
            case "instant":
                return read_instant(text, self.zone)
            case "choice":
                return _chosen(schema, text)
            case "yes_no":
                return YES_NO.get(text, text)
            case "lines":
                return [line for line in map(str.strip, text.split("\n")) if line]
        return text

    def rows(self, schema: Schema, place: Place) -> Any:
        """Rows in the order of their numbers; a row without a value is dropped when the form is handed in."""
        name = html_name(place)
        removed = self.form.get(REMOVE)
        rows: list[dict[str, Any]] = []
        for index in self.row_numbers(name):
            if removed == f"{name}-{index}":
                continue
            before = len(self.uploads)
            row = self.group(schema["items"], (*place, index))
            moved = [_renumbered(each, len(place), len(rows)) for each in self.uploads[before:]]
            self.uploads[before:] = moved
            if row or moved or self.editing:
                rows.append(row)
        if self.form.get(ADD) == name and len(rows) < MOST_ROWS:
            rows.append({})
        return rows or ABSENT

    def row_numbers(self, name: str) -> list[int]:
        """Numbers of the rows sent; removing rows in the browser leaves gaps."""
        start = name + "-"
        keys = [
            key[len(start) :].partition("-")[0] for key in (*self.form, *self.files) if key.startswith(start)
        ]
        numbers = {int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < LONGEST}
        return sorted(numbers)[:MOST_ROWS]

    def papers(self, schema: Schema, place: Place, several: bool) -> Any:
        """Ids of papers stored before, without the one removed; newly chosen files are noted as uploads."""
        name = html_name(place)
        removed = self.form.get(REMOVE, "")
        ids = [text for text in self.form.getlist(name) if text and removed != f"{name}:{text}"]
        files = [file for file in self.files.getlist(f"{name}-{FILE}") if file.filename]
        paper_type = schema.get("x-paper") or schema.get("items", {}).get("x-paper", "")
        self.uploads += [Upload(place, paper_type, file) for file in (files if several else files[:1])]
        if several:
            return ids if ids or files else ABSENT
        return ids[0] if ids else ABSENT


def read(
    schema: Schema,
    form: MultiDict[str, str],
    files: MultiDict[str, FileStorage],
    language: str,
    zone: ZoneInfo,
) -> Submission:
    """Read a form posted for a resolved schema.

    Empty fields are absent, fields whose `x-when` is not met are dropped, numbers are read as the language
    writes them, instants in the office's zone, texts in NFC. A text that is no number or day stays a text, so
    that the validation names it and the page shows it again.
    """
    editing = ADD in form or REMOVE in form
    reader = Reader(form, files, language, zone, editing=editing)
    data = reader.group(schema, ())
    return Submission(data, tuple(reader.uploads), editing)


def defaults(schema: Schema) -> dict[str, Any]:
    """The values a new form starts with: every `default` of its schema."""
    found: dict[str, Any] = {}
    for name, each in schema.get("properties", {}).items():
        value = each.get("default", defaults(each) if kind_of(each) == "group" else None)
        if value not in (None, {}):
            found[name] = value
    return found


def clean(text: str, kind: Kind) -> str:
    """A text in NFC with plain line ends, no control characters, no blanks around; a secret as typed."""
    if kind == "secret":
        return text
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    return (" ".join(text.split()) if kind in ONE_LINE else text).strip()


def _chosen(schema: Schema, text: str) -> Any:
    """The listed value whose text was sent; an unlisted text stays, and validation refuses it."""
    for value, _title in choices_of(schema):
        if choice_text(value) == text:
            return value
    return text


def choice_text(value: Any) -> str:
    """How a listed value travels in a form."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _renumbered(upload: Upload, position: int, index: int) -> Upload:
    place = (*upload.place[:position], index, *upload.place[position + 1 :])
    return Upload(place, upload.paper_type, upload.file)
