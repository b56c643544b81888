"""Reads YAML with exact line numbers, checks it against a schema and builds frozen dataclasses from it."""

import re
import types
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import yaml
from jsonschema import Draft202012Validator
from yaml.composer import Composer

from workflows.schema_faults import schema_faults
from workflows.vocabulary import N_

Path = tuple[str | int, ...]
T = TypeVar("T")

# The words of the plan format for what its source does not say; they build as None.
NOT_IN_SOURCE: Final = "không rõ trong nguồn"

_CORE = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file; ``line`` counts from 1. Both texts are English msgids filled from ``values``."""

    line: int
    path: Path
    problem: str
    remedy: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def pointer(self) -> str:
        """JSON pointer of the faulty value."""
        return "/" + "/".join(str(step) for step in self.path)

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """Problem and remedy in the reader's language, without the place."""
        return f"{translate(self.problem) % self.values} {translate(self.remedy) % self.values}"

    def __str__(self) -> str:
        return f"line {self.line}, {self.pointer}: {self.sentence()}"


class SourceFaults(ValueError):
    """A file cannot be used; ``faults`` names everything that must be mended, in the order of its lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.pointer)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data (dict, list, str in NFC, int, Decimal, bool, None) and the line each path starts on."""

    data: Any
    lines: Mapping[Path, int]

    def fault(self, path: Path, problem: str, remedy: str, **values: object) -> Fault:
        """A fault at ``path``, on the line of its nearest ancestor that stands in the file."""
        place = path
        while place not in self.lines:
            place = place[:-1]
        texts = {name: str(value) for name, value in values.items()}
        return Fault(self.lines[place], path, problem, remedy, texts)


_Parser: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class _Loader(Composer, _Parser):
    """The core words of YAML 1.2 only: `no`, `12:30` and `2019-12-31` stay text.

    libyaml reads, ten times as fast; PyYAML composes, so that aliases are refused here and not expanded.
    """

    def __init__(self, stream: Any) -> None:
        _Parser.__init__(self, stream)
        Composer.__init__(self)

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse aliases: a few of them in a row can describe a file of any size."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not used here", problem_mark=mark)
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver(f"{_CORE}null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver(f"{_CORE}bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver(f"{_CORE}int", re.compile(r"^[-+]?[0-9]{1,15}$"), list("-+0123456789"))
_Loader.add_implicit_resolver(
    f"{_CORE}float", re.compile(r"^[-+]?[0-9]{1,15}\.[0-9]{1,9}$"), list("-+0123456789")
)

_SCALARS: dict[str, Callable[[str], Any]] = {
    f"{_CORE}null": lambda text: None,
    f"{_CORE}bool": lambda text: text == "true",
    f"{_CORE}int": int,
    f"{_CORE}float": Decimal,
}


def read(text: str) -> Document:
    """Parse YAML text. Raises SourceFaults for broken syntax, keys given twice, aliases, deep nesting."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # libyaml counts the end of a text as a line of its own, even where no newline goes before it
        line = min(mark.line, text.count("\n")) + 1 if mark else 1
        raise SourceFaults([_syntax_fault(line, error.problem or "")]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise SourceFaults([_syntax_fault(1, str(error))]) from error
    if node is None:
        raise SourceFaults([_syntax_fault(1, "the file is empty")])
    reader = _Reader()
    data = reader.value(node, ())
    if reader.faults:
        raise SourceFaults(reader.faults)
    return Document(data, reader.lines)


def _syntax_fault(line: int, detail: str) -> Fault:
    problem = N_("This is not readable YAML: %(detail)s.")
    return Fault(
        line, (), problem, N_("Check indentation, quotes and colons on this line."), {"detail": detail}
    )


class _Reader:
    """Turns YAML nodes into plain data, remembering lines and keys given twice."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []

    def value(self, node: Any, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        text = unicodedata.normalize("NFC", node.value)
        return _SCALARS.get(node.tag, str)(text)

    def _mapping(self, node: Any, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = unicodedata.normalize("NFC", str(key_node.value))
            line = key_node.start_mark.line + 1
            if key in data:
                problem = N_("“%(name)s” is given twice in the same place.")
                remedy = N_("Keep one of the two.")
                self.faults.append(Fault(line, (*path, key), problem, remedy, {"name": key}))
            self.lines[(*path, key)] = line
            data[key] = self.value(value_node, (*path, key))
        return data


def check(document: Document, schema: Mapping[str, Any]) -> list[Fault]:
    """Every fault of the document against the schema (JSON Schema 2020-12, formats asserted)."""
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [
        document.fault(path, problem, remedy, **values)
        for error in validator.iter_errors(document.data)
        for path, problem, remedy, values in schema_faults(error)
    ]


def build(kind: type[T], data: Mapping[str, Any]) -> T:
    """Build the frozen dataclass ``kind`` from schema-checked data; a field left out takes its default."""
    hints = get_type_hints(kind)
    given = {f.name: _convert(hints[f.name], data[f.name]) for f in fields(cast(Any, kind)) if f.name in data}
    return kind(**given)


def _convert(hint: Any, value: Any) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        if value is None or value == NOT_IN_SOURCE:
            return None
        return _convert(next(arg for arg in args if arg is not types.NoneType), value)
    if origin is tuple:
        return tuple(_convert(args[0], item) for item in value)
    if origin is Literal:
        return value
    if is_dataclass(hint):
        return build(cast(type[Any], hint), value)
    if hint is date:
        return date.fromisoformat(value)
    if hint in (Decimal, Fraction):
        return hint(value)
    return value


def content(data: Any, schema: Mapping[str, Any]) -> Iterator[str]:
    """Every text of ``data`` the schema marks ``x-content``: what the content catalogue has to translate."""
    yield from _content(data, schema, schema)


def _content(data: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[str]:
    if "$ref" in schema:
        schema = {**root["$defs"][schema["$ref"].removeprefix("#/$defs/")], **schema}
    if schema.get("x-content") and isinstance(data, str):
        yield data
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _content(value, schema.get("properties", {}).get(name, {}), root)
    if isinstance(data, list):
        for item in data:
            yield from _content(item, schema.get("items", {}), root)
