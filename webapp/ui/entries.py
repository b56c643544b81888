"""Completed forms and papers of a case, ready to be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from webapp.documents.catalogue import document_types, title_of
from webapp.i18n import content
from webapp.models import WaitingPaper
from webapp.queries.declared_papers import declared
from webapp.queries.drafts import BESIDE, NEVER_DRAWN, drafts_of
from webapp.queries.entries import Entry
from webapp.queries.papers import CONSENT_PAPER, FINAL_TEXT, WITHDRAWAL_PAPER, PaperRow
from webapp.queries.rule_names import RuleNames
from webapp.ui.choice_texts import spoken
from webapp.ui.fields import Field, FindPaper, PaperFile, build_form
from webapp.ui.people_sentences import on_behalf
from workflows.forms import Schema, papers_of, with_choices

Choice = tuple[str, str]
PAPER = "inbox.show_paper"
THUMBNAIL = "inbox.show_thumbnail"
PICTURES = frozenset({"image/jpeg", "image/png"})


@dataclass(frozen=True)
class ShownDraft:
    """A document that is still a draft; ``drawn`` where the system draws it up for good after the signature."""

    document: str
    title: str
    in_word: bool
    drawn: bool


@dataclass(frozen=True)
class ReadForm:
    """A completed form to read; of a confidential one nothing but that it was completed."""

    title: str
    person: str
    at: dt.datetime
    fields: tuple[Field, ...]
    confidential: bool


def read_forms(
    entries: Iterable[Entry], texts: Mapping[str, Sequence[Choice]], papers: Iterable[PaperRow]
) -> tuple[ReadForm, ...]:
    """Completed forms with the texts of their choices; the newest last, as they come."""
    find = paper_finder(papers)
    return tuple(_read(entry, texts, find) for entry in entries)


def paper_finder(papers: Iterable[PaperRow | WaitingPaper]) -> FindPaper:
    """How a form finds the papers on it."""
    known = {paper.public_id: paper for paper in papers}

    def find(paper_id: str) -> PaperFile | None:
        paper = known.get(paper_id)
        if paper is None:
            return None
        picture = thumbnail_url(paper_id) if paper.media_type in PICTURES else ""
        return PaperFile(paper_id, paper.filename, paper.size, paper_url(paper_id), picture)

    return find


def paper_url(paper_id: str) -> str:
    """Where a paper is read; empty where this installation has no such page."""
    return url_for(PAPER, paper_id=paper_id) if PAPER in current_app.view_functions else ""


def thumbnail_url(paper_id: str) -> str:
    """Where a small copy of a picture is; empty where this installation has no such page."""
    return url_for(THUMBNAIL, paper_id=paper_id) if THUMBNAIL in current_app.view_functions else ""


def paper_labels(entries: Iterable[Entry]) -> dict[str, str]:
    """For each paper on completed forms what its row says of it, else the title of the field it was handed in with;
    and whose branch that was."""
    return {
        use.paper_id: with_unit(
            _described(entry.data, use.pointer) or content(_title_at(entry.schema, use.pointer)), entry.unit
        )
        for entry in entries
        for use in papers_of(entry.schema, entry.data)
    }


def _described(data: Any, pointer: str) -> str:
    """The description that stands in the same row as a paper; empty where there is none."""
    for step in pointer.strip("/").split("/")[:-1]:
        data = data[int(step)] if isinstance(data, list) else data[step]
    return str(data.get("description", "")) if isinstance(data, Mapping) else ""


def with_unit(name: str, unit: str) -> str:
    """A name with the unit whose branch of a parallel multi-instance it belongs to."""
    return _("%(task)s – %(unit)s", task=name, unit=content(unit)) if unit else name


def _title_at(schema: Schema, pointer: str) -> str:
    title = ""
    for step in pointer.strip("/").split("/"):
        inside = schema.get("properties", {})
        schema = inside[step] if step in inside else schema["items"]
        title = str(schema.get("title", title)) if step in inside else title
    return title


def titled_papers(
    papers: Iterable[PaperRow], names: RuleNames, entries: Iterable[Entry]
) -> list[tuple[PaperRow, str]]:
    """The papers of a case and what they are called: one of the list by its type there."""
    known = tuple(entries)
    listed = declared(entry.data for entry in known)
    named = {paper: content(names.papers[kind]) for paper, kind in listed.items() if kind in names.papers}
    labels = paper_labels(known) | named
    return [(paper, paper_title(paper, names, labels)) for paper in papers]


def paper_title(paper: PaperRow, names: RuleNames, labels: Mapping[str, str]) -> str:
    """What a paper is called: by the kind of document, by the field it came with, by the rules; else as its file."""
    if paper.document and (title := title_of(paper.kind)):
        return content(title)
    if paper.ordered:
        return _("The order of suspension, no. %(number)s", number=paper.ordered)
    if paper.kind == WITHDRAWAL_PAPER:
        return _("The paper that asks for the withdrawal")
    if paper.kind == CONSENT_PAPER:
        return _("The signed consent")
    if paper.kind == FINAL_TEXT:
        return _("Text of the decision, edited in Word")
    if label := labels.get(paper.public_id):
        return label
    return content(names.papers[paper.kind]) if paper.kind in names.papers else paper.filename


def titled_drafts(
    state: str, entries: Iterable[Entry], papers: Iterable[PaperRow], element: str = ""
) -> tuple[ShownDraft, ...]:
    """The documents that are drafts in a case of this state, beside the task of this ``element`` too."""
    done = (entry.form for entry in entries if entry.data.get("decision") != "return")
    forms = [*done, *filter(None, [BESIDE.get(element)])]
    drafts = drafts_of(state, forms, (paper.kind for paper in papers if paper.document))
    kinds = [document_types()[document] for document in drafts]
    return tuple(
        ShownDraft(kind.name, content(kind.title), kind.in_word, kind.name not in NEVER_DRAWN)
        for kind in kinds
    )


def _read(entry: Entry, texts: Mapping[str, Sequence[Choice]], find: FindPaper) -> ReadForm:
    confidential = bool(entry.schema.get("x-confidential"))
    form = build_form(with_choices(entry.schema, spoken(texts)), entry.data, find_paper=find)
    name = with_unit(content(entry.task), entry.unit) if entry.task else form.title
    return ReadForm(
        title=_("%(task)s (round %(round)s)", task=name, round=entry.round) if entry.round > 1 else name,
        person=on_behalf(entry.person, entry.principal) if entry.principal else entry.person,
        at=entry.at,
        fields=() if confidential else form.fields,
        confidential=confidential,
    )
