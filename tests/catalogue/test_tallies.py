"""Counts that are kept in memory until something changes."""

import threading
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest
from django.db import IntegrityError, connection
from django.test import Client
from pyroaring import BitMap

from catalogue import tallies
from catalogue.keeping import page
from catalogue.models import Organisation, Resource, SiteRevision
from catalogue.search import ResourceQuery, search
from catalogue.tallies import keeping, orders
from catalogue.tallies.listed import Listed
from catalogue.tallies.orders import Head, first, in_ranks
from catalogue.tallies.places import CHUNK, Places
from catalogue.tallies.reading import news_since
from catalogue.tallies.sets import Union, from_wire, keys_of, set_of, union
from catalogue.tallies.words import PARTS
from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    OrganisationFactory,
    ResourceFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
    TagFactory,
)

# Every page that tells how many resources there are, or takes them from what was counted.
COUNTING = [
    "/",
    "/resources/",
    "/resources/?q=atlas",
    "/resources/the-atlas/",
    "/skills/",
    "/skills/?framework=none",
    "/skills/maps/",
    "/frameworks/f-1.0/",
    "/frameworks/f-1.0/1/",
    "/frameworks/f-1.0/coverage/",
    "/roles/librarian/",
    "/organisations/",
    "/organisations/tate/",
    "/tags/",
    "/tags/red/",
    "/about/",
]


def one_of_each() -> None:
    framework = FrameworkFactory(family="f", version="1.0")
    area = CompetenceFactory(framework=framework, code="1")
    maps = SkillFactory(title="Maps", competences=[area])
    RoleSkillFactory(role=RoleFactory(title="Librarian"), skill=maps)
    ResourceFactory(
        title="The atlas",
        skills=[maps],
        tags=["red"],
        provider=OrganisationFactory(name="Tate"),
    )


def failing(*_given: object) -> None:
    raise OSError("Nothing works.")


def numbers(*values: int) -> np.ndarray:
    return np.array(values, np.uint32)


class TestSets:
    @pytest.mark.parametrize("keys", [[], [0], [7, 8], [3, 64, 2**31 - 1]])
    def test_one_has_its_members_and_no_others(self, keys: list[int]):
        found = set_of(numbers(*keys))

        assert list(found) == keys_of(found).tolist() == keys

    def test_several_are_joined(self):
        own = [BitMap([1, 2]), BitMap(), BitMap([2, 3])]

        assert union(own) == BitMap([1, 2, 3])
        assert union(own[:2]) is own[0]
        assert union([]) == BitMap()

    def test_numbers_are_read_as_postgres_writes_them(self):
        assert from_wire(b"\x00\x00\x01\x02\xff\xff\xff\xff").tolist() == [258, -1]
        assert from_wire(b"\x00\x07", ">i2").tolist() == [7]
        assert from_wire(None).tolist() == []


class TestPlaces:
    def test_each_chunk_has_a_place_for_each_of_its_keys(self):
        places = Places().including([5, 0])

        assert places.size == 2 * CHUNK
        assert places.of(numbers(0, 1, 5 * CHUNK)).tolist() == [0, 1, CHUNK]

    def test_they_stay_when_other_chunks_are_met(self):
        places = Places().including([5]).including([2, 5])

        assert places.of(numbers(5 * CHUNK + 3, 2 * CHUNK)).tolist() == [3, CHUNK]

    def test_they_lead_back_to_the_keys(self):
        keys = numbers(3, CHUNK * 9 + 1, CHUNK * 4)
        places = Places().including([9, 4, 0])

        assert places.keys(places.of(keys)).tolist() == keys.tolist()


class TestOrders:
    RANKS = np.array([5, 3, 5, 1, 3, 3, 9, 3], np.int64)
    KEYS = np.arange(10, 18, dtype=np.uint32)
    SORTED = [13, 11, 14, 15, 17, 10, 12, 16]

    @pytest.mark.parametrize("size", [1, 2, 3, 100])
    def test_all_come_by_rank_and_those_of_one_rank_as_they_came(
        self, size: int, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(orders, "FIRST", size)

        assert list(in_ranks(self.KEYS, self.RANKS)) == self.SORTED

    @pytest.mark.parametrize("size", range(1, 10))
    def test_the_first_of_them_are_the_first(self, size: int):
        assert first(self.KEYS, self.RANKS, size) == self.SORTED[:size]

    def test_a_head_picks_those_of_a_set(self):
        assert list(Head([5, 3, 9, 4]).within(BitMap([4, 3, 7]))) == [3, 4]


@pytest.mark.django_db
class TestCounting:
    def test_an_empty_catalogue_counts_nothing(self):
        found = tallies.count()

        assert (len(found.every), found.total, found.sizes("type")) == (0, 0, {})
        assert list(found.in_order("title", found.every)) == []
        assert found.newest_in(found.every) is None

    def test_it_costs_two_queries_and_one_where_there_is_nothing(self, count_queries: Callable):
        with count_queries() as queries:
            tallies.count()
        assert len(queries) == 1

        ResourceFactory(skills=[SkillFactory()], tags=["a"])
        with count_queries() as queries:
            tallies.count()
        # What is new with the resources, and the order of their titles.
        assert len(queries) == 2

    def test_values_come_from_the_largest_to_the_smallest(self):
        for number, kind in enumerate(["video", "book", "guide"], start=1):
            ResourceFactory.create_batch(number, resource_type=kind)

        assert tallies.count().sizes("type") == {"guide": 3, "book": 2, "video": 1}

    def test_a_large_primary_key_costs_little_memory(self):
        ResourceFactory(pk=2**31 - 1, resource_type="video")
        ResourceFactory(pk=3, resource_type="book")

        found = tallies.count()

        assert list(found.having("type", "video")) == [2**31 - 1]
        assert found.size == 2 * CHUNK

    @pytest.mark.parametrize("key", [0, 2**31])
    def test_a_primary_key_that_sets_have_no_room_for_is_refused(self, key: int):
        with pytest.raises(IntegrityError, match="catalogue_resource_id_countable"):
            ResourceFactory(pk=key)

    @pytest.mark.parametrize(("few", "head"), [(100, 9), (0, 0), (0, 1), (0, 3), (0, 9)])
    @pytest.mark.parametrize(
        ("order", "titles"), [("title", "BCD"), ("newest", "DBC"), ("shortest", "CDB")]
    )
    def test_a_set_comes_in_each_order(
        self, order: str, titles: str, few: int, head: int, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(orders, "FEW", few)
        monkeypatch.setattr(orders, "HEAD", head)
        for title, minutes in (("C", 10), ("B", 30), ("D", 20), ("A", 5)):
            ResourceFactory(title=title, duration_minutes=minutes, cost="paid")
        Resource.objects.filter(title="A").update(cost="free")
        keys = [Resource.objects.get(title=title).pk for title in titles]

        found = tallies.count()

        assert list(found.in_order(order, found.having("cost", "paid"))) == keys

    def test_the_longest_come_before_those_that_do_not_say(self):
        unknown = ResourceFactory(duration_minutes=None, duration_source="")
        long = ResourceFactory(duration_minutes=60_000)
        found = tallies.count()

        assert list(found.in_order("shortest", found.every)) == [long.pk, unknown.pk]

    def test_of_those_published_at_once_the_later_one_is_newer(self):
        first, second = ResourceFactory(), ResourceFactory(resource_type="book")
        Resource.objects.filter(pk=second.pk).update(published_at=first.published_at)
        found = tallies.count()

        assert list(found.in_order("newest", found.every)) == [second.pk, first.pk]
        assert found.newest_in(found.every) == first.published_at

    def test_what_was_derived_is_made_once(self):
        made = iter([1, 2])
        found = tallies.count()

        assert [found.made("mine", lambda: next(made)) for _ in range(2)] == [1, 1]

    def test_names_are_told_in_the_page_s_language(self):
        SkillFactory(title="Maps", slug="maps", i18n={"title_cy": "Mapiau"})
        name = tallies.count().names["skill"]["maps"]

        assert (name.words.title, name.words.title.language) == ("Maps", "en")


@pytest.mark.django_db(transaction=True)
class TestKeeping:
    def test_while_nothing_changes_it_costs_one_query(self, count_queries: Callable):
        ResourceFactory()
        first = tallies.tallies()
        with count_queries() as queries:
            again = tallies.tallies()

        assert again is first
        assert len(queries) == 1

    def test_an_edit_shows_at_once(self):
        resource = ResourceFactory(resource_type="video")
        before = tallies.tallies()
        resource.resource_type = "book"
        resource.save()

        assert before.sizes("type") == {"video": 1}
        assert tallies.tallies().sizes("type") == {"book": 1}

    def test_a_transaction_sees_its_own_changes(self):
        from django.db import transaction

        tallies.tallies()
        with transaction.atomic():
            ResourceFactory()
            assert len(tallies.tallies().every) == 1

    def test_who_asked_for_the_revision_earlier_gets_what_was_counted_since(
        self, monkeypatch: pytest.MonkeyPatch, count_queries: Callable
    ):
        earlier = SiteRevision.current()
        ResourceFactory()
        counted = tallies.tallies()
        monkeypatch.setattr(SiteRevision, "current", lambda: earlier)

        with count_queries() as queries:
            assert tallies.tallies() is counted
        assert len(queries) == 0

    def test_counting_for_an_earlier_revision_never_puts_back_the_kept_one(self):
        ResourceFactory()
        tallies.tallies()
        kept = keeping._kept.revision
        keeping._keep(news_since(tallies.Tallies()), kept - 1)

        assert keeping._kept.revision == kept


@pytest.mark.django_db(transaction=True)
class TestMuchThatIsNew:
    """Where there is more to read than a page may wait for."""

    @pytest.fixture
    def beside(self, monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
        """Threads that were started to count, which a test runs by itself."""
        threads: list[threading.Thread] = []
        monkeypatch.setattr(keeping, "ON_THE_SPOT", 0)
        monkeypatch.setattr(keeping, "_is_beside", False)
        monkeypatch.setattr(keeping, "REST", 0)
        monkeypatch.setattr(keeping, "_counting", threading.Lock())
        # A patched method gets the thread itself.
        monkeypatch.setattr(
            keeping.threading.Thread, "start", lambda thread: threads.append(thread)
        )
        return threads

    def test_pages_go_on_with_what_was_counted_while_one_counts(
        self, beside: list[threading.Thread]
    ):
        ResourceFactory()
        tallies.tallies()
        ResourceFactory()

        with page() as made:
            assert [tallies.tallies().total for _ in range(3)] == [1, 1, 1]
            assert not made.is_current
        assert len(beside) == 1

    def test_when_it_has_counted_the_edit_shows(self, beside: list[threading.Thread]):
        ResourceFactory()
        tallies.tallies()
        ResourceFactory()
        tallies.tallies()
        beside[0].run()

        with page() as made:
            assert (tallies.tallies().total, made.is_current) == (2, True)

    def test_it_rests_before_it_counts_again(
        self, beside: list[threading.Thread], monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(keeping, "REST", 1_000_000)
        ResourceFactory()
        tallies.tallies()
        ResourceFactory()
        tallies.tallies()
        beside[0].run()
        ResourceFactory()
        tallies.tallies()

        assert len(beside) == 1

    def test_when_counting_fails_it_is_logged_and_rests_before_the_next(
        self,
        beside: list[threading.Thread],
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ):
        ResourceFactory()
        tallies.tallies()
        ResourceFactory()
        tallies.tallies()
        monkeypatch.setattr(keeping, "following", failing)
        beside[0].run()

        assert tallies.tallies().total == 1
        assert [record.message for record in caplog.records] == ["Resources could not be counted"]
        assert len(beside) == 1

    def test_it_counts_again_even_where_its_connection_could_not_be_closed(
        self, beside: list[threading.Thread], monkeypatch: pytest.MonkeyPatch
    ):
        ResourceFactory()
        tallies.tallies()
        ResourceFactory()
        tallies.tallies()
        with monkeypatch.context() as broken:
            broken.setattr(keeping, "connection", SimpleNamespace(close=failing))
            with pytest.raises(OSError):
                beside[0].run()
        ResourceFactory()
        tallies.tallies()

        assert len(beside) == 2

    def test_what_was_withdrawn_meanwhile_is_not_listed(self, beside: list[threading.Thread]):
        gone, _stays = ResourceFactory(title="Gone"), ResourceFactory(title="Stays")
        tallies.tallies()
        gone.withdraw(by=None, reason="It is gone.")

        assert [one.title for one in search(ResourceQuery()).resources] == ["Stays"]

    @pytest.mark.parametrize("address", COUNTING)
    def test_a_page_of_what_was_counted_before_is_kept_nowhere(
        self, address: str, beside: list[threading.Thread], client: Client, page_cache: None
    ):
        one_of_each()
        assert "public" in client.get(address)["Cache-Control"]
        ResourceFactory()

        assert "private" in client.get(address)["Cache-Control"]
        assert "private" in client.get(address)["Cache-Control"]
        beside[0].run()
        assert "public" in client.get(address)["Cache-Control"]


def found_by(words: str) -> list[str]:
    return sorted(one.title for one in search(ResourceQuery(q=words)).resources)


@pytest.mark.django_db
class TestWords:
    """The words that a row is found by, however they were changed."""

    def test_a_changed_title_or_description(self):
        resource = ResourceFactory(title="Maps", description="About hills.")
        Resource.objects.filter(pk=resource.pk).update(title="Charts", description="About seas.")

        assert (found_by("maps"), found_by("hills")) == ([], [])
        assert (found_by("charts"), found_by("seas")) == (["Charts"], ["Charts"])

    def test_a_provider_by_its_new_name(self):
        provider = OrganisationFactory(name="Tate")
        ResourceFactory(title="Maps", provider=provider)
        Organisation.objects.filter(pk=provider.pk).update(name="Whitworth")

        assert (found_by("tate"), found_by("whitworth")) == ([], ["Maps"])

    def test_another_provider(self):
        resource = ResourceFactory(title="Maps", provider=OrganisationFactory(name="Tate"))
        resource.provider = OrganisationFactory(name="Whitworth")
        resource.save()

        assert (found_by("tate"), found_by("whitworth")) == ([], ["Maps"])

    def test_names_of_skills_and_tags_and_their_other_names(self):
        skill = SkillFactory(title="Cartography", synonyms=["mapmaking"])
        tag = TagFactory(name="GIS", synonyms=["geodata"])
        ResourceFactory(title="By skill", skills=[skill])
        ResourceFactory(title="By tag", tags=[tag])

        assert found_by("cartography") == found_by("mapmaking") == ["By skill"]
        assert found_by("gis") == found_by("geodata") == ["By tag"]

    def test_they_stay_where_nothing_of_them_changed(self):
        resource = ResourceFactory(title="Maps")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE catalogue_resource SET found_by = NULL")
        resource.cost = "paid"
        resource.save(update_fields=["cost"])

        assert found_by("maps") == []

    def test_of_many_edits_that_were_read_one_by_one(self):
        rows = [ResourceFactory(title=f"map{number}") for number in range(3 * PARTS)]
        found = tallies.count()
        for row in rows:
            found.fresh_words.read()
            row.title += f" chart{row.pk}"
            row.save()
            found = tallies.count(found)
        rows[0].title = "Nothing"
        rows[0].save()

        words = tallies.count(found).fresh_words

        assert words.get("map0")[0].tolist() == words.get(f"chart{rows[0].pk}")[0].tolist() == []
        for number, row in enumerate(rows[1:], start=1):
            assert words.get(f"map{number}")[0].tolist() == [row.pk]
            assert words.get(f"chart{row.pk}")[0].tolist() == [row.pk]
        assert len(words.parts) <= PARTS

    def test_a_description_of_any_length(self):
        ResourceFactory(title="Long", description=" ".join(f"word{n:07}" for n in range(200_000)))

        assert found_by("word0000001") == ["Long"]


@pytest.mark.parametrize("seed", range(5))
def test_few_resources_are_counted_one_by_one_as_sets_would_count_them(seed: int):
    dice = np.random.default_rng(seed)
    places = Places((0, 2))
    keys = dice.choice([*range(1, CHUNK), *range(2 * CHUNK, 3 * CHUNK)], 3_000, replace=False)
    sets = {
        value: set_of(np.sort(dice.choice(keys, dice.integers(0, 300), replace=False)))
        for value in range(400)
    }
    among = set_of(np.sort(dice.choice(keys, 200, replace=False)))

    listed = Listed(sets, places)

    counts = listed.counts(places.of(keys_of(among)))
    own = {value: len(found & among) for value, found in sets.items()}
    assert {value: int(counts[number]) for value, number in listed.numbers.items()} == own


@pytest.mark.parametrize("first", ["size", "whole"])
def test_a_union_knows_its_size_and_itself_and_what_it_is_made_of(first: str):
    odd, even = BitMap([1, 3]), BitMap([2, 3])
    made = Union([odd, even])
    getattr(made, first)

    assert (made.size, made.whole) == (3, BitMap([1, 2, 3]))
    assert made.is_of([odd, even])
    assert not made.is_of([odd]) and not made.is_of([even, odd])
    assert not made.is_of([odd, BitMap([2, 3])])


def test_so_are_they_where_each_has_more_values_than_two_bytes_count():
    keys = np.arange(CHUNK, dtype=np.uint32)
    sets = {value: set_of(keys[value:]) for value in range(40)}

    listed = Listed(sets, Places((0,)))

    assert listed.counts(np.array([0, 5, CHUNK - 1], np.int32)).tolist() == [3, *[2] * 5, *[1] * 34]


@pytest.mark.django_db
def test_a_tag_that_is_taken_away_is_counted_no_more():
    red, blue = TagFactory(name="red"), TagFactory(name="blue")
    for number in range(40):
        ResourceFactory(tags=[red] if number % 2 else [red, blue])
    some = Resource.objects.order_by("pk")
    among = BitMap(some.values_list("pk", flat=True)[:2])
    assert tallies.tallies().most("tag", among, 5) == [("red", 2), ("blue", 1)]

    some[0].tags.remove(blue)

    assert tallies.tallies().most("tag", among, 5) == [("red", 2)]
    assert dict(tallies.tallies().counts("tag", among)) == {"red": 2, "blue": 0}
