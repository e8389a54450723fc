"""What a draft still lacks, each with the place on the page where it is to be mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import Resource
from pathways import publication
from pathways.building.page import BuildPage
from pathways.models import Stage, Step


@dataclass(frozen=True)
class Missing:
    sentence: str
    # The part of the page to go to.
    at: str


def needed(page: BuildPage) -> list[Missing]:
    """What keeps the draft from being submitted, as it is saved."""
    return [
        Missing(str(one), _place_of(getattr(one, "about", None), page))
        for one in publication.problems(page.revision)
    ]


def advised(page: BuildPage) -> list[Missing]:
    """What would make it better, as it is saved. No query."""
    return list(_advised(page))


def _advised(page: BuildPage) -> Iterator[Missing]:
    revision = page.revision
    if not revision.outcomes.strip():
        yield Missing(
            _("Say what people can do afterwards: one thing on each line."), "words-outcomes"
        )
    if not revision.audience.strip() and not page.role_ids:
        yield Missing(_("Say who it is for, or tick the roles it is made for."), "words-audience")
    if not page.levels:
        yield Missing(
            _("Name a skill that it practises, so that people find it by that."), "words-skill_1"
        )
    silent = [step for step in page.steps.values() if not step.note.strip()]
    if silent:
        told = ngettext(
            "%(number)d step doesn’t say “why this”, beginning with “%(step)s”.",
            "%(number)d steps don’t say “why this”, beginning with “%(step)s”.",
            len(silent),
        )
        first = next(page.steps[key] for key in page.now.steps if page.steps[key] in silent)
        yield Missing(told % {"number": len(silent), "step": first}, f"step-{first.uid.hex}")
    long = [step for step in page.steps.values() if step.minutes is None]
    if long:
        told = ngettext(
            "Nobody knows how long %(number)d step takes: “%(step)s”.",
            "Nobody knows how long %(number)d steps take, beginning with “%(step)s”.",
            len(long),
        )
        yield Missing(told % {"number": len(long), "step": long[0]}, f"step-{long[0].uid.hex}")


def _place_of(about: Any, page: BuildPage) -> str:
    if isinstance(about, str):
        return f"words-{about}"
    if isinstance(about, Stage):
        return f"stage-{about.uid.hex}"
    if isinstance(about, Step):
        return f"step-{about.uid.hex}"
    if isinstance(about, Resource):
        using = (
            step for step in page.steps.values() if about.pk in (step.resource_id, step.stand_in_id)
        )
        step = next(using, None)
        return f"step-{step.uid.hex}" if step else "stages"
    return "stages"
