"""Frameworks in and out: the data of DigComp 3.0, CASE packages, and Waymark's own JSON.

Each format has a reader that makes a `Told` of it (told.py); `place` stores what is told.
docs/importing-frameworks.md says what becomes of what.
"""

import json
from typing import Any, BinaryIO

import pghistory
from django.utils.translation import gettext as _

from catalogue.exchange.documents import read_json
from catalogue.exchange.errors import ExchangeError
from catalogue.exchange.frameworks import case, digcomp, waymark
from catalogue.exchange.frameworks.export import exported
from catalogue.exchange.frameworks.place import BY_IMPORT, place
from catalogue.exchange.frameworks.starter import load_crosswalk, load_framework
from catalogue.exchange.frameworks.told import Told
from catalogue.exchange.report import Report
from catalogue.exchange.transactions import dry_run as trying
from catalogue.models import Framework

__all__ = ["export_framework", "import_framework", "load_crosswalk", "load_framework"]

FORMATS = [
    (waymark.is_waymark, waymark.read),
    (digcomp.is_digcomp, digcomp.read),
    (case.is_case, case.read),
]


def import_framework(
    file: BinaryIO,
    name: str,
    *,
    report: Report,
    update: bool = False,
    publish: bool = False,
    dry_run: bool = False,
    by: Any = None,
) -> None:
    """Brings in the framework of `file`, in one transaction, whatever format it has.

    `update` changes a version that is here already, `publish` publishes one that is new, `dry_run`
    only counts. Rejects in `report` what can't come in; raises ExchangeError where nothing can.
    `name` is what people call the file.
    """
    said = read_json(file)
    with trying(dry_run), pghistory.context(**BY_IMPORT):
        told = _read(said, report)
        place(told, update=update, publish=publish, by=by, report=report)


def _read(said: Any, report: Report) -> Told:
    for is_format, read in FORMATS:
        if is_format(said):
            return read(said, report)
    raise ExchangeError(
        _(
            "This is no framework: it is neither Waymark’s own JSON (with “slug” and “competences”), "
            "nor DigComp’s (“@graph”), nor a CASE package (“CFDocument” and “CFItems”)."
        )
    )


def export_framework(framework: Framework) -> str:
    """The framework as Waymark's own JSON, with an end of line."""
    return json.dumps(exported(framework), ensure_ascii=False, indent=2) + "\n"
