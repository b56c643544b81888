"""Filling in forms the way a person does: by what stands beside the fields."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Locator, Page

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@dataclass(frozen=True)
class Scan:
    """A scanned paper on the person's disk."""

    name: str = "ban-quet.pdf"

    @property
    def payload(self) -> FilePayload:
        return {"name": self.name, "mimeType": "application/pdf", "buffer": PDF}


Answer = str | bool | Scan | Sequence["Answer"] | Mapping[str, "Answer"]


class Form:
    """The form on a page, or a part of it."""

    def __init__(self, page: Page | Locator) -> None:
        self.part = page

    def fill(self, answers: Mapping[str, Answer]) -> None:
        """Answer each question by its label: a text, a chosen title, True for a tick, a Scan for a file.

        A list ticks several boxes, a list of mappings adds rows, a mapping answers the questions of a group.
        """
        for label, answer in answers.items():
            self.answer(label, answer)

    def answer(self, label: str, answer: Answer) -> None:
        if isinstance(answer, Mapping):
            Form(self.group(label)).fill(answer)
        elif isinstance(answer, list):
            for each in answer:
                self._add(label, each)
        elif isinstance(answer, bool):
            self.field(label).set_checked(answer)
        elif isinstance(answer, Scan):
            self.field(label).set_input_files(answer.payload)
        else:
            self._say(label, str(answer))

    def group(self, label: str) -> Locator:
        """The fields that stand together under a heading."""
        return self.part.get_by_role("group", name=_called(label)).first

    def field(self, label: str) -> Locator:
        """The one visible field with a label."""
        return self.part.get_by_label(_called(label)).locator("visible=true").first

    def _add(self, label: str, answer: Answer) -> None:
        if not isinstance(answer, Mapping):
            self.group(label).get_by_label(str(answer)).check()
            return
        rows = self.group(label)
        rows.get_by_role("button", name="Thêm dòng").click()
        Form(rows.locator("[data-row]").last).fill(answer)

    def _say(self, label: str, answer: str) -> None:
        group = self.group(label).locator("visible=true")
        if group.count():
            group.get_by_role("radio", name=answer, exact=True).check()
            return
        field = self.field(label)
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(label=answer)
        else:
            field.fill(answer)


def _called(label: str) -> re.Pattern[str]:
    """A label, with what the form writes behind it where an answer may be left out."""
    return re.compile(rf"^\s*{re.escape(label)}\s*(\(.*\))?\s*$")
