"""Editors are told once a day, in one mail, what came into the queue."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from curators.mails import Sent
from curators.models import Suggestion
from curators.queue.digests import send_queue_digests
from tests.cast import Cast
from tests.factories import ProposalFactory, ResourceFactory, SuggestionFactory
from tests.pages import open_page, texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor_alone(cast: Cast) -> None:
    """The administrator is an editor too; one mail is enough to read here."""
    cast.admin.is_told_of_queue = False
    cast.admin.save()


def letters() -> list[Any]:
    return [one for one in mail.outbox if one.to == ["editor@example.org"]]


def later(**how_long: int) -> Any:
    return time_machine.travel(timezone.now() + timedelta(**how_long), tick=False)


class TestWhatItSays:
    def test_all_that_is_new_kind_by_kind(self) -> None:
        SuggestionFactory(url="https://example.org/maps")
        SuggestionFactory(
            kind=Suggestion.Kind.PROBLEM, url="", about="/resources/tidy/", problem="dead"
        )
        SuggestionFactory(kind=Suggestion.Kind.MESSAGE, url="", name="A. Person")
        ProposalFactory(resource=ResourceFactory(title="A gide"))

        assert send_queue_digests() == Sent(sent=1)

        (letter,) = letters()
        assert letter.subject == "4 new things wait in the queue"
        assert "Suggestions:\n- https://example.org/maps" in letter.body
        assert "- /resources/tidy/: The link no longer works, or leads elsewhere" in letter.body
        assert "Proposed changes:\n- A gide" in letter.body
        assert reverse("admin:queue") in letter.body and reverse("account") in letter.body
        assert "A. Person" not in letter.body

    def test_of_many_the_first_and_how_many_more(self) -> None:
        for _number in range(8):
            SuggestionFactory()

        send_queue_digests()

        assert "and 3 more" in letters()[0].body

    def test_nothing_that_is_answered_or_says_what_another_says(self) -> None:
        head = SuggestionFactory()
        SuggestionFactory(joins=head)
        SuggestionFactory(state="declined", answered_at=timezone.now())

        send_queue_digests()

        assert letters()[0].subject == "1 new thing waits in the queue"


class TestWhen:
    def test_no_news_no_mail(self) -> None:
        assert send_queue_digests() == Sent()

    def test_once_a_day_however_often_it_runs(self) -> None:
        SuggestionFactory()
        send_queue_digests()
        SuggestionFactory()

        with later(hours=2):
            assert send_queue_digests() == Sent()
        with later(hours=23):
            assert send_queue_digests() == Sent(sent=1)
        assert [one.subject[:1] for one in letters()] == ["1", "1"]

    def test_each_thing_is_told_once(self) -> None:
        SuggestionFactory()
        send_queue_digests()

        with later(days=2):
            assert send_queue_digests() == Sent()

    def test_what_could_not_be_sent_is_told_the_next_time(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        SuggestionFactory()
        with monkeypatch.context() as patched:
            patched.setattr("curators.mails._send", lambda *_args: 1 / 0)
            assert send_queue_digests() == Sent(failed=1)

        assert send_queue_digests() == Sent(sent=1)

    def test_the_command_for_digests_sends_it(self) -> None:
        SuggestionFactory()

        call_command("send_digests", verbosity=0)

        assert len(letters()) == 1


class TestWhoGetsIt:
    def test_nobody_who_is_no_editor(self) -> None:
        SuggestionFactory()

        send_queue_digests()

        assert [one.to for one in mail.outbox] == [["editor@example.org"]]

    def test_an_editor_switches_it_off_and_on_on_the_account_page(self, cast: Cast) -> None:
        client = cast.client_of("editor")
        assert "Mail" in texts(open_page(client, reverse("account")), "main h2")

        client.post(reverse("mail_settings"), {})
        cast.editor.refresh_from_db()
        assert not cast.editor.is_told_of_queue
        SuggestionFactory()
        assert send_queue_digests() == Sent()

        client.post(reverse("mail_settings"), {"is_told_of_queue": "on"})
        assert send_queue_digests() == Sent(sent=1)

    def test_others_are_not_offered_it(self, cast: Cast) -> None:
        page = open_page(cast.client_of("guest"), reverse("account"))

        assert "Mail" not in texts(page, "main h2")
