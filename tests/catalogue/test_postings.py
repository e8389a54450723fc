"""Which resources hold a word, as it is read from chunks and from what changed since."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from catalogue.index import settle
from catalogue.index.settling import range_of
from catalogue.models import Chunk, ChunkWords, Posting, Resource, Vocabulary
from catalogue.tallies import Tallies, tallies
from catalogue.tallies.places import CHUNK
from catalogue.words import dictionary, forget, lexemes, named, postings, settling
from tests.factories import OrganisationFactory, ResourceFactory, SkillFactory, TagFactory


def holding(lexeme: str, tallies: Tallies) -> list[tuple[int, int, int, int]]:
    """(primary key, times in title, in names, in description)."""
    found = postings([lexeme], tallies)[lexeme]
    columns = found.keys, found.titles, found.names, found.descriptions
    return [tuple(map(int, row)) for row in zip(*columns, strict=True)]


@pytest.mark.django_db
class TestPostings:
    def test_they_count_title_names_and_description_apart(self) -> None:
        tate = OrganisationFactory(name="Map Society")
        one = ResourceFactory(
            title="Maps of maps", provider=tate, authors=["Ann Map"], description="A map. " * 20
        )
        ResourceFactory(title="Charts", provider=None, description="")
        settle(0)

        assert holding("map", tallies()) == [(one.pk, 2, 2, 15)]

    def test_what_changed_since_is_read_from_itself(self) -> None:
        stays = ResourceFactory(title="Maps", provider=None)
        goes = ResourceFactory(title="Maps", provider=None)
        withdrawn = ResourceFactory(title="Maps", provider=None)
        settle(0)
        Resource.objects.filter(pk=goes.pk).update(title="Charts")
        withdrawn.withdraw(by=None, reason="It is old.")
        comes = ResourceFactory(title="Maps maps", provider=None)

        now = tallies()

        assert holding("map", now) == [(stays.pk, 1, 0, 0), (comes.pk, 2, 0, 0)]
        assert holding("chart", now) == [(goes.pk, 1, 0, 0)]
        assert holding("atlas", now) == []

    def test_several_chunks_are_joined_in_the_order_of_keys(self) -> None:
        far = ResourceFactory(pk=3 * CHUNK + 5, title="Maps", provider=None)
        near = ResourceFactory(pk=CHUNK - 1, title="Maps", provider=None)
        settle(0)
        settle(3)

        assert [key for key, *_times in holding("map", tallies())] == [near.pk, far.pk]

    def test_one_query_reads_all_and_none_what_was_asked_lately(self, count_queries) -> None:
        ResourceFactory(title="Maps and charts", provider=None)
        settle(0)
        now = tallies()

        with count_queries() as first:
            postings(["map", "chart", "atlas"], now)
        with count_queries() as second:
            postings(["chart", "atlas"], now)

        assert (len(first), len(second)) == (1, 0)

    def test_of_a_chunk_made_anew_alone_words_are_read_again(self, count_queries) -> None:
        near = ResourceFactory(title="Maps", provider=None)
        far = ResourceFactory(pk=CHUNK + 1, title="Maps", provider=None)
        settle(0)
        settle(1)
        holding("map", tallies())
        Resource.objects.filter(pk=far.pk).update(title="Maps of maps")
        settle(1)
        now = tallies()

        with count_queries() as queries:
            found = holding("map", now)

        assert found == [(near.pk, 1, 0, 0), (far.pk, 2, 0, 0)]
        assert len(queries) == 1
        assert "ARRAY[1]" in queries[0]["sql"]

    def test_a_chunk_that_was_made_anew_meanwhile_tells_nothing_unknown(self) -> None:
        known = ResourceFactory(title="Maps", provider=None)
        settle(0)
        before = tallies()
        ResourceFactory(title="Maps", provider=None)
        settle(0)

        assert holding("map", before) == [(known.pk, 1, 0, 0)]
        assert len(holding("map", tallies())) == 2

    def test_without_chunks_all_is_read_from_the_resources(self) -> None:
        one = ResourceFactory(title="Maps", provider=None)

        assert holding("map", tallies()) == [(one.pk, 1, 0, 0)]

    def test_what_is_kept_stays_within_its_bytes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from catalogue.words.held import _recent

        monkeypatch.setattr(_recent, "most", 1_000)
        ResourceFactory(title="Maps, charts, plans", provider=None)
        settle(0)
        now = tallies()

        for lexeme in ("map", "chart", "plan", "map"):
            assert len(holding(lexeme, now)) == 1

        assert 0 < _recent.weight <= 1_000


@pytest.mark.django_db
class TestChecking:
    def test_nothing_differs_after_settling_whatever_is_fresh(self) -> None:
        one = ResourceFactory(title="Maps", provider=None)
        ResourceFactory(title="Charts of maps", provider=None)
        settle(0)
        Resource.objects.filter(pk=one.pk).update(title="Plans")

        assert [*settling.problems(range_of(0)), *settling.problems_of_names()] == []

    def test_it_tells_what_a_chunk_says_otherwise(self) -> None:
        ResourceFactory(title="Maps", provider=None, description="")
        settle(0)
        Posting.objects.filter(lexeme="map").delete()
        ChunkWords.objects.update(words="charts", numbers=[2])
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM catalogue_fresh")

        assert list(settling.problems(range_of(0))) == [
            "Chunk 0, word map: it tells of 0 resources, and there are 1; or it counts otherwise.",
            "Chunk 0 has other words to spell by than its resources, 2 of them: "
            "charts (2, and there are 0), maps (0, and there are 2).",
        ]

    def test_it_tells_words_of_all_chunks_that_are_none_of_theirs(self) -> None:
        ResourceFactory(title="Maps", provider=None, description="")
        settle(0)
        settling.put_together()
        assert list(settling.problems_of_words_together()) == []

        Vocabulary.objects.update(words="charts")
        assert list(settling.problems_of_words_together()) == [
            "The words to spell by of all chunks are others than those of each."
        ]
        # Of a chunk that was made anew since, workers ask the chunk itself.
        settle(0)
        assert list(settling.problems_of_words_together()) == []

    def test_it_tells_which_rows_are_found_by_other_words(self) -> None:
        one, skill = ResourceFactory(), SkillFactory()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE catalogue_resource SET found_by = ''")
            cursor.execute("UPDATE catalogue_skill SET found_by = NULL")

        assert next(settling.problems(range_of(0))) == (
            f"“{one.title}” (/resources/{one.slug}/) is found by other words than its own."
        )
        assert list(settling.problems_of_names()) == [
            f"skill {skill.slug}: it is found by other words than its names."
        ]


@pytest.mark.django_db
class TestNames:
    def test_skills_tags_and_providers_are_named_by_each_of_their_words(self) -> None:
        skill = SkillFactory(title="Cleaning data", synonyms=["wrangling"])
        tag = TagFactory(name="data")
        provider = OrganisationFactory(name="Data Society")
        SkillFactory(title="Wrangling cattle", published=False)

        found = named(["data", "wrangl", "societi", "atlas"])

        own = {lexeme: called.own for lexeme, called in found.items()}
        assert own == {
            "data": {("provider", provider.slug), ("skill", skill.slug), ("tag", tag.slug)},
            "wrangl": set(),
            "societi": {("provider", provider.slug)},
            "atlas": set(),
        }
        also = {lexeme: called.also for lexeme, called in found.items() if called.also}
        assert also == {"wrangl": {("skill", skill.slug)}}

    def test_a_translated_name_is_found_in_its_own_language(self) -> None:
        skill = SkillFactory(title="Libraries", title_cy="Llyfrgelloedd Cymru")

        (asked,) = lexemes(["Nghymru"])

        called = named(asked.lexemes).values()
        assert [name for one in called for name in one.own] == [("skill", skill.slug)]


@pytest.mark.django_db
class TestDictionary:
    def told(self, tallies: Tallies) -> dict[str, int]:
        return dict(dictionary(tallies).items())

    def test_words_stand_as_they_are_written_without_accents(self) -> None:
        ResourceFactory(title="Écoles", description="Cataloguing 2.0, 図書館", provider=None)

        assert self.told(tallies()) == {"ecoles": 2, "cataloguing": 1}

    def test_settled_and_fresh_ones_and_names_are_added_up(self) -> None:
        ResourceFactory(title="Maps", description="Old maps, once", provider=None)
        settle(0)
        ResourceFactory(title="New maps", description="", provider=None)
        SkillFactory(title="Reading maps")

        told = self.told(tallies())

        assert told == {"maps": 5, "new": 2, "reading": 1}

    def test_words_of_all_chunks_are_put_together_those_that_count_most(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("catalogue.words.spoken.MOST", 1)
        for key in (1, 1 + CHUNK):
            ResourceFactory(pk=key, title="Maps", description="Maps and charts", provider=None)
        settle(0), settle(1)
        settling.put_together()

        assert Vocabulary.objects.values_list("words", "numbers").get() == ("maps", [4])
        assert self.told(tallies()) == {"maps": 4}

    def test_what_was_settled_since_they_were_put_together_is_added(self) -> None:
        ResourceFactory(pk=1, title="Maps", description="", provider=None)
        settle(0)
        settling.put_together()
        ResourceFactory(pk=1 + CHUNK, title="Charts of maps", description="", provider=None)
        settle(1)

        assert self.told(tallies()) == {"maps": 4, "charts": 2}
        settling.put_together()
        forget()
        assert self.told(tallies()) == {"maps": 4, "charts": 2}

    def test_an_edit_shows_at_once_and_what_it_was_before_may_count_on(self) -> None:
        ResourceFactory(title="Maps", description="", provider=None)
        settle(0)
        row = ResourceFactory(title="Charts", description="", provider=None)
        before = self.told(tallies())
        row.title = "Globes"
        row.save()

        assert before == {"maps": 2, "charts": 2}
        assert self.told(tallies()).items() >= {("maps", 2), ("globes", 2)}

    def test_where_many_chunks_are_read_apart_they_stay_for_a_while(
        self, monkeypatch: pytest.MonkeyPatch, count_queries
    ) -> None:
        monkeypatch.setattr("catalogue.words.spoken.FEW_CHUNKS", 0)
        monkeypatch.setattr("catalogue.words.spoken.REST", 1_000_000)
        ResourceFactory(title="Maps", description="", provider=None)
        settle(0)
        assert self.told(tallies()) == {"maps": 2}
        settle(0)

        now = tallies()
        with count_queries() as queries:
            assert self.told(now) == {"maps": 2}
        assert not [one for one in queries if "chunkwords" in one["sql"]]

    def test_it_is_gathered_once_while_nothing_changes(self, count_queries) -> None:
        ResourceFactory()
        now = tallies()
        dictionary(now)

        with count_queries() as queries:
            dictionary(now)

        assert len(queries) == 0


TEXTS = st.lists(
    st.sampled_from("map maps Cymru Gymru école école's e-mail 図書 ’ the 19 ß".split())
    | st.text(st.characters(categories=["L", "M", "N", "P", "S"]), max_size=5),
    max_size=6,
).map(" ".join)
FACTS = st.fixed_dictionaries(
    {
        "title": TEXTS.map(lambda text: f"Title {text}"[:300]),
        "description": TEXTS,
        "languages": st.sampled_from([["en"], ["cy"], ["fr", "cy"], ["zh"]]),
        "description_language": st.sampled_from(["en", "de", "cy"]),
        "authors": st.lists(st.sampled_from(["Ann Map", "Zoë"]), max_size=2),
    }
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "edit", "settle", "ask"]), st.integers(0, 5), FACTS),
    max_size=10,
)


class TestAnyTexts(TestCase):
    """After whatever was added, edited, settled and read in between."""

    @settings(max_examples=25, deadline=None)
    @given(steps=STEPS)
    def test_postings_are_what_the_columns_of_the_resources_say(self, steps: list) -> None:
        forget()
        made = []
        for act, which, facts in steps:
            if act == "add" or (act == "edit" and not made):
                made.append(ResourceFactory(pk=1 + len(made) * CHUNK // 2, provider=None, **facts))
            elif act == "edit":
                Resource.objects.filter(pk=made[which % len(made)].pk).update(**facts)
            elif act == "settle":
                settle(which % 3)
            else:
                postings(self.expected().keys() | {"map"}, tallies())

        expected, now = self.expected(), tallies()
        assert {lexeme: holding(lexeme, now) for lexeme in expected} == expected
        numbers = Chunk.objects.values_list("number", flat=True)
        assert [one for number in numbers for one in settling.problems(range_of(number))] == []

    def expected(self) -> dict[str, list[tuple[int, int, int, int]]]:
        found: dict[str, list] = {}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT lexeme, id, weights FROM catalogue_resource, unnest(found_by)"
                " WHERE status = 'published' ORDER BY id"
            )
            for lexeme, key, weights in cursor:
                times = [
                    min(weights.count(one), most)
                    for one, most in zip("ABC", (3, 3, 15), strict=True)
                ]
                found.setdefault(lexeme, []).append((key, *times))
        return found
