"""Takes a sheet back: writes what was changed in it, row by row, each in its own transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Any, BinaryIO
from uuid import UUID

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalogue.addresses import AddressError, clean_address
from catalogue.changing import Wanted, change
from catalogue.errors import CatalogueError
from catalogue.exchange.report import Changed, Rejected, Report
from catalogue.exchange.resources.cleaning import FIELD, Cleaner, Row
from catalogue.exchange.resources.columns import MANY
from catalogue.exchange.resources.entries import Entry
from catalogue.exchange.resources.terms import Terms
from catalogue.exchange.resources.writing import Writer
from catalogue.exchange.sheets.cells import is_spoilt
from catalogue.exchange.sheets.facts import SETS, Facts, Names, Value, facts_of, text_of
from catalogue.exchange.sheets.reading import SheetRow, read_sheet
from catalogue.exchange.storing import problems_of
from catalogue.exchange.transactions import dry_run as taken_back
from catalogue.locks import one_decision_at_a_time, one_writer_at_a_time
from catalogue.models import Competence, Organisation, Resource, Skill, Tag
from catalogue.standing import is_editor, offered
from catalogue.vocabularies import Status

# Rows that are compared at a time, in six queries.
BATCH = 500
Progress = Callable[[int, int], None]
Log = Callable[[Resource, list[str]], None]


def take_sheet(
    file: BinaryIO,
    name: str,
    *,
    clear: bool = False,
    why: str = "",
    dry_run: bool = False,
    by: Any = None,
    report: Report,
    log: Log | None = None,
    progress: Progress | None = None,
) -> Report:
    """Writes into resources what was changed in their rows; docs/importing.md tells the rules.

    `by` changes only what they may, None (a command) anything. With `clear` an empty cell empties.
    `why` is kept with the decision; `log` is told of each resource that was changed, with its
    columns. The report is told of each cell. Raises ExchangeError where `file` is no such sheet.
    """
    source, rows = read_sheet(file)
    # Not one of history.MACHINES: a person wrote these cells.
    told = {"command": "take_sheet", "file": PurePath(name).name, "digest": source.digest}
    if why:
        told["why"] = why
    if by is not None:
        told["user"] = by.pk
    note = _("By the spreadsheet “%(name)s”.") % {"name": PurePath(name).name}
    taking = _Taking(report, clear=clear, dry_run=dry_run, by=by, note=f"{note} {why}".strip())
    with pghistory.context(**told):
        taking.all(rows, log or (lambda row, columns: None), progress, source.lines)
    for sentence in source.notes:
        report.note(sentence)
    return report


class _Taking:
    def __init__(self, report: Report, *, clear: bool, dry_run: bool, by: Any, note: str) -> None:
        self.report = report
        self.clear, self.dry_run, self.by, self.note = clear, dry_run, by, note
        self.is_free = by is None or is_editor(by)
        self.rows = Resource.objects.all() if by is None else Resource.objects.kept_by(by)
        self.names = Names()
        self.terms = self._terms()
        # Rows met, by id: a sheet that repeats one would overwrite itself.
        self.met: set[int] = set()

    def _terms(self) -> Terms:
        """What cells may name: for whoever is no editor, what they may choose."""
        terms = Terms.here()
        if not self.is_free:
            skills = set(offered(Skill.objects.all(), self.by).values_list("pk", flat=True))
            competences = offered(Competence.objects.all(), self.by)
            known = set(competences.values_list("pk", flat=True))
            terms.skills = {name: pk for name, pk in terms.skills.items() if pk in skills}
            terms.competences = {name: pk for name, pk in terms.competences.items() if pk in known}
        return terms

    def all(
        self,
        rows: Iterator[SheetRow | Rejected],
        log: Log,
        progress: Progress | None,
        lines: int,
    ) -> None:
        while batch := list(islice(rows, BATCH)):
            self._batch(batch, log)
            if progress:
                last = batch[-1].line or 0
                progress(last, max(last, lines))

    def _batch(self, batch: list[SheetRow | Rejected], log: Log) -> None:
        here = self._here([row for row in batch if isinstance(row, SheetRow)])
        for row in batch:
            if isinstance(row, Rejected):
                self.report.reject(row.line, row.value, row.reason)
                continue
            now = here.get(row.uid)
            if now is None:
                self._refuse(row)
            elif now.pk in self.met:
                reason = _("This resource stands in the file twice; its first row counts.")
                self.report.reject(row.line, row.cells.get("title", row.uid), reason)
            else:
                self.met.add(now.pk)
                self._take(row, now, log)

    def _here(self, rows: list[SheetRow]) -> dict[str, Facts]:
        """The resources of these rows as far as they may be changed, by `uid`. Five queries."""
        uids = [uid for row in rows if (uid := _uid(row.uid))]
        pks = list(self.rows.filter(uid__in=uids).values_list("pk", flat=True))
        return {str(facts.uid): facts for facts in facts_of(pks, self.names)}

    def _refuse(self, row: SheetRow) -> None:
        if not row.uid:
            reason = _("This row has no “uid”; a new resource comes by “Import”.")
        else:
            reason = _("There is no resource with this “uid” that you may change.")
        self.report.reject(row.line, row.uid or row.cells.get("title", ""), reason)

    def _take(self, row: SheetRow, now: Facts, log: Log) -> None:
        if not row.changed(now):
            self.report.unchanged += 1
            return
        mending = _Mending(self, row)
        try:
            with taken_back(self.dry_run), transaction.atomic():
                mending.do(now.pk)
        except (ValidationError, CatalogueError, IntegrityError) as error:
            self.report.reject(row.line, now.text("title"), _sentence(error))
            return
        for value, reason in mending.left_out:
            self.report.leave_out(row.line, value, reason)
        for sentence in mending.notes:
            self.report.note(sentence)
        for cell in mending.cells:
            before, after = text_of(cell.before), text_of(cell.after)
            told = Changed(row.line, now.text("title"), cell.column, before, after)
            self.report.change(told)
        if not mending.cells:
            self.report.unchanged += 1
            return
        self.report.changed += 1
        if not self.dry_run:
            log(mending.resource, [cell.column for cell in mending.cells])


class _Unfit(Exception):
    """A cell can't be written; the message says why."""


@dataclass
class _Cell:
    """A cell that is written; `put` gives it to what the resource should say."""

    column: str
    before: Value
    after: Value
    put: Callable[[Wanted], None]


class _Mending:
    """One row of a sheet, written into its resource."""

    def __init__(self, taking: _Taking, row: SheetRow) -> None:
        self.taking, self.row = taking, row
        self.cells: list[_Cell] = []
        self.left_out: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.resource: Any = None
        self.now: Any = None

    def do(self, pk: int) -> None:
        """Writes what can be written, in the transaction that this is called in."""
        if {"provider", "tags"} & self.row.cells.keys():
            one_writer_at_a_time()
        one_decision_at_a_time()
        self.resource = Resource.objects.select_for_update(of=["self"]).get(pk=pk)
        [self.now] = facts_of([pk], self.taking.names)
        for column in self.row.changed(self.now):
            self._consider(column)
        wanted = Wanted()
        for cell in self.cells:
            if cell.column != "status":
                cell.put(wanted)
        if any(cell.column != "status" for cell in self.cells):
            change(self.resource, wanted, by=self.taking.by, note=self.taking.note)
        for cell in self.cells:
            if cell.column == "status":
                cell.put(wanted)

    def _consider(self, column: str) -> None:
        """Adds the cell to those that are written, or tells why it isn't."""
        text = self.row.cells[column]
        try:
            cell = self._cell(column, text)
        except _Unfit as error:
            self.left_out.append((f"{column}: {text}", str(error)))
            return
        if cell is None or _same(column, cell.before, cell.after):
            return
        if self.row.is_outdated(column, self.now):
            reason = _("Somebody changed this after the sheet went out; it says “%(now)s” by now.")
            self.left_out.append((f"{column}: {text}", reason % {"now": self.now.text(column)}))
            return
        self.cells.append(cell)

    def _cell(self, column: str, text: str) -> _Cell | None:
        before = self.now.values[column]
        if not text:
            return self._emptied(column, before)
        if is_spoilt(text, self.now.text(column)):
            raise _Unfit(
                _(
                    "Your spreadsheet saved this without some of its letters: save it as “CSV UTF-8”."
                )
            )
        if column == "status":
            return self._status(text)
        if column == "url":
            return self._plain(column, _address(text))
        row = self._clean(column, text)
        if column == "provider":
            return self._provider(row.provider)
        if column == "tags":
            return self._tags(row)
        after = self.taking.names.value(row, column)
        if column in ("skills", "competences"):
            links = set(getattr(row, column))
            return _Cell(column, before, after or [], lambda it: setattr(it, column, links))
        if after is None:
            # Only who says how long, where nobody said how long.
            raise _Unfit(_("This says nothing without minutes."))
        return self._plain(column, after, row)

    def _plain(self, column: str, after: Value, row: Row | None = None) -> _Cell:
        name = FIELD.get(column, column)
        values = {name: after}
        if row and column == "duration_minutes":
            values = {key: row.fields[key] for key in ("duration_minutes", "duration_source")}
        return _Cell(
            column, self.now.values[column], after, lambda wanted: wanted.fields.update(values)
        )

    def _emptied(self, column: str, before: Value) -> _Cell | None:
        if not before:
            return None
        if column not in EMPTY:
            raise _Unfit(_("This can’t be empty."))
        if not self.taking.clear:
            self.notes.append(
                _(
                    "A cell that is empty in the sheet is left as it is: choose that empty cells "
                    "empty the field, if they should."
                )
            )
            return None
        return _Cell(column, before, [] if column in MANY else "", EMPTY[column])

    def _clean(self, column: str, text: str) -> Row:
        """The row that this cell makes with what else it needs; _Unfit where it can't be read."""
        problems: list[Rejected] = []
        needed = {name: self._said(name) for name in NEEDS.get(column, ())}
        # Whatever the resource’s own are: this is about one cell.
        values = {"url": "https://example.org/", "title": "–", **needed, column: text}
        cleaner = Cleaner(Report(on_rejected=problems.append), self.taking.terms)
        row = cleaner.row(Entry(self.row.line, values), "")
        # What is wrong with another cell is told when that one is read.
        problems = [one for one in problems if one.value not in needed.values()]
        if problems and (row is None or column in MANY):
            # All of the cell or nothing: what stands there is no worse than half of what was meant.
            raise _Unfit(f"{problems[0].value}: {problems[0].reason}")
        if problems and self.taking.names.value(row, column) is None:
            raise _Unfit(str(problems[0].reason))
        self.left_out += [(one.value, str(one.reason)) for one in problems]
        return row

    def _said(self, column: str) -> str:
        """What a column will say: the sheet’s cell, where it has one."""
        return self.row.cells.get(column) or self.now.text(column)

    def _provider(self, name: str) -> _Cell:
        found = self._found(Organisation, [name])
        known = Organisation.objects.filter(pk=found[name]).values_list("name", flat=True).first()

        def put(wanted: Wanted) -> None:
            row = Row(self.row.line, "", "", "", provider=name)
            wanted.fields["provider_id"] = found[name] or self._made(row).providers[name]

        return _Cell("provider", self.now.values["provider"], known or name, put)

    def _tags(self, row: Row) -> _Cell:
        found = self._found(Tag, list(row.tags))
        known = dict(Tag.objects.filter(pk__in=found.values()).values_list("pk", "name"))
        names = {known.get(pk, name): None for name, pk in found.items()}

        def put(wanted: Wanted) -> None:
            wanted.tags = {pk for (pk,) in self._made(row).tags_of(row)}

        after = sorted(names, key=str.casefold)
        return _Cell("tags", self.now.values["tags"], after, put)

    def _found(self, model: Any, names: list[str]) -> dict[str, int | None]:
        """The rows of these names; _Unfit where one is none that they may choose, or make."""
        found = {name: pk for name, (_key, pk) in Writer.found(model, names).items()}
        if self.taking.is_free:
            return found
        offers = offered(model.objects.filter(pk__in=[pk for pk in found.values() if pk]), self.by)
        may = set(offers.values_list("pk", flat=True))
        for name, pk in found.items():
            if pk not in may:
                raise _Unfit(
                    _("There is no “%(name)s” yet, and an editor makes it.") % {"name": name}
                )
        return found

    @property
    def by(self) -> Any:
        return self.taking.by

    def _made(self, row: Row) -> Any:
        return Writer(Report(), publish=False, by=self.by).known([row])

    def _status(self, text: str) -> _Cell:
        before, after = str(self.now.values["status"]), text.casefold()
        if after not in Status.values:
            raise _Unfit(_("This takes one of: %(values)s.") % {"values": ", ".join(Status.values)})
        verbs = {
            (Status.DRAFT, Status.PUBLISHED): "publish",
            (Status.IN_REVIEW, Status.PUBLISHED): "publish",
            (Status.WITHDRAWN, Status.PUBLISHED): "restore",
        }
        verb = verbs.get((before, after))
        if before != after and verb is None:
            raise _Unfit(
                _("A sheet publishes and restores; anything else is decided at the resource.")
            )
        if verb and not self.taking.is_free:
            raise _Unfit(_("An editor publishes it."))

        def put(_wanted: Wanted) -> None:
            getattr(self.resource, verb)(by=self.by, note=self.taking.note)

        return _Cell("status", before, after, put)


def _clears(name: str, value: Any) -> Callable[[Wanted], None]:
    return lambda wanted: wanted.fields.__setitem__(name, value)


def _clears_minutes(wanted: Wanted) -> None:
    wanted.fields |= {"duration_minutes": None, "duration_source": ""}


# What an empty cell can empty, and how.
EMPTY: dict[str, Callable[[Wanted], None]] = {
    **{
        name: _clears(FIELD.get(name, name), "")
        for name in "description resource_type proficiency licence cost published".split()
    },
    **{name: _clears(FIELD.get(name, name), []) for name in "authors language access".split()},
    "provider": _clears("provider_id", None),
    "duration_minutes": _clears_minutes,
    "skills": lambda wanted: setattr(wanted, "skills", set()),
    "competences": lambda wanted: setattr(wanted, "competences", set()),
    "tags": lambda wanted: setattr(wanted, "tags", set()),
}


# What a cell can’t be read without: levels that it leaves out, and who says how long.
NEEDS = {
    "skills": ["proficiency"],
    "competences": ["proficiency"],
    "duration_minutes": ["duration_source"],
    "duration_source": ["duration_minutes"],
}


def _same(column: str, before: Value, after: Value) -> bool:
    if column in SETS:
        return sorted(before) == sorted(after)
    return before == after


def _address(text: str) -> str:
    try:
        return clean_address(text)
    except AddressError as error:
        raise _Unfit(str(error)) from None


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _sentence(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(problems_of(error))
    if isinstance(error, IntegrityError):
        return _("Somebody saved something of the same name at this moment. Bring it in again.")
    return str(error)
