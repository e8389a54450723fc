"""Brings pathways in from a file, each in a transaction of its own."""

from pathlib import PurePath
from typing import Any, BinaryIO

import pghistory
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from catalogue.errors import CatalogueError
from catalogue.exchange import ExchangeError, Rejected, Report
from catalogue.exchange.documents import read_json
from catalogue.exchange.resources.licences import licence_of
from catalogue.exchange.transactions import dry_run as trying
from catalogue.locks import one_decision_at_a_time
from catalogue.vocabularies import Status
from pathways import publication
from pathways.exchange import circles, naming
from pathways.exchange.contents import PathwayContent, content_of, frame_of, with_content
from pathways.exchange.findings import Findings, Refused
from pathways.exchange.matching import match
from pathways.exchange.reading import read_pathway
from pathways.exchange.writing import make_resources, write, write_frame
from pathways.models import Pathway, Revision, Step

# Bytes: some ten thousand long pathways.
LARGEST = 100_000_000
OPEN = [Status.DRAFT, Status.IN_REVIEW]


def import_pathways(
    file: BinaryIO,
    name: str,
    *,
    publish: bool = False,
    dry_run: bool = False,
    by: Any = None,
    report: Report,
) -> None:
    """Brings in the pathways of `file`, Waymark's own JSON: each as a new draft, or not at all.

    `name` is what the file is called, `by` the user whose deed it is (None for a command). `publish`
    shows what is complete to readers. `report` counts pathways; a pathway with anything wrong in it
    is rejected whole, and each fault told by itself. Raises ExchangeError for what is no such file.
    """
    said = _pathways_in(read_json(file, largest=LARGEST))
    if not said:
        report.note(_("There is no pathway in this file."))
    told = {"command": "import_pathways", "file": PurePath(name).name}
    if by is not None:
        told["user"] = by.pk
    with trying(dry_run), pghistory.context(**told):
        bring_in(said, publish=publish, by=by, report=report)


def bring_in(said: list, *, publish: bool, by: Any, report: Report) -> None:
    """Brings in parsed pathways, those first that others have as steps."""
    _Import(publish=publish, by=by, report=report).run(said)


def _pathways_in(said: Any) -> list:
    if isinstance(said, dict) and "pathways" in said:
        said = said["pathways"]
    elif isinstance(said, dict):
        return [said]
    if isinstance(said, list):
        return said
    raise ExchangeError(
        _(
            "This file holds no pathways: it takes an object, a list of them, or “pathways” with one."
        )
    )


class _Import:
    def __init__(self, *, publish: bool, by: Any, report: Report) -> None:
        self.publish, self.by, self.report = publish, by, report
        # By slug: those of a pathway's steps that lead back to it.
        self.circles: dict[str, set[str]] = {}

    def run(self, said: list) -> None:
        read = [(findings := Findings(), read_pathway(one, findings)) for one in said]
        findings_of = {id(content): findings for findings, content in read}
        contents = [content for _findings, content in read]
        naming.current_slugs(contents)
        ordered = []
        for content in contents:
            if self._is_alone(content, findings_of[id(content)], ordered):
                ordered.append(content)
        self.circles = circles.circles_of(ordered)
        for content in circles.in_order(ordered):
            self._bring_in(content, findings_of[id(content)])

    def _is_alone(
        self, content: PathwayContent, findings: Findings, before: list[PathwayContent]
    ) -> bool:
        """Whether the file hasn't told of the pathway before; else it is rejected here."""
        twin = next((one for one in before if one.slug == content.slug), None)
        if not content.slug and not findings.faults:
            # Its uid is no pathway's here, so that nothing says where it is to stand.
            told = _("“%(key)s” is missing or empty.") % {"key": "slug"}
            findings.wrong(content.line, content.slug, told)
        elif content.slug and twin:
            told = _("This pathway stands in the file already.")
            findings.wrong(content.line, content.slug, told)
        if content.slug and not twin:
            return True
        self._tell(findings)
        return False

    def _bring_in(self, content: PathwayContent, findings: Findings) -> None:
        try:
            with transaction.atomic():
                became = _Arrival(content, findings, self).come()
        except Refused:
            became = "rejected"
        except OperationalError:
            # The database has gone, or is too busy: nothing in the file could mend that.
            raise
        except (ValidationError, CatalogueError, DatabaseError) as error:
            for sentence in _sentences(error):
                findings.wrong(content.line, content.slug, sentence)
            became = "rejected"
        if became != "rejected":
            setattr(self.report, became, getattr(self.report, became) + 1)
        self._tell(findings)

    def _tell(self, findings: Findings) -> None:
        """Tells what was found: of a pathway that came in, what it came without."""
        faults = sorted(findings.faults, key=lambda fault: fault.line or 0)
        if faults:
            first, *more = faults
            self.report.reject(first.line, first.shown, first.reason)
            # One pathway is rejected, however much is wrong with it.
            for fault in more:
                self.report.on_rejected(Rejected(fault.line, fault.shown, fault.reason))
        else:
            for fault in findings.left_out:
                self.report.leave_out(fault.line, fault.shown, fault.reason)
        for note in findings.notes:
            self.report.note(note)


def _sentences(error: Exception) -> list[str]:
    if isinstance(error, ValidationError):
        return error.messages
    if isinstance(error, IntegrityError):
        return [_("The database refuses it: %(why)s") % {"why": str(error).partition("\n")[0]}]
    return [str(error).partition("\n")[0]]


class _Arrival:
    """One pathway coming in. A fault raises Refused, which undoes whatever was written of it."""

    def __init__(self, content: PathwayContent, findings: Findings, run: _Import) -> None:
        self.content, self.findings, self.run = content, findings, run
        self.circle = run.circles.get(content.slug, set())

    def come(self) -> str:
        """Answers what became of it: `added`, `changed` or `unchanged`."""
        # First, as every decision does: who held the pathway before it might wait for ever.
        one_decision_at_a_time()
        self.pathway = Pathway.objects.select_for_update().filter(slug=self.content.slug).first()
        self._refuse_withdrawn()
        self.named = naming.find_named(self.content, self.findings, expected=self.circle)
        if not self.findings.faults:
            match(self.content, self.pathway, self.findings)
        same = None if self.findings.faults else self._same_revision()
        if same is None:
            self._judge()
            self._refuse_faults()
            return self._write()
        return self._leave(same)

    def _refuse_withdrawn(self) -> None:
        if self.pathway and self.pathway.status == Status.WITHDRAWN:
            told = _("This pathway was withdrawn; it comes in again when it has been restored.")
            self.findings.wrong(self.content.line, self.content.slug, told)

    def _refuse_faults(self) -> None:
        if self.findings.faults:
            raise Refused

    def _same_revision(self) -> Revision | None:
        """The revision that says the same: what readers see, or one that is open, the newest first."""
        if self.pathway is None:
            return None
        shown = self.pathway.published_revision_id
        revisions = self.pathway.revisions.filter(Q(pk=shown) | Q(status__in=OPEN))
        candidates = with_content(revisions.select_related("pathway").order_by("-number"))
        same = [one for one in candidates if content_of(one) == self.content]
        return next((one for one in same if one.pk == shown), None) or next(iter(same), None)

    def _judge(self) -> None:
        """Tells what a draft could be stored with, and what makes no sense of a pathway."""
        naming.withdrawn(self.content, self.named, self.findings)
        self._judge_licence()
        self._judge_choices()
        self._judge_circles()

    def _judge_licence(self) -> None:
        licence = self.content.words["licence"]
        if licence and not licence_of(licence):
            told = _("This is no licence that Waymark knows; give its SPDX identifier: CC-BY-4.0.")
            self.findings.wrong(self.content.line, licence, told)

    def _judge_choices(self) -> None:
        for stage in self.content.stages:
            sets: dict[int, list] = {}
            for step in stage.steps:
                if step.words["requirement"] == Step.Requirement.CHOOSE_ONE:
                    sets.setdefault(step.words["choice"], []).append(step)
            for choice, steps in sets.items():
                if choice and len(steps) == 1:
                    told = _("This is the only step of its set in this stage: add another way.")
                    self.findings.wrong(steps[0].line, choice, told)

    def _judge_circles(self) -> None:
        for step in self.content.steps:
            if step.pathway in self.circle:
                told = _("This pathway leads back to its own: a learner would walk in a circle.")
                self.findings.wrong(step.line, step.pathway, told)

    def _write(self) -> str:
        make_resources(self.content, self.named, self.findings)
        self._refuse_faults()
        is_new = self.pathway is None
        draft = self._begun() if is_new else self._begun_beside()
        write(self.content, draft, self.named)
        if is_new or not self.pathway.has_been_public():
            self._frame()
        self._publish(draft)
        return "added" if is_new else "changed"

    def _begun(self) -> Revision:
        identity = {"uid": self.content.uid} if self.content.uid else {}
        title = self.content.words["title"]
        self.pathway = publication.start(
            title=title, by=self.run.by, slug=self.content.slug, **identity
        )
        return self.pathway.draft()

    def _begun_beside(self) -> Revision:
        """A draft of a pathway that is here; whoever writes another one keeps it."""
        newest = self.pathway.revisions.order_by("-number").first()
        others = self.pathway.revisions.filter(status__in=OPEN).order_by("number")
        told = {
            Status.DRAFT: _("“%(title)s” keeps its draft %(number)d; %(new)d stands beside it."),
            Status.IN_REVIEW: _(
                "“%(title)s” keeps its draft %(number)d in review; %(new)d stands beside it."
            ),
        }
        for other in others:
            numbers = {"title": other.title, "number": other.number, "new": newest.number + 1}
            self.findings.note(told[other.status] % numbers)
        before = self.pathway.published_revision or newest
        return publication.draft_beside(before, by=self.run.by, note=_("From a file."))

    def _frame(self) -> bool:
        """Writes what the file says of the pathway itself; answers whether anything differed."""
        if not self.content.frame.differs_from(frame_of(self.pathway)):
            return False
        write_frame(self.content.frame, self.pathway, self.named)
        return True

    def _leave(self, same: Revision) -> str:
        """Nothing new in its words; what is to be public may still have to become so."""
        changed = False
        if same.status in OPEN:
            changed = not self.pathway.has_been_public() and self._frame()
            changed = self._publish(same) or changed
        elif self.run.publish:
            changed = self._frame()
        elif self.content.frame.differs_from(frame_of(self.pathway)):
            self._note_frame()
        return "changed" if changed else "unchanged"

    def _note_frame(self) -> None:
        told = _("“%(title)s” keeps its order, organisation and credits: readers see them at once.")
        self.findings.note(told % {"title": self.pathway.title})

    def _publish(self, draft: Revision) -> bool:
        """Publishes `draft` where that is asked for and nothing is missing; answers whether."""
        if not self.run.publish:
            if self.pathway.has_been_public() and self.content.frame.differs_from(
                frame_of(self.pathway)
            ):
                self._note_frame()
            return False
        try:
            with transaction.atomic():
                self._frame()
                publication.publish(draft, by=self.run.by)
        except ValidationError as error:
            told = _("“%(title)s” stays a draft: %(missing)s")
            missing = " ".join(error.messages)
            self.findings.note(told % {"title": draft.title, "missing": missing})
            return False
        return True
