"""What of the catalogue needs an editor: links, duplicates, what is bare, old, or thin."""

from abc import abstractmethod
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue.addresses import canonical_address
from catalogue.coverage import coverage_of
from catalogue.links import accept_move
from catalogue.models import (
    Framework,
    LinkHealth,
    Proposal,
    Resource,
    ResourceCompetence,
    ResourceSkill,
    ResourceTag,
    UnansweredSearch,
)
from catalogue.search import ResourceQuery, search
from catalogue.vocabularies import LinkState, Proficiency, Status
from curators.queue.kinds import Deed, Line, ListKind, TableKind, row_of

# After so many days somebody should look at a resource again.
STALE = timedelta(days=365)
# Of what is worked out together, nobody needs more at once.
MOST = 200


def form_of(resource: Resource) -> str:
    return reverse("admin:catalogue_resource_change", args=[resource.pk])


def _links(resource: Resource) -> list[tuple[str, str]]:
    return [(_("Edit"), form_of(resource)), (_("Its page"), resource.get_absolute_url())]


def _take_address(key: str, *, by: Any) -> tuple[str, str]:
    link = row_of(LinkHealth.objects.select_related("resource"), key)
    accept_move(link.resource, by=by, to=link.moved_to)
    told = _("“%(title)s” has its new address, and is still found by the old one.")
    return told % {"title": link.resource}, ""


class Links(TableKind):
    """Links of public resources that died or moved."""

    name, rank = "links", 20
    title = gettext_lazy("Links that died or moved")
    about = gettext_lazy("Mend the address, name another resource in its place, or withdraw it.")
    deeds = {"move": Deed(gettext_lazy("Take the new address"), _take_address)}

    def rows(self) -> QuerySet:
        return (
            LinkHealth.objects.filter(
                state__in=[LinkState.GONE, LinkState.MOVED], resource__status=Status.PUBLISHED
            )
            .select_related("resource")
            .order_by("state", Coalesce("worked_at", "checked_at"), "pk")
        )

    def line(self, row: LinkHealth) -> Line:
        return Line(
            key=str(row.pk),
            what=str(row.resource),
            where=form_of(row.resource),
            why=self._why(row),
            since=row.worked_at or row.checked_at,
            said=[row.moved_to] if row.moved_to else [],
            links=_links(row.resource),
            deeds=["move"] if row.state == LinkState.MOVED and row.moved_to else [],
        )

    @staticmethod
    def _why(row: LinkHealth) -> str:
        if row.state == LinkState.MOVED:
            return _("The link leads on to another address.")
        if not row.resource.pathway_count:
            return _("The link no longer works.")
        told = ngettext(
            "The link no longer works; it stands in %(n)d public pathway.",
            "The link no longer works; it stands in %(n)d public pathways.",
            row.resource.pathway_count,
        )
        return told % {"n": row.resource.pathway_count}


class Proposals(TableKind):
    """Changes that curators ask for in resources which others use too."""

    name, rank = "proposals", 12
    title = gettext_lazy("Proposed changes")
    can_dismiss = False

    def rows(self) -> QuerySet:
        return Proposal.objects.waiting().select_related("resource", "by").order_by("at", "pk")

    def line(self, row: Proposal) -> Line:
        told = _("%(by)s asks for it.") if row.by else _("Somebody asks for it.")
        verbs = [(_("Accept"), "accept"), (_("Decline"), "decline")]
        return Line(
            key=str(row.pk),
            what=str(row),
            where=reverse("admin:catalogue_proposal_change", args=[row.pk]),
            why=told % {"by": row.by},
            since=row.at,
            said=[row.why],
            links=[
                (label, reverse(f"admin:catalogue_proposal_{verb}", args=[row.pk]))
                for label, verb in verbs
            ],
        )


class Duplicates(ListKind):
    """Two resources that may be one: the same title and provider, or the same place."""

    name, rank = "duplicates", 30
    title = gettext_lazy("Possible duplicates")
    about = gettext_lazy("If they are one, merge them: all that hangs on one goes to the other.")

    def all_lines(self) -> list[Line]:
        """Three queries."""
        found = {**self._moved_together(), **self._alike()}
        return [*found.values()][:MOST]

    def _alike(self) -> dict[str, Line]:
        listed = Resource.objects.exclude(status=Status.WITHDRAWN)
        same = Q(sort_key=OuterRef("sort_key")) & Q(provider=OuterRef("provider"))
        twins = listed.filter(same).exclude(pk=OuterRef("pk"))
        rows = listed.filter(Exists(twins)).order_by("sort_key", "provider", "pk")[: 2 * MOST]
        lines: dict[str, Line] = {}
        first: Resource | None = None
        for row in rows:
            if first and (first.sort_key, first.provider_id) == (row.sort_key, row.provider_id):
                line = self._line(first, row, _("Both have the same title and provider."))
                lines[line.key] = line
            else:
                first = row
        return lines

    def _moved_together(self) -> dict[str, Line]:
        moved = LinkHealth.objects.exclude(moved_to="").select_related("resource")
        by_key = {canonical_address(row.moved_to): row.resource for row in moved}
        twins = Resource.objects.filter(canonical_url__in=by_key).exclude(status=Status.WITHDRAWN)
        lines = {}
        for twin in twins:
            one = by_key[twin.canonical_url]
            if one.pk != twin.pk and one.status != Status.WITHDRAWN:
                line = self._line(twin, one, _("The link of one leads on to the other."))
                lines[line.key] = line
        return lines

    @staticmethod
    def _line(one: Resource, other: Resource, why: str) -> Line:
        first, second = sorted((one, other), key=lambda row: row.pk)
        return Line(
            key=f"{first.pk}-{second.pk}",
            what=str(first),
            where=form_of(first),
            why=why,
            since=second.created,
            said=[first.url, second.url],
            links=[
                (_("The older one"), form_of(first)),
                (_("The newer one"), form_of(second)),
                (_("Merge…"), reverse("admin:catalogue_resource_merge", args=[second.pk])),
            ],
        )


class Bare(TableKind):
    """Public resources that lack something to be found by."""

    def line(self, row: Resource) -> Line:
        return Line(
            key=str(row.pk),
            what=str(row),
            where=form_of(row),
            why=self.why(),
            since=row.published_at,
            links=_links(row),
        )

    @abstractmethod
    def why(self) -> str: ...


class Skilless(Bare):
    name, rank = "skills", 40
    title = gettext_lazy("Resources without skills")
    about = gettext_lazy("Nobody finds them by what they want to learn.")

    def rows(self) -> QuerySet:
        own = ResourceSkill.objects.filter(resource=OuterRef("pk"))
        stated = ResourceCompetence.objects.filter(resource=OuterRef("pk"))
        bare = Resource.objects.published().exclude(Exists(own)).exclude(Exists(stated))
        return bare.order_by("published_at", "pk")

    def why(self) -> str:
        return _("It names no skill and no competence that it teaches.")


class Untagged(Bare):
    name, rank = "tags", 60
    title = gettext_lazy("Resources without tags")

    def rows(self) -> QuerySet:
        own = ResourceTag.objects.filter(content_object=OuterRef("pk"))
        return Resource.objects.published().exclude(Exists(own)).order_by("published_at", "pk")

    def why(self) -> str:
        return _("It bears no tag.")


def _looked_at(key: str, *, by: Any) -> tuple[str, str]:
    resource = row_of(Resource.objects.published(), key)
    resource.reviewed_at = timezone.now()
    resource.save(update_fields=["reviewed_at"])
    return _("Noted: “%(title)s” was read today.") % {"title": resource}, ""


class Stale(TableKind):
    """Public resources that nobody has read for a year."""

    name, rank = "unread", 50
    title = gettext_lazy("Not looked at for a year")
    about = gettext_lazy("Open it, read it, and mend what its page here says of it.")
    deeds = {"read": Deed(gettext_lazy("I’ve read it: it’s fine"), _looked_at)}

    def rows(self) -> QuerySet:
        return (
            Resource.objects.published()
            .annotate(last_read=Coalesce("reviewed_at", "published_at"))
            .filter(last_read__lt=timezone.now() - STALE)
            .order_by(F("pathway_count").desc(), "last_read", "pk")
        )

    def line(self, row: Resource) -> Line:
        read = row.reviewed_at
        if read:
            day = date_format(timezone.localtime(read))
            why = _("An editor last read it on %(day)s.") % {"day": day}
        else:
            why = _("No editor has read it since it was published.")
        return Line(
            key=str(row.pk),
            what=str(row),
            where=form_of(row),
            why=why,
            since=row.last_read,
            said=[row.url],
            links=_links(row),
            deeds=["read"],
        )


class Thin(ListKind):
    """Competences of the main framework with fewer than two resources at a proficiency."""

    name, rank = "thin", 70
    title = gettext_lazy("Where the catalogue is thin")
    about = gettext_lazy("Look for something good, or ask a curator.")

    def all_lines(self) -> list[Line]:
        framework = Framework.objects.main()
        if framework is None:
            return []
        found = coverage_of(framework).thin
        return [
            self._line(framework, row.competence, cell)
            for row, cell in sorted(found, key=lambda spot: spot[1].count)
        ]

    @staticmethod
    def _line(framework: Framework, competence: Any, cell: Any) -> Line:
        level = Proficiency(cell.proficiency).label
        if cell.count:
            why = _("Only one resource at the level “%(level)s”.")
        else:
            why = _("Nothing at the level “%(level)s”.")
        return Line(
            key=f"{framework.slug}:{competence.code}@{cell.proficiency}"[:200],
            what=f"{competence.code} {competence.title}",
            where=competence.get_absolute_url(),
            why=why % {"level": level},
            links=[
                (_("What there is"), cell.address),
                (_("Add a resource"), reverse("admin:catalogue_resource_add")),
            ],
        )


def _taken_care_of(key: str, *, by: Any) -> tuple[str, str]:
    """Forgets the words; if they are looked for in vain again, they come back."""
    rows = UnansweredSearch.objects.filter(words=key)
    if not rows.delete()[0]:
        raise UnansweredSearch.DoesNotExist
    return _("“%(words)s” is taken care of. It comes back if nothing is found again.") % {
        "words": key
    }, ""


def _found_now(key: str, *, by: Any) -> tuple[str, str]:
    """Looks again, as after a skill got another name; what finds something is forgotten."""
    results = search(ResourceQuery(q=key, verbatim="1"), facets=False)
    total = 0 if results.reading.unknown_words else results.total
    if not total:
        raise ValidationError(
            _("“%(words)s” still finds nothing. Nothing has changed."), params={"words": key}
        )
    _taken_care_of(key, by=by)
    told = ngettext(
        "“%(words)s” now finds %(n)d resource.", "“%(words)s” now finds %(n)d resources.", total
    )
    return told % {"words": key, "n": total}, ""


class Unanswered(ListKind):
    """What people looked for, more than once in the last year, and nothing here speaks of."""

    name, rank = "searches", 65
    title = gettext_lazy("Searches without result")
    about = gettext_lazy(
        "Look for something good on it, or give a skill another name that people use for it. Nobody "
        "knows who searched."
    )
    deeds = {
        "found": Deed(gettext_lazy("It has a name here now: look again"), _found_now),
        "done": Deed(gettext_lazy("Taken care of"), _taken_care_of),
    }

    def all_lines(self) -> list[Line]:
        """One query."""
        return [self._line(**row) for row in UnansweredSearch.objects.often()[:MOST]]

    @staticmethod
    def _line(words: str, times: int, months: int, latest: date) -> Line:
        told = ngettext(
            "Looked for %(times)d times, in one month: the last time in %(month)s.",
            "Looked for %(times)d times, in %(n)d months: the last time in %(month)s.",
            months,
        )
        month = date_format(latest, "YEAR_MONTH_FORMAT")
        skills = reverse("admin:catalogue_skill_changelist")
        return Line(
            key=words,
            what=words,
            where=reverse("catalogue:resource_list") + ResourceQuery(q=words).address,
            why=told % {"times": times, "n": months, "month": month},
            links=[
                (_("Add a resource"), reverse("admin:catalogue_resource_add")),
                (_("Give a skill this name"), skills),
            ],
            deeds=["found", "done"],
        )


def kinds() -> list[Any]:
    return [
        *(Proposals(), Links(), Duplicates(), Skilless(), Stale(), Untagged(), Unanswered()),
        Thin(),
    ]
