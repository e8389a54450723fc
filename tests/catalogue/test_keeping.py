"""Parts of pages that a worker keeps until something public changes."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from catalogue import keeping
from catalogue.chosen import Chosen, chosen_together
from catalogue.keeping import kept, kept_each, page
from catalogue.models import Resource
from tests.factories import ResourceFactory, make_pathway

keeps = pytest.mark.django_db(transaction=True)


class Counter:
    """Answers how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


@pytest.fixture
def make() -> Counter:
    return Counter()


def on_a_page(make: Counter, **how: bool) -> int:
    with page():
        return kept("a part", make, **how)


@keeps
class TestAPart:
    def test_is_made_once(self, make: Counter):
        assert [on_a_page(make), on_a_page(make)] == [1, 1]

    def test_is_made_anew_after_an_edit(self, make: Counter):
        on_a_page(make)

        ResourceFactory()

        assert on_a_page(make) == 2

    def test_is_made_for_each_language(self, make: Counter):
        on_a_page(make)

        with translation.override("cy"):
            assert on_a_page(make) == 2

    def test_grows_old_like_a_page(self, make: Counter, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(keeping, "SECONDS", 0)
        on_a_page(make)

        assert on_a_page(make) == 2

    def test_is_not_kept_in_a_transaction_which_may_hold_what_nobody_else_sees(self, make: Counter):
        with transaction.atomic():
            assert [on_a_page(make), on_a_page(make)] == [1, 2]

        assert on_a_page(make) == 3

    def test_is_not_kept_outside_of_a_page(self, make: Counter):
        assert [kept("a part", make), kept("a part", make)] == [1, 2]

    def test_is_not_kept_where_it_shows_counts_of_before_an_edit(self, make: Counter):
        with page():
            keeping.page_is_behind()
            kept("a part", make)

        assert on_a_page(make) == 2

    def test_is_kept_then_where_it_has_no_counts(self, make: Counter):
        with page():
            keeping.page_is_behind()
            kept("a part", make, counts=False)

        assert on_a_page(make) == 1

    def test_is_not_kept_for_a_page_that_began_before_an_edit_which_another_knows(
        self, make: Counter
    ):
        with page():
            keeping.site_revision()
            ResourceFactory()
            keeping._shelf_of(keeping.SiteRevision.current())
            assert [kept("a part", make), kept("a part", make)] == [1, 2]

    def test_is_not_kept_while_templates_are_edited(self, make: Counter, settings):
        settings.DEBUG = True

        assert [on_a_page(make), on_a_page(make)] == [1, 2]

    def test_goes_when_others_were_asked_for_more_lately(
        self, make: Counter, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(keeping, "MOST", 2)

        with page():
            for name in ("a", "b", "c", "a", "d", "e", "a", "b"):
                kept(name, make)

        # “a” was found among what had been put away, and taken out again; “b” was gone.
        assert make.times == 6

    def test_of_much_weight_takes_the_room_of_many(
        self, make: Counter, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(keeping, "MOST", 4)

        with page():
            for name in ("a", "b", "c", "a"):
                kept(name, make, weight=4)

        assert make.times == 4


@keeps
class TestMany:
    def test_only_those_are_made_that_are_missing(self):
        asked = []

        def make(keys: list[int]) -> dict[int, str]:
            asked.append(keys)
            return {key: str(key) for key in keys}

        with page():
            assert kept_each("number", [1, 2], make) == ["1", "2"]
            assert kept_each("number", [3, 2, 1], make) == ["3", "2", "1"]
        assert asked == [[1, 2], [3]]

    def test_one_that_nothing_is_made_of_is_left_out(self):
        with page():
            assert kept_each("number", [1, 2], lambda keys: {2: "two"}) == ["two"]


@keeps
def test_a_page_reads_the_site_s_revision_once(django_assert_num_queries):
    with page(), django_assert_num_queries(1):
        keeping.site_revision()
        keeping.site_revision()


class TestChosen:
    """Rows by their keys, which are read when somebody needs more of them."""

    @pytest.fixture
    def reads(self) -> list[list[int]]:
        return []

    def choose(self, keys: list[int], reads: list[list[int]]) -> Chosen[str]:
        return Chosen(keys, lambda keys: reads.append(keys) or [f"row {key}" for key in keys])

    def test_are_counted_and_cut_without_being_read(self, reads: list[list[int]]):
        chosen = self.choose([1, 2, 3], reads)

        assert (len(chosen), bool(chosen[3:]), chosen[:2].keys) == (3, False, [1, 2])
        assert reads == []

    def test_are_read_once(self, reads: list[list[int]]):
        chosen = self.choose([1, 2, 3], reads)

        assert [*chosen, chosen[0]] == ["row 1", "row 2", "row 3", "row 1"]
        assert reads == [[1, 2, 3]]

    def test_none_are_not_read(self, reads: list[list[int]]):
        assert [*self.choose([], reads)] == []
        assert reads == []

    @pytest.mark.django_db
    def test_several_lists_are_read_together(self, django_assert_num_queries):
        one, other = ResourceFactory(), ResourceFactory()

        with django_assert_num_queries(1):
            first, second = chosen_together(
                [[one.pk], [other.pk, one.pk]], Resource.objects.in_order_of
            )
            assert ([*first], [*second]) == ([one], [other, one])


@keeps
class TestPages:
    """Somebody with a cookie, whose page is made for them alone."""

    @pytest.fixture
    def learner(self) -> Iterator[Client]:
        client = Client()
        client.cookies["learner"] = "somebody who follows a pathway"
        return client

    def test_the_cards_of_resources_are_read_once(self, learner: Client, django_assert_num_queries):
        ResourceFactory(title="Reading an old map")
        learner.get("/resources/")

        # The site's revision.
        with django_assert_num_queries(1):
            answer = learner.get("/resources/")

        assert "Reading an old map" in answer.content.decode()

    def test_so_are_those_of_pathways(self, learner: Client, django_assert_num_queries):
        make_pathway("Saving a web page")
        learner.get("/pathways/")

        with django_assert_num_queries(1):
            answer = learner.get("/pathways/")

        assert "Saving a web page" in answer.content.decode()

    def test_and_the_first_page(self, learner: Client, django_assert_num_queries):
        make_pathway("Saving a web page", steps=[ResourceFactory(link="works")])
        learner.get("/")

        with django_assert_num_queries(1):
            learner.get("/")

    @pytest.mark.parametrize("address", ["/", "/resources/", "/pathways/"])
    def test_an_edit_shows_at_once(self, learner: Client, address: str):
        resource = ResourceFactory(title="Before")
        pathway = make_pathway("Before", steps=[resource])
        learner.get(address)

        resource.title = "After"
        resource.save()
        pathway.withdraw(by=None, reason="It is out of date.")

        assert "Before" not in learner.get(address).content.decode()

    def test_a_card_of_one_language_is_not_shown_in_another(self, learner: Client):
        ResourceFactory(resource_type="video")
        assert "Video" in learner.get("/resources/").content.decode()

        with translation.override("cy"):
            label = str(Resource(resource_type="video").get_resource_type_display())
        assert label in learner.get("/cy/resources/").content.decode()
