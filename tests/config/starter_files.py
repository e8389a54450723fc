"""The starter files as they stand, read without the code that loads them."""

import csv
import json
from collections.abc import Iterator

from django.conf import settings

FOLDER = settings.BASE_DIR / "catalogue/starter"
# Kinds of which a file holds one alone.
FOLDERS = {
    "frameworks": FOLDER / "frameworks",
    "crosswalks": FOLDER / "crosswalks",
    "pathways": settings.BASE_DIR / "pathways/starter",
}
FILES = {"curators": settings.BASE_DIR / "curators/starter/curators.json"}


def read(kind: str) -> list[dict]:
    """All of a kind, as `skills`."""
    if kind in FOLDERS:
        paths = sorted(FOLDERS[kind].glob("*.json"))
        return [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    path = FILES.get(kind, FOLDER / f"{kind}.json")
    return json.loads(path.read_text(encoding="utf-8"))[kind]


def resources() -> list[dict[str, str]]:
    """Rows that are for readers."""
    return [row for name, row in _rows() if not name.startswith("drafts")]


def drafts() -> list[dict[str, str]]:
    return [row for name, row in _rows() if name.startswith("drafts")]


def _rows() -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with the name of its file."""
    for path in sorted((FOLDER / "resources").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield path.name, row
