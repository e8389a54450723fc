"""Finds what files name: competences by `framework:code`, skills by `slug@proficiency`."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.exchange.errors import ExchangeError
from catalogue.models import Competence, FormerAddress, PublicRow, Skill
from catalogue.vocabularies import Proficiency

Row = TypeVar("Row")

# What is said where a file names something that is not there: a sentence for each noun, since
# languages bend them in their own ways.
MISSING = {
    "competence": gettext_lazy("There is no competence “%(key)s”."),
    "curator": gettext_lazy("There is no curator “%(key)s”."),
    "framework": gettext_lazy("There is no framework “%(key)s”."),
    "organisation": gettext_lazy("There is no organisation “%(key)s”."),
    "pathway": gettext_lazy("There is no pathway “%(key)s”."),
    "question": gettext_lazy("There is no question “%(key)s”."),
    "resource": gettext_lazy("There is no resource “%(key)s”."),
    "role": gettext_lazy("There is no role “%(key)s”."),
    "skill": gettext_lazy("There is no skill “%(key)s”."),
    "tag": gettext_lazy("There is no tag “%(key)s”."),
}


def competences_by_key() -> dict[str, Competence]:
    """Every competence by its key, as in `digcomp-3.0:1.2`. One query."""
    return {row.key: row for row in Competence.objects.select_related("framework")}


def rows_by_slug(model: type[PublicRow]) -> dict[str, Any]:
    """Every row of `model` by its slug, and by each that it had before. Two queries."""
    rows = {row.slug: row for row in model.objects.all()}
    by_uid = {row.uid: row for row in rows.values()}
    former = FormerAddress.objects.filter(kind=model._meta.db_table, uid__in=by_uid)
    return {slug: by_uid[uid] for slug, uid in former.values_list("slug", "uid")} | rows


def present_slugs(model: type[PublicRow], said: Iterable[str]) -> dict[str, str]:
    """Those of `said` that were slugs of `model` once, each with what it is now. Two queries."""
    former = FormerAddress.objects.filter(kind=model._meta.db_table, slug__in=[*said])
    moved = dict(former.values_list("slug", "uid"))
    now = dict(model.objects.filter(uid__in=moved.values()).values_list("uid", "slug"))
    return {old: now[uid] for old, uid in moved.items() if uid in now}


def skills_by_slug() -> dict[str, Skill]:
    return rows_by_slug(Skill)


def find(rows: dict[str, Row], key: str, noun: str, *, said: str | None = None) -> Row:
    """The row of `key`, or ExchangeError with the key, or what the file `said`.

    `noun` is a key of MISSING.
    """
    try:
        return rows[key]
    except KeyError:
        raise ExchangeError(MISSING[noun] % {"key": said or key}) from None


def find_by_slug(model: type[PublicRow], slug: str) -> PublicRow:
    """The row of `model` at `slug`, or ExchangeError. One query."""
    return find({row.slug: row for row in model.objects.filter(slug=slug)}, slug, model.noun)


def with_proficiency(named: str) -> tuple[str, str]:
    """`data-cleaning@basic` as ("data-cleaning", "basic"); no proficiency is ""."""
    key, _at, proficiency = named.strip().partition("@")
    if proficiency and proficiency not in Proficiency.values:
        raise ExchangeError(
            _("“%(value)s” is no proficiency; it takes one of: %(values)s.")
            % {"value": proficiency, "values": ", ".join(Proficiency.values)}
        )
    return key, proficiency


def missing(rows: Iterable[dict], present: set[str]) -> list[dict]:
    """Those of `rows` whose slug is not present."""
    return [row for row in rows if row["slug"] not in present]
