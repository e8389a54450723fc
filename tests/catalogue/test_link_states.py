"""What visits make of a link over the days: its state, its dates, and when it is visited next."""

from datetime import timedelta

import pytest

from catalogue.links import Finding, note
from catalogue.models import LinkHealth, LinkVisit, Resource
from catalogue.models.links import VISITS_KEPT
from pathways.models import Pathway
from tests.catalogue.link_web import NOW, health
from tests.factories import ResourceFactory, make_pathway

pytestmark = pytest.mark.django_db

WORKS = Finding("works", answer=200)
NOT_THERE = Finding("gone", answer=404)
NO_NAME = Finding("gone", "no-name")
REFUSED = Finding("unsure", answer=403)
SILENT = Finding("unsure", "time-out")


def visit(resource: Resource, found: Finding, day: float = 0) -> LinkHealth:
    noted = note(resource.pk, resource.url, found, at=NOW + timedelta(days=day))
    assert noted is not None
    return health(resource)


def states(resource: Resource, *found: tuple[float, Finding]) -> list[str]:
    return [visit(resource, one, day).state for day, one in found]


@pytest.fixture
def resource() -> Resource:
    return ResourceFactory()


class TestGone:
    @pytest.mark.parametrize("missing", [NOT_THERE, Finding("gone", answer=410), NO_NAME])
    def test_only_what_is_missing_three_times_over_five_days(
        self, resource: Resource, missing: Finding
    ) -> None:
        found = states(resource, (0, missing), (1, missing), (3, missing), (5, missing))

        assert found == ["unsure", "unsure", "unsure", "gone"]

    def test_not_what_is_missing_often_on_one_day(self, resource: Resource) -> None:
        found = states(resource, *((number / 100, NOT_THERE) for number in range(20)))

        assert set(found) == {"unsure"}

    def test_nor_twice_far_apart(self, resource: Resource) -> None:
        assert states(resource, (0, NOT_THERE), (30, NOT_THERE)) == ["unsure", "unsure"]

    def test_what_is_there_once_begins_anew(self, resource: Resource) -> None:
        found = states(
            resource, (0, NOT_THERE), (3, NOT_THERE), (4, WORKS), (6, NOT_THERE), (9, NOT_THERE)
        )

        assert found[2:] == ["works", "unsure", "unsure"]

    def test_silence_in_between_neither_counts_nor_begins_anew(self, resource: Resource) -> None:
        found = states(
            resource,
            *((0, NOT_THERE), (1, SILENT), (2, REFUSED), (3, NOT_THERE), (4, SILENT)),
            *((6, SILENT), (7, NOT_THERE)),
        )

        assert found == [*["unsure"] * 6, "gone"]

    @pytest.mark.parametrize("found", [REFUSED, SILENT, Finding("unsure", answer=500)])
    def test_never_what_leaves_us_unsure(self, resource: Resource, found: Finding) -> None:
        assert set(states(resource, *((day, found) for day in range(100)))) == {"unsure"}

    def test_it_comes_back_with_the_first_visit_that_finds_it(self, resource: Resource) -> None:
        states(resource, (0, NOT_THERE), (3, NOT_THERE), (6, NOT_THERE))

        link = visit(resource, WORKS, 13)

        assert (link.state, link.failures, link.misses) == ("works", 0, 0)
        assert link.missing_since is None

    def test_its_stand_in_takes_its_turn(self, resource: Resource) -> None:
        stand_in = ResourceFactory(duration_minutes=45)
        make_pathway(steps=[(resource, {"stand_in": stand_in})])

        states(resource, (0, NOT_THERE), (3, NOT_THERE), (6, NOT_THERE))

        assert Pathway.objects.get().duration_minutes == 45


class TestDates:
    def test_the_last_success_is_kept_whatever_comes(self, resource: Resource) -> None:
        visit(resource, WORKS)
        states(resource, *((day, NOT_THERE) for day in (7, 8, 10, 12)))

        link = health(resource)

        assert link.worked_at == NOW
        assert (link.state, link.since) == ("gone", NOW + timedelta(days=12))
        assert link.missing_since == NOW + timedelta(days=7)
        assert (link.checked_at, link.failures) == (NOW + timedelta(days=12), 4)

    def test_a_state_has_the_date_of_the_visit_that_found_it_first(
        self, resource: Resource
    ) -> None:
        states(resource, (0, WORKS), (7, WORKS), (14, REFUSED), (15, SILENT))

        link = health(resource)

        assert link.since == NOW + timedelta(days=14)
        assert (link.answer, link.reason) == (None, "time-out")

    def test_one_that_moved_works_and_proposes_its_address(self, resource: Resource) -> None:
        new = "https://example.org/new"

        link = visit(resource, Finding("moved", answer=200, moved_to=new))

        assert (link.state, link.moved_to, link.worked_at) == ("moved", new, NOW)

    def test_a_proposal_goes_when_the_site_takes_it_back(self, resource: Resource) -> None:
        visit(resource, Finding("moved", answer=200, moved_to="https://example.org/new"))

        assert visit(resource, WORKS, 7).moved_to == ""


class TestNextVisit:
    def pause(self, link: LinkHealth) -> float:
        return (link.due_at - link.checked_at) / timedelta(days=1)

    def test_what_comes_in_together_falls_due_on_different_days(self) -> None:
        pauses = [self.pause(visit(ResourceFactory(), WORKS)) for _n in range(40)]

        assert min(pauses) >= 1 and max(pauses) <= 7
        assert max(pauses) - min(pauses) > 3

    def test_then_it_is_visited_weekly_more_or_less(self, resource: Resource) -> None:
        visit(resource, WORKS)

        pauses = [self.pause(visit(resource, WORKS, day)) for day in range(7, 70, 7)]

        assert all(6 <= pause <= 8 for pause in pauses)
        assert len(set(pauses)) == len(pauses)

    def test_sooner_after_a_failure_and_later_after_each_more(self, resource: Resource) -> None:
        pauses = [self.pause(visit(resource, SILENT, day)) for day in range(0, 60, 10)]

        most = [1, 2, 4, 7, 7, 7]
        assert all(0.8 * m <= pause <= m for pause, m in zip(pauses, most, strict=True))

    def test_one_that_may_be_gone_is_visited_when_that_can_be_told(
        self, resource: Resource
    ) -> None:
        days = [0.0]
        while (link := visit(resource, NOT_THERE, days[-1])).state != "gone":
            days.append((link.due_at - NOW) / timedelta(days=1))

        assert len(days) == 4
        assert days[-1] == pytest.approx(5)

    def test_one_that_is_gone_is_visited_weekly_and_in_the_end_monthly(
        self, resource: Resource
    ) -> None:
        states(resource, (0, NOT_THERE), (3, NOT_THERE))

        pauses = [self.pause(visit(resource, NOT_THERE, 7 * week)) for week in range(1, 8)]

        assert pauses == [*[7] * 5, 28, 28]

    def test_not_before_the_site_wants_it(self, resource: Resource) -> None:
        link = visit(resource, Finding("unsure", answer=429, wait=3 * 24 * 3600))

        assert self.pause(link) == 3


class TestHistory:
    def test_each_visit_is_kept_with_its_answer(self, resource: Resource) -> None:
        states(resource, (0, WORKS), (7, REFUSED), (8, SILENT))

        kept = resource.visits.order_by("at").values_list("state", "answer", "reason")

        assert [*kept] == [("works", 200, ""), ("unsure", 403, ""), ("unsure", None, "time-out")]

    def test_of_many_the_last(self, resource: Resource) -> None:
        other = ResourceFactory()
        visit(other, WORKS)
        for day in range(VISITS_KEPT + 5):
            visit(resource, WORKS, day)

        kept = LinkVisit.objects.filter(resource=resource).order_by("at")

        assert kept.count() == VISITS_KEPT
        assert kept.first().at == NOW + timedelta(days=5)
        assert other.visits.count() == 1

    def test_a_visit_touches_nothing_else_of_the_resource(
        self, resource: Resource, count_queries
    ) -> None:
        before = Resource.objects.values().get(pk=resource.pk)
        visit(resource, WORKS)

        with count_queries() as queries:
            visit(resource, WORKS, 7)

        assert Resource.objects.values().get(pk=resource.pk) == before
        assert not [one for one in queries if 'UPDATE "catalogue_resource"' in one["sql"]]

    def test_what_was_found_at_another_address_is_not_kept(self, resource: Resource) -> None:
        assert note(resource.pk, "https://example.org/old", WORKS) is None
        assert not LinkHealth.objects.exists() and not LinkVisit.objects.exists()

    def test_nor_of_a_resource_that_went(self) -> None:
        assert note(0, "https://example.org/", WORKS) is None


class TestAnotherAddress:
    def test_is_visited_anew_from_the_beginning(self, resource: Resource) -> None:
        states(resource, (0, NOT_THERE), (3, NOT_THERE), (6, NOT_THERE))

        resource.url = "https://example.org/mended"
        resource.save()

        link = health(resource)
        assert (link.state, link.checked_at, link.due_at) == ("unchecked", None, None)
        assert (link.failures, link.misses, link.missing_since) == (0, 0, None)

    def test_saving_anything_else_leaves_it(self, resource: Resource) -> None:
        visit(resource, WORKS)

        resource.title = "Another title"
        resource.save()
        resource.save(update_fields=["title"])

        assert health(resource).state == "works"
