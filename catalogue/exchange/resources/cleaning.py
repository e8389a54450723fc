"""From what a file says to what can be stored: each value alike, or why it can't be."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalogue.addresses import AddressError, canonical_address, clean_address
from catalogue.exchange.report import Report
from catalogue.exchange.resources import columns
from catalogue.exchange.resources.entries import Entry, Value, one, several
from catalogue.exchange.resources.licences import licence_of
from catalogue.exchange.resources.terms import Terms, proficiency_of
from catalogue.languages import language_tag
from catalogue.models.resources import LONGEST_MINUTES
from catalogue.vocabularies import (
    Access,
    Cost,
    DescriptionSource,
    DurationSource,
    Proficiency,
    ResourceType,
)

TITLE_LENGTH, NAME_LENGTH, TAG_LENGTH, DESCRIPTION_LENGTH = 300, 200, 100, 20_000

# C0 and C1 controls, of which no text needs any but line breaks and tabs; and halves of characters.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
_HALVES = re.compile(r"[\ud800-\udfff]+")
_ISO_DURATION = re.compile(
    r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?", re.IGNORECASE
)
_MINUTES = re.compile(r"([+-]?\d{1,12})(?:[.,]0+)?\s*(?:m|min|mins|minutes?)?\.?", re.IGNORECASE)
_HOURS = re.compile(
    r"(\d{1,6})(?:[.,](\d))?\s*(?:h|hrs?|hours?)\.?(?:\s*(\d{1,2})\s*(?:m|mins?|minutes?)?\.?)?",
    re.IGNORECASE,
)
_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ].*)?")


class Unusable(Exception):
    """A value can't be stored; the message is the sentence for whoever wrote the file."""


@dataclass(slots=True)
class Row:
    """A resource as a file tells of it, clean. `fields` holds only what the file says.

    `skills` and `competences` are pairs of an id and a proficiency (which may be empty), `tags`
    and `provider` are names.
    """

    line: int
    key: str
    url: str
    title: str
    fields: dict[str, Any] = field(default_factory=dict)
    provider: str = ""
    skills: dict[tuple[int, str], None] = field(default_factory=dict)
    competences: dict[tuple[int, str], None] = field(default_factory=dict)
    tags: dict[str, None] = field(default_factory=dict)

    def merge(self, other: "Row") -> None:
        """Takes from `other`, which has the same address, what this one lacks."""
        self.fields = {**other.fields, **self.fields}
        self.provider = self.provider or other.provider
        self.skills |= other.skills
        self.competences |= other.competences
        here = {tag.casefold() for tag in self.tags}
        self.tags |= {tag: None for tag in other.tags if tag.casefold() not in here}


def key_of(entry: Entry) -> str:
    """The canonical address of an entry, which is cheap to know; `no-address:…` where it is none."""
    return canonical_address(one(entry.values.get("url")))


def row_of(values: Mapping[str, Value]) -> Row | None:
    """The row that `values` by column make by themselves, without skills and competences.

    What can't be stored is left out; None without usable address and title. No query.
    """
    entry = Entry(1, dict(values))
    return Cleaner(Report(), Terms()).row(entry, key_of(entry))


class Cleaner:
    """Makes rows of entries, and tells the report of whatever stays out."""

    def __init__(self, report: Report, terms: Terms) -> None:
        self.report = report
        self.terms = terms

    def row(self, entry: Entry, key: str) -> Row | None:
        """The row of an entry; None, told in the report, without usable address and title."""
        said = one(entry.values.get("url"))
        try:
            url = clean_address(said)
        except AddressError as error:
            self.report.reject(entry.line, said, str(error))
            return None
        title = self._title(entry)
        if not title:
            self.report.reject(entry.line, said, _("This row has no title."))
            return None
        row = Row(line=entry.line, key=key, url=url, title=title)
        self._texts(entry, row)
        self._choices(entry, row)
        self._minutes(entry, row)
        self._terms(entry, row)
        return row

    # Texts

    def _title(self, entry: Entry) -> str:
        title = " ".join(self._text(entry, "title").split())
        if len(title) <= TITLE_LENGTH:
            return title
        self.report.leave_out(
            entry.line,
            title,
            _("A title has at most %(limit)s characters; this one is cut.")
            % {"limit": TITLE_LENGTH},
        )
        return title[: TITLE_LENGTH - 1].rstrip() + "…"

    def _texts(self, entry: Entry, row: Row) -> None:
        description = self._text(entry, "description").strip()
        if len(description) > DESCRIPTION_LENGTH:
            self._too_long(entry, description, DESCRIPTION_LENGTH)
        elif description:
            row.fields["description"] = description
        provider = " ".join(self._text(entry, "provider").split())
        row.provider = next(iter(self._short(entry, [provider], NAME_LENGTH)), "")
        if authors := self._short(entry, self._several(entry, "authors"), NAME_LENGTH):
            row.fields["authors"] = authors
        for tag in self._short(entry, self._several(entry, "tags"), TAG_LENGTH):
            if tag.casefold() not in {other.casefold() for other in row.tags}:
                row.tags[tag] = None

    def _text(self, entry: Entry, column: str) -> str:
        return self._sound(entry, one(entry.values.get(column)))

    def _several(self, entry: Entry, column: str) -> list[str]:
        texts = several(entry.values.get(column))
        return [" ".join(self._sound(entry, text).split()) for text in texts]

    def _sound(self, entry: Entry, text: str) -> str:
        """`text` without what no text can hold; told in the report."""
        if not _CONTROL.search(text):
            return text
        if _CONTROLS.search(text):
            reason = _("This holds characters that no text can have, such as NUL; they are cut.")
            self.report.leave_out(entry.line, text, reason)
            text = _CONTROLS.sub("", text)
        if _HALVES.search(text):
            text = _HALVES.sub("\N{REPLACEMENT CHARACTER}", text)
            reason = _("This isn’t UTF-8; what can’t be read is shown as �.")
            self.report.leave_out(entry.line, text, reason)
        return text

    def _short(self, entry: Entry, texts: Iterable[str], limit: int) -> list[str]:
        kept = []
        for text in texts:
            if len(text) > limit:
                self._too_long(entry, text, limit)
            elif text:
                kept.append(text)
        return kept

    def _too_long(self, entry: Entry, text: str, limit: int) -> None:
        reason = _("This is longer than %(limit)s characters.") % {"limit": f"{limit:,}"}
        self.report.leave_out(entry.line, text, reason)

    # Values out of a list

    def _choices(self, entry: Entry, row: Row) -> None:
        for column, read in ONE.items():
            said = one(entry.values.get(column))
            if said and (value := self._tried(entry, said, read)):
                row.fields[FIELD.get(column, column)] = value
        for column, read in SEVERAL.items():
            found: dict[str, None] = {}
            for said in several(entry.values.get(column)):
                if value := self._tried(entry, said, read):
                    found[value] = None
            if found:
                row.fields[FIELD.get(column, column)] = list(found)

    def _tried(self, entry: Entry, said: str, read: Callable[[str], Any]) -> Any:
        try:
            return read(said)
        except Unusable as error:
            self.report.leave_out(entry.line, said, str(error))
            return None

    def _minutes(self, entry: Entry, row: Row) -> None:
        """Minutes and who says so go together."""
        source = row.fields.pop("duration_source", None)
        if "duration_minutes" in row.fields:
            row.fields["duration_source"] = source or DurationSource.PROVIDER.value

    # Skills and competences

    def _terms(self, entry: Entry, row: Row) -> None:
        own = row.fields.get("proficiency", "")
        for said in several(entry.values.get("skills")):
            self._term(entry, row, said, own)
        for said in several(entry.values.get("competences")):
            self._competence(entry, row, said, own)

    def _term(self, entry: Entry, row: Row, said: str, own: str) -> None:
        """A skill; or a competence, which may stand among the skills."""
        name, proficiency = self._with_proficiency(entry, said, own)
        if found := self.terms.skill(name):
            row.skills[found, proficiency] = None
        elif ":" in name:
            self._competence(entry, row, said, own)
        else:
            self.report.leave_out(entry.line, said, _("There is no skill of this name."))

    def _competence(self, entry: Entry, row: Row, said: str, own: str) -> None:
        name, proficiency = self._with_proficiency(entry, said, own)
        if found := self.terms.competence(name):
            row.competences[found, proficiency] = None
        else:
            reason = _("There is no such competence; write it as in digcomp-3.0:1.2.")
            self.report.leave_out(entry.line, said, reason)

    def _with_proficiency(self, entry: Entry, said: str, own: str) -> tuple[str, str]:
        """`data-cleaning@basic` as its name and proficiency; the resource's own where none is said."""
        name, at, level = said.partition("@")
        if not at:
            return name.strip(), own
        proficiency = proficiency_of(level)
        if proficiency is None:
            self.report.leave_out(entry.line, said, _no_choice(level, Proficiency.values))
        return name.strip(), own if proficiency is None else proficiency


def _chosen(values: Iterable[str], aliases: Mapping[str, str]) -> Callable[[str], str]:
    """Reads one of `values`, or what `aliases` says of another name."""
    known = {value: value for value in values} | dict(aliases)
    plural = {f"{name}s": value for name, value in known.items()}

    def read(said: str) -> str:
        word = " ".join(said.casefold().split())
        for name in (word, word.replace(" ", "-")):
            if found := known.get(name) or plural.get(name):
                return found
        raise Unusable(_no_choice(said, values))

    return lru_cache(maxsize=1024)(read)


def _no_choice(said: str, values: Iterable[str]) -> str:
    return _("“%(value)s” is unknown here; this takes one of: %(values)s.") % {
        "value": said[:60],
        "values": ", ".join(values),
    }


@lru_cache(maxsize=4096)
def read_licence(said: str) -> str:
    if found := licence_of(said):
        return found
    raise Unusable(_("This licence is unknown here; write its SPDX identifier, as in CC-BY-4.0."))


@lru_cache(maxsize=4096)
def read_language(said: str) -> str:
    try:
        return language_tag(said)
    except ValidationError as error:
        raise Unusable(error.messages[0]) from None


def read_proficiency(said: str) -> str:
    found = proficiency_of(said)
    if found is None:
        raise Unusable(_no_choice(said, Proficiency.values))
    return found


@lru_cache(maxsize=4096)
def read_minutes(said: str) -> int:
    """Minutes from `45`, `45 min`, `1 h 30`, `1.5 hours` or ISO 8601's `PT1H30M`."""
    minutes = _minutes_in(said.strip())
    if minutes is None:
        raise Unusable(_("“%(value)s” is no number of minutes.") % {"value": said[:60]})
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise Unusable(
            _("Minutes are a number from 1 to %(limit)s.") % {"limit": f"{LONGEST_MINUTES:,}"}
        )
    return minutes


def _minutes_in(text: str) -> int | None:
    if found := _MINUTES.fullmatch(text):
        return int(found[1])
    if found := _HOURS.fullmatch(text):
        return int(found[1]) * 60 + int(found[2] or 0) * 6 + int(found[3] or 0)
    if len(text) < 40 and (found := _ISO_DURATION.fullmatch(text)) and any(found.groups()):
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        whole = ((weeks * 7 + days) * 24 + hours) * 60 + minutes
        # Less than a minute counts as one.
        return whole or (1 if seconds else 0)
    return None


@lru_cache(maxsize=4096)
def read_date(said: str) -> str:
    """A date as exact as it is known: `2025`, `2025-11` or `2025-11-03`; of a time, its day."""
    found = _DATE.fullmatch(said.strip())
    try:
        if not found:
            raise ValueError
        parts = [int(part) for part in found.groups() if part]
        date(*parts, *[1] * (3 - len(parts)))
    except ValueError:
        raise Unusable(
            _("“%(value)s” is no date; write it as in 2025, 2025-11 or 2025-11-03.")
            % {"value": said[:60]}
        ) from None
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])


# Where a column has another name than the field.
FIELD = {"language": "languages", "published": "date_published"}

ONE: dict[str, Callable[[str], Any]] = {
    "description_language": read_language,
    "description_source": _chosen(DescriptionSource.values, {}),
    "resource_type": _chosen(ResourceType.values, columns.TYPES),
    "proficiency": read_proficiency,
    "licence": read_licence,
    "cost": _chosen(Cost.values, columns.COSTS),
    "duration_minutes": read_minutes,
    "duration_source": _chosen(DurationSource.values, {}),
    "published": read_date,
}
SEVERAL: dict[str, Callable[[str], str]] = {
    "language": read_language,
    "access": _chosen(Access.values, columns.ACCESS),
}
