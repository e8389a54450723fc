"""Suggesting something without an account: the form, what is kept, and the private page."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from catalogue.merging import merge
from catalogue.models import Resource
from curators.suggestions.models import Suggestion, digest_of
from tests.cast import Cast
from tests.curators.sending import CURATE, LINK, REPORT, SUGGEST, WRITE, opened, send, sent
from tests.factories import (
    CompetenceFactory,
    QuestionFactory,
    ResourceFactory,
    SkillFactory,
    SuggestionFactory,
    make_pathway,
)
from tests.pages import links, main, open_page, texts, words

pytestmark = pytest.mark.django_db


class TestForm:
    def test_a_link_and_a_sentence_are_enough(self, client: Client) -> None:
        said = {**LINK, "skill": "", "email": ""}

        response = send(client, **said)

        kept = Suggestion.objects.get()
        assert (kept.kind, kept.state, kept.url, kept.text) == (
            *("resource", "received", "https://example.org/course"),
            "Afterwards one can mend a chair.",
        )
        page = open_page(client, response["Location"])
        assert words(page.h1) == "What became of your suggestion"
        assert "It has arrived, with thanks." in words(page)
        assert "Afterwards one can mend a chair." in words(page)

    @pytest.mark.parametrize(
        ("path", "heading", "asked"),
        [
            (SUGGEST, "Suggest a resource", ["url", "text", "skill", "email"]),
            (REPORT, "Report a problem", ["problem", "text", "email"]),
            (CURATE, "Put a pathway together", ["name", "text", "email"]),
            (WRITE, "Write to us", ["text", "email"]),
        ],
    )
    def test_each_kind_has_its_own(
        self, client: Client, path: str, heading: str, asked: list[str]
    ) -> None:
        page = open_page(client, path)

        assert words(page.h1) == heading
        assert [field["name"] for field in page.select(".field__input")] == asked

    def test_it_needs_neither_a_cookie_nor_a_script_and_nobody_keeps_it(
        self, client: Client
    ) -> None:
        response = client.get(SUGGEST)

        assert response.cookies == {}
        assert "no-store" in response["Cache-Control"]
        # That of the search box in the header alone, which needs none.
        assert response.content.count(b"<script") == response.content.count(b"suggestions.js") == 1
        answer = send(Client(enforce_csrf_checks=True), **LINK)
        assert answer.status_code == 302
        assert answer.cookies == {}

    def test_what_is_missing_is_named_and_what_was_typed_stays(self, client: Client) -> None:
        page = main(
            open_page_of(send(client, url="example.org/a b", text="", skill="Mending", email="me"))
        )

        assert page.select_one("[role=alert] p").get_text() == "It is not sent yet"
        assert list(links(page.select_one("[role=alert]"))) == [
            "Why is it good?",
            "Your e-mail address (if you like)",
        ]
        typed = {field["name"]: field.get("value", "") for field in page.select("input")}
        assert (typed["url"], typed["skill"], typed["email"]) == (
            "example.org/a b",
            "Mending",
            "me",
        )
        assert Suggestion.objects.count() == 0

    def test_an_address_is_mended_as_everywhere(self) -> None:
        kept, _page = sent(**{**LINK, "url": "www.example.org/a"})

        assert kept.url == "https://www.example.org/a"

    def test_what_is_no_address_is_told_why(self, client: Client) -> None:
        page = open_page_of(send(client, **{**LINK, "url": "me@example.org"}))

        assert "“me@example.org” is an e-mail address." in words(page.select_one(".field__error"))


def open_page_of(response: object) -> object:
    from bs4 import BeautifulSoup

    return BeautifulSoup(response.content, "lxml")


class TestKnownAddresses:
    def test_what_is_published_is_told_at_once(self, client: Client) -> None:
        resource = ResourceFactory(title="Mending", url="https://example.org/course")

        page = open_page_of(send(client, **{**LINK, "url": "http://www.example.org/course/"}))

        assert words(page.h1) == "It is here already"
        assert links(main(page))["Mending"] == resource.get_absolute_url()
        assert Suggestion.objects.count() == 0

    def test_what_was_withdrawn_tells_why(self, client: Client) -> None:
        resource = ResourceFactory(url="https://example.org/course")
        resource.withdraw(by=None, reason="It costs <b>money</b> now.")

        page = open_page_of(send(client, **LINK))

        assert words(page.h1) == "It was here once"
        assert words(page.blockquote) == "It costs <b>money</b> now."
        assert links(main(page))["Tell us"] == f"{REPORT}?about={resource.get_absolute_url()}"

    def test_a_draft_is_nobodys_business(self, client: Client) -> None:
        ResourceFactory(title="A secret", url="https://example.org/course", published=False)

        page = open_page(client, send(client, **LINK)["Location"])

        assert "It has arrived, with thanks." in words(page)
        assert "secret" not in words(page)


class TestAbout:
    def test_it_carries_the_page_that_it_is_about(self, client: Client) -> None:
        skill = SkillFactory(title="Mending <b>chairs</b>")
        path = f"{SUGGEST}?about={skill.get_absolute_url()}"
        page = open_page(client, path)

        assert words(page.select_one(".suggest__about")) == "About Mending <b>chairs</b>"
        assert page.select_one("[name=skill]")["value"] == "Mending <b>chairs</b>"
        kept, _page = sent(path, **LINK)
        assert (kept.about, kept.about_uid) == (skill.get_absolute_url(), skill.uid)

    def test_words_that_found_nothing_stand_in_it(self, client: Client) -> None:
        page = open_page(client, f"{SUGGEST}?skill=mending+chairs")

        assert page.select_one("[name=skill]")["value"] == "mending chairs"

    def test_of_a_draft_or_nonsense_nothing_is_told(self, client: Client) -> None:
        draft = SkillFactory(title="A secret", published=False)
        for said in (draft.get_absolute_url(), "//evil.example/", "/admin/", "/no/", "/id/x/"):
            page = open_page(client, f"{SUGGEST}?about={said}")

            assert page.select(".suggest__about") == []
            assert page.select_one("[name=about]")["value"] == ""

    @pytest.mark.parametrize("make", [SkillFactory, CompetenceFactory, QuestionFactory])
    def test_pages_ask_for_something_better(self, client: Client, make: type) -> None:
        row = make()
        path = row.get_absolute_url()

        assert f"{SUGGEST}?about={path}" in links(open_page(client, path)).values()

    def test_so_do_a_resource_and_an_empty_search(self, client: Client) -> None:
        path = ResourceFactory().get_absolute_url()

        assert f"{SUGGEST}?about={path}" in links(open_page(client, path)).values()
        nothing = open_page(client, "/resources/?q=lace+making")
        assert f"{SUGGEST}?skill=lace%20making" in links(main(nothing)).values()


class TestReports:
    @pytest.mark.parametrize("make", [ResourceFactory, make_pathway])
    def test_every_resource_and_pathway_asks_for_them(self, client: Client, make: object) -> None:
        row = make()
        path = row.get_absolute_url()
        found = links(open_page(client, path))

        assert found["Report a problem with it"] == f"{REPORT}?about={path}"
        kept, page = sent(found["Report a problem with it"], problem="cost")
        assert (kept.kind, kept.problem, kept.about_uid) == ("problem", "cost", row.uid)
        assert "It costs money, or asks for an account" in words(open_page(client, page))

    def test_something_else_needs_a_sentence(self, client: Client) -> None:
        path = f"{REPORT}?about={ResourceFactory().get_absolute_url()}"
        page = open_page_of(send(client, path, problem="other"))

        assert words(page.select_one(".field__error")) == "Say in a sentence what it is, and where."

    def test_so_does_one_about_no_page(self, client: Client) -> None:
        assert send(client, REPORT, problem="dead").status_code == 200
        assert send(client, REPORT, problem="dead", text="The one on lace.").status_code == 302


class TestJoining:
    def test_the_same_link_is_one_row_and_everybody_has_a_page(self) -> None:
        first, one = sent(**LINK)
        second, other = sent(**{"url": "http://example.org/course/", "text": "It is good."})

        assert second.joins == first
        assert one != other
        assert [*Suggestion.objects.open().heads()] == [first]

    def test_so_is_the_same_problem_of_one_page(self) -> None:
        path = f"{REPORT}?about={ResourceFactory().get_absolute_url()}"
        first, _page = sent(path, problem="dead")
        second, _page = sent(path, problem="dead", text="Since Monday.")
        third, _page = sent(path, problem="cost")

        assert (second.joins, third.joins) == (first, None)

    def test_the_answer_is_everybodys(self, cast: Cast) -> None:
        first, _one = sent(**LINK)
        second, _other = sent(**{**LINK, "text": "Me too."})

        assert first.reply("declined", "It is sold.", by=cast.editor)

        second.refresh_from_db()
        assert (second.state, second.answer) == ("declined", "It is sold.")

    def test_when_the_first_is_taken_back_the_others_stay(self, client: Client) -> None:
        _first, page = sent(**LINK)
        second, _page = sent(**{**LINK, "text": "Me too."})
        third, _page = sent(**{**LINK, "text": "And me."})

        client.post(page)

        second.refresh_from_db()
        third.refresh_from_db()
        assert (second.joins, third.joins) == (None, second)


class TestPrivatePage:
    def test_only_who_has_its_address_finds_it(self, client: Client) -> None:
        kept, page = sent()
        token = page.split("/")[-2]

        assert re.fullmatch("[0-9a-f]{40}", token)
        assert kept.token_digest == digest_of(token)
        for field in kept._meta.concrete_fields:
            assert token not in str(getattr(kept, field.attname))
        forged = open_page(client, f"/suggest/{'0' * 40}/", status=404)
        assert "mend a chair" not in words(forged)

    def test_nobody_keeps_it_or_finds_it_by_searching(self, client: Client) -> None:
        _kept, page = sent()
        response = client.get(page)

        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "same-origin"
        assert b'rel="canonical"' not in response.content
        assert response.cookies == {}

    def test_it_tells_who_has_seen_it(self, client: Client) -> None:
        kept, page = sent()
        kept.see()

        assert "An editor has seen it" in words(open_page(client, page))

    def test_it_tells_why_it_was_not_taken(self, client: Client, cast: Cast) -> None:
        kept, page = sent()
        kept.reply("declined", "It is <b>sold</b>.\n\nSorry.", by=cast.editor)
        told = open_page(client, page)

        assert "It was not taken into the catalogue." in words(told)
        assert texts(told, "[aria-labelledby=answer] p") == ["It is <b>sold</b>.", "Sorry."]
        assert cast.editor.name not in words(told)

    def test_it_leads_to_what_it_became_and_to_pathways(self, client: Client, cast: Cast) -> None:
        kept, page = sent()
        resource = ResourceFactory(title="Mending chairs", published=False)
        kept.reply("taken", by=cast.editor, resource=resource)
        assert "Mending chairs" not in words(open_page(client, page))

        resource.publish(by=cast.editor)
        pathway = make_pathway("Repairs", steps=[resource])

        found = links(main(open_page(client, page)))
        assert found["Mending chairs"] == resource.get_absolute_url()
        assert found["Repairs"] == pathway.get_absolute_url()

    def test_what_is_taken_back_is_gone(self, client: Client) -> None:
        kept, page = sent(**LINK, email="me@example.org", skill="Mending")

        assert client.post(page)["Location"] == page

        assert "You took it back." in words(open_page(client, page))
        kept.refresh_from_db()
        told = [kept.url, kept.canonical_url, kept.text, kept.skill, kept.email, kept.name]
        assert told == [""] * 6

    def test_what_is_answered_cannot_be_taken_back(self, client: Client, cast: Cast) -> None:
        kept, page = sent()
        kept.reply("declined", "No.", by=cast.editor)

        client.post(page)

        kept.refresh_from_db()
        assert kept.state == "declined"


class TestBecomingAResource:
    def test_publishing_its_draft_answers_everybody(
        self, cast: Cast, django_capture_on_commit_callbacks: object
    ) -> None:
        first, _page = sent(**LINK, email="me@example.org")
        second, _page = sent(**{**LINK, "text": "Me too."})
        resource = ResourceFactory(url="https://example.org/course", published=False)

        with django_capture_on_commit_callbacks(execute=True):
            resource.publish(by=cast.editor)

        for one in (first, second):
            one.refresh_from_db()
            assert (one.state, one.resource) == ("taken", resource)
        assert "It is in the catalogue now" in mail.outbox[0].body

    def test_other_changes_answer_nobody(self, cast: Cast) -> None:
        kept, _page = sent()
        other = ResourceFactory(published=False)
        other.publish(by=cast.editor)
        Resource.objects.get(pk=other.pk).withdraw(by=cast.editor, reason="No.")

        kept.refresh_from_db()
        assert kept.is_open


class TestMerging:
    def test_what_was_merged_leads_to_what_is_kept(self, client: Client, cast: Cast) -> None:
        kept, page = sent()
        resource = ResourceFactory(url="https://example.org/course")
        kept.reply("taken", by=cast.editor, resource=resource)
        other = ResourceFactory(title="The one that stays")

        merge(resource, into=other, by=cast.editor)

        assert "The one that stays" in links(main(open_page(client, page)))
        again = open_page_of(send(client, **LINK))
        assert words(again.h1) == "It is here already"
        assert "The one that stays" in links(main(again))


class TestMail:
    @pytest.fixture(autouse=True)
    def at_once(self, django_capture_on_commit_callbacks: object) -> None:
        self.committing = django_capture_on_commit_callbacks

    def test_the_answer_goes_out_once_and_the_address_with_it(self, cast: Cast) -> None:
        kept, _page = sent(**LINK, email="me@example.org")
        assert mail.outbox == []

        with self.committing(execute=True):
            kept.reply("declined", "It is sold.", by=cast.editor)

        (letter,) = mail.outbox
        assert letter.to == ["me@example.org"]
        assert letter.subject == "Your message to Waymark"
        for said in ("https://example.org/course", "It was not taken", "It is sold."):
            assert said in letter.body
        kept.refresh_from_db()
        assert kept.email == ""

    def test_a_mail_that_fails_loses_nothing(
        self, cast: Cast, settings: object, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.EMAIL_BACKEND = "nowhere.at.all.Backend"
        kept, page = sent(**LINK, email="me@example.org")

        with self.committing(execute=True):
            kept.reply("declined", "It is sold.", by=cast.editor)

        kept.refresh_from_db()
        assert (kept.state, kept.email) == ("declined", "me@example.org")
        assert [*Suggestion.objects.unsent()] == [kept]
        assert "It is sold." in words(open_page(Client(), page))
        assert "me@example.org" not in caplog.text.replace("\n", "")

    def test_after_a_year_no_address_is_left(self) -> None:
        old, _page = sent(CURATE, name="Ann", text="Chairs.", email="ann@example.org")
        Suggestion.objects.update(received_at=timezone.now() - timedelta(days=366))
        new, _page = sent(**LINK, email="me@example.org")

        old.refresh_from_db()
        assert (old.name, old.email, new.email) == ("", "", "me@example.org")


def test_one_form_sent_twice_is_one_suggestion(client: Client) -> None:
    form = opened(client)

    one = send(client, hidden=form, **LINK)
    again = send(client, hidden=form, **LINK)

    assert one["Location"] == again["Location"]
    assert Suggestion.objects.count() == 1


def test_a_name_without_an_address_goes_too_when_it_is_answered(cast: Cast) -> None:
    suggestion = SuggestionFactory(kind="message", name="A. Person")

    suggestion.reply("taken", "Thank you.", by=cast.editor)

    assert suggestion.name == ""
