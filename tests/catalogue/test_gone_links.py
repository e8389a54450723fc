"""What visitors see of a resource whose link is gone: last in lists, found all the same, and a copy."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from catalogue.models import LinkHealth, Resource
from tests.factories import ResourceFactory, SkillFactory
from tests.pages import links, open_page, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> list[Resource]:
    """The first by title, the newest, the shortest, and what fits best to “archive”: and it is gone."""
    skill = SkillFactory(title="Archives", slug="archives")
    day = timezone.now() - timedelta(days=9)
    described = {"description": "About the archive.", "skills": [skill], "published_at": day}
    return [
        ResourceFactory(
            title="Archive, archive",
            link="gone",
            duration_minutes=5,
            **{**described, "published_at": day + timedelta(days=1)},
        ),
        ResourceFactory(title="Both ways", link="works", **described),
        ResourceFactory(title="Ceramics", **described),
    ]


@pytest.mark.parametrize(
    "query",
    ["", "?sort=title", "?sort=newest", "?sort=shortest", "?q=archive", "?skill=archives"],
)
def test_it_stands_last_in_every_order_and_is_not_hidden(
    client: Client, three: list[Resource], query: str
) -> None:
    titles = texts(open_page(client, f"/resources/{query}"), ".resource-card__title")

    assert len(titles) == 3
    assert titles[-1] == "Archive, archive"


def test_it_is_found_by_its_state(client: Client, three: list[Resource]) -> None:
    page = open_page(client, "/resources/?link=gone")

    assert texts(page, ".resource-card__title") == ["Archive, archive"]


def test_it_is_no_longer_proposed_beside_others(client: Client, three: list[Resource]) -> None:
    page = open_page(client, three[1].get_absolute_url())

    like = page.select_one("[aria-labelledby=like]")
    assert texts(like, ".resource-card__title") == ["Ceramics"]


def test_on_a_page_of_a_skill_it_comes_after_those_that_work(
    client: Client, three: list[Resource]
) -> None:
    page = open_page(client, "/skills/archives/")

    titles = [text for text in texts(page, "main a") if text in {str(one) for one in three}]
    assert titles[-1] == "Archive, archive"


COPY = "See the copy in the Internet Archive"


def test_its_page_leads_to_the_archived_copy(client: Client, three: list[Resource]) -> None:
    gone = three[0]
    LinkHealth.objects.filter(pk=gone.pk).update(worked_at=datetime(2026, 1, 9, 12, tzinfo=UTC))

    there = links(open_page(client, gone.get_absolute_url()))

    assert there[COPY] == f"https://web.archive.org/web/20260109/{gone.url}"


@pytest.mark.parametrize("state", ["works", "unsure", "moved"])
def test_no_other_page_does(client: Client, state: str) -> None:
    resource = ResourceFactory(link=state)

    assert COPY not in links(open_page(client, resource.get_absolute_url()))
