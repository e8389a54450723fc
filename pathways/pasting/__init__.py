"""Pasting links into a draft: known ones become steps, unknown ones are read and become drafts.

`paste` takes whatever text holds them; `add_resource` one resource that is in the catalogue.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.addresses import canonical_address
from catalogue.errors import CatalogueError
from catalogue.fetching import FetchError, in_turn
from catalogue.locks import one_decision_at_a_time, one_writer_at_a_time
from catalogue.models import Organisation, Resource
from catalogue.reading import Page, read_page, title_of_address
from catalogue.vocabularies import DescriptionSource, Status
from pathways.models import Pathway, Revision, Stage, Step
from pathways.pasting.links import Link, links_in

# How many links are taken at once.
MOST = 100
# Seconds that all pages together are waited for, and one alone; a browser waits meanwhile.
WITHIN = 25
PAGE = 10
AT_ONCE = 12
_TRIES = 3


class Outcome(Enum):
    """What became of a link. The value is a sentence for whoever pasted it."""

    KNOWN = gettext_lazy("In the catalogue already, and now a step of your pathway.")
    LEADS_TO_KNOWN = gettext_lazy(
        "It leads to a page that is in the catalogue already, which is now a step of your pathway."
    )
    NEW = gettext_lazy("New: please check its title, and describe it in your own words.")
    BARE = gettext_lazy(
        "New: the link is kept, but we couldn’t read its page. Write its title and description yourself."
    )
    REPEATED = gettext_lazy("It stands further up already, so it was taken once.")
    STEP_ALREADY = gettext_lazy("A step of this pathway already, so it was not added again.")
    WITHDRAWN = gettext_lazy("Withdrawn from the catalogue, so it was not added.")
    NO_ADDRESS = gettext_lazy("Not taken.")
    LEFT = gettext_lazy("Not looked at yet: it was one too many.")

    @property
    def is_added(self) -> bool:
        """Whether there is a step more because of it."""
        return self in (Outcome.KNOWN, Outcome.LEADS_TO_KNOWN, Outcome.NEW, Outcome.BARE)

    @property
    def is_new(self) -> bool:
        """Whether there is a resource more, which somebody has to mend."""
        return self in (Outcome.NEW, Outcome.BARE)


@dataclass(frozen=True)
class Pasted:
    """What became of one link. `reason` is a second sentence, where there is more to say."""

    link: Link
    outcome: Outcome
    reason: str = ""
    resource: Resource | None = None
    step: Step | None = None

    @property
    def sentence(self) -> str:
        return str(self.outcome.value)


class TooLate(CatalogueError):
    """The draft or its stage went meanwhile; nothing was added. `str()` is the sentence."""


@dataclass(frozen=True)
class _Read:
    """What is known of a link's page: `page` as it was read, or else the `reason` why it wasn't."""

    page: Page | None = None
    reason: str = ""


def paste(revision: Revision, stage: Stage | None, text: str, *, by: Any) -> list[Pasted]:
    """Adds a step to `stage` (None: to a new one) for each link in `text`, in their order.

    Pages of unknown addresses are read first, together, in `WITHIN` seconds at most, without holding
    anything in the database. Answers what became of each link; of more than `MOST` the rest is only
    told. Raises TooLate, or PermissionDenied where `by` doesn't keep the pathway.
    """
    _refuse_others(revision, by)
    links = links_in(text)
    keys = {link.url: canonical_address(link.url) for link in links if link.url}
    taken: dict[str, Link] = {}
    for link in links:
        if link.url and len(taken) < MOST:
            taken.setdefault(keys[link.url], link)
    pasted: dict[str, Pasted] = {}
    if taken:
        known = _known(taken)
        read = _read({key: link for key, link in taken.items() if key not in known})
        with _adding_to(revision, stage) as adding:
            pasted = adding.take(taken, known, read)
    return [_told(link, keys, taken, pasted) for link in links]


def add_resource(revision: Revision, stage: Stage | None, resource: Resource, *, by: Any) -> Pasted:
    """Adds `resource` as a step at the end of `stage` (None: of a new one). Raises as `paste` does."""
    _refuse_others(revision, by)
    link = Link(resource.url, url=resource.url)
    with _adding_to(revision, stage) as adding:
        return adding.known(link, resource)


def _refuse_others(revision: Revision, by: Any) -> None:
    if not Pathway.objects.kept_by(by).filter(pk=revision.pathway_id).exists():
        raise PermissionDenied


def _told(
    link: Link, keys: Mapping[str, str], taken: Mapping[str, Link], pasted: Mapping[str, Pasted]
) -> Pasted:
    if not link.url:
        return Pasted(link, Outcome.NO_ADDRESS, link.problem)
    key = keys[link.url]
    if key not in taken:
        return Pasted(link, Outcome.LEFT)
    if taken[key] is not link:
        return Pasted(link, Outcome.REPEATED)
    return pasted[key]


def _known(keys: Iterable[str]) -> dict[str, Resource]:
    """Resources by the canonical addresses among `keys`, whatever their state. Two queries."""
    return Resource.objects.select_related("link").by_address(keys)


def _read(links: Mapping[str, Link]) -> dict[str, _Read]:
    """What the pages of `links` tell, by key. No query; in `WITHIN` seconds."""
    if not links:
        return {}
    keys = {link.url: key for key, link in links.items()}

    def look(url: str, left: float) -> Page:
        return read_page(url, seconds=min(PAGE, left))

    read = {}
    for url, answer in in_turn(keys, look, within=WITHIN, at_once=AT_ONCE):
        is_read = not isinstance(answer, FetchError)
        read[keys[url]] = _Read(page=answer) if is_read else _Read(reason=str(answer))
    return read


@contextmanager
def _adding_to(revision: Revision, stage: Stage | None) -> Iterator["_Adding"]:
    """One transaction, in which nobody else decides about the draft or adds resources.

    Raises TooLate where the draft or the stage went meanwhile.
    """
    with transaction.atomic():
        one_writer_at_a_time()
        one_decision_at_a_time()
        now = Revision.objects.select_related("pathway").filter(pk=revision.pk).first()
        if now is None or not now.is_editable():
            raise TooLate(
                _("Nothing was added: since you opened this, the revision is no draft any more.")
            )
        if stage is not None and not now.stages.filter(pk=stage.pk).exists():
            raise TooLate(_("Nothing was added: the stage is gone. Choose another one."))
        yield _Adding(now, stage)
        # Whoever has the whole open is to know that a part of it has changed.
        Revision.objects.filter(pk=now.pk).update(modified=timezone.now())


class _Adding:
    """Adds steps to one stage of a draft, and tells of each what became of it."""

    def __init__(self, revision: Revision, stage: Stage | None) -> None:
        self.revision, self.stage = revision, stage
        self.here = set(
            revision.steps.filter(resource__isnull=False).values_list("resource_id", flat=True)
        )
        self.last: int | None = None

    def take(
        self,
        links: Mapping[str, Link],
        known: Mapping[str, Resource],
        read: Mapping[str, _Read],
    ) -> dict[str, Pasted]:
        """What becomes of each of `links`, by key."""
        # Whoever was quicker has added some of them meanwhile.
        known = {**known, **_known(key for key in links if key not in known)}
        moved = {
            key: canonical_address(one.page.final_url)
            for key, one in read.items()
            if one.page and one.page.has_moved and _leads_to_a_page(one.page)
        }
        beyond = _known(moved.values())
        providers = _providers(one.page.provider for one in read.values() if one.page)
        pasted = {}
        for key, link in links.items():
            if key in known:
                pasted[key] = self.known(link, known[key])
            elif (resource := beyond.get(moved.get(key, ""))) is not None:
                pasted[key] = self.known(link, resource, Outcome.LEADS_TO_KNOWN)
            else:
                pasted[key] = self._new(link, key, read[key], providers)
        return pasted

    def known(self, link: Link, resource: Resource, outcome: Outcome = Outcome.KNOWN) -> Pasted:
        """`resource` as a step, unless it can't be one or is one."""
        if resource.status == Status.WITHDRAWN:
            return Pasted(link, Outcome.WITHDRAWN, resource.withdrawn_reason, resource)
        if resource.pk in self.here:
            return Pasted(link, Outcome.STEP_ALREADY, "", resource)
        return Pasted(link, outcome, "", resource, self._step(resource))

    def _new(
        self, link: Link, key: str, read: _Read, providers: Mapping[str, Organisation]
    ) -> Pasted:
        resource = _described(link, read.page, providers)
        for _attempt in range(_TRIES):
            try:
                with transaction.atomic():
                    resource.save()
                outcome = Outcome.NEW if read.page else Outcome.BARE
                return Pasted(link, outcome, read.reason, resource, self._step(resource))
            except IntegrityError:
                # Somebody at a form was quicker; or took the same slug, and there is another.
                if twin := _known([key]).get(key):
                    return self.known(link, twin)
                resource.slug = ""
        raise TooLate(
            _("Nothing was added, since others are saving much at this moment. Try again.")
        )

    def _step(self, resource: Resource) -> Step:
        if self.stage is None:
            last = _last(self.revision.stages)
            self.stage = Stage(revision=self.revision, position=last + 1, title=_("New stage"))
            self.stage.save()
        if self.last is None:
            self.last = _last(self.stage.steps)
        self.last += 1
        step = Step(revision=self.revision, stage=self.stage, resource=resource, position=self.last)
        step.save()
        self.here.add(resource.pk)
        return step


def _last(rows: Any) -> int:
    """The highest position of `rows`; 0 where there are none."""
    return rows.aggregate(last=Max("position"))["last"] or 0


def _leads_to_a_page(page: Page) -> bool:
    """Whether a move leads to another page; those that are gone often lead to the site's first."""
    return bool(urlsplit(page.final_url).path.strip("/")) or not urlsplit(page.url).path.strip("/")


def _described(link: Link, page: Page | None, providers: Mapping[str, Organisation]) -> Resource:
    """A draft of what the page tells of itself, or of its bare link."""
    if page is None:
        return Resource(url=link.url, title=link.label or title_of_address(link.url))
    resource = Resource(
        url=link.url,
        title=page.title if page.has_title else link.label or page.title,
        provider=providers.get(page.provider.casefold()),
        **page.fields,
    )
    if resource.description:
        resource.description_source = DescriptionSource.SCRAPED
    return resource


def _providers(names: Iterable[str]) -> dict[str, Organisation]:
    """Published organisations that have one of `names`, by name in small letters. One query at most.

    None is made: an organisation has a page as soon as it is named, and nobody has looked at it.
    """
    wanted = {name.casefold() for name in names if name}
    if not wanted:
        return {}
    found = Organisation.objects.published().annotate(small=Lower("name")).filter(small__in=wanted)
    return {organisation.name.casefold(): organisation for organisation in found.order_by("-pk")}


__all__ = [
    "AT_ONCE",
    "MOST",
    "WITHIN",
    "Link",
    "Outcome",
    "Pasted",
    "TooLate",
    "add_resource",
    "links_in",
    "paste",
]
