"""What `manage.py setup` loads of pathways: the same JSON, with less patience."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.exchange import ExchangeError, Rejected, Report, find, rows_by_slug
from catalogue.models import Question
from pathways.exchange.importing import bring_in
from pathways.models import Pathway, QuestionPathway


@transaction.atomic
def load_pathways(said: list[dict], *, by: Any = None) -> int:
    """Adds and publishes pathways that are not here yet; answers how many.

    A pathway may have another of the list as a step: that one is loaded first. Anything wrong in
    one, and none is loaded: ExchangeError tells all of it.
    """
    here = set(Pathway.objects.values_list("slug", flat=True))
    new = [one for one in said if one["slug"] not in here]
    wrong: list[Rejected] = []
    report = Report(on_rejected=wrong.append)
    bring_in(new, publish=True, by=by, report=report)
    if wrong:
        told = _("“%(value)s”: %(reason)s")
        raise ExchangeError(" ".join(told % vars(one) for one in wrong))
    slugs = [one["slug"] for one in new]
    if Pathway.objects.published().filter(slug__in=slugs).count() < len(slugs):
        raise ExchangeError(" ".join(report.notes))
    return report.added


@transaction.atomic
def answer_questions(said: list[dict]) -> int:
    """Ties pathways to the questions that name them; answers how many ties are new.

    `position` says where the first stands among a question's pathways that are not all given.
    """
    questions, pathways = rows_by_slug(Question), rows_by_slug(Pathway)
    added = 0
    for one in said:
        for position, slug in enumerate(one.get("pathways", []), one.get("position", 1)):
            _link, is_new = QuestionPathway.objects.get_or_create(
                question=find(questions, one["slug"], "question"),
                pathway=find(pathways, slug, "pathway"),
                defaults={"position": position},
            )
            added += is_new
    return added
