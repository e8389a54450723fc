"""Published at a set time: once, with or without cron, and told where it could not be."""

import threading
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from catalogue.errors import WrongState
from catalogue.models import Decision, Resource, SiteRevision
from config.schedule import ScheduleMiddleware
from pathways import publication
from pathways.models import Pathway, Revision
from pathways.reviewing.schedule import publish_due
from tests.cast import Cast
from tests.factories import ResourceFactory
from tests.pages import open_page, texts, words
from tests.pathways.reviews import again, in_review, review, send, staffed
from tests.together import Somebody

pytestmark = pytest.mark.django_db


def soon() -> datetime:
    return timezone.now() + timedelta(hours=1)


def let_it_come(revision: Revision) -> None:
    """Its time has come a second ago."""
    Revision.objects.filter(pk=revision.pk).update(publish_at=timezone.now() - timedelta(seconds=1))


@pytest.fixture
def people(cast: Cast) -> Cast:
    return staffed(cast)


@pytest.fixture
def editor(people: Cast) -> Client:
    return people.client_of("editor")


@pytest.fixture
def scheduled(people: Cast) -> Revision:
    revision = in_review(people)
    publication.schedule(revision, by=people.editor, at=soon())
    return revision


class TestSetting:
    def test_an_editor_gives_day_and_time_of_the_site_s_zone(
        self, editor: Client, people: Cast
    ) -> None:
        revision = in_review(people)

        send(editor, revision, "schedule", publish_at_0="2099-07-01", publish_at_1="09:00")

        then = datetime(2099, 7, 1, 9, 0, tzinfo=ZoneInfo("Europe/London"))
        assert again(revision).publish_at == then
        assert again(revision).scheduled_by == people.editor
        assert again(revision).status == "in-review"
        page = open_page(editor, review(revision))
        assert "To be published at 1 July 2099, 09:00, as An editor set it" in words(page)
        assert "Time (Europe/London)" not in words(page)

    @pytest.mark.parametrize(
        ("day", "time", "sentence"),
        [
            ("", "", "Give the day and the time."),
            ("2099-07-01", "", "Give the day and the time."),
            ("2001-01-01", "09:00", "This time has passed: give one that is still to come."),
            ("2099-02-30", "09:00", "Enter a valid date."),
            ("2099-07-01", "25:00", "Enter a valid time."),
        ],
    )
    def test_what_is_no_time_to_come_is_told_and_still_stands(
        self, editor: Client, people: Cast, day: str, time: str, sentence: str
    ) -> None:
        revision = in_review(people)
        sent = {"publish_at_0": day, "publish_at_1": time, "remark__title": "Fine."}

        page = open_page_of(send(editor, revision, "schedule", **sent))

        assert sentence in texts(page, ".errornote li")
        assert page.select_one("#publish-day").get("value", "") == day
        assert page.select_one("[name=remark-title]").text.strip() == "Fine."
        assert again(revision).publish_at is None

    def test_a_time_that_the_clocks_skip_is_told(self, editor: Client, people: Cast) -> None:
        revision = in_review(people)

        # The last Sunday of March.
        sent = {"publish_at_0": "2099-03-29", "publish_at_1": "01:30"}
        page = open_page_of(send(editor, revision, "schedule", **sent))

        assert "couldn’t be interpreted in time zone Europe/London" in (
            words(page.select_one(".errornote"))
        )

    def test_it_can_be_called_off(self, editor: Client, scheduled: Revision) -> None:
        send(editor, scheduled, "call_off")

        assert again(scheduled).publish_at is None
        assert again(scheduled).status == "in-review"

    def test_asking_for_changes_calls_it_off(self, editor: Client, scheduled: Revision) -> None:
        send(editor, scheduled, "ask", remark__title="Wait.")

        assert (again(scheduled).status, again(scheduled).publish_at) == ("draft", None)

    def test_publishing_it_now_ends_it(self, editor: Client, scheduled: Revision) -> None:
        send(editor, scheduled, "publish")

        assert (again(scheduled).status, again(scheduled).publish_at) == ("published", None)

    def test_what_lacks_something_is_not_set(self, people: Cast) -> None:
        revision = in_review(people, steps=[ResourceFactory(published=False)])
        Resource.objects.update(resource_type="")

        with pytest.raises(ValidationError):
            publication.schedule(revision, by=people.editor, at=soon())

    def test_nor_is_a_draft(self, people: Cast, scheduled: Revision) -> None:
        publication.send_back(scheduled, by=people.editor, note="Wait.")

        with pytest.raises(WrongState, match="can’t be set to a time: it is a draft"):
            publication.schedule(scheduled, by=people.editor, at=soon())

    def test_the_copy_of_a_scheduled_one_is_not(self, scheduled: Revision) -> None:
        assert publication.draft_from(scheduled, by=None).publish_at is None


class TestWhenItComes:
    def test_before_nothing_happens(self, scheduled: Revision) -> None:
        assert publish_due().published == []
        assert again(scheduled).status == "in-review"

    def test_it_is_published_by_who_set_it(self, people: Cast, scheduled: Revision) -> None:
        let_it_come(scheduled)

        assert publish_due().published == [scheduled]

        assert Pathway.objects.published().get().published_revision == scheduled
        assert again(scheduled).published_by == people.editor
        assert Decision.objects.filter(verb="published").get().by == people.editor

    def test_all_that_are_due_come_the_earliest_first(self, people: Cast) -> None:
        later, sooner = in_review(people, title="Later"), in_review(people, title="Sooner")
        for revision, minutes in ((later, 1), (sooner, 2)):
            publication.schedule(revision, by=people.editor, at=soon())
            then = timezone.now() - timedelta(minutes=minutes)
            Revision.objects.filter(pk=revision.pk).update(publish_at=then)

        assert publish_due().published == [sooner, later]

    def test_what_can_t_be_goes_back_to_review_and_its_editor_is_told(
        self, people: Cast, django_capture_on_commit_callbacks: object
    ) -> None:
        resource = ResourceFactory()
        revision = in_review(people, steps=[resource])
        publication.schedule(revision, by=people.editor, at=soon())
        resource.withdraw(by=None, reason="It is wrong.")
        let_it_come(revision)

        with django_capture_on_commit_callbacks(execute=True):
            done = publish_due()

        assert (done.published, done.given_back) == ([], [revision])
        assert (again(revision).status, again(revision).publish_at) == ("in-review", None)
        [letter] = mail.outbox
        assert letter.to == ["editor@example.org"]
        assert "was withdrawn: choose another resource." in letter.body

    def test_one_that_fails_holds_up_no_other(
        self, people: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        bad, good = in_review(people, title="Bad"), in_review(people, title="Good")
        for revision in (bad, good):
            publication.schedule(revision, by=people.editor, at=soon())
            let_it_come(revision)
        problems = publication.problems

        def fail(revision: Revision) -> list[str]:
            if revision.title == "Bad":
                raise ZeroDivisionError
            return problems(revision)

        monkeypatch.setattr(publication, "problems", fail)

        done = publish_due()

        assert (done.published, done.given_back) == ([good], [bad])
        assert "could not be published at its time" in caplog.text

    def test_the_command_says_what_it_did(self, scheduled: Revision) -> None:
        let_it_come(scheduled)
        out = StringIO()

        call_command("publish_due", stdout=out)
        call_command("publish_due", stdout=out)

        assert out.getvalue() == "Published: Old maps (1)\n"


@pytest.mark.django_db(transaction=True)
class TestSeveralAtOnce:
    def test_it_is_published_once(self, cast: Cast) -> None:
        revision = in_review(staffed(cast))
        publication.schedule(revision, by=cast.editor, at=soon())
        let_it_come(revision)

        with Somebody(publish_due) as other, transaction.atomic():
            mine = publish_due()
            other.starts_and_waits()

        assert (len(mine.published), len(other.answer.published)) == (1, 0)
        assert Decision.objects.filter(verb="published").count() == 1

    def test_of_two_editors_one_publishes_and_the_other_is_told(self, cast: Cast) -> None:
        revision = in_review(staffed(cast))
        theirs = cast.client_of("admin")

        with (
            Somebody(lambda: send(theirs, revision, "publish")) as other,
            transaction.atomic(),
        ):
            publication.publish(revision, by=cast.editor)
            other.starts_and_waits()

        page = open_page_of(other.answer)
        assert texts(page, ".errornote li") == [
            "“Old maps (1)” can’t be published: it is published."
        ]
        assert Decision.objects.filter(verb="published").count() == 1

    def test_a_request_publishes_what_is_due_and_moves_the_site(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("config.schedule.SECONDS", -1)
        revision = in_review(staffed(cast))
        publication.schedule(revision, by=cast.editor, at=soon())
        let_it_come(revision)
        before = SiteRevision.current()

        Client().get("/pathways/")
        finish()

        assert again(revision).status == "published"
        assert SiteRevision.current() > before

    def test_a_database_that_is_away_is_the_page_s_to_tell_of(
        self, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail() -> None:
            raise OperationalError

        monkeypatch.setattr("config.schedule.SECONDS", -1)
        monkeypatch.setattr(Revision.objects, "due", fail)

        assert ScheduleMiddleware(lambda request: HttpResponse())(rf.get("/")).status_code == 200

    def test_a_worker_asks_once_a_second(
        self, rf: RequestFactory, count_queries: object, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("config.schedule.SECONDS", 1)
        worker = ScheduleMiddleware(lambda request: HttpResponse())

        with count_queries() as queries:
            for _number in range(5):
                worker(rf.get("/"))

        assert len(queries) == 1


def finish() -> None:
    for one in threading.enumerate():
        if one.name == "publish due":
            one.join(60)


def open_page_of(response: object) -> object:
    from bs4 import BeautifulSoup

    return BeautifulSoup(response.content, "lxml")
