"""Once a year maintainers are asked whether a pathway is still good; one click, then a yes."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from curators.models import User
from pathways import publication
from pathways.models import Confirmation, Maintainer, Pathway
from pathways.upkeep import Sent, ask_for_confirmation
from pathways.upkeep.asking import SALT, link_of
from tests.cast import Cast
from tests.factories import make_pathway as make
from tests.pages import links, open_page, words

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=366)


def make_pathway(title: str, *keepers: User, age: timedelta = YEAR) -> Pathway:
    with time_machine.travel(timezone.now() - age, tick=False):
        pathway = make(title)
    for keeper in keepers:
        Maintainer.objects.create(pathway=pathway, user=keeper)
    return pathway


def address(letter: object) -> str:
    """The path of the first link of a mail that asks."""
    return re.search(r"http://127.0.0.1:8000(/still-happy/\S+)", letter.body)[1]


def ask(pathway: Pathway, user: User) -> Confirmation:
    return Confirmation.objects.create(pathway=pathway, user=user, asked_at=timezone.now())


def path_of(asked: Confirmation) -> str:
    return link_of(asked).removeprefix("http://127.0.0.1:8000")


@pytest.fixture
def pathway(cast: Cast) -> Pathway:
    return make_pathway("Old maps", cast.guest)


class TestWhoIsAsked:
    def test_each_maintainer_of_what_nobody_looked_at_for_a_year(
        self, cast: Cast, pathway: Pathway
    ) -> None:
        Maintainer.objects.create(pathway=pathway, user=cast.other_guest)

        assert ask_for_confirmation() == Sent(sent=2)
        assert [letter.to for letter in mail.outbox] == [
            ["guest@example.org"],
            ["other@example.org"],
        ]

    def test_in_one_mail_about_all_their_pathways(self, cast: Cast, pathway: Pathway) -> None:
        make_pathway("New maps", cast.guest)

        ask_for_confirmation()

        (letter,) = mail.outbox
        assert letter.subject == "Are you still happy with your pathways?"
        assert re.findall(r"^- .*", letter.body, re.MULTILINE) == ["- New maps", "- Old maps"]
        assert "It works for 90 days." in letter.body

    def test_not_before_a_year_nor_of_what_is_not_public(self, cast: Cast) -> None:
        make_pathway("Young", cast.guest, age=timedelta(days=364))
        gone = make_pathway("Withdrawn", cast.guest)
        gone.withdraw(by=None, reason="It is out of date.")

        assert ask_for_confirmation() == Sent()

    def test_not_again_for_a_year_whether_they_answered_or_not(self, pathway: Pathway) -> None:
        ask_for_confirmation()
        today = timezone.now()

        asked = []
        for day in (1, 30, 364, 366):
            with time_machine.travel(today + timedelta(days=day), tick=False):
                asked.append(ask_for_confirmation().sent)

        assert asked == [0, 0, 0, 1]

    def test_nobody_where_somebody_said_yes(self, cast: Cast, pathway: Pathway) -> None:
        Maintainer.objects.create(pathway=pathway, user=cast.other_guest)
        now = timezone.now()
        Confirmation.objects.create(
            pathway=pathway, user=cast.other_guest, asked_at=now, confirmed_at=now
        )

        assert ask_for_confirmation() == Sent()

    def test_nobody_where_it_was_published_anew(self, cast: Cast, pathway: Pathway) -> None:
        draft = publication.draft_from(pathway.published_revision, by=cast.guest)
        publication.publish(draft, by=cast.editor)

        assert ask_for_confirmation() == Sent()

    def test_a_mail_that_fails_is_sent_the_next_time(self, pathway: Pathway, monkeypatch) -> None:
        def fail(*said: str) -> None:
            raise OSError

        with monkeypatch.context() as patched:
            patched.setattr("curators.mails._send", fail)
            assert ask_for_confirmation() == Sent(failed=1)

        assert ask_for_confirmation() == Sent(sent=1)


class TestThePage:
    def test_looking_asks_and_changes_nothing(self, client: Client, pathway: Pathway) -> None:
        ask_for_confirmation()

        page = open_page(client, address(mail.outbox[0]))

        assert words(page.h1) == "Still happy with it?"
        assert words(page.select_one(".title__lead")) == "Old maps"
        assert links(page)["Look at the pathway as readers see it"] == pathway.get_absolute_url()
        assert Confirmation.objects.get().confirmed_at is None

    def test_a_button_says_yes_and_the_pathway_tells_the_day_and_who(
        self, cast: Cast, client: Client, pathway: Pathway
    ) -> None:
        ask_for_confirmation()

        response = client.post(address(mail.outbox[0]))

        assert b"Thank you" in response.content
        kept = words(
            open_page(client, pathway.get_absolute_url()).select_one("[aria-labelledby=kept]")
        )
        today = timezone.localdate()
        told = (
            f"Looked through again on {today.day} {today:%B %Y} by A guest curator, and still good."
        )
        assert told in kept

    def test_who_has_no_public_page_is_not_named(
        self, cast: Cast, client: Client, pathway: Pathway
    ) -> None:
        Maintainer.objects.create(pathway=pathway, user=cast.editor)

        client.post(path_of(ask(pathway, cast.editor)))

        page = open_page(client, pathway.get_absolute_url())
        kept = words(page.select_one("[aria-labelledby=kept]"))
        assert "Looked through again on" in kept and "An editor" not in kept

    def test_a_later_revision_takes_the_place_of_a_yes(
        self, cast: Cast, client: Client, pathway: Pathway
    ) -> None:
        client.post(path_of(ask(pathway, cast.guest)))
        draft = publication.draft_from(pathway.published_revision, by=cast.guest)
        publication.publish(draft, by=cast.editor)

        page = open_page(client, pathway.get_absolute_url())
        assert "Looked through again" not in words(page.select_one("[aria-labelledby=kept]"))

    def test_a_second_yes_keeps_the_first_day(
        self, cast: Cast, client: Client, pathway: Pathway
    ) -> None:
        path = path_of(ask(pathway, cast.guest))
        client.post(path)
        first = Confirmation.objects.get().confirmed_at

        client.post(path)

        assert Confirmation.objects.get().confirmed_at == first
        assert words(open_page(client, path).h1) == "Thank you"

    def test_it_needs_no_sign_in_and_takes_nothing_from_other_sites(
        self, cast: Cast, pathway: Pathway
    ) -> None:
        client = Client(enforce_csrf_checks=True)

        assert client.post(path_of(ask(pathway, cast.guest))).status_code == 403

    def test_it_is_kept_by_no_cache_and_found_by_no_robot(
        self, cast: Cast, client: Client, pathway: Pathway
    ) -> None:
        response = client.get(path_of(ask(pathway, cast.guest)))

        assert "no-store" in response["Cache-Control"]
        assert b'name="robots" content="noindex"' in response.content


class TestLinksThatTellNothing:
    def tells_nothing(self, client: Client, path: str) -> None:
        for send in (client.get, client.post):
            response = send(path)
            assert response.status_code == 410
            assert b"Old maps" not in response.content
        assert not Confirmation.objects.filter(confirmed_at__isnull=False).exists()

    @pytest.mark.parametrize(
        "token",
        ["x", "1:2:3", "MQ:1xUro2:9pCVbY5US-mBhBIwIOXz8B4rqqLtOhqrKMESy_1WKkM", "%20", "%C3%A9"],
    )
    def test_one_that_is_forged(self, client: Client, pathway: Pathway, token: str) -> None:
        self.tells_nothing(client, f"/still-happy/{token}/")

    @pytest.mark.parametrize("said", ["text", [1], None, {"pk": 1}, 0])
    def test_one_that_says_something_else(self, client: Client, said: object) -> None:
        self.tells_nothing(client, f"/still-happy/{signing.dumps(said, salt=SALT)}/")

    def test_one_that_is_too_old(self, client: Client, cast: Cast, pathway: Pathway) -> None:
        path = path_of(ask(pathway, cast.guest))

        with time_machine.travel(datetime.now() + timedelta(days=91), tick=False):
            self.tells_nothing(client, path)

    def test_one_of_somebody_who_no_longer_looks_after_it(
        self, client: Client, cast: Cast, pathway: Pathway
    ) -> None:
        path = path_of(ask(pathway, cast.guest))
        Maintainer.objects.all().delete()

        self.tells_nothing(client, path)

    def test_one_of_somebody_who_was_shut_out(
        self, client: Client, cast: Cast, pathway: Pathway
    ) -> None:
        path = path_of(ask(pathway, cast.guest))
        User.objects.filter(pk=cast.guest.pk).update(is_active=False)

        self.tells_nothing(client, path)

    def test_one_of_a_pathway_that_was_withdrawn(
        self, client: Client, cast: Cast, pathway: Pathway
    ) -> None:
        path = path_of(ask(pathway, cast.guest))
        pathway.withdraw(by=None, reason="It is out of date.")

        self.tells_nothing(client, path)
