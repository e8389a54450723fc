"""Counts that are kept in memory until something changes."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from catalogue import tallies
from catalogue.models import Organisation, Resource
from catalogue.search import ResourceQuery, search
from catalogue.tallies import keeping
from catalogue.tallies.counting import set_of, within
from tests.factories import OrganisationFactory, ResourceFactory, SkillFactory, TagFactory


class TestSets:
    def test_an_empty_one_has_nothing(self):
        assert (set_of([]), list(within(0, [1, 2]))) == (0, [])

    @pytest.mark.parametrize("pks", [[1], [7, 8], [64, 3, 1000]])
    def test_it_has_its_members_and_no_others(self, pks: list[int]):
        found = set_of(pks)

        assert found.bit_count() == len(pks)
        assert list(within(found, [*range(1, 2000)])) == sorted(pks)


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


@pytest.mark.django_db(transaction=True)
class TestLargeCatalogues:
    """Where there is more to count than a page may wait for."""

    @pytest.fixture
    def beside(self, monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
        """Threads that were started to count, which a test runs by itself."""
        threads: list[threading.Thread] = []
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

        found = [tallies.tallies() for _ in range(3)]

        assert [(one.every.bit_count(), one.is_current) for one in found] == [(1, False)] * 3
        assert len(beside) == 1

    def test_when_it_has_counted_the_edit_shows(self, beside: list[threading.Thread]):
        ResourceFactory()
        tallies.tallies()
        ResourceFactory()
        tallies.tallies()
        beside[0].run()

        found = tallies.tallies()

        assert (found.every.bit_count(), found.is_current) == (2, True)

    def test_it_rests_before_it_counts_again(
        self, beside: list[threading.Thread], monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(keeping, "REST", 1_000_000)
        ResourceFactory()
        tallies.tallies()
        ResourceFactory()
        tallies.tallies()

        assert beside == []

    def test_what_was_withdrawn_meanwhile_is_not_listed(self, beside: list[threading.Thread]):
        gone, _stays = ResourceFactory(title="Gone"), ResourceFactory(title="Stays")
        tallies.tallies()
        gone.withdraw(by=None, reason="It is gone.")

        assert [one.title for one in search(ResourceQuery()).resources] == ["Stays"]

    def test_a_list_of_what_was_counted_before_is_kept_nowhere(
        self, beside: list[threading.Thread], client: Client, page_cache: None
    ):
        ResourceFactory()
        assert "public" in client.get("/resources/")["Cache-Control"]
        ResourceFactory()

        assert "private" in client.get("/resources/")["Cache-Control"]


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
