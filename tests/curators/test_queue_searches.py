"""Editors see in the queue what people look for in vain."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from catalogue.models import UnansweredSearch
from tests.cast import Cast
from tests.factories import ResourceFactory, UnansweredSearchFactory
from tests.pages import links, open_page, texts, words

pytestmark = pytest.mark.django_db

QUEUE = "/admin/queue/?kind=searches"


@pytest.fixture
def editor(cast: Cast) -> Client:
    return cast.client_of("editor")


def months_ago(number: int) -> date:
    month = timezone.localdate().year * 12 + timezone.localdate().month - 1 - number
    return date(month // 12, month % 12 + 1, 1)


def shown(editor: Client) -> list[str]:
    return [words(one) for one in open_page(editor, QUEUE).select(".queue-row h3")]


def press(editor: Client, verb: str, key: str) -> str:
    response = editor.post(QUEUE, {"kind": "searches", "key": key, "do": verb}, follow=True)
    return response.content.decode()


class TestWhatStandsThere:
    def test_what_came_more_than_once_in_a_year_the_most_first(self, editor: Client):
        UnansweredSearchFactory(words="dragons", month=months_ago(0), number=2)
        UnansweredSearchFactory(words="unicorns", month=months_ago(0), number=1)
        UnansweredSearchFactory(words="unicorns", month=months_ago(3), number=4)
        UnansweredSearchFactory(words="once", month=months_ago(0), number=1)
        UnansweredSearchFactory(words="long ago", month=months_ago(12), number=9)
        page = open_page(editor, QUEUE)

        said = words(page.select_one("#content"))
        assert said.index("unicorns") < said.index("dragons")
        assert "once " not in said.replace("more than once", "") and "long ago" not in said
        assert "Looked for 5 times, in 2 months" in said
        assert "Looked for 2 times, in one month" in said
        assert "/resources/?q=unicorns" in links(page).values()

    def test_words_are_shown_as_plain_text(self, editor: Client):
        UnansweredSearchFactory(words="<b>bold", month=months_ago(0))

        assert "&lt;b&gt;bold" in editor.get(QUEUE).content.decode()


class TestDeeds:
    def test_taken_care_of_takes_it_away_until_it_is_in_vain_again(self, editor: Client):
        UnansweredSearchFactory(words="unicorns", month=months_ago(0))

        assert "is taken care of" in press(editor, "done", "unicorns")
        assert not UnansweredSearch.objects.exists()

    def test_looking_again_takes_away_what_finds_something_now(self, editor: Client):
        UnansweredSearchFactory(words="unicorns", month=months_ago(0))

        assert "still finds nothing" in press(editor, "found", "unicorns")
        assert UnansweredSearch.objects.count() == 1
        ResourceFactory(title="Unicorns")
        assert "now finds 1 resource." in press(editor, "found", "unicorns")
        assert not UnansweredSearch.objects.exists()

    @pytest.mark.parametrize("verb", ["done", "found"])
    def test_what_somebody_else_did_meanwhile_is_told(self, editor: Client, verb: str):
        ResourceFactory(title="Unicorns")

        assert "Somebody was quicker" in press(editor, verb, "unicorns")

    def test_it_can_be_put_off_and_dismissed_like_others(self, editor: Client):
        UnansweredSearchFactory(words="unicorns", month=months_ago(0))
        editor.post(
            QUEUE,
            {"kind": "searches", "key": "unicorns", "do": "dismiss", "reason": "No such animal."},
        )

        assert "unicorns" not in texts(open_page(editor, QUEUE), "#content")[0]
