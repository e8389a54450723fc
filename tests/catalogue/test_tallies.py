"""Counts that are kept in memory until something changes."""

import threading
from array import array
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client

from catalogue import tallies
from catalogue.keeping import page
from catalogue.models import Organisation, Resource, SiteRevision
from catalogue.search import ResourceQuery, search
from catalogue.tallies import counting, keeping, sets
from catalogue.tallies.sets import as_set, joined, kept, places_of, set_of, within
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


def failing() -> None:
    raise OSError("Nothing works.")


class TestSets:
    def test_an_empty_one_has_nothing(self):
        assert (set_of([]), list(within(0, [1, 2])), list(places_of(0))) == (0, [], [])

    @pytest.mark.parametrize("places", [[0], [7, 8], [64, 3, 1000]])
    def test_it_has_its_members_and_no_others(self, places: list[int]):
        found = set_of(places)

        assert found.bit_count() == len(places)
        assert list(within(found, range(2000))) == list(places_of(found)) == sorted(places)

    def test_few_are_kept_as_places_and_many_as_bits(self):
        assert isinstance(kept(array("i", [5]), 1000), array)
        assert isinstance(kept(array("i", range(5)), 1000), int)

    @pytest.mark.parametrize("one", [[5], range(5)], ids=["few", "many"])
    @pytest.mark.parametrize("other", [[4], [999], range(3, 9)], ids=["few", "last", "many"])
    def test_two_are_joined_however_they_are_kept(self, one: list[int], other: list[int]):
        both = joined(*(kept(array("i", places), 1000) for places in (one, other)), 1000)

        assert as_set(both) == set_of({*one, *other})


@pytest.mark.django_db
class TestCounting:
    def test_an_empty_catalogue_counts_nothing(self):
        found = tallies.count()

        assert (found.every, found.sizes("type"), list(found.in_order("title", 0))) == (0, {}, [])

    def test_it_costs_one_query(self, count_queries: Callable):
        ResourceFactory(skills=[SkillFactory()], tags=["a"])
        with count_queries() as queries:
            tallies.count()

        assert len(queries) == 1

    def test_values_come_from_the_largest_to_the_smallest(self):
        for number, kind in enumerate(["video", "book", "guide"], start=1):
            ResourceFactory.create_batch(number, resource_type=kind)

        assert tallies.count().sizes("type") == {"guide": 3, "book": 2, "video": 1}

    def test_a_large_primary_key_costs_no_memory(self):
        ResourceFactory(pk=10**15, resource_type="video")
        ResourceFactory(pk=3, resource_type="book")

        assert tallies.count().having("type", "video").bit_length() <= 2

    @pytest.mark.parametrize("few", [0, 10**6], ids=["many", "few"])
    @pytest.mark.parametrize(
        ("order", "titles"), [("title", "BCD"), ("newest", "DBC"), ("shortest", "CDB")]
    )
    def test_a_set_comes_in_each_order(
        self, order: str, titles: str, few: int, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(counting, "FEW", few)
        for title, minutes in (("C", 10), ("B", 30), ("D", 20), ("A", 5)):
            ResourceFactory(title=title, duration_minutes=minutes, cost="paid")
        Resource.objects.filter(title="A").update(cost="free")
        keys = [Resource.objects.get(title=title).pk for title in titles]

        found = tallies.count()

        assert list(found.in_order(order, found.having("cost", "paid"))) == keys

    @pytest.mark.parametrize("few", [0, 10**6], ids=["few", "many"])
    def test_places_are_those_of_published_rows_as_asked(
        self, few: int, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(counting, "FEW", few)
        second, first = ResourceFactory(title="B"), ResourceFactory(title="A")
        draft = ResourceFactory(title="C", published=False)

        found = tallies.count()

        assert found.places([second.pk, draft.pk, first.pk, 10**9]) == [1, 0]
        assert list(found.keys([1, 0])) == [second.pk, first.pk]

    def test_values_that_few_have_are_counted_as_others_are(self, monkeypatch: pytest.MonkeyPatch):
        for tag in ("common", "common", "rare", "common"):
            ResourceFactory(tags=[tag])
        whole = tallies.count()
        monkeypatch.setattr(sets, "ONE_IN", 2)
        small = tallies.count()
        among = whole.having("tag", "rare") | 1

        assert isinstance(small._sets["tag"]["rare"], array)
        assert small.having("tag", "rare") == whole.having("tag", "rare")
        assert list(small.counts("tag", among)) == list(whole.counts("tag", among))

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
            assert tallies.tallies().every.bit_count() == 1

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
        keeping._count(kept - 1)

        assert keeping._kept.revision == kept


@pytest.mark.django_db(transaction=True)
class TestCataloguesInBetween:
    """Where a page waits for the counting, but not each page in a stream of edits."""

    @pytest.fixture
    def clock(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        """The time that counting goes by, in a list of one. Each counting takes 0.1 seconds."""
        now = [1000.0]
        count = keeping.count

        def slowly() -> tallies.Tallies:
            now[0] += 0.1
            return count()

        monkeypatch.setattr(keeping, "NO_REST", 0)
        monkeypatch.setattr(keeping, "time", SimpleNamespace(monotonic=lambda: now[0]))
        monkeypatch.setattr(keeping, "count", slowly)
        return now

    def test_within_half_a_second_after_counting_pages_go_on_with_it_and_are_not_kept(
        self, clock: list[float]
    ):
        ResourceFactory()
        tallies.tallies()
        ResourceFactory()
        clock[0] += 0.4

        with page() as made:
            assert (tallies.tallies().total, made.is_current) == (1, False)

    def test_then_the_edit_shows(self, clock: list[float]):
        ResourceFactory()
        tallies.tallies()
        ResourceFactory()
        clock[0] += 0.6

        with page() as made:
            assert (tallies.tallies().total, made.is_current) == (2, True)


@pytest.mark.django_db(transaction=True)
class TestLargeCatalogues:
    """Where there is more to count than a page may wait for."""

    @pytest.fixture
    def beside(self, monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
        """Threads that were started to count, which a test runs by itself."""
        threads: list[threading.Thread] = []
        monkeypatch.setattr(keeping, "NO_REST", 0)
        monkeypatch.setattr(keeping, "ON_THE_SPOT", 0)
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

        assert beside == []

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
        monkeypatch.setattr(keeping, "count", failing)
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

    def test_a_description_of_any_length(self):
        ResourceFactory(title="Long", description=" ".join(f"word{n:07}" for n in range(200_000)))

        assert found_by("word0000001") == ["Long"]
