"""Expressions that the two databases write differently."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Date, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class local_date(FunctionElement[dt.date]):  # noqa: N801 -- it is called like a function of SQL
    """The day of an instant in Việt Nam."""

    type = Date()
    inherit_cache = True


class json_member(FunctionElement[str]):  # noqa: N801 -- it is called like a function of SQL
    """A member of the object that a text in JSON holds, as text; NULL where it has none. The name is a literal."""

    type = String()
    inherit_cache = True


@compiles(local_date, "sqlite")
def _sqlite_date(element: local_date, compiler: SQLCompiler, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)}, '+7 hours')"


@compiles(local_date, "postgresql")
def _postgresql_date(element: local_date, compiler: SQLCompiler, **options: Any) -> str:
    instant = compiler.process(element.clauses, **options)
    return f"CAST(({instant}) AT TIME ZONE 'Asia/Ho_Chi_Minh' AS DATE)"


@compiles(json_member, "sqlite")
def _sqlite_member(element: json_member, compiler: SQLCompiler, **options: Any) -> str:
    text, name = (compiler.process(each, **options) for each in element.clauses)
    return f"json_extract({text}, '$.' || {name})"


@compiles(json_member, "postgresql")
def _postgresql_member(element: json_member, compiler: SQLCompiler, **options: Any) -> str:
    text, name = (compiler.process(each, **options) for each in element.clauses)
    return f"(CAST({text} AS json) ->> {name})"
