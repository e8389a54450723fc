"""`manage.py rebuild_search` and `check_search`: making the search index anew, and checking it."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from catalogue import index, tallies
from catalogue.index import checking, parts
from catalogue.index.parts import Part, Range
from catalogue.models import Chunk, ChunkSet, ChunkWords, Fresh, Resource
from catalogue.search import ResourceQuery, search
from catalogue.tallies import Tallies, places
from catalogue.words import named
from tests.factories import OrganisationFactory, ResourceFactory, SkillFactory, TagFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "CHUNK", 4)


def said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out, stderr=StringIO())
    return out.getvalue()


def wrong() -> list[str]:
    """What check_search says, a line for each thing."""
    out = StringIO()
    with pytest.raises(CommandError, match="rebuild_search makes it anew"):
        call_command("check_search", stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()


def unnoticed(statement: str, *values: object) -> None:
    """Writes past the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            cursor.execute(statement, values)
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


class TestRebuilding:
    def test_everything_is_in_chunks_then_and_right(self):
        ResourceFactory.create_batch(9, tags=["red"], skills=[SkillFactory()])

        told = said("rebuild_search")

        assert f"{Chunk.objects.count()} chunks made." in told
        assert not Fresh.objects.exists()
        assert said("check_search").startswith("All is right; 0 resources")

    def test_an_empty_catalogue_has_nothing_to_make(self):
        assert said("rebuild_search") == "0 chunks made.\n"
        assert said("check_search").startswith("All is right")

    def test_what_was_written_past_the_triggers_is_right_afterwards(self):
        row = ResourceFactory(resource_type="video")
        said("rebuild_search")
        unnoticed("UPDATE catalogue_resource SET resource_type = 'book' WHERE id = %s", row.pk)
        said("rebuild_search")

        assert tallies.tallies().sizes("type") == {"book": 1}
        assert said("check_search").startswith("All is right")

    def test_so_are_the_words_of_resources_skills_tags_and_providers(self):
        provider, skill, tag = OrganisationFactory(), SkillFactory(), TagFactory()
        row = ResourceFactory(title="Maps", provider=provider)
        said("rebuild_search")
        edits = Resource.pgh_event_model.objects.count()
        unnoticed("UPDATE catalogue_resource SET title = 'Charts' WHERE id = %s", row.pk)
        unnoticed("UPDATE catalogue_organisation SET name = 'Tate' WHERE id = %s", provider.pk)
        unnoticed("UPDATE catalogue_skill SET title = 'Drawing' WHERE id = %s", skill.pk)
        unnoticed("UPDATE catalogue_tag SET name = 'ink' WHERE id = %s", tag.pk)
        assert len([line for line in wrong() if "found by other words" in line]) == 4

        said("rebuild_search")

        assert said("check_search").startswith("All is right")
        for word in ("charts", "tate"):
            assert [one.pk for one in search(ResourceQuery(q=word)).resources] == [row.pk]
        assert not search(ResourceQuery(q="maps", verbatim="1")).total
        assert {lexeme: called.own for lexeme, called in named(["draw", "ink"]).items()} == {
            "draw": {("skill", skill.slug)},
            "ink": {("tag", tag.slug)},
        }
        assert Resource.pgh_event_model.objects.count() == edits

    def test_what_was_interrupted_goes_on_with_those_made_before(
        self, monkeypatch: pytest.MonkeyPatch
    ):
        ResourceFactory.create_batch(9)
        said("rebuild_search")
        count = Chunk.objects.count()
        made: list[int] = []
        settle = index.settle

        def breaking(number: int) -> None:
            if len(made) == 1:
                raise KeyboardInterrupt
            made.append(number)
            settle(number)

        out = StringIO()
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(index, "settle", breaking)
            call_command("rebuild_search", stdout=out, stderr=StringIO())
        before = out.getvalue().split("--before ")[1].strip()
        Chunk.objects.filter(number=made[0]).update(made_at=datetime.now(UTC))
        Chunk.objects.exclude(number=made[0]).update(made_at=datetime(2026, 1, 1, tzinfo=UTC))

        assert f"{count - 1} chunk" in said("rebuild_search", "--before", before)
        assert said("check_search").startswith("All is right")

    def test_only_what_is_marked_is_made_anew_where_that_is_asked_for(self):
        rows = ResourceFactory.create_batch(9)
        said("rebuild_search")
        Resource.objects.filter(pk=rows[0].pk).update(cost="paid")

        assert said("rebuild_search", "--marked") == "1 chunk made.\n"

    @pytest.mark.parametrize("time", ["yesterday", "2026-13-01", "2026-13-01T25:00:00Z"])
    def test_a_time_that_is_none_is_refused(self, time: str):
        with pytest.raises(CommandError, match=f"“{time}” is no time, as in 2026-11-21T"):
            call_command("rebuild_search", "--before", time)

    def test_readers_are_right_at_every_step(self):
        rows = ResourceFactory.create_batch(9, resource_type="video")
        found = tallies.tallies()
        for number in index.chunks_to_make():
            index.settle(number)
            Resource.objects.filter(pk=rows.pop().pk).update(resource_type="book")
            found = tallies.count(found)
            assert found.sizes("type") == tallies.count().sizes("type")
            assert found.sizes("type")["video"] == len(rows)


class TestChecking:
    def test_marked_resources_are_left_out(self):
        row = ResourceFactory(resource_type="video")
        said("rebuild_search")
        Resource.objects.filter(pk=row.pk).update(resource_type="book")

        assert said("check_search") == (
            "All is right; 1 resource has changed since its chunk was made.\n"
        )

    def test_a_set_that_says_another_thing_is_told_with_who_is_wrong(self):
        row = ResourceFactory(resource_type="video")
        said("rebuild_search")
        unnoticed("UPDATE catalogue_resource SET resource_type = 'book' WHERE id = %s", row.pk)

        number = row.pk // 4
        own = f"“{row.title}” (/resources/{row.slug}/)"
        assert wrong() == [
            f"Chunk {number}, type book: has wrongly none; lacks {own}.",
            f"Chunk {number}, type video: has wrongly {own}; lacks none.",
        ]

    def test_so_is_a_column(self):
        row = ResourceFactory(duration_minutes=5)
        said("rebuild_search")
        unnoticed("UPDATE catalogue_resource SET duration_minutes = 6 WHERE id = %s", row.pk)

        own = f"“{row.title}” (/resources/{row.slug}/)"
        assert wrong() == [f"Chunk {row.pk // 4}, minutes: wrong for {own}."]

    def test_so_is_one_that_nobody_knows(self):
        rows = ResourceFactory.create_batch(2)
        unnoticed("TRUNCATE catalogue_fresh")

        told = wrong()

        assert any("is missing" in line and rows[0].slug in line for line in told)
        assert any("lists 0 resources, and there are 2" in line for line in told)

    def test_words_to_spell_by_are_named(self):
        ResourceFactory(title="Maps", description="")
        said("rebuild_search")
        ChunkWords.objects.update(words="charts maps", numbers=[2, 3])

        told = wrong()

        spelt = "2 of them: charts (2, and there are 0), maps (3, and there are 2)."
        assert any(spelt in line for line in told)

    def test_so_is_an_order(self, monkeypatch: pytest.MonkeyPatch):
        ResourceFactory.create_batch(3)
        said("rebuild_search")
        backwards = Tallies.by_rank
        monkeypatch.setattr(
            Tallies, "by_rank", lambda own, order, found: reversed([*backwards(own, order, found)])
        )

        assert len(wrong()) == 3

    def test_of_many_a_few_are_named(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(checking, "NAMED", 1)
        for key in (4_000, 4_001, 4_002):
            ResourceFactory(pk=key, cost="free")
        said("rebuild_search")
        ChunkSet.objects.filter(name="cost").delete()

        assert wrong()[0].endswith("and 2 more.")

    def test_each_part_of_the_index_is_asked(self, monkeypatch: pytest.MonkeyPatch):
        asked: list[Range] = []

        def problems(chunk: Range):
            asked.append(chunk)
            yield "It is wrong."

        row = ResourceFactory()
        said("rebuild_search")
        monkeypatch.setattr(checking, "PARTS", [*parts.PARTS, Part((), problems)])
        number = row.pk // 4

        assert wrong() == ["It is wrong."]
        assert asked == [Range(number, number * 4, number * 4 + 3)]

    def test_it_changes_nothing(self):
        ResourceFactory.create_batch(3)
        said("check_search")

        assert not Chunk.objects.exists()
        assert Fresh.objects.exists()
