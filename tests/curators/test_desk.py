"""People at the desk: erasing somebody, and who may do what."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from catalogue.models import Decision
from curators.models import Curator, User
from tests.cast import Cast
from tests.config.test_desk import change, filled_in
from tests.factories import CuratorFactory, UserFactory, make_pathway
from tests.pages import open_page, texts, words

pytestmark = pytest.mark.django_db

LIST = reverse("admin:curators_curator_changelist")
SURE = {"sure": "on"}


@pytest.fixture
def desk(cast: Cast) -> Client:
    return cast.client_of("admin")


@pytest.fixture
def person() -> Curator:
    return CuratorFactory(name="Somebody Real", headline="Knows a lot")


def erase(person: Curator) -> str:
    return reverse("admin:curators_curator_erase", args=[person.pk])


class TestErasing:
    def test_it_is_done_from_the_form_and_leaves_no_name(
        self, desk: Client, person: Curator
    ) -> None:
        make_pathway(curators=[person])
        said = {**filled_in(open_page(desk, change(person))), "headline": "X"}
        desk.post(change(person), said, follow=True)

        response = desk.post(erase(person), SURE, follow=True)

        assert [str(one) for one in response.context["messages"]][-1] == (
            "The person is erased: pathways credit “a former curator”."
        )
        person.refresh_from_db()
        assert (person.name, person.status) == ("", "withdrawn")
        assert "Somebody" not in response.content.decode()
        written = [*LogEntry.objects.values_list("object_repr", "change_message")]
        assert "Somebody" not in str(written)

    def test_it_wants_to_be_meant(self, desk: Client, person: Curator) -> None:
        response = desk.post(erase(person), {})

        assert response.status_code == 200
        person.refresh_from_db()
        assert person.name == "Somebody Real"

    def test_it_can_be_chosen_in_the_list(self, desk: Client, person: Curator) -> None:
        sent = {"action": "erase", "_selected_action": [person.pk]}

        asked = BeautifulSoup(desk.post(LIST, sent).content, "lxml")
        desk.post(LIST, {**sent, **SURE, "decide": "yes"})

        assert texts(asked, ".desk-chosen li") == ["Somebody Real"]
        person.refresh_from_db()
        assert person.erased_at is not None

    def test_of_an_erased_person_nothing_can_be_changed(
        self, desk: Client, person: Curator
    ) -> None:
        person.erase(by=None)

        page = open_page(desk, change(person))

        assert page.select("[name=_save], .desk-verb") == []
        assert desk.post(change(person), {"name": "Back"}).status_code == 403
        assert (
            desk.post(reverse("admin:curators_curator_restore", args=[person.pk]), {}).status_code
            == 200
        )
        person.refresh_from_db()
        assert (person.name, person.status) == ("", "withdrawn")

    def test_the_list_still_leads_to_them(self, desk: Client, person: Curator) -> None:
        person.erase(by=None)

        page = open_page(desk, LIST)

        assert "a former curator" in texts(page, "#result_list .field-shown_name a")

    @pytest.mark.parametrize(
        "codes", [["publish_curator", "change_curator"], ["delete_curator", "change_curator"]]
    )
    def test_it_needs_to_publish_and_to_delete(self, person: Curator, codes: list[str]) -> None:
        user = UserFactory(is_staff=True)
        codes = [*codes, "publish_resource"]
        user.user_permissions.add(*Permission.objects.filter(codename__in=codes))
        client = Client()
        client.force_login(user)

        assert client.post(erase(person), SURE).status_code == 403
        assert "Erase the person" not in texts(open_page(client, change(person)), ".desk-verb")
        person.refresh_from_db()
        assert person.name == "Somebody Real"

    def test_one_decision_says_that_it_was_done(
        self, desk: Client, person: Curator, cast: Cast
    ) -> None:
        desk.post(erase(person), SURE)

        decision = Decision.objects.get()
        assert (decision.verb, decision.by, decision.title) == (
            "erased",
            cast.admin,
            "a former curator",
        )


class TestUsers:
    def test_groups_are_found_by_typing_and_kept(self, desk: Client, cast: Cast) -> None:
        helpers = Group.objects.create(name="Helpers")
        sent = filled_in(open_page(desk, change(cast.editor)))

        desk.post(change(cast.editor), {**sent, "groups": helpers.pk})

        assert [*cast.editor.groups.all()] == [helpers]

    def test_one_is_added_by_address(self, desk: Client) -> None:
        there = reverse("admin:curators_user_add")
        sent = {"email": "New@Example.org", "usable_password": "false"}

        desk.post(there, {**filled_in(open_page(desk, there)), **sent})

        user = User.objects.get(email="new@example.org")
        assert not user.has_usable_password()

    def test_the_same_address_again_is_told(self, desk: Client, cast: Cast) -> None:
        there = reverse("admin:curators_user_add")
        sent = {"email": "EDITOR@example.org", "usable_password": "false"}

        page = BeautifulSoup(
            desk.post(there, {**filled_in(open_page(desk, there)), **sent}).content, "lxml"
        )

        assert words(page.select_one(".field-email .errorlist")) == (
            "Somebody signs in with this address already."
        )
