"""A resolved JSON Schema with values and faults as a tree of fields, which `components/fields.html` draws."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from webapp.i18n import content
from webapp.ui.fault_texts import fault_text
from webapp.ui.field_text import shown_text, typed_text
from webapp.ui.form_data import choice_text
from webapp.ui.shapes import Kind, choices_of, html_name, kind_of, required_when_shown
from workflows.form_faults import Fault
from workflows.form_places import Place, Schema, pointer

FEW = 5
PLACEHOLDER = "__row__"


FEW_COLUMNS = 4
SHORT = frozenset({"text", "number", "integer", "day", "instant", "choice", "yes_no"})


@dataclass(frozen=True)
class PaperFile:
    """A stored paper as a form shows it; `size` in bytes, `url` downloads it, `picture` is a small copy to be seen."""

    id: str
    name: str
    size: int | None = None
    url: str = ""
    picture: str = ""


FindPaper = Callable[[str], PaperFile | None]


@dataclass(frozen=True)
class Option:
    """One choice; `value` is its text in the form."""

    value: str
    title: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """One field. `typed` is the text in the control, `shown` the text to read in a finished form."""

    kind: Kind
    name: str
    id: str
    label: str
    help: str
    required: bool
    typed: str
    shown: str
    schema: Schema
    faults: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    papers: tuple[PaperFile, ...] = ()
    children: tuple["Field", ...] = ()
    rows: tuple[tuple["Field", ...], ...] = ()
    template: tuple["Field", ...] = ()
    when: Mapping[str, list[str]] | None = None

    @property
    def few(self) -> bool:
        """True when the choices are drawn side by side as radio buttons instead of a list to open."""
        return len(self.options) <= FEW and self.schema.get("x-widget") != "list"

    @property
    def described_by(self) -> str:
        """Ids of the texts that belong to the control."""
        parts = [f"{self.id}-help"] * bool(self.help) + [f"{self.id}-fault"] * bool(self.faults)
        return " ".join(parts)

    @property
    def answered(self) -> bool:
        """True when there is something to read in it, or in a part of it."""
        parts = (*self.children, *(cell for cells in self.rows for cell in cells))
        return bool(self.shown or self.papers) or any(part.answered for part in parts)

    @property
    def columns(self) -> tuple[tuple["Field", ...], ...]:
        """Rows of a few short answers, column by column, to be read as a table; empty where a list reads better."""
        answered = [
            column for column in zip(*self.rows, strict=True) if any(cell.answered for cell in column)
        ]
        short = all(cell.kind in SHORT and not cell.papers for column in answered for cell in column)
        return tuple(answered) if short and 1 < len(answered) <= FEW_COLUMNS else ()

    @property
    def pictured(self) -> bool:
        """True for rows of pictures, to be looked at side by side."""
        return any(paper.picture for cells in self.rows for cell in cells for paper in cell.papers)

    @property
    def is_set(self) -> bool:
        """True when the field is a set of radio buttons or boxes under one legend."""
        return self.kind in ("choices", "yes_no") or (self.kind == "choice" and self.few)


@dataclass(frozen=True)
class FaultLine:
    """One line of the summary above a form; `target` is empty for a fault that belongs to no field."""

    text: str
    target: str


@dataclass(frozen=True)
class Form:
    """A whole form, ready to be drawn."""

    title: str
    description: str
    fields: tuple[Field, ...]
    summary: tuple[FaultLine, ...]


def build_form(
    schema: Schema,
    values: Mapping[str, Any],
    faults: Iterable[Fault] = (),
    find_paper: FindPaper = lambda _id: None,
) -> Form:
    """The form of a resolved schema with the values typed so far and the faults found in them."""
    builder = _Builder(list(faults), find_paper)
    fields = builder.group(schema, values, ())
    title, description = content(schema.get("title", "")), content(schema.get("description", ""))
    return Form(title, description, fields, (*builder.lines, *builder.left()))


class _Builder:
    """One building of one form; takes each fault out when it has found its field."""

    def __init__(self, faults: list[Fault], find_paper: FindPaper) -> None:
        self.faults = faults
        self.find_paper = find_paper
        self.lines: list[FaultLine] = []
        self.about = ""

    def group(self, schema: Schema, values: Any, place: Place) -> tuple[Field, ...]:
        values = values if isinstance(values, Mapping) else {}
        needed = required_when_shown(schema)
        properties: Mapping[str, Schema] = schema.get("properties", {})
        return tuple(
            self.field(each, values.get(name), (*place, name), name in needed)
            for name, each in properties.items()
        )

    def field(self, schema: Schema, value: Any, place: Place, required: bool) -> Field:
        kind = kind_of(schema)
        name = html_name(place)
        label = content(schema.get("title", "")) or str(place[-1])
        field = Field(
            kind=kind,
            name=name,
            id=f"f-{name}",
            label=label,
            help=content(schema.get("description", "")),
            required=required,
            typed=typed_text(kind, value),
            shown=shown_text(kind, value, schema),
            schema=schema,
            faults=self.take(kind, place, label, schema),
            options=_options(kind, schema, value),
            papers=self.papers(kind, value),
            when=_when(schema, place),
        )
        return self.with_children(field, schema, value, place)

    def with_children(self, field: Field, schema: Schema, value: Any, place: Place) -> Field:
        if field.kind == "group":
            return replace(field, children=self.group(schema, value, place))
        if field.kind == "rows":
            rows = value if isinstance(value, list) else []
            rows = rows + [{}] * (schema.get("minItems", 0) - len(rows))
            drawn = tuple(self.row(schema["items"], row, (*place, i)) for i, row in enumerate(rows))
            return replace(field, rows=drawn, template=self.group(schema["items"], {}, (*place, PLACEHOLDER)))
        return field

    def row(self, schema: Schema, values: Any, place: Place) -> tuple[Field, ...]:
        """The cells of a row; a fault in one says which row it is: what the line is about, else its number."""
        properties = schema.get("properties", {})
        given = {name: part for name, part in properties.items() if part.get("x-fixed")}
        about = [shown_text(kind_of(part), values.get(name), part) for name, part in given.items()]
        self.about, outer = (about[0] if about else ""), self.about
        cells = self.group(schema, values, place)
        self.about = outer
        return cells

    def papers(self, kind: Kind, value: Any) -> tuple[PaperFile, ...]:
        if kind not in ("paper", "papers") or not value:
            return ()
        ids = value if isinstance(value, list) else [value]
        return tuple(self.find_paper(str(each)) or PaperFile(str(each), str(each)) for each in ids)

    def take(self, kind: Kind, place: Place, label: str, schema: Schema) -> tuple[str, ...]:
        """Sentences of the faults at this place; a field without children also takes those below it."""
        here = pointer(place)
        below = "" if kind in ("group", "rows") else here + "/"
        mine = [
            each for each in self.faults if each.pointer == here or (below and each.pointer.startswith(below))
        ]
        self.faults = [each for each in self.faults if each not in mine]
        texts = tuple(
            dict.fromkeys(fault_text(each, _spoken(label, place, self.about), schema) for each in mine)
        )
        self.lines += [FaultLine(text, f"f-{html_name(place)}") for text in texts]
        return texts

    def left(self) -> list[FaultLine]:
        """Faults that belong to no field of this form."""
        return [FaultLine(fault_text(each, each.pointer.strip("/"), {}), "") for each in self.faults]


def _spoken(label: str, place: Place, about: str) -> str:
    """The name of a field in a sentence; a field of a row says which row, by what it is about or by its number."""
    if about:
        return _("%(label)s – %(about)s", label=label, about=about)
    rows = [part + 1 for part in place if isinstance(part, int)]
    return _("%(label)s, row %(row)s", label=label, row=".".join(map(str, rows))) if rows else label


def _options(kind: Kind, schema: Schema, value: Any) -> tuple[Option, ...]:
    if kind not in ("choice", "choices"):
        return ()
    chosen = value if isinstance(value, list) else [value]
    texts = [choice_text(each) for each in chosen if each is not None]
    return tuple(
        Option(choice_text(each), content(title), choice_text(each) in texts)
        for each, title in choices_of(schema)
    )


def _when(schema: Schema, place: Place) -> dict[str, list[str]] | None:
    """The `x-when` of a property with the form names of the fields it looks at."""
    rules = schema.get("x-when")
    if not rules:
        return None
    return {
        html_name((*place[:-1], name)): [choice_text(each) for each in allowed]
        for name, allowed in rules.items()
    }
