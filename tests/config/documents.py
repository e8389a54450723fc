"""Reads the project's Markdown as tests need it: sections, tables, links, drawings."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db.models import Model

APPS = ["catalogue", "curators", "pathways"]
# Folders that hold no text of the project's own.
ELSEWHERE = {"var", "node_modules", "__pycache__"}

_HEADING = re.compile(r"^(#{1,6}) +(.+?)\s*$", re.MULTILINE)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Document:
    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def prose(self) -> str:
        """The text without its blocks of code and drawings."""
        return _FENCE.sub("", self.text)

    def blocks(self, language: str) -> list[str]:
        """What stands in the blocks fenced as `language`."""
        return [body for name, body in _FENCE.findall(self.text) if name == language]

    def section(self, title: str) -> str:
        """What stands under the heading `title`, up to the next of its rank or above."""
        found = list(_HEADING.finditer(self.prose))
        here = next((number for number, one in enumerate(found) if one[2] == title), None)
        assert here is not None, f"{self} has no heading “{title}”"
        rest = (one for one in found[here + 1 :] if len(one[1]) <= len(found[here][1]))
        end = next((one.start() for one in rest), len(self.prose))
        return self.prose[found[here].end() : end]

    @cached_property
    def anchors(self) -> set[str]:
        """The anchors of its headings, as GitHub makes them."""
        anchors: set[str] = set()
        for _rank, title in _HEADING.findall(self.prose):
            plain = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
            number = 0
            while (anchor := f"{plain}-{number}" if number else plain) in anchors:
                number += 1
            anchors.add(anchor)
        return anchors

    @property
    def links(self) -> list[str]:
        """The targets of its links and pictures."""
        return _LINK.findall(self.prose)

    def __str__(self) -> str:
        return self.path.relative_to(settings.BASE_DIR).as_posix()


def document(name: str) -> Document:
    return Document(settings.BASE_DIR / name)


def documents() -> list[Document]:
    """Every Markdown file of the project."""
    return [Document(path) for path in sorted(_markdown())]


def _markdown() -> Iterator[Path]:
    for folder, inner, files in os.walk(settings.BASE_DIR):
        inner[:] = [name for name in inner if name[0] != "." and name not in ELSEWHERE]
        yield from (Path(folder, name) for name in files if name.endswith(".md"))


def table(text: str, *, head: str = "") -> list[list[str]]:
    """The cells of the first table in `text`, without its head; `head` is how the head begins."""
    rows: list[list[str]] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if line.startswith("|") and (rows or cells[0] == head or not head):
            rows.append(cells)
        elif rows:
            break
    assert len(rows) > 2, f"no table “{head}”"
    return rows[2:]


def codes(text: str) -> list[str]:
    """What stands in `backticks` in `text`."""
    return _CODE.findall(text)


def first_codes(rows: list[list[str]]) -> list[str]:
    """The code in the first cell of each row."""
    return [code for row in rows for code in codes(row[0])]


def house_models() -> list[type[Model]]:
    """Tables of the three apps, without those of history and plain links."""
    found = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return [
        model
        for model in found
        if not model._meta.proxy and not issubclass(model, pghistory.models.Event)
    ]
