"""How fresh a link is, in one line."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from catalogue.freshness import archived_copy, freshness_of
from catalogue.models import LinkHealth, Resource

TODAY = date(2025, 11, 20)


def resource_with(state: str, *, days_ago: int = 0) -> Resource:
    when = datetime(2025, 11, 20, 12, tzinfo=UTC) - timedelta(days=days_ago)
    resource = Resource(title="A resource")
    worked = when if state in ("works", "moved") else None
    resource.link = LinkHealth(state=state, checked_at=when, worked_at=worked)
    return resource


@pytest.mark.parametrize(
    ("days_ago", "text", "tone"),
    [
        (0, "Link worked today", ""),
        (1, "Link worked yesterday", ""),
        (2, "Link worked 2 days ago", ""),
        (13, "Link worked 13 days ago", ""),
        (14, "Link worked 2 weeks ago", ""),
        (41, "Link worked 5 weeks ago", ""),
        (42, "Link last worked 6 weeks ago", "old"),
        (89, "Link last worked 12 weeks ago", "old"),
        (90, "Link last worked 3 months ago", "old"),
        (400, "Link last worked 13 months ago", "old"),
    ],
)
def test_a_working_link_tells_when_it_last_worked(days_ago: int, text: str, tone: str):
    found = freshness_of(resource_with("works", days_ago=days_ago), today=TODAY)

    assert (found.text, found.tone) == (text, tone)


@pytest.mark.parametrize(
    ("state", "text", "icon", "tone"),
    [
        ("unchecked", "Link not checked yet", "link", ""),
        ("gone", "Link no longer works", "unlink", "failed"),
        ("unsure", "Link could not be checked; visited again soon", "unlink", "failed"),
        ("moved", "Link moved, and worked today", "link", ""),
    ],
)
def test_each_state_has_its_line(state: str, text: str, icon: str, tone: str):
    found = freshness_of(resource_with(state), today=TODAY)

    assert (found.text, found.icon, found.tone) == (text, icon, tone)


def test_a_link_that_was_never_visited_says_so():
    assert freshness_of(Resource(title="A resource")).text == "Link not checked yet"


def test_a_day_ends_at_midnight_where_the_site_is():
    late = datetime(2025, 7, 1, 22, 30, tzinfo=UTC)
    resource = Resource(title="A resource")
    resource.link = LinkHealth(state="works", checked_at=late, worked_at=late)

    # Half past eleven at night in British summer time; an hour later it is the next day.
    with time_machine.travel(late + timedelta(hours=1), tick=False):
        assert freshness_of(resource).text == "Link worked yesterday"


def test_a_visit_in_the_future_counts_as_today():
    assert (
        freshness_of(resource_with("works", days_ago=-2), today=TODAY).text == "Link worked today"
    )


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("gone", "Link no longer works; it last did on 3 November 2025"),
        ("unsure", "Link could not be checked; it last worked on 3 November 2025"),
    ],
)
def test_the_last_success_is_told_whatever_came_after(state: str, text: str):
    resource = resource_with(state)
    resource.link.worked_at = datetime(2025, 11, 3, 12, tzinfo=UTC)

    assert freshness_of(resource, today=TODAY).text == text


class TestArchivedCopy:
    def test_is_the_one_nearest_to_the_last_success(self):
        resource = resource_with("gone")
        resource.url = "https://example.org/page?x=1"
        resource.link.worked_at = datetime(2025, 11, 3, 12, tzinfo=UTC)

        there = "https://web.archive.org/web/20251103/https://example.org/page?x=1"
        assert archived_copy(resource) == there

    def test_is_any_where_it_was_never_seen_to_work(self):
        resource = Resource(title="A resource", url="https://example.org/page")

        assert archived_copy(resource) == "https://web.archive.org/web/https://example.org/page"
