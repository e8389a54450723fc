"""Which page of the site somebody writes about: read from an address that anybody may have made up."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.safestring import SafeString

from catalogue.models import Competence, Identified, Skill
from catalogue.vocabularies import Status

# Longer than any address of this site.
LONGEST_PATH = 200
# Pages that lie below a row's own.
OTHERS = {
    "catalogue:coverage": ("catalogue", "framework"),
    "pathways:step_detail": ("pathways", "pathway"),
}
# What stands in the addresses of what isn't a page, or is somebody's own.
NOT_PAGES = {"token", "uid", "number"}


@dataclass(frozen=True)
class Page:
    """A page that visitors may see, and the row that it is about, if it is about one."""

    path: str
    row: Identified | None = None

    @property
    def title(self) -> str:
        return str(self.row) if self.row else ""

    @property
    def lang(self) -> SafeString:
        """` lang="…"` for the title."""
        return getattr(self.row, "lang", SafeString(""))

    @property
    def skill(self) -> str:
        """The skill's title where it is a skill's page."""
        return self.title if isinstance(self.row, Skill) else ""


def page_at(said: str) -> Page | None:
    """The page at the path `said`; None where there is none, or none that visitors may see.

    One query where an address names a row, none otherwise.
    """
    match = _match_of(said)
    if match is None:
        return None
    if not match.kwargs:
        return Page(said)
    row = _row_of(match)
    is_seen = row and row.public_status() in (Status.PUBLISHED, Status.WITHDRAWN)
    return Page(said, row) if is_seen else None


def _match_of(said: str) -> ResolverMatch | None:
    if len(said) > LONGEST_PATH or not said.startswith("/") or urlsplit(said).path != said:
        return None
    try:
        match = resolve(said)
    except Resolver404:
        return None
    is_apart = "admin" in match.namespaces or NOT_PAGES & match.kwargs.keys()
    return None if is_apart else match


def _row_of(match: ResolverMatch) -> Any:
    if match.view_name == "catalogue:competence_detail":
        return (
            Competence.objects.filter(
                framework__slug=match.kwargs["slug"], code=match.kwargs["code"]
            )
            .select_related("framework")
            .first()
        )
    app, _colon, name = match.view_name.partition(":")
    app, model = OTHERS.get(match.view_name, (app, name.removesuffix("_detail")))
    try:
        rows = apps.get_model(app, model)._default_manager
    except LookupError:
        return None
    return rows.filter(slug=match.kwargs.get("slug", "")).first()
