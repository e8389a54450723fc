"""The first page of the desk: a curator's own pathways and what they need; what waits for an editor.

A constant number of queries, however many pathways there are.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext

from catalogue.vocabularies import DescriptionSource, LinkState, Status
from curators.models import Curator
from curators.standing import is_editor
from pathways.evidence import PathwayUse, use_of
from pathways.evidence.telling import opened_in
from pathways.models import Maintainer, Pathway, Remark, Revision, Step

# How many rows a board shows; the list has all.
SHOWN = 50


@dataclass
class Board:
    """A part of the first page, which its template draws."""

    template: str
    # Whether it is all that somebody needs, so that the lists of the desk are folded away.
    is_whole: bool = False


@dataclass
class Need:
    """What somebody should see to, and where."""

    text: str
    where: str


@dataclass
class OwnPathway:
    """How one of a curator's pathways stands."""

    pathway: Pathway
    # The newest revision that readers don't see yet, if there is one.
    coming: Revision | None
    needs: list[Need] = field(default_factory=list)
    # How it was used; None where no reader ever saw it.
    use: PathwayUse | None = None

    @property
    def is_public(self) -> bool:
        return self.pathway.status == Status.PUBLISHED

    @property
    def title(self) -> str:
        return self.coming.title if self.coming and not self.is_public else self.pathway.title

    @property
    def state(self) -> str:
        """`scheduled`, `waiting`, `changes`, `draft`, or `published` where nothing is under way."""
        one = self.coming
        if one is None:
            return "published" if self.is_public else "withdrawn"
        if one.status == Status.IN_REVIEW:
            return "scheduled" if one.publish_at else "waiting"
        return "changes" if one.changes_are_asked else "draft"

    @property
    def draft_url(self) -> str:
        return page_of("build", self.coming)

    @property
    def preview_url(self) -> str:
        return page_of("preview", self.coming)

    @property
    def review_url(self) -> str:
        return page_of("review", self.coming) if self.coming else ""

    @property
    def told_use(self) -> list[str]:
        """How often its page was opened this month and in the last, as far as that was counted."""
        months = self.use.latest_first[:2] if self.use else []
        return [opened_in(one.opened, one.month) for one in months]

    @property
    def anew_url(self) -> str:
        return page_of("start_draft", self.pathway.published_revision)


def page_of(name: str, revision: Revision) -> str:
    """The address of a page of the desk that is about `revision`."""
    return reverse(f"admin:pathways_revision_{name}", args=[revision.pk])


@dataclass
class OwnBoard(Board):
    template: str = "review/board_own.html"
    pathways: list[OwnPathway] = field(default_factory=list)
    curator: Curator | None = None
    may_start: bool = False

    @property
    def any_use(self) -> bool:
        return any(one.use for one in self.pathways)

    @property
    def start_url(self) -> str:
        return reverse("admin:pathways_pathway_add")


@dataclass
class EditorsBoard(Board):
    template: str = "review/board_editors.html"
    waiting: list[Revision] = field(default_factory=list)
    scheduled: list[Revision] = field(default_factory=list)
    more: int = 0


def boards_of(user: Any) -> list[Board]:
    """What the first page shows `user`, the most pressing first."""
    found: list[Board] = []
    if is_editor(user):
        found.append(_editors_board())
    own = own_pathways(user)
    curator = Curator.objects.filter(user=user.pk).first()
    if own or (curator and not is_editor(user)):
        may_start = user.has_perm("pathways.add_pathway")
        board = OwnBoard(pathways=own, curator=curator, may_start=may_start)
        board.is_whole = not is_editor(user)
        found.append(board)
    return found


# What a curator keeps


def own_pathways(user: Any) -> list[OwnPathway]:
    """The pathways that `user` maintains, what moves before what rests. Two queries, three more
    where readers saw any of them."""
    coming = Revision.objects.filter(status__in=[Status.DRAFT, Status.IN_REVIEW])
    mine = Maintainer.objects.filter(pathway=OuterRef("pk"), user=user.pk)
    open_ones = Remark.objects.open().filter(revision__pathway=OuterRef("pk"))
    steps = Step.objects.filter(revision__pathway=OuterRef("pk"))
    not_seen_yet = Q(revision__status__in=[Status.DRAFT, Status.IN_REVIEW])
    current = steps.filter(not_seen_yet | Q(revision=OuterRef("published_revision")))
    rows = (
        Pathway.objects.filter(Exists(mine))
        .select_related("published_revision")
        .prefetch_related(Prefetch("revisions", coming.order_by("-number"), to_attr="coming"))
        .annotate(
            open_remarks=_count(open_ones, "revision__pathway"),
            gone_links=_count(current.filter(resource__link__state=LinkState.GONE), of="resource"),
            scraped=_count(
                steps.filter(
                    not_seen_yet,
                    resource__status=Status.DRAFT,
                    resource__description_source=DescriptionSource.SCRAPED,
                ),
                of="resource",
            ),
        )
        .order_by("sort_key", "pk")
    )
    found = [_own(row) for row in rows]
    seen = [one for one in found if one.pathway.has_been_public()]
    for one, use in zip(seen, use_of(one.pathway for one in seen) if seen else [], strict=True):
        one.use = use
    return sorted(found, key=lambda one: one.coming is None)


def _count(rows: QuerySet, by: str = "revision__pathway", *, of: str = "pk") -> Coalesce:
    """How many of `rows`, or different values `of` them, belong to the row in the query outside."""
    counted = rows.order_by().values(by).annotate(n=Count(of, distinct=True)).values("n")
    return Coalesce(Subquery(counted), 0)


def _own(pathway: Pathway) -> OwnPathway:
    one = OwnPathway(pathway, next(iter(pathway.coming), None))
    if one.coming and pathway.open_remarks:
        told = ngettext("%(n)d open remark", "%(n)d open remarks", pathway.open_remarks)
        one.needs.append(Need(told % {"n": pathway.open_remarks}, one.review_url))
    if one.coming and pathway.scraped:
        told = ngettext(
            "%(n)d description to put into your own words",
            "%(n)d descriptions to put into your own words",
            pathway.scraped,
        )
        one.needs.append(Need(told % {"n": pathway.scraped}, one.review_url))
    if pathway.gone_links:
        told = ngettext(
            "%(n)d link no longer works", "%(n)d links no longer work", pathway.gone_links
        )
        where = one.review_url or pathway.get_absolute_url()
        one.needs.append(Need(told % {"n": pathway.gone_links}, where))
    return one


# What waits for an editor


def _editors_board() -> EditorsBoard:
    """Two queries."""
    open_ones = Remark.objects.open().filter(revision=OuterRef("pk"))
    in_review = (
        Revision.objects.filter(status=Status.IN_REVIEW)
        .select_related("pathway", "submitted_by", "scheduled_by")
        .annotate(open_remarks=_count(open_ones, "revision"))
        .order_by(F("publish_at").asc(nulls_first=True), "submitted_at", "pk")
    )
    rows = list(in_review[: SHOWN + 1])
    more = in_review.count() - SHOWN if len(rows) > SHOWN else 0
    return EditorsBoard(
        waiting=[one for one in rows[:SHOWN] if one.publish_at is None],
        scheduled=[one for one in rows[:SHOWN] if one.publish_at is not None],
        more=more,
    )
