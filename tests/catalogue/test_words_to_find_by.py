"""The words that rows are found by, where others write at the same time or they were never written."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.db import connection, transaction

from catalogue.models import Organisation, Resource
from catalogue.search import ResourceQuery, search
from tests.factories import OrganisationFactory, ResourceFactory, SkillFactory, TagFactory
from tests.together import Somebody

TABLES = ["catalogue_resource", "catalogue_skill", "catalogue_tag"]


def found_by(words: str) -> list[str]:
    return sorted(one.title for one in search(ResourceQuery(q=words)).resources)


@pytest.mark.django_db(transaction=True)
class TestAProviderThatIsRenamedMeanwhile:
    def test_a_resource_that_comes_in_waits_for_the_new_name(self) -> None:
        provider = OrganisationFactory(name="Tate")

        def add() -> None:
            ResourceFactory(title="Maps", provider=Organisation(pk=provider.pk))

        with Somebody(add) as other, transaction.atomic():
            Organisation.objects.filter(pk=provider.pk).update(name="Whitworth")
            other.starts_and_waits()

        assert other.error is None
        assert (found_by("tate"), found_by("whitworth")) == ([], ["Maps"])

    def test_one_that_was_written_just_before_gets_it_too(self) -> None:
        provider = OrganisationFactory(name="Tate")
        rows = Organisation.objects.filter(pk=provider.pk)

        with Somebody(lambda: rows.update(name="Whitworth")) as other, transaction.atomic():
            ResourceFactory(title="Maps", provider=provider)
            other.starts_and_waits()

        assert other.error is None
        assert (found_by("tate"), found_by("whitworth")) == ([], ["Maps"])


def without_words() -> list[int]:
    """How many rows of each table have none."""
    with connection.cursor() as cursor:
        counts = []
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE found_by IS NULL")
            counts.append(cursor.fetchone()[0])
    return counts


@pytest.mark.django_db
def test_a_migration_writes_them_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    migration = import_module("catalogue.migrations.0004_write_words")
    monkeypatch.setattr(migration, "BATCH", 2)
    resources = ResourceFactory.create_batch(5, provider=None)
    SkillFactory.create_batch(3)
    TagFactory.create_batch(3)
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"UPDATE {table} SET found_by = NULL")
    assert without_words() == [5, 3, 3]
    edits = Resource.pgh_event_model.objects.count()

    with connection.schema_editor(atomic=False) as editor:
        migration.write_words(None, editor)

    assert without_words() == [0, 0, 0]
    assert Resource.pgh_event_model.objects.count() == edits
    assert found_by(resources[0].title)


@pytest.mark.django_db
def test_another_writes_what_is_otherwise_and_lets_the_rest_be(
    monkeypatch: pytest.MonkeyPatch, count_queries: Callable
) -> None:
    migration = import_module("catalogue.migrations.0013_write_words_anew")
    monkeypatch.setattr(migration, "BATCH", 2)
    provider = OrganisationFactory(name="Tate")
    ResourceFactory.create_batch(5, provider=provider, authors=["Zoë"], languages=["fr", "cy"])
    SkillFactory(title="Maps", title_cy="Mapiau", synonyms=["charts"])
    TagFactory.create_batch(3)
    tables = [*TABLES, "catalogue_organisation"]
    with connection.cursor() as cursor:
        right = words_of_all(cursor, tables)
        for table in tables:
            cursor.execute(f"UPDATE {table} SET found_by = 'other' WHERE id %% 2 = 0", [])
    edits = Resource.pgh_event_model.objects.count()

    with connection.schema_editor(atomic=False) as editor:
        migration.write_words(None, editor)
        with count_queries() as again:
            migration.write_words(None, editor)

    with connection.cursor() as cursor:
        assert words_of_all(cursor, tables) == right
    assert Resource.pgh_event_model.objects.count() == edits
    assert not [query for query in again if query["sql"].startswith("UPDATE")]


def words_of_all(cursor: object, tables: list[str]) -> list[tuple]:
    cursor.execute(" UNION ALL ".join(f"SELECT id, found_by::text FROM {one}" for one in tables))
    return sorted(cursor.fetchall())
