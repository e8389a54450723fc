"""A deterministic catalogue of N resources in a database of its own: make_catalogue.py N.

It holds the starter catalogue and beside it N made resources (see made.py), all public, with a few
pathways through them. Everything that is derived stands as an import leaves it; only the history of
the made rows is left out, which nothing public reads.

Rows go in by COPY in two processes, while indexes, foreign keys and the triggers that would only
repeat what is made right at the end are set aside.
"""

import io
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from time import perf_counter

import made

PROCESSES = 2
PATHWAYS, STEPS = 40, 20
RESOURCE = (
    "id uid slug sort_key status published_at withdrawn_reason created modified url canonical_url "
    "title pathway_count provider_id description description_language description_source authors "
    "resource_type proficiency languages licence cost duration_minutes duration_source "
    "date_published access"
)
SKILL = "resource_id skill_id proficiency note"
COMPETENCE = "resource_id competence_id proficiency source"
TAG = "content_object_id tag_id"
LINK = (
    "resource_id state since checked_at worked_at failures answer reason misses missing_since "
    "moved_to due_at"
)
COLUMNS = {
    "catalogue_resource": RESOURCE,
    "catalogue_resourceskill": SKILL,
    "catalogue_resourcecompetence": COMPETENCE,
    "catalogue_resourcetag": TAG,
    "catalogue_linkhealth": LINK,
}
ANSWERS = {"works": 200, "moved": 301, "unsure": 503, "gone": 404}


class Ids:
    """Primary keys of what the made resources are linked to, by place, and the id of their first."""

    def __init__(
        self,
        first: int,
        *,
        providers: list[int],
        tags: list[int],
        skills: list[int],
        competences: list[int],
    ) -> None:
        self.first = first
        self.providers, self.tags = providers, tags
        self.skills, self.competences = skills, competences


def fill(size: int) -> None:
    """Fills the database that Django is set up on, which has been migrated and is empty."""
    from django.db import connection

    from config import starter

    begun = perf_counter()
    starter.load()
    ids = _beside(size)
    blocks = range(-(-size // made.BLOCK))
    with _set_aside():
        # Each process makes a connection of its own.
        connection.close()
        with ProcessPoolExecutor(PROCESSES) as pool:
            for at, _done in enumerate(pool.map(_copy, ((one, size, ids) for one in blocks)), 1):
                if at % 40 == 0:
                    _tell(f"{at * made.BLOCK:,} resources", begun)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('catalogue_resource', 'id'), %s)",
                [ids.first + size],
            )
        _tell("rows written; now their indexes", begun)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    rebuild()
    _pathways(ids, size)
    _tell("whole", begun)


def rebuild() -> None:
    """Makes what search holds beside the rows, where this Waymark holds anything."""
    from django.core.management import call_command, get_commands

    if "rebuild_search" in get_commands():
        call_command("rebuild_search")


def _beside(size: int) -> Ids:
    """What the made resources are linked to: providers and tags made, the starter's other things."""
    from catalogue.models import Competence, Organisation, Resource, Skill, Tag
    from catalogue.titles import sort_key

    def make(model: type, names: Iterable[str], noun: str) -> list[int]:
        rows = [
            model(name=name, slug=f"{noun}-{at}", sort_key=sort_key(name), published_at=made.MADE)
            for at, name in enumerate(names)
        ]
        known = {name.lower(): pk for pk, name in model.objects.values_list("pk", "name")}
        model.objects.bulk_create([row for row in rows if row.name.lower() not in known])
        known |= {row.name.lower(): row.pk for row in rows if row.pk}
        return [known[row.name.lower()] for row in rows]

    return Ids(
        first=Resource.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1,
        providers=make(Organisation, made.provider_names(), "provider"),
        tags=make(Tag, made.tag_names(), "tag"),
        skills=[*Skill.objects.published().order_by("slug").values_list("pk", flat=True)],
        competences=[
            *Competence.objects.filter(parent__isnull=False, framework__status="published")
            .order_by("framework__slug", "code")
            .values_list("pk", flat=True)
        ],
    )


@contextmanager
def _set_aside() -> Iterator[None]:
    """Meanwhile the tables have neither foreign keys nor indexes, and of triggers only the one that
    writes the words that resources are found by."""
    from django.db import connection

    tables = list(COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype "
            "FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u') "
            "ORDER BY contype, conname",
            [tables],
        )
        constraints = cursor.fetchall()
        for table, name, _said, _kind in constraints:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        # What constraints own went with them; the primary keys stay.
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary ORDER BY 1",
            [tables],
        )
        indexes = cursor.fetchall()
        for name, _said in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(
            "SELECT quote_ident(tgname) FROM pg_trigger WHERE tgrelid = 'catalogue_resource'::regclass "
            "AND tgname LIKE '%writes_words%'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE catalogue_resource ENABLE TRIGGER {name}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for _name, said in indexes:
            cursor.execute(said)
        # Foreign keys last: they lean on unique ones.
        for table, name, said, _kind in reversed(constraints):
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {said}")
        cursor.execute("RESET maintenance_work_mem")


def _copy(job: tuple[int, int, Ids]) -> None:
    """Writes a block, in one transaction."""
    from django.db import connection, transaction

    from catalogue.exchange.resources.staging import _cell

    block, size, ids = job
    texts = {table: io.StringIO() for table in COLUMNS}
    known = {"skills": len(ids.skills), "competences": len(ids.competences)}
    for row in made.rows(block, size=size, **known):
        for table, cells in _cells(row, ids):
            texts[table].write("\t".join(map(_cell, cells)) + "\n")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        for table, text in texts.items():
            text.seek(0)
            names = ", ".join(COLUMNS[table].split())
            cursor.cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", text)


def _cells(row: made.Made, ids: Ids) -> Iterator[tuple[str, list]]:
    """The rows of tables that make up `row`: table and values, in the order of COLUMNS."""
    pk = ids.first + row.number
    yield (
        "catalogue_resource",
        [
            *(pk, row.uid, f"made-{row.number}", row.title.lower(), "published", row.published, ""),
            *(row.published, row.published, row.url, row.url.replace("https://www.", "//")),
            *(row.title, 0, ids.providers[row.provider], row.description, "en", "provider"),
            *([row.author] if row.author else [], row.kind, row.level, row.languages, "CC-BY-4.0"),
            *(row.cost, row.minutes, "estimate" if row.minutes else "", "", row.access),
        ],
    )
    for skill, level in row.skills:
        yield "catalogue_resourceskill", [pk, ids.skills[skill], level, ""]
    for competence, level in row.competences:
        yield "catalogue_resourcecompetence", [pk, ids.competences[competence], level, "import"]
    for tag in row.tags:
        yield "catalogue_resourcetag", [pk, ids.tags[tag]]
    if row.visit:
        worked = row.visit if row.state in ("works", "moved") else row.visit - timedelta(days=60)
        missing = row.visit - timedelta(days=20) if row.state == "gone" else None
        yield (
            "catalogue_linkhealth",
            [
                *(pk, row.state, row.visit - timedelta(days=20), row.visit, worked),
                *(3 if row.state == "gone" else 0, ANSWERS[row.state], ""),
                *(3 if row.state == "gone" else 0, missing),
                *("https://example.org/new/" if row.state == "moved" else "", None),
            ],
        )


def _pathways(ids: Ids, size: int) -> None:
    """Public pathways through made resources, by the verbs that editors use."""
    import random

    from catalogue.models import Resource
    from pathways import publication
    from pathways.models import RevisionSkill, Stage, Step

    dice = random.Random(f"{made.SEED}/pathways")
    for _pathway in range(PATHWAYS):
        words = dice.sample(made.vocabulary()[25:200], 20)
        pathway = publication.start(title=" ".join(words[:4]).capitalize(), by=None)
        draft = pathway.draft()
        draft.summary = " ".join(words).capitalize()
        draft.save()
        RevisionSkill.objects.create(
            revision=draft, skill_id=dice.choice(ids.skills), proficiency="basic"
        )
        stage = Stage.objects.create(revision=draft, title=words[5].capitalize())
        chosen = dice.sample(range(min(size, 20_000)), min(STEPS, size))
        resources = Resource.objects.in_bulk([ids.first + at for at in chosen])
        for position, resource in enumerate(resources.values(), start=1):
            Step(
                revision=draft,
                stage=stage,
                position=position,
                resource=resource,
                note=" ".join(words[6:18]),
            ).save()
        publication.publish(draft, by=None)


def _tell(what: str, begun: float) -> None:
    print(f"{perf_counter() - begun:4.0f} s  {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    from ground import prepare

    prepare(int(sys.argv[1]))
