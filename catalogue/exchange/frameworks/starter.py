"""What `manage.py setup` loads of frameworks (docs/model.md describes the keys)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.exchange.errors import ExchangeError
from catalogue.exchange.finding import competences_by_key, find
from catalogue.exchange.frameworks import waymark
from catalogue.exchange.frameworks.place import place
from catalogue.exchange.report import Rejected, Report
from catalogue.exchange.storing import store
from catalogue.models import Crosswalk


def load_framework(said: dict[str, Any], *, by: Any = None) -> int:
    """A framework with all its parts, published; a version that is here already is left alone.

    Raises ExchangeError for the first thing that can't be stored, and then nothing is.
    """
    report = Report(on_rejected=_refuse)
    with transaction.atomic():
        place(waymark.read(said, report), update=False, publish=True, by=by, report=report)
    return 1 if report.added else 0


def _refuse(rejected: Rejected) -> None:
    raise ExchangeError(
        _("“%(row)s” can’t be stored: %(problems)s")
        % {"row": rejected.value, "problems": rejected.reason}
    )


@transaction.atomic
def load_crosswalk(said: dict[str, Any]) -> int:
    """Relations between two frameworks; a pair that is related already is left alone."""
    known = competences_by_key()
    here = set(Crosswalk.objects.values_list("source", "target"))
    added = 0
    for one in said["relations"]:
        source = find(known, f"{said['source']}:{one['source']}", "competence")
        target = find(known, f"{said['target']}:{one['target']}", "competence")
        if (source.pk, target.pk) in here:
            continue
        row = Crosswalk(
            source=source, target=target, relation=one["relation"], note=one.get("note", "")
        )
        store(row)
        added += 1
    return added
