"""`/go/<uid>/`: out to a resource, counted by the month and by nothing else."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from catalogue import evidence
from catalogue.models import LinkHealth, MonthlyCount, Resource, SiteRevision
from tests.cast import Cast
from tests.factories import ResourceFactory, SkillFactory
from tests.pages import main, open_page, words
from tests.reading import reader
from tests.rules import update_by_sql


@pytest.fixture
def client() -> Client:
    return reader()


def counted() -> list[tuple[str, int]]:
    """(month, number) of each counter."""
    evidence.write()
    rows = MonthlyCount.objects.order_by("month")
    assert {row.kind for row in rows} <= {"departure"}
    return [(f"{row.month:%Y-%m}", row.number) for row in rows]


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def go_to(resource: Resource) -> str:
    return f"/go/{resource.uid}/"


@pytest.mark.django_db
class TestWhereItLeads:
    @pytest.mark.parametrize(
        "address",
        [
            "https://example.org/a?b=1&b=2&c=%20d#e",
            "http://www.example.org:8080/~a/(b)/c;d=%C3%A9",
            "https://example.org/#/a/{b}|c",
            "https://xn--bcher-kva.example/k%C3%A4se",
        ],
    )
    def test_the_address_as_it_was_given(self, client: Client, address: str):
        answer = client.get(go_to(ResourceFactory(url=address)))

        assert (answer.status_code, answer["Location"]) == (302, address)

    def test_its_own_address_also_where_the_link_moved(self, client: Client):
        resource = ResourceFactory(url="https://example.org/old")
        there = "https://example.org/new"
        LinkHealth.objects.create(
            resource=resource, state="moved", checked_at=timezone.now(), moved_to=there
        )

        assert client.get(go_to(resource))["Location"] == "https://example.org/old"

    def test_what_no_header_may_hold_is_encoded(self, client: Client):
        resource = ResourceFactory()
        odd = "https://example.org/ä\r\nSet-Cookie: a=b"
        update_by_sql(resource, url=odd)

        answer = client.get(go_to(resource))

        assert answer["Location"] == "https://example.org/%C3%A4%0D%0ASet-Cookie:%20a=b"

    def test_a_withdrawn_resource_says_why_as_its_page_does(self, client: Client):
        resource, other = ResourceFactory(title="A guide"), ResourceFactory(title="A better one")
        resource.withdraw(by=None, reason="It closed.", replaced_by=other)

        answer = main(open_page(client, go_to(resource), status=410))

        assert answer == main(open_page(client, resource.get_absolute_url(), status=410))
        assert "Why: It closed." in words(answer)
        assert counted() == []

    def test_what_is_no_public_resource_is_not_found(self, client: Client):
        for row in (ResourceFactory(published=False), SkillFactory()):
            open_page(client, go_to(row), status=404)
        open_page(client, f"/go/{uuid4()}/", status=404)
        open_page(client, "/go/a-resource/", status=404)

        assert counted() == []


@pytest.mark.django_db
class TestWhatItCounts:
    def test_how_often_in_each_month(self, client: Client, monkeypatch: pytest.MonkeyPatch):
        resource, other = ResourceFactory(), ResourceFactory()
        at(monkeypatch, datetime(2026, 1, 31, 12, tzinfo=UTC))
        client.get(go_to(resource))
        client.get(go_to(resource))
        evidence.write()
        at(monkeypatch, datetime(2026, 2, 1, 12, tzinfo=UTC))
        client.get(go_to(resource))
        client.get(go_to(other))
        evidence.write()

        assert {*MonthlyCount.objects.values_list("uid", "month", "number")} == {
            (resource.uid, date(2026, 1, 1), 2),
            (resource.uid, date(2026, 2, 1), 1),
            (other.uid, date(2026, 2, 1), 1),
        }

    def test_the_month_is_that_of_the_site_s_own_clock(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ):
        at(monkeypatch, datetime(2026, 6, 30, 23, 30, tzinfo=UTC))

        client.get(go_to(ResourceFactory()))

        assert counted() == [("2026-07", 1)]

    def test_not_who_only_looks_where_it_leads(self, client: Client):
        resource = ResourceFactory()

        answer = client.head(go_to(resource))

        assert (answer.status_code, answer["Location"]) == (302, resource.url)
        assert counted() == []

    @pytest.mark.parametrize(
        ("header", "said"),
        [
            ("Sec-Purpose", "prefetch"),
            ("Sec-Purpose", "prefetch;prerender"),
            ("Purpose", "prefetch"),
            ("X-Moz", "prefetch"),
        ],
    )
    def test_not_what_a_browser_fetches_ahead_of_time(self, client: Client, header: str, said: str):
        resource = ResourceFactory()

        answer = client.get(go_to(resource), headers={header: said})

        assert (answer.status_code, answer["Location"]) == (302, resource.url)
        assert counted() == []

        client.get(go_to(resource), headers={header: "something else"})
        assert [number for _month, number in counted()] == [1]

    def test_nothing_of_whoever_went(self, client: Client):
        assert [field.name for field in MonthlyCount._meta.fields] == [
            *("id", "uid", "kind", "month", "number")
        ]
        assert not hasattr(MonthlyCount, "pgh_event_model")

    def test_it_costs_one_query_for_the_resource(self, client: Client, count_queries: object):
        resource = ResourceFactory()
        client.get(go_to(resource))

        with count_queries() as queries:
            client.get(go_to(resource))

        # But for what the page cache asks now and then.
        said = [one["sql"] for one in queries if "siterevision" not in one["sql"]]
        assert [sql.split()[0] for sql in said] == ["SELECT"]


@pytest.mark.django_db
class TestHowItAnswers:
    def test_nobody_keeps_it_and_no_robot_follows(self, client: Client):
        answer = client.get(go_to(ResourceFactory()))

        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert not answer.has_header("ETag")

    @pytest.mark.usefixtures("page_cache")
    def test_each_time_counts_also_where_pages_are_kept(self, client: Client):
        resource = ResourceFactory()

        for _ in range(3):
            client.get(go_to(resource))

        assert [number for _month, number in counted()] == [3]

    def test_it_neither_sets_a_cookie_nor_minds_one(self, cast: Cast):
        resource = ResourceFactory()

        answers = [cast.client_of(name).get(go_to(resource)) for name in cast.everybody]

        assert [dict(answer.cookies) for answer in answers] == [{}] * len(answers)
        assert {frozenset(answer.items()) for answer in answers} == {frozenset(answers[0].items())}

    def test_pages_of_the_site_lead_straight_out(self, client: Client):
        resource = ResourceFactory()

        page = open_page(client, resource.get_absolute_url())

        assert page.select(f'a[href="{resource.url}"]')
        assert page.select('[href*="/go/"]') == []


@pytest.mark.django_db(transaction=True)
class TestWhatItLeavesAlone:
    def test_a_count_is_no_edit(self, client: Client):
        resource = ResourceFactory()
        revision, history = SiteRevision.current(), Resource.pgh_event_model.objects.count()

        client.get(go_to(resource))
        evidence.write()

        assert SiteRevision.current() == revision
        assert Resource.pgh_event_model.objects.count() == history
        assert Resource.objects.get().modified == resource.modified
