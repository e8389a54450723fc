"""Writing what was pasted: new resources and steps, in one transaction that nobody disturbs."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.addresses import canonical_address
from catalogue.locks import one_decision_at_a_time, one_writer_at_a_time
from catalogue.merging import merged_into
from catalogue.models import Merge, Organisation, Resource
from catalogue.reading import Page, title_of_address
from catalogue.vocabularies import DescriptionSource, Status
from pathways.models import Revision, Stage, Step
from pathways.models.steps import MOST_STEPS
from pathways.pasting.links import Link
from pathways.pasting.outcomes import Outcome, Pasted, TooLate

_TRIES = 3


@dataclass(frozen=True)
class Read:
    """What is known of a link's page: `page` as it was read, or else the `reason` why it wasn't."""

    page: Page | None = None
    reason: str = ""


def known(keys: Iterable[str]) -> dict[str, Resource]:
    """Resources by the canonical addresses among `keys`, whatever their state; of one that was merged,
    what stands for it. Three queries, and some for each merge."""
    here = Resource.objects.select_related("link").by_address(keys)
    merges = Merge.objects.standing().filter(duplicate__in=[one.pk for one in here.values()])
    merged = set(merges.values_list("duplicate_id", flat=True))
    return {
        key: (resource.pk in merged and merged_into(resource)) or resource
        for key, resource in here.items()
    }


@contextmanager
def adding_to(revision: Revision, stage: Stage | None, *, by: Any) -> Iterator["Adding"]:
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
        adding = Adding(now, stage, by)
        yield adding
        if adding.last is not None:
            # Whoever has the whole open is to know that a part of it has changed.
            Revision.objects.filter(pk=now.pk).update(modified=timezone.now())


class Adding:
    """Adds steps to one stage of a draft, and tells of each what became of it."""

    def __init__(self, revision: Revision, stage: Stage | None, by: Any) -> None:
        self.revision, self.stage, self.by = revision, stage, by
        self.here = set(
            revision.steps.filter(resource__isnull=False).values_list("resource_id", flat=True)
        )
        self.number = revision.steps.count()
        self.last: int | None = None

    @property
    def is_full(self) -> bool:
        return self.number >= MOST_STEPS

    def take(self, links: Mapping[str, Link], read: Mapping[str, Read]) -> dict[str, Pasted]:
        """What becomes of each of `links`, by key."""
        # Asked again: whoever was quicker has added some of them meanwhile.
        here = known(links)
        moved = {
            key: canonical_address(one.page.final_url)
            for key, one in read.items()
            if one.page and one.page.has_moved and _leads_to_a_page(one.page)
        }
        beyond = known(moved.values())
        providers = _providers(one.page.provider for one in read.values() if one.page)
        pasted = {}
        for key, link in links.items():
            if key in here:
                pasted[key] = self.known(link, here[key])
            elif (resource := beyond.get(moved.get(key, ""))) is not None:
                pasted[key] = self.known(link, resource, Outcome.LEADS_TO_KNOWN)
            else:
                pasted[key] = self._new(link, key, read.get(key, Read()), providers)
        return pasted

    def known(self, link: Link, resource: Resource, outcome: Outcome = Outcome.KNOWN) -> Pasted:
        """`resource` as a step, unless it can't be one or is one."""
        if resource.status == Status.WITHDRAWN:
            return Pasted(link, Outcome.WITHDRAWN, resource.withdrawn_reason, resource)
        if not self._may_see(resource):
            # Not a word of another’s draft, and no step by which it would become one’s own.
            return Pasted(link, Outcome.TAKEN)
        if resource.pk in self.here:
            return Pasted(link, Outcome.STEP_ALREADY, "", resource)
        if self.is_full:
            return Pasted(link, Outcome.FULL)
        return Pasted(link, outcome, "", resource, self._step(resource))

    def _may_see(self, resource: Resource) -> bool:
        """A query for a draft, none for what is public."""
        if resource.has_been_public():
            return True
        return Resource.objects.filter(pk=resource.pk).visible_to(self.by).exists()

    def _new(
        self, link: Link, key: str, read: Read, providers: Mapping[str, Organisation]
    ) -> Pasted:
        if self.is_full:
            return Pasted(link, Outcome.FULL)
        resource = _described(link, read.page, providers)
        resource.added_by = self.by
        for _attempt in range(_TRIES):
            try:
                with transaction.atomic():
                    resource.save()
            except IntegrityError:
                # Somebody at a form was quicker; or took the same slug, and there is another.
                if twin := known([key]).get(key):
                    return self.known(link, twin)
                resource.slug = ""
                continue
            outcome = Outcome.NEW if read.page else Outcome.BARE
            return Pasted(link, outcome, read.reason, resource, self._step(resource))
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
        self.number += 1
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
