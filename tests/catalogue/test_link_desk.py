"""Links at the desk: the history of one, a visit now, and the new address of one that moved."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue.links import Finding, accept_move, note
from catalogue.models import Decision, FormerLink, LinkVisit, Resource
from tests.cast import Cast
from tests.catalogue.link_web import NOW, health, link_to
from tests.factories import ResourceFactory
from tests.pages import open_page, texts, words
from tests.web import Answer, Web

pytestmark = pytest.mark.django_db

OLD, NEW = "https://example.org/old", "https://example.org/new"


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client_of("admin")


def form_of(resource: Resource) -> str:
    return reverse("admin:catalogue_resource_change", args=[resource.pk])


def deed(resource: Resource, name: str) -> str:
    return reverse(f"admin:catalogue_resource_link_{name}", args=[resource.pk])


def moved(url: str = OLD, to: str = NEW) -> Resource:
    resource = ResourceFactory(url=url)
    note(resource.pk, url, Finding("moved", answer=200, moved_to=to), at=NOW)
    return resource


def told(response: object) -> list[str]:
    return [str(message) for message in response.context["messages"]]


class TestHistory:
    def test_the_form_shows_each_visit_in_a_picture_and_in_words(self, client: Client) -> None:
        resource = ResourceFactory()
        found = [
            Finding("works", answer=200),
            Finding("unsure", "time-out"),
            Finding("gone", answer=404),
        ]
        for day, one in enumerate(found):
            note(resource.pk, resource.url, one, at=NOW + timedelta(days=day))

        page = open_page(client, form_of(resource))

        picture = page.select_one("svg.desk-visits[role=img]")
        assert picture["aria-label"] == "The last 3 visits: works 1, unsure 2."
        assert [bar["class"] for bar in picture.select("rect")] == [
            ["desk-visits__works"],
            ["desk-visits__unsure"],
            ["desk-visits__unsure"],
        ]
        assert texts(page, ".desk-link li") == [
            "4 Mar 2026: unsure (answer 404)",
            "3 Mar 2026: unsure (It took too long to answer)",
            "2 Mar 2026: works (answer 200)",
        ]

    def test_and_what_is_known_with_its_dates(self, client: Client) -> None:
        resource = moved()

        facts = open_page(client, form_of(resource)).select(".desk-link dl div")

        known = {words(fact.dt): words(fact.dd) for fact in facts}
        assert known.pop("Next visit")
        assert known == {
            "State": "Moved: answer 200",
            "Since": "2 March 2026",
            "Last visited": "2 March 2026, 09:00",
            "Last worked": "2 March 2026, 09:00",
            "Moved to": NEW,
        }

    def test_one_that_was_never_visited_says_so(self, client: Client) -> None:
        page = open_page(client, form_of(ResourceFactory()))

        assert words(page.select_one(".field-link_history .readonly")) == "Not checked yet"


class TestVisitNow:
    def test_a_button_visits_the_link_and_tells_what_was_found(
        self, client: Client, web: Web
    ) -> None:
        resource = link_to(web.put("/page", "a page"))
        buttons = texts(open_page(client, form_of(resource)), "button.desk-deed")

        response = client.post(deed(resource, "visit"), follow=True)

        assert buttons == ["Visit the link now"]
        assert told(response) == ["The link was visited: works (answer 200)."]
        assert health(resource).state == "works"

    def test_a_failure_is_told_too(self, client: Client, web: Web) -> None:
        resource = link_to(web.put("/page", Answer(status=403)))

        response = client.post(deed(resource, "visit"), follow=True)

        assert told(response) == ["The link was visited: unsure (answer 403)."]

    def test_one_that_was_withdrawn_is_not_visited(self, client: Client, web: Web) -> None:
        resource = link_to(web.put("/page", "a page"))
        resource.withdraw(by=None, reason="It is out of date.")

        client.post(deed(resource, "visit"))

        assert web.asked == []


class TestTakingTheNewAddress:
    def test_one_click_takes_it(self, client: Client, cast: Cast) -> None:
        resource = moved()
        page = open_page(client, form_of(resource))
        button = page.find("button", string="Take the new address")
        form = page.find("form", id=button["form"])
        fields = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}

        response = client.post(form["action"], fields, follow=True)

        resource.refresh_from_db()
        assert resource.url == NEW
        assert told(response) == [
            "The resource has its new address, and is still found by the old one."
        ]
        decision = Decision.objects.get(uid=resource.uid)
        assert (decision.verb, decision.by) == ("moved", cast.admin)
        assert decision.note == f"From {OLD} to {NEW}."

    def test_it_works_then_with_its_dates_as_they_were(self) -> None:
        resource = moved()

        accept_move(resource, by=None)

        link = health(resource)
        assert (link.state, link.moved_to) == ("works", "")
        assert (link.checked_at, link.worked_at) == (NOW, NOW)
        assert resource.visits.count() == 1

    def test_the_old_one_still_finds_it(self) -> None:
        resource = moved()
        accept_move(resource, by=None)

        found = Resource.objects.by_address(["//example.org/old", "//example.org/new", "//else/"])

        assert found == {"//example.org/old": resource, "//example.org/new": resource}

    def test_nobody_else_can_have_the_old_one(self) -> None:
        accept_move(moved(), by=None)
        twin = ResourceFactory.build(url=OLD, provider=None)

        with pytest.raises(Exception) as error:
            twin.full_clean()

        assert error.value.message_dict["url"] == [
            "A resource with this address is in the catalogue already."
        ]

    def test_a_second_move_keeps_both_and_one_back_keeps_none_twice(self) -> None:
        resource = moved()
        accept_move(resource, by=None)
        note(resource.pk, NEW, Finding("moved", answer=200, moved_to=f"{NEW}er"), at=NOW)
        accept_move(resource, by=None)
        former = [*FormerLink.objects.order_by("pk").values_list("url", flat=True)]
        note(resource.pk, f"{NEW}er", Finding("moved", answer=200, moved_to=OLD), at=NOW)
        accept_move(resource, by=None)

        assert former == [OLD, NEW]
        resource.refresh_from_db()
        assert resource.url == OLD
        assert {*FormerLink.objects.values_list("url", flat=True)} == {NEW, f"{NEW}er"}

    def test_another_spelling_of_the_address_is_taken_without_a_former_one(self) -> None:
        resource = moved(OLD.replace("https", "http"), OLD)

        accept_move(resource, by=None)

        assert resource.url == OLD
        assert not FormerLink.objects.exists()

    def test_where_another_resource_has_it_nothing_changes(self, client: Client) -> None:
        resource = moved()
        ResourceFactory(url=NEW)

        response = client.post(deed(resource, "move"), {"to": NEW}, follow=True)

        assert told(response) == ["A resource with this address is in the catalogue already."]
        resource.refresh_from_db()
        assert resource.url == OLD and health(resource).state == "moved"

    @pytest.mark.parametrize("to", ["https://evil.example.org/", f"{NEW}/else"])
    def test_nobody_is_sent_where_nobody_saw_it_lead(self, client: Client, to: str) -> None:
        resource = moved()

        response = client.post(deed(resource, "move"), {"to": to}, follow=True)

        assert told(response) == ["The link leads elsewhere by now: look at it again."]
        resource.refresh_from_db()
        assert resource.url == OLD

    def test_many_are_taken_from_the_list(self, client: Client) -> None:
        links = [moved(f"{OLD}/{n}", f"{NEW}/{n}") for n in range(3)]
        works = ResourceFactory(link="works")
        where = reverse("admin:catalogue_linkhealth_changelist")
        chosen = [one.pk for one in [*links, works]]

        response = client.post(
            where, {"action": "take_new_addresses", "_selected_action": chosen}, follow=True
        )

        assert told(response) == [
            f"“{works}”: The link leads elsewhere by now: look at it again.",
            "3 resources have their new addresses, and are still found by the old ones.",
        ]
        assert {*Resource.objects.values_list("url", flat=True)} == {
            *(f"{NEW}/{n}" for n in range(3)),
            works.url,
        }


@pytest.mark.parametrize("name", ["visit", "move"])
class TestWhoMay:
    def test_nobody_by_looking(self, client: Client, name: str) -> None:
        assert client.get(deed(moved(), name)).status_code == 405

    @pytest.mark.parametrize("who", ["visitor", "learner", "guest", "partner"])
    def test_none_who_may_not_change_it(self, cast: Cast, web: Web, name: str, who: str) -> None:
        resource = moved()

        response = cast.client_of(who).post(deed(resource, name), {"to": NEW})

        assert response.status_code in (302, 403)
        resource.refresh_from_db()
        assert resource.url == OLD and LinkVisit.objects.count() == 1 and web.asked == []

    def test_none_without_a_token_of_the_form(self, cast: Cast, name: str) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.admin)

        assert client.post(deed(moved(), name)).status_code == 403

    def test_what_is_not_there_is_told(self, client: Client, name: str) -> None:
        where = reverse(f"admin:catalogue_resource_link_{name}", args=[0])

        assert client.post(where).status_code == 302


def test_the_desk_tells_of_links_that_are_gone_or_moved(client: Client) -> None:
    moved()
    ResourceFactory(link="gone")
    ResourceFactory(link="gone", published=False)

    waiting = texts(open_page(client, reverse("admin:index")), ".desk-waiting a")

    assert "1 link of a public resource is gone" in waiting
    assert "1 link of a public resource moved: its new address can be taken" in waiting


def test_the_list_costs_the_same_however_long(client: Client, count_queries) -> None:
    where = reverse("admin:catalogue_linkhealth_changelist")
    moved()
    client.get(where)
    with count_queries() as few:
        client.get(where)
    for number in range(5):
        moved(f"{OLD}/{number}", f"{NEW}/{number}")

    with count_queries() as many:
        client.get(where)

    assert len(many) == len(few)


def test_a_visit_in_the_future_is_told_on_the_form(client: Client) -> None:
    resource = moved()
    link = health(resource)
    link.due_at = timezone.make_aware(timezone.datetime(2026, 12, 24, 8))
    link.save()

    page = open_page(client, form_of(resource))

    assert "24 December 2026, 08:00" in words(page.select_one(".desk-link"))
