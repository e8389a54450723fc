"""Who is told by mail: editors of what waits for them, a pathway's keepers of what became of it."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from pathways import publication
from pathways.models import Revision
from pathways.reviewing import mails
from tests.cast import Cast
from tests.factories import UserFactory
from tests.pathways.reviews import again, guests_draft, in_review, review, staffed

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cast: Cast) -> Cast:
    return staffed(cast)


@pytest.fixture
def after(django_capture_on_commit_callbacks: object) -> object:
    """`with after(): …` does what follows a commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def sent() -> list[tuple[str, list[str]]]:
    return sorted((one.subject, one.to) for one in mail.outbox)


def test_editors_are_told_of_what_was_sent_in(people: Cast, after: object) -> None:
    draft = guests_draft(people)

    with after():
        publication.submit(draft, by=people.guest, note="Is it too short?")

    assert sent() == [
        ("For review: Old maps", ["admin@example.org"]),
        ("For review: Old maps", ["editor@example.org"]),
    ]
    body = mail.outbox[0].body
    assert "A guest curator sent in “Old maps” for review." in body
    assert "Is it too short?" in body
    assert f"http://127.0.0.1:8000{review(draft)}" in body


def test_who_did_it_is_not_told(people: Cast, after: object) -> None:
    with after():
        publication.submit(guests_draft(people), by=people.editor)

    assert sent() == [("For review: Old maps", ["admin@example.org"])]


def test_keepers_are_told_when_changes_are_asked(people: Cast, after: object) -> None:
    revision = in_review(people)
    revision.pathway.maintainer_links.create(user=people.other_guest)
    revision.pathway.maintainer_links.create(user=UserFactory(is_active=False))

    with after():
        publication.send_back(revision, by=people.editor, note="Longer.")

    assert sent() == [
        ("Changes asked: Old maps", ["guest@example.org"]),
        ("Changes asked: Old maps", ["other@example.org"]),
    ]
    assert f"http://127.0.0.1:8000{review(revision)}" in mail.outbox[0].body


def test_and_when_it_is_published(people: Cast, after: object) -> None:
    revision = in_review(people)

    with after():
        publication.publish(revision, by=people.editor)

    assert sent() == [("Published: Old maps", ["guest@example.org"])]
    assert "http://127.0.0.1:8000/pathways/old-maps/" in mail.outbox[0].body


def test_nobody_is_told_of_what_was_taken_back(people: Cast, after: object) -> None:
    draft = guests_draft(people, steps=[])

    with after(), pytest.raises(Exception, match="Add a step"):
        publication.submit(draft, by=people.guest)

    assert mail.outbox == []


def test_a_title_of_two_lines_makes_one_subject(people: Cast, after: object) -> None:
    draft = guests_draft(people, title="Old\nmaps")

    with after():
        publication.submit(draft, by=people.guest)

    assert {subject for subject, _to in sent()} == {"For review: Old maps"}


def test_a_mail_that_fails_stops_nothing_and_is_logged(
    people: Cast,
    after: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(self: EmailBackend, messages: list) -> int:
        raise ConnectionRefusedError

    logged = []
    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    monkeypatch.setattr(mails.log, "exception", lambda text, *args: logged.append(text % args))
    draft = guests_draft(people)

    with after():
        publication.submit(draft, by=people.guest)

    assert again(draft).status == "in-review"
    assert logged == [f"No mail went out about revision {draft.pk} of pathway {draft}"]


def test_a_deleted_account_leaves_what_it_did(people: Cast) -> None:
    revision = in_review(people)
    publication.send_back(revision, by=people.editor, note="Longer.")
    publication.submit(again(revision), by=people.guest)
    people.editor.delete()
    people.guest.delete()

    revision = Revision.objects.get()
    assert (revision.status, revision.submitted_by) == ("in-review", None)
    assert revision.remarks.get().by is None
