"""Writes clean rows: new ones into the table at once, known ones by what may be changed of them."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.addresses import canonical_address
from catalogue.exchange.report import Report
from catalogue.exchange.resources import history, staging
from catalogue.exchange.resources.cleaning import Row
from catalogue.exchange.resources.slugs import FreeSlugs
from catalogue.locks import one_decision_at_a_time, one_writer_at_a_time
from catalogue.models import (
    Organisation,
    Resource,
    ResourceCompetence,
    ResourceSkill,
    ResourceTag,
    Tag,
)
from catalogue.registry import Point, gather
from catalogue.titles import sort_key
from catalogue.vocabularies import Cost, DescriptionSource, Status

# What a row may say of a resource, and what stands where it says nothing.
DEFAULTS: dict[str, Any] = {
    "description": "",
    "description_language": "en",
    "description_source": DescriptionSource.EDITOR.value,
    "authors": [],
    "resource_type": "",
    "proficiency": "",
    "languages": [],
    "licence": "",
    "cost": Cost.FREE.value,
    "duration_minutes": None,
    "duration_source": "",
    "date_published": "",
    "access": [],
}
COLUMNS = [
    *"uid slug sort_key status published_at withdrawn_reason created modified".split(),
    *"url canonical_url title pathway_count provider_id".split(),
    *DEFAULTS,
]
CHANGED = ["id", "modified", "sort_key", "url", "title", "provider_id", *DEFAULTS]
COMPARED = ["url", "title", "provider_id", *DEFAULTS]


@dataclass
class Links:
    """The links of one kind between resources and something else.

    `names` are the columns that tell one link of a resource from another, `more` what else is
    written; `wanted` answers their values for a row.
    """

    model: Any
    owner: str
    names: list[str]
    types: list[str]
    wanted: Callable[[Row], Iterable[tuple]]
    more: dict[str, str] = field(default_factory=dict)

    def add(self, links: list[tuple]) -> None:
        """Adds links (id of the resource, *names). Two queries."""
        if not links:
            return
        table = self.model._meta.db_table
        columns = ", ".join([self.owner, *self.names, *self.more])
        arrays = ", ".join(f"%s::{kind}[]" for kind in ["bigint", *self.types])
        more = "".join(f", '{value}'" for value in self.more.values())
        with history.written_together(self.model), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT linked.*{more} "
                f"FROM unnest({arrays}) AS linked ON CONFLICT DO NOTHING RETURNING id",
                [list(values) for values in zip(*links, strict=True)],
            )
            ids = [pk for (pk,) in cursor.fetchall()]
        history.record_new(self.model, ids)

    def of(self, ids: list[int]) -> dict[int, set[tuple]]:
        """The links that the resources `ids` have. One query."""
        found: dict[int, set[tuple]] = {pk: set() for pk in ids}
        rows = self.model.objects.filter(**{f"{self.owner}__in": ids})
        for pk, *key in rows.values_list(self.owner, *self.names):
            found[pk].add(tuple(key))
        return found

    def remove(self, links: Iterable[tuple]) -> None:
        for pk, *key in links:
            self.model.objects.filter(
                **{self.owner: pk}, **dict(zip(self.names, key, strict=True))
            ).delete()


@dataclass
class Known:
    """What a batch finds or makes before its resources: providers and tags, by name as written."""

    providers: dict[str, int]
    tags: dict[str, int]

    def tags_of(self, row: Row) -> list[tuple]:
        return [(self.tags[name],) for name in row.tags]

    def links(self) -> list[Links]:
        return [
            Links(
                model=ResourceSkill,
                owner="resource_id",
                names=["skill_id", "proficiency"],
                types=["bigint", "text"],
                wanted=lambda row: row.skills,
                more={"note": ""},
            ),
            Links(
                model=ResourceCompetence,
                owner="resource_id",
                names=["competence_id", "proficiency"],
                types=["bigint", "text"],
                wanted=lambda row: row.competences,
                more={"source": ResourceCompetence.Source.IMPORT.value},
            ),
            Links(
                model=ResourceTag,
                owner="content_object_id",
                names=["tag_id"],
                types=["bigint"],
                wanted=self.tags_of,
            ),
        ]


class Writer:
    """Writes batches of clean rows, each in the transaction that it is called in."""

    def __init__(self, report: Report, *, publish: bool, by: Any) -> None:
        self.report = report
        self.publish = publish
        self.by = by
        self.forget()

    def forget(self) -> None:
        """Forgets which slugs were given: somebody else took one, or the batch was taken back."""
        self._slugs = {model: FreeSlugs(model) for model in (Resource, Organisation, Tag)}

    def known(self, rows: list[Row]) -> Known:
        """The providers and tags of `rows`, those that are new made. Nobody else writes meanwhile."""
        one_writer_at_a_time()
        providers = self._named(Organisation, (row.provider for row in rows if row.provider))
        tags = self._named(Tag, (tag for row in rows for tag in row.tags))
        return Known(providers=providers, tags=tags)

    def _named(self, model: Any, names: Iterable[str]) -> dict[str, int]:
        """The ids of rows of these names, in whatever case; those that are not here are made."""
        asked = list(dict.fromkeys(names))
        found = self.found(model, asked)
        missing: dict[str, str] = {}
        for name in asked:
            key, pk = found[name]
            if pk is None:
                missing.setdefault(key, name)
        made = self._made(model, missing) if missing else {}
        return {name: pk or made[key] for name, (key, pk) in found.items()}

    @staticmethod
    def found(model: Any, names: list[str]) -> dict[str, tuple[str, int | None]]:
        """For each of `names` what it is in small letters, and the row that has it. One query.

        Postgres says what is the same in another case, since its rules keep names apart: to
        Python “İnternet” is another word than “internet”.
        """
        table = model._meta.db_table
        known = f"SELECT lower(name) AS key, 0 AS rank, id FROM {table}"
        if model is Tag:
            known += (
                f" UNION ALL SELECT lower(synonym), 1, id FROM {table}, unnest(synonyms) synonym"
            )
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT asked.name, lower(asked.name), (array_agg(known.id ORDER BY rank, id))[1] "
                f"FROM unnest(%s::text[]) AS asked (name) LEFT JOIN ({known}) AS known "
                "ON known.key = lower(asked.name) GROUP BY asked.name",
                [names],
            )
            return {name: (key, pk) for name, key, pk in cursor.fetchall()}

    def _made(self, model: Any, names: dict[str, str]) -> dict[str, int]:
        now = timezone.now()
        rows = [
            model(name=name, uid=uuid.uuid4(), sort_key=sort_key(name), published_at=now)
            for name in names.values()
        ]
        slugs = self._slugs[model].take([(row.name, row.uid) for row in rows])
        for row, slug in zip(rows, slugs, strict=True):
            row.slug = slug
        made = model.objects.bulk_create(rows)
        return {key: row.pk for key, row in zip(names, made, strict=True)}

    # New ones

    def add(self, rows: list[Row], known: Known) -> None:
        """Adds `rows`; one that somebody else added meanwhile is left as it is."""
        if not rows:
            return
        now = timezone.now()
        uids = [uuid.uuid4() for _row in rows]
        slugs = self._slugs[Resource].take(
            [(row.title, uid) for row, uid in zip(rows, uids, strict=True)]
        )
        staging.copy_rows(
            Resource._meta.db_table,
            COLUMNS,
            (
                self._new(row, uid, slug, now, known)
                for row, uid, slug in zip(rows, uids, slugs, strict=True)
            ),
        )
        with history.written_together(Resource):
            ids = staging.insert_new(Resource._meta.db_table, COLUMNS, "canonical_url")
        history.record_new(Resource, list(ids.values()))
        for links in known.links():
            links.add(
                [
                    (ids[row.key], *link)
                    for row in rows
                    if row.key in ids
                    for link in dict.fromkeys(links.wanted(row))
                ]
            )
        if self.publish:
            self._decide(list(ids.values()))
        self.report.added += len(ids)
        self.report.unchanged += len(rows) - len(ids)

    def _new(self, row: Row, uid: uuid.UUID, slug: str, now: Any, known: Known) -> list[Any]:
        is_public = self.publish and self._is_complete(row)
        return [
            uid,
            slug,
            sort_key(row.title),
            Status.PUBLISHED.value if is_public else Status.DRAFT.value,
            now if is_public else None,
            "",
            now,
            now,
            row.url,
            row.key,
            row.title,
            0,
            known.providers.get(row.provider),
            *(row.fields.get(name, default) for name, default in DEFAULTS.items()),
        ]

    def _is_complete(self, row: Row) -> bool:
        """Whether it may be public; told in the report where it may not."""
        if row.fields.get("description_source") == DescriptionSource.SCRAPED:
            self.report.note(_("A resource stays a draft: its description is taken from the page."))
            return False
        if not row.fields.get("resource_type") or not row.fields.get("languages"):
            self.report.note(
                _("A resource stays a draft: a public one needs a type and a language.")
            )
            return False
        return True

    def _decide(self, ids: list[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO catalogue_decision (uid, title, verb, note, by_id, at) "
                "SELECT uid, title, 'published', '', %s, now() FROM catalogue_resource "
                "WHERE id = ANY(%s) AND status = 'published'",
                [self.by.pk if self.by else None, ids],
            )

    # Those that are here

    def change(self, rows: dict[int, Row], known: Known, *, only_fill: set[int]) -> None:
        """Gives the resources `rows` (by id) what their rows say and no person changed by hand.

        Those in `only_fill` just get what they lack.
        """
        if not rows:
            return
        changes = self._changes(rows, known, only_fill)
        touched = set(changes)
        for links in known.links():
            touched |= self._change_links(links, rows, only_fill)
        if changes:
            self._write(changes)
        Resource.objects.filter(pk__in=touched - changes.keys()).update(modified=timezone.now())
        counted = touched - only_fill
        self.report.changed += len(counted)
        self.report.unchanged += len(rows.keys() - only_fill) - len(counted)

    def _changes(
        self, rows: dict[int, Row], known: Known, only_fill: set[int]
    ) -> dict[int, dict[str, Any]]:
        """For each resource that changes, all that is compared of it, as it will be. Two queries."""
        here = {
            pk: dict(zip(COMPARED, values, strict=True))
            for pk, *values in Resource.objects.filter(pk__in=rows).values_list("pk", *COMPARED)
        }
        wanted = {
            pk: found
            for pk, row in rows.items()
            if (found := self._wanted(row, here[pk], known, pk in only_fill))
        }
        if not wanted:
            return {}
        by_hand = history.fields_by_hand(Resource, list(wanted), COMPARED)
        changes = {}
        for pk, found in wanted.items():
            kept = {name: value for name, value in found.items() if name not in by_hand[pk]}
            # Minutes and who says so go together.
            if "duration_minutes" in by_hand[pk]:
                kept.pop("duration_source", None)
            if kept:
                changes[pk] = {**here[pk], **kept}
        return changes

    def _wanted(
        self, row: Row, here: dict[str, Any], known: Known, only_fill: bool
    ) -> dict[str, Any]:
        said = {**row.fields, "title": row.title}
        if canonical_address(here["url"]) == row.key:
            # Else its link moved since, and the file knows the old one.
            said["url"] = row.url
        if row.provider:
            said["provider_id"] = known.providers[row.provider]
        return {
            name: value
            for name, value in said.items()
            if value != here[name] and (not only_fill or here[name] in ("", [], None))
        }

    def _write(self, changes: dict[int, dict[str, Any]]) -> None:
        before = dict(Resource.objects.filter(pk__in=changes).values_list("pk", "duration_minutes"))
        followed = [pk for pk, one in changes.items() if one["duration_minutes"] != before[pk]]
        if followed:
            one_decision_at_a_time()
        now = timezone.now()
        staging.copy_rows(
            Resource._meta.db_table,
            CHANGED,
            (
                [pk, now, sort_key(one["title"]), *(one[name] for name in COMPARED)]
                for pk, one in sorted(changes.items())
            ),
        )
        staging.update_changed(Resource._meta.db_table, CHANGED)
        if followed:
            gather(Point.RESOURCES_CHANGED, followed)

    def _change_links(self, links: Links, rows: dict[int, Row], only_fill: set[int]) -> set[int]:
        """Adds what rows name and takes away what an import brought and they no longer name.

        What a person took away stays away, and what a person added stays. Answers whose changed.
        """
        here = links.of(list(rows))
        wanted = {pk: set(links.wanted(row)) for pk, row in rows.items()}
        differ = [pk for pk in rows if wanted[pk] and wanted[pk] != here[pk]]
        if not differ:
            return set()
        by_hand, by_machine = history.links_by_hand(links.model, links.owner, differ, links.names)
        added = [
            (pk, *key)
            for pk in differ
            for key in sorted(wanted[pk] - here[pk])
            if (pk, *key) not in by_hand
        ]
        removed = [
            (pk, *key)
            for pk in differ
            if pk not in only_fill
            for key in here[pk] - wanted[pk]
            if (pk, *key) in by_machine
        ]
        links.remove(removed)
        links.add(added)
        return {pk for pk, *_key in [*added, *removed]}


def tag_rows(names: list[str], *, make: bool = False) -> dict[str, int]:
    """The tags of these names, in whatever case and by their synonyms too. Without `make`, those that
    there are; with it the others are made, in the transaction that this is called in."""
    if make:
        return Writer(Report(), publish=False, by=None)._named(Tag, names)
    return {name: pk for name, (_key, pk) in Writer.found(Tag, names).items() if pk}
