"""How often somebody may try: counted for all workers together, and without anybody's address."""

from collections.abc import Iterator

import pytest
from asgiref.local import Local
from bs4 import BeautifulSoup
from django.conf import settings as site_settings
from django.core import mail
from django.core.cache import caches
from django.core.cache.backends import locmem
from django.db import connection
from django.test import Client
from django.urls import reverse

from config import settings as as_run
from curators.accounts.adapters import AccountAdapter
from curators.models import User
from tests.cast import PASSWORD
from tests.pages import words

pytestmark = pytest.mark.django_db

SIGN_IN = reverse("account_login")
CODE = reverse("account_request_login_code")


@pytest.fixture(autouse=True)
def as_the_site_runs(settings: site_settings) -> None:
    settings.CACHES = as_run.CACHES


@pytest.fixture
def workers() -> Iterator[list[Client]]:
    """Two browsers; each request is answered by a worker that has just begun."""
    yield [Client(), Client()]


def in_a_new_worker(client: Client, *request: object, **more: object) -> object:
    # What a worker keeps to itself is gone; what it shares isn't.
    caches._connections = Local(caches.thread_critical)
    locmem._caches.clear()
    return client.post(*request, **more)


class TestSharedByAllWorkers:
    def test_a_password_can_t_be_guessed_by_spreading_over_them(self, workers: list) -> None:
        User.objects.create_user("somebody@example.org", PASSWORD)
        wrong = {"login": "somebody@example.org", "password": "not the one it is"}
        for number in range(5):
            in_a_new_worker(workers[number % 2], SIGN_IN, wrong)

        right = {"login": "somebody@example.org", "password": PASSWORD}
        response = in_a_new_worker(workers[1], SIGN_IN, right)

        assert response.status_code == 200
        assert "That went wrong too often." in response.content.decode()
        assert "_auth_user_id" not in workers[1].session

    def test_three_codes_a_minute_for_one_address(self) -> None:
        for _browser in range(4):
            in_a_new_worker(Client(), CODE, {"email": "nobody@example.org"})

        assert len(mail.outbox) == 3

    def test_a_page_tells_that_it_was_too_often(self, workers: list) -> None:
        for _try in range(30):
            in_a_new_worker(workers[0], SIGN_IN, {"login": "x", "password": "y"})

        response = in_a_new_worker(workers[1], SIGN_IN, {"login": "x", "password": "y"})

        assert response.status_code == 429
        assert words(BeautifulSoup(response.content, "lxml").h1) == "That was too often"

    def test_two_that_ask_from_different_places_don_t_share_it(self, workers: list) -> None:
        for _try in range(31):
            workers[0].post(SIGN_IN, {"login": "x", "password": "y"}, REMOTE_ADDR="192.0.2.1")

        response = workers[1].post(
            SIGN_IN, {"login": "x", "password": "y"}, REMOTE_ADDR="192.0.2.2"
        )

        assert response.status_code == 200


class TestWhatIsKept:
    def test_no_address_stands_in_the_table(self, workers: list) -> None:
        sent = {"email": "somebody@example.org"}
        workers[0].post(CODE, sent, REMOTE_ADDR="192.0.2.1")

        with connection.cursor() as cursor:
            cursor.execute("SELECT cache_key FROM shared_cache")
            keys = [key for (key,) in cursor.fetchall()]

        assert keys
        assert [key for key in keys if len(key) != 64 or "192" in key[:3]] == []

    def test_a_limit_runs_out(self, workers: list) -> None:
        cache = caches["default"]
        cache.set("somebody", [1], timeout=-1)

        assert cache.get("somebody") is None


class TestWhoAsks:
    @pytest.mark.parametrize(
        ("nearest", "said", "found"),
        [
            ("192.0.2.1", "", "192.0.2.1"),
            ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
            ("10.0.0.1", "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
            ("10.0.0.1", "nonsense", "10.0.0.1"),
            ("", "198.51.100.7", "198.51.100.7"),
            ("", "", "unknown"),
        ],
    )
    def test_behind_proxies_it_is_the_last_that_is_none_of_them(
        self, settings: site_settings, rf: object, nearest: str, said: str, found: str
    ) -> None:
        from ipaddress import ip_network

        settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
        more = {"HTTP_X_FORWARDED_FOR": said} if said else {}

        request = rf.get("/", REMOTE_ADDR=nearest, **more)

        assert AccountAdapter().get_client_ip(request) == found
