"""The link that lets whoever runs the site in, once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import signing
from django.db import transaction
from django.test import Client
from django.urls import reverse

from curators.entrance import OPERATOR, SALT, one_time_link
from curators.models import User
from tests.cast import PASSWORD, Cast
from tests.factories import UserFactory
from tests.together import Somebody

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def path_of(link: str) -> str:
    assert link.startswith(SITE + "/")
    return link.removeprefix(SITE)


def who_is_in(client: Client) -> int | None:
    pk = client.session.get("_auth_user_id")
    return int(pk) if pk else None


class TestWhom:
    def test_the_longest_standing_administrator(self, cast: Cast, client: Client) -> None:
        UserFactory(email="later@example.org", is_staff=True, is_superuser=True)

        client.post(path_of(one_time_link(SITE)))

        assert who_is_in(client) == cast.admin.pk

    def test_who_may_not_use_the_desk_is_passed_over(self, cast: Cast, client: Client) -> None:
        cast.editor.is_superuser = True
        cast.editor.is_staff = False
        cast.editor.save()
        User.objects.filter(pk=cast.admin.pk).update(is_staff=False)

        client.post(path_of(one_time_link(SITE)))

        assert who_is_in(client) == User.objects.get(email=OPERATOR).pk

    def test_where_there_is_none_one_is_made_who_has_no_password(self, client: Client) -> None:
        client.post(path_of(one_time_link(SITE + "/")))

        operator = User.objects.get()
        assert who_is_in(client) == operator.pk
        assert (operator.email, operator.is_superuser) == (OPERATOR, True)
        assert operator.has_usable_password() is False

    @pytest.mark.parametrize("right", ["is_superuser", "is_staff", "is_active"])
    def test_the_operator_gets_back_what_was_taken_at_the_desk(
        self, client: Client, right: str
    ) -> None:
        one_time_link(SITE)
        User.objects.update(**{right: False})

        client.post(path_of(one_time_link(SITE)))

        operator = User.objects.get()
        assert (operator.email, getattr(operator, right)) == (OPERATOR, True)
        assert who_is_in(client) == operator.pk

    def test_asking_again_makes_no_other(self) -> None:
        one_time_link(SITE)
        one_time_link(SITE)

        assert User.objects.count() == 1


class TestEntering:
    def test_looking_at_it_signs_nobody_in(self, cast: Cast, client: Client) -> None:
        path = path_of(one_time_link(SITE))

        response = client.get(path)

        assert response.status_code == 200
        assert who_is_in(client) is None
        page = BeautifulSoup(response.content, "lxml")
        assert page.select_one("form[method=post] button")
        assert "An administrator" in page.main.get_text()
        assert "no-store" in response["Cache-Control"]

    def test_the_button_signs_in_and_goes_to_the_desk(self, cast: Cast, client: Client) -> None:
        response = client.post(path_of(one_time_link(SITE)))

        assert response.status_code == 302
        assert response["Location"] == reverse("admin:index")
        assert who_is_in(client) == cast.admin.pk

    def test_the_button_needs_the_page_s_token(self, cast: Cast) -> None:
        client = Client(enforce_csrf_checks=True)

        response = client.post(path_of(one_time_link(SITE)))

        assert response.status_code == 403
        assert who_is_in(client) is None


class TestSpent:
    def assert_spent(self, path: str) -> None:
        client = Client()
        for response in (client.get(path), client.post(path)):
            assert response.status_code == 410
            assert who_is_in(client) is None

    def test_once_it_was_used(self, cast: Cast) -> None:
        path = path_of(one_time_link(SITE))

        Client().post(path)

        self.assert_spent(path)

    def test_once_its_owner_signed_in_another_way(self, cast: Cast) -> None:
        path = path_of(one_time_link(SITE))

        Client().force_login(cast.admin)

        self.assert_spent(path)

    def test_once_the_password_was_changed(self, cast: Cast) -> None:
        path = path_of(one_time_link(SITE))

        cast.admin.set_password(PASSWORD)
        cast.admin.save()

        self.assert_spent(path)

    def test_after_a_day(self, cast: Cast) -> None:
        now = datetime(2026, 5, 4, 12, tzinfo=UTC)
        with time_machine.travel(now, tick=False):
            path = path_of(one_time_link(SITE))

        with time_machine.travel(now + timedelta(hours=23, minutes=59), tick=False):
            assert Client().get(path).status_code == 200
        with time_machine.travel(now + timedelta(hours=24, minutes=1), tick=False):
            self.assert_spent(path)

    def test_when_its_owner_is_not_active_any_more(self, cast: Cast) -> None:
        path = path_of(one_time_link(SITE))

        User.objects.filter(pk=cast.admin.pk).update(is_active=False)

        self.assert_spent(path)

    @pytest.mark.parametrize(
        "token",
        [
            "forged",
            signing.dumps([1, "", ""], salt="another purpose"),
            signing.dumps("no list", salt=SALT),
            signing.dumps([1], salt=SALT),
            signing.dumps([1, "another state"], salt=SALT),
            signing.dumps([1, 1], salt=SALT),
        ],
        ids=[
            "forged",
            "for another purpose",
            "of another shape",
            "too short",
            "of another state",
            "of a number",
        ],
    )
    def test_when_it_is_none(self, cast: Cast, token: str) -> None:
        self.assert_spent(reverse("enter", args=[token]))


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_signed_in() -> None:
    path = path_of(one_time_link(SITE))
    mine, theirs = Client(), Client()

    with Somebody(lambda: theirs.post(path)) as other, transaction.atomic():
        assert mine.post(path).status_code == 302
        other.starts_and_waits()

    assert other.error is None
    assert other.answer.status_code == 410
    assert who_is_in(theirs) is None
