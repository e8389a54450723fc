"""From a file to the catalogue: batch by batch, each told as done when it is."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import PurePath
from typing import Any, BinaryIO

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from catalogue.exchange.errors import ExchangeError
from catalogue.exchange.report import Rejected, Report
from catalogue.exchange.resources import history
from catalogue.exchange.resources.cleaning import Cleaner, Row, key_of
from catalogue.exchange.resources.entries import Entry, Source, one
from catalogue.exchange.resources.reading import read
from catalogue.exchange.resources.terms import Terms
from catalogue.exchange.resources.writing import Writer
from catalogue.exchange.transactions import dry_run as taken_back
from catalogue.index import settle_imported
from catalogue.models import Merge, Resource
from catalogue.vocabularies import Status

# Rows of one transaction: enough that the statement counts little, few enough to be told often.
BATCH = 2_000
TRIES = 3

# (line of the file that is reached, how many lines it has)
Progress = Callable[[int, int], None]


def import_resources(
    file: BinaryIO,
    name: str,
    *,
    update: bool = False,
    publish: bool = False,
    dry_run: bool = False,
    by: Any = None,
    report: Report,
    progress: Progress | None = None,
) -> Report:
    """Brings in the resources of `file`, which is read twice; docs/importing.md tells the rules.

    Each batch is one transaction: what `progress` was told is there, also when the process is
    killed, and running it again ends right. Raises ExchangeError where nothing of it can be read.
    """
    source = read(file, name)
    told = {"command": "import_resources", "file": PurePath(name).name, "digest": source.digest}
    if by is not None:
        told["user"] = by.pk
    importing = _Importing(source, report, update=update, publish=publish, by=by)
    with taken_back() if dry_run else nullcontext(), pghistory.context(**told):
        importing.all(progress or (lambda line, lines: None))
    for sentence in source.notes:
        report.note(sentence)
    return report


@transaction.atomic
def load_resources(rows: Iterable[dict[str, str]], *, publish: bool, by: Any = None) -> int:
    """Adds resources from `rows` of text that were written with care; answers how many.

    One whose address is known is left alone. Anything wrong raises ExchangeError, and nothing is
    added: also where `publish` is asked for a row that can't be public.
    """

    def refuse(rejected: Rejected) -> None:
        raise ExchangeError(
            _("“%(value)s”: %(reason)s") % {"value": rejected.value, "reason": rejected.reason}
        )

    report = Report(on_rejected=refuse)
    source = Source(Entry(line, dict(row)) for line, row in enumerate(rows, start=2))
    importing = _Importing(source, report, update=False, publish=publish, by=by)
    importing.all(lambda line, lines: None)
    if report.notes:
        raise ExchangeError(" ".join(report.notes))
    return report.added


class _Importing:
    def __init__(
        self, source: Source, report: Report, *, update: bool, publish: bool, by: Any
    ) -> None:
        self.source = source
        self.report = report
        self.update = update
        self.cleaner = Cleaner(report, Terms.here())
        self.writer = Writer(report, publish=publish, by=by)
        # Addresses met, as hashes of eight bytes: a set of texts would grow with the file.
        self.met: set[int] = set()

    def all(self, progress: Progress) -> None:
        entries = iter(self.source)
        while batch := list(islice(entries, BATCH)):
            self._batch(batch)
            last = batch[-1].line or 0
            settle_imported(is_done=False)
            progress(last, max(last, self.source.lines))
        settle_imported(is_done=True)

    def _batch(self, batch: list[Entry | Rejected]) -> None:
        by_key: dict[str, list[Entry]] = {}
        for entry in batch:
            if isinstance(entry, Rejected):
                self.report.reject(entry.line, entry.value, entry.reason)
            else:
                by_key.setdefault(key_of(entry), []).append(entry)
        here = self._here(list(by_key))
        new: list[Row] = []
        changed: dict[int, Row] = {}
        only_fill: set[int] = set()
        for key, entries in by_key.items():
            is_met = hash(key) in self.met
            if key not in here:
                if row := self._merged(key, entries):
                    self.met.add(hash(key))
                    new.append(row)
                continue
            pk, status, is_merged = here[key]
            self.met.add(hash(key))
            if is_merged:
                # What stands for it now has facts of its own.
                self._leave(entries)
            elif status == Status.WITHDRAWN:
                self._refuse_withdrawn(entries)
            elif self.update or is_met:
                if row := self._merged(key, entries):
                    changed[pk] = row
                    if is_met:
                        self.report.merged += 1
                        only_fill.add(pk)
            else:
                self._leave(entries)
        self._write(new, changed, only_fill)

    @staticmethod
    def _here(keys: list[str]) -> dict[str, tuple[int, str, bool]]:
        """Those of `keys` that are in the catalogue: id, status, and whether another resource stands
        for it. Two queries."""
        merges = Merge.objects.standing().filter(duplicate=OuterRef("pk"))
        rows = Resource.objects.only("canonical_url", "status").annotate(is_merged=Exists(merges))
        found = rows.by_address(keys)
        return {key: (row.pk, row.status, row.is_merged) for key, row in found.items()}

    def _merged(self, key: str, entries: Iterator[Entry] | list[Entry]) -> Row | None:
        """One row of all entries of one address; None where none can be one."""
        first: Row | None = None
        for entry in entries:
            row = self.cleaner.row(entry, key)
            if row and first:
                first.merge(row)
                self.report.merged += 1
            first = first or row
        return first

    def _leave(self, entries: list[Entry]) -> None:
        """Known addresses stay as they are; a row that could be none is told all the same."""
        good = 0
        for entry in entries:
            if one(entry.values.get("title")):
                good += 1
            else:
                said = one(entry.values.get("url"))
                self.report.reject(entry.line, said, _("This row has no title."))
        if good:
            self.report.unchanged += 1
            self.report.merged += good - 1

    def _refuse_withdrawn(self, entries: list[Entry]) -> None:
        reason = _("The resource at this address was withdrawn; it is not brought back.")
        for entry in entries:
            self.report.reject(entry.line, one(entry.values.get("url")), reason)

    def _write(self, new: list[Row], changed: dict[int, Row], only_fill: set[int]) -> None:
        """Writes a batch; tried anew where somebody took a slug or a name in the same instant."""
        if only_fill and not self.update:
            # Only what this very file made is made whole by it, now or when it was interrupted.
            own = history.made_by_file(Resource, only_fill, self.source.digest)
            changed = {pk: row for pk, row in changed.items() if pk in own}
        if not new and not changed:
            return
        for attempt in range(1, TRIES + 1):
            counts = (self.report.added, self.report.changed, self.report.unchanged)
            try:
                with transaction.atomic():
                    known = self.writer.known([*new, *changed.values()])
                    self.writer.add(new, known)
                    self.writer.change(changed, known, only_fill=only_fill)
                return
            except IntegrityError:
                self.report.added, self.report.changed, self.report.unchanged = counts
                self.writer.forget()
                if attempt == TRIES:
                    raise
