"""An editor and a curator at the same time: nobody's work is lost, and nothing is published unseen."""

import pytest
from bs4 import BeautifulSoup
from django.db import transaction

from pathways import publication
from pathways.models import Pathway, Remark
from tests.cast import Cast
from tests.config.test_desk import change, filled_in
from tests.pages import open_page, texts
from tests.pathways.reviews import again, guests_draft, in_review, review, send, staffed
from tests.together import Somebody

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(cast: Cast) -> Cast:
    return staffed(cast)


def page_of(response: object) -> BeautifulSoup:
    return BeautifulSoup(response.content, "lxml")


def test_a_curator_who_saves_while_it_is_published_is_told_and_keeps_what_they_wrote(
    people: Cast,
) -> None:
    draft = guests_draft(people)
    guest = people.client_of("guest")
    sent = {**filled_in(open_page(guest, change(draft))), "summary": "Better words."}

    with Somebody(lambda: guest.post(change(draft), sent)) as other, transaction.atomic():
        publication.publish(draft, by=people.editor)
        other.starts_and_waits()

    page = page_of(other.answer)
    assert page.select_one("[name=summary]")["value"] == "Better words."
    assert "the revision is no draft any more" in " ".join(texts(page, ".errorlist"))
    assert Pathway.objects.get().published_revision.summary == "From here to there."


def test_an_editor_who_publishes_while_another_sends_back_publishes_nothing(people: Cast) -> None:
    revision = in_review(people)
    theirs = people.client_of("admin")
    seen = open_page(theirs, review(revision)).select_one("[name=seen]")["value"]

    def publish() -> object:
        return send(theirs, revision, "publish", seen=seen, remark__title="Fine.")

    with Somebody(publish) as other, transaction.atomic():
        publication.send_back(revision, by=people.editor, note="Not yet.")
        other.starts_and_waits()

    page = page_of(other.answer)
    assert "Somebody else answered" in texts(page, ".errornote li")[0]
    assert page.select_one("[name=remark-title]").text.strip() == "Fine."
    assert again(revision).status == "draft"


def test_nor_when_they_send_it_again(people: Cast) -> None:
    revision = in_review(people)
    publication.send_back(revision, by=people.editor, note="Not yet.")
    theirs = people.client_of("admin")
    seen = open_page(theirs, review(revision)).select_one("[name=seen]")["value"]

    page = page_of(send(theirs, revision, "publish", seen=seen))

    assert texts(page, ".errornote li") == ["“Old maps (1)” can’t be published: it is a draft."]
    assert again(revision).status == "draft"


def test_two_who_remark_at_once_are_both_kept(people: Cast) -> None:
    revision = in_review(people)
    mine, theirs = people.client_of("editor"), people.client_of("admin")

    with Somebody(lambda: send(theirs, revision, remark__title="Theirs.")) as other:
        other.starts()
        send(mine, revision, remark__title="Mine.")

    assert {one.text for one in Remark.objects.all()} == {"Mine.", "Theirs."}
