"""The editors' queue: what stands in it, for whom, and what can be done from there."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue.fetching import Unreachable
from catalogue.merging import merge
from catalogue.models import LinkHealth, Resource
from catalogue.reading import Page, title_of_address
from curators.models import User
from curators.queue import page as queue_page
from curators.queue.models import QueueMark
from curators.suggestions.models import Suggestion
from pathways import publication
from tests.cast import Cast
from tests.curators.sending import CURATE, LINK, REPORT, WRITE, sent
from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    OrganisationFactory,
    ProposalFactory,
    ResourceFactory,
    SkillFactory,
    add_stage,
    add_step,
    make_draft,
)
from tests.pages import links, open_page, texts, words

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:queue")
INDEX = reverse("admin:index")


@pytest.fixture
def editor(cast: Cast) -> User:
    return cast.editor


@pytest.fixture(autouse=True)
def pages_that_do_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked of the network; a test says what a page tells by `tells`."""
    monkeypatch.setattr("catalogue.reading.fetch", unreachable)


def unreachable(*args: object, **kwargs: object) -> None:
    raise Unreachable


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def whole(**facts: object) -> Resource:
    """A resource that needs nobody."""
    return ResourceFactory(skills=[SkillFactory()], tags=["a tag"], **facts)


def rows_of(client: Client, kind: str) -> list[Tag]:
    return open_page(client, f"{QUEUE}?kind={kind}").select(".queue-row")


def titles(client: Client, kind: str) -> list[str]:
    return [words(row.h3) for row in rows_of(client, kind)]


def do(client: Client, kind: str, key: object, verb: str, **said: str) -> list[str]:
    """What the desk says after the button `verb` of a row."""
    form = {"kind": kind, "key": str(key), "do": verb, **said}
    answer = client.post(f"{QUEUE}?kind={kind}", form, follow=True)
    page = BeautifulSoup(answer.content, "lxml")
    return texts(page, ".messagelist li")


class TestWhoSeesIt:
    @pytest.mark.parametrize("name", ["guest", "other_guest", "partner"])
    def test_curators_and_partners_neither_see_nor_reach_it(self, cast: Cast, name: str) -> None:
        client = cast.client_of(name)
        kept, _page = sent()

        assert QUEUE not in links(open_page(client, INDEX)).values()
        for path in (QUEUE, reverse("admin:answer_suggestion", args=[kept.pk])):
            assert client.get(path).status_code == 403
            assert client.post(path, {"state": "declined", "answer": "No."}).status_code == 403
        for page in ("changelist", "add"):
            path = reverse(f"admin:curators_suggestion_{page}")
            assert client.get(path).status_code == 403
        for page in ("change", "delete"):
            path = reverse(f"admin:curators_suggestion_{page}", args=[kept.pk])
            assert client.post(path, {"post": "yes"}).status_code == 403
        kept.refresh_from_db()
        assert kept.is_open

    def test_a_visitor_is_asked_to_sign_in(self, client: Client) -> None:
        assert client.get(QUEUE).status_code == 302

    def test_editors_find_it_at_the_top_of_each_page(self, desk: Client) -> None:
        sent()
        page = open_page(desk, INDEX)

        assert links(page.select_one("#user-tools"))["The queue"] == QUEUE
        assert links(page)["1 suggestion or report waits for an answer"] == QUEUE


class TestWhatStandsInIt:
    def test_an_empty_one_says_so(self, desk: Client) -> None:
        page = open_page(desk, QUEUE)

        assert words(page.select_one(".queue-none")) == "Nothing waits for anybody."
        assert "Everything 0" in texts(page, ".queue-kinds li")

    def test_each_row_says_what_why_and_since_when(self, desk: Client) -> None:
        sent(**LINK, skill="Mending")
        (row,) = rows_of(desk, "resource")

        assert words(row.h3) == "https://example.org/course"
        assert texts(row, "p")[0] == "It is to teach “Mending”."
        assert texts(row, "blockquote") == ["Afterwards one can mend a chair."]
        assert "Since " in words(row.select_one(".queue-facts"))
        assert "Nobody’s yet" in words(row)

    def test_those_who_say_the_same_are_one_row(self, desk: Client) -> None:
        sent(**LINK)
        sent(**{**LINK, "text": "Me too."})
        (row,) = rows_of(desk, "resource")

        assert "2 people say so." in words(row)
        assert texts(row, "blockquote") == ["Afterwards one can mend a chair.", "Me too."]

    def test_what_people_wrote_is_never_markup(self, desk: Client) -> None:
        sent(**{**LINK, "text": "<b>x</b><script>1</script>", "skill": "<i>y</i>"})
        (row,) = rows_of(desk, "resource")

        assert texts(row, "blockquote") == ["<b>x</b><script>1</script>"]
        assert row.select("i, blockquote b, script") == []

    def test_reports_offers_and_messages_stand_apart(self, desk: Client) -> None:
        resource = ResourceFactory()
        sent(f"{REPORT}?about={resource.get_absolute_url()}", problem="dead")
        sent(CURATE, name="Ann", text="Chairs.", email="ann@example.org")
        sent(WRITE, text="Thank you.")

        assert titles(desk, "problem") == [resource.get_absolute_url()]
        assert titles(desk, "curator") == ["Ann"]
        invite = reverse("admin:curators_invitation_add")
        assert links(rows_of(desk, "curator")[0])["Invite them: Ann"] == invite
        assert titles(desk, "message") == ["A message"]

    def test_links_that_died_come_before_those_that_moved(self, desk: Client) -> None:
        whole(title="Moved", link="moved")
        whole(title="Gone", link="gone")
        whole(title="Works", link="works")
        whole(title="Unsure", link="unsure")
        ResourceFactory(title="A draft", link="gone", published=False)

        assert titles(desk, "links") == ["Gone", "Moved"]

    def test_two_of_one_title_and_provider_may_be_one(self, desk: Client) -> None:
        body = OrganisationFactory()
        whole(title="Mending chairs", provider=body)
        whole(title="Mending Chairs", provider=body)
        whole(title="Mending chairs")
        (row,) = rows_of(desk, "duplicates")

        assert "Both have the same title and provider." in words(row)
        assert len(row.select("blockquote")) == 2

    def test_so_may_two_of_which_one_leads_on_to_the_other(self, desk: Client) -> None:
        new = whole(url="https://example.org/new")
        old = whole(title="Old", link="moved")
        LinkHealth.objects.filter(pk=old.pk).update(
            moved_to="http://www.example.org/new/?utm_source=x"
        )
        (row,) = rows_of(desk, "duplicates")

        assert "The link of one leads on to the other." in words(row)
        assert words(row.h3) == new.title

    def test_they_can_be_merged_from_there(self, desk: Client, editor: User) -> None:
        body = OrganisationFactory()
        older = whole(title="Mending chairs", provider=body)
        newer = whole(title="Mending chairs", provider=body)
        (row,) = rows_of(desk, "duplicates")
        address = reverse("admin:catalogue_resource_merge", args=[newer.pk])

        assert links(row)["Merge…: Mending chairs"] == address
        merge(newer, into=older, by=editor)
        assert rows_of(desk, "duplicates") == []

    def test_changes_that_curators_propose(self, desk: Client, cast: Cast) -> None:
        proposal = ProposalFactory(by=cast.guest, why="It is <b>sold</b>.")
        (row,) = rows_of(desk, "proposals")

        assert texts(row, "p")[0] == "A guest curator asks for it."
        assert texts(row, "blockquote") == ["It is <b>sold</b>."]
        accept = reverse("admin:catalogue_proposal_accept", args=[proposal.pk])
        assert links(row)[f"Accept: {proposal}"] == accept

    def test_resources_that_are_bare_or_old(self, desk: Client) -> None:
        whole()
        ResourceFactory(title="No skill", tags=["a tag"])
        ResourceFactory(title="No tag", skills=[SkillFactory()])
        old = whole(title="Old")
        read = whole(title="Old and read")
        long_ago = timezone.now() - timedelta(days=400)
        Resource.objects.filter(pk__in=[old.pk, read.pk]).update(published_at=long_ago)
        Resource.objects.filter(pk=read.pk).update(reviewed_at=timezone.now())

        assert titles(desk, "skills") == ["No skill"]
        assert titles(desk, "tags") == ["No tag"]
        assert titles(desk, "unread") == ["Old"]

    def test_thin_spots_of_the_first_framework(self, desk: Client) -> None:
        framework = FrameworkFactory()
        competence = CompetenceFactory(framework=framework, code="1.1", title="Browsing")
        skill = SkillFactory(competences=[competence])
        ResourceFactory(skills=[(skill, "basic")])
        ResourceFactory.create_batch(2, skills=[(skill, "expert")])
        rows = rows_of(desk, "thin")

        assert [texts(row, "h3, h3 + p") for row in rows] == [
            ["1.1 Browsing", "Nothing at the level “Intermediate”."],
            ["1.1 Browsing", "Nothing at the level “Advanced”."],
            ["1.1 Browsing", "Only one resource at the level “Basic”."],
        ]

    def test_pathways_that_wait_for_review(self, desk: Client, cast: Cast) -> None:
        draft = make_draft("Repairs", by=cast.guest)
        add_step(add_stage(draft), whole())
        publication.submit(draft, by=cast.guest)
        make_draft("Not yet")
        (row,) = rows_of(desk, "reviews")

        assert words(row.h3) == "Repairs"
        assert texts(row, "p")[0] == "A guest curator sent it in. It is new."
        assert links(row)["Review: Repairs"] == row.h3.a["href"]


class TestFindingOnesWay:
    def test_all_kinds_show_their_first_rows_and_lead_to_the_rest(
        self, desk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queue_page, "EACH", 4)
        ResourceFactory.create_batch(9, skills=[SkillFactory()])
        page = open_page(desk, QUEUE)

        assert len(page.select(".queue-row")) == 5
        assert links(page)["Resources without tags: all 9"] == f"{QUEUE}?kind=tags"
        one = open_page(desk, f"{QUEUE}?kind=tags")
        assert len(one.select(".queue-row")) == 4
        assert texts(one, ".queue-pages li") == ["1", "2", "3"]
        assert len(rows_of(desk, "tags&page=3")) == 1

    def test_a_page_beyond_the_last_leads_to_the_last(self, desk: Client) -> None:
        ResourceFactory(skills=[SkillFactory()])

        assert desk.get(f"{QUEUE}?kind=tags&page=99")["Location"] == f"{QUEUE}?kind=tags"

    @pytest.mark.parametrize(
        "asked", ["kind=none", "page=x", "kind=%00", "mine=", "kind=tags&kind="]
    )
    def test_nonsense_shows_everything(self, desk: Client, asked: str) -> None:
        assert open_page(desk, f"{QUEUE}?{asked}").h1

    def test_it_takes_as_many_queries_however_much_stands_in_it(
        self, desk: Client, count_queries: object
    ) -> None:
        def fill(number: int) -> None:
            for n in range(number):
                sent(**{**LINK, "url": f"https://example.org/{number}-{n}"})
                ResourceFactory(link="gone", title="Twin", provider=None)
                make = make_draft(f"Way {number} {n}")
                add_step(add_stage(make), whole(link="moved"))
                publication.submit(make, by=None)

        fill(2)
        open_page(desk, QUEUE)
        with count_queries() as few:
            open_page(desk, QUEUE)
        fill(5)
        open_page(desk, QUEUE)
        with count_queries() as many:
            open_page(desk, QUEUE)

        assert len(few) == len(many)
        assert len(many) <= 60


class TestTaking:
    def test_it_is_mine_and_everybody_sees_that(self, desk: Client, cast: Cast) -> None:
        kept, page = sent()

        assert do(desk, "resource", kept.pk, "take") == ["It is yours."]

        assert "Yours" in words(rows_of(desk, "resource")[0])
        other = cast.client_of("admin")
        assert "An editor looks after it" in words(rows_of(other, "resource")[0])
        assert [*rows_of(other, "resource&mine=1")] == []
        assert len(rows_of(desk, "resource&mine=1")) == 1
        assert "An editor has seen it" in words(open_page(Client(), page))

    def test_it_can_be_left_to_others(self, desk: Client) -> None:
        kept, _page = sent()
        do(desk, "resource", kept.pk, "take")

        assert do(desk, "resource", kept.pk, "leave") == ["It is nobody’s again."]
        assert "Nobody’s yet" in words(rows_of(desk, "resource")[0])

    def test_of_two_at_once_the_second_is_told(
        self, desk: Client, cast: Cast, editor: User
    ) -> None:
        kept, _page = sent()
        do(desk, "resource", kept.pk, "take")
        other = cast.client_of("admin")

        assert do(other, "resource", kept.pk, "take") == ["An editor has taken it meanwhile."]
        told = do(other, "resource", kept.pk, "take", **{"from": str(editor.pk)})
        assert told == ["It is yours."]


class TestPuttingOff:
    def test_it_comes_back(self, desk: Client) -> None:
        resource = ResourceFactory(skills=[SkillFactory()])

        assert do(desk, "tags", resource.pk, "put-off", days="7") == ["It comes back in 7 days."]

        assert titles(desk, "tags") == []
        QueueMark.objects.update(until=timezone.now() - timedelta(minutes=1))
        assert titles(desk, "tags") == [resource.title]

    def test_what_is_dismissed_has_a_reason_and_comes_back_in_a_year(self, desk: Client) -> None:
        resource = ResourceFactory(skills=[SkillFactory()])

        assert "Say why" in do(desk, "tags", resource.pk, "dismiss", reason=" ")[0]
        assert titles(desk, "tags") == [resource.title]
        told = do(desk, "tags", resource.pk, "dismiss", reason="It needs none.")

        assert told == ["It is dismissed. If it is still so in a year, it comes back."]
        assert titles(desk, "tags") == []
        mark = QueueMark.objects.get()
        assert mark.reason == "It needs none."
        assert 364 < (mark.until - timezone.now()).days + 1 < 367

    def test_rows_that_no_table_has_can_be_put_off_too(self, desk: Client) -> None:
        CompetenceFactory(code="1.1")
        key = rows_of(desk, "thin")[0].select_one("[name=key]")["value"]

        do(desk, "thin", key, "put-off", days="30")

        assert key not in [
            field["value"] for field in open_page(desk, f"{QUEUE}?kind=thin").select("[name=key]")
        ]

    def test_whom_people_wait_for_is_answered_not_dismissed(self, desk: Client) -> None:
        kept, _page = sent()

        assert "can’t be done" in do(desk, "resource", kept.pk, "dismiss", reason="Spam.")[0]
        assert len(titles(desk, "resource")) == 1

    @pytest.mark.parametrize(
        ("kind", "key", "verb"),
        [
            *(("none", "1", "take"), ("resource", "", "take"), ("resource", "1", "sing")),
            *(("resource", "\x00", "draft"), ("resource", "9" * 300, "draft")),
            *(("resource", "-1", "draft"), ("resource", "9" * 30, "draft"), ("tags", "1", "read")),
            *(("unread", "1; DROP", "read"), ("tags", "1", "put-off")),
        ],
    )
    def test_forged_buttons_change_nothing(
        self, desk: Client, kind: str, key: str, verb: str
    ) -> None:
        assert len(do(desk, kind, key, verb)) == 1
        assert QueueMark.objects.count() == 0

    def test_a_form_of_another_site_is_refused(self, editor: User) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)

        assert client.post(QUEUE, {"kind": "tags", "key": "1", "do": "take"}).status_code == 403


class TestDoing:
    def test_a_draft_is_made_of_a_suggestion_filled_in(self, desk: Client, editor: User) -> None:
        skill = SkillFactory(title="Mending")
        kept, _page = sent(**LINK, skill="mending")

        told = do(desk, "resource", kept.pk, "draft")

        resource = Resource.objects.get()
        assert told == ["Describe it and publish it: whoever suggested it is told then."]
        assert (resource.status, resource.url) == ("draft", "https://example.org/course")
        assert (resource.title, resource.description) == (
            title_of_address(resource.url),
            LINK["text"],
        )
        # So that a stranger's words are never published as they are.
        assert resource.description_source == "scraped"
        assert [*resource.skills.all()] == [skill]
        kept.refresh_from_db()
        assert (kept.resource, kept.state) == (resource, "seen")
        assert "Its draft waits" in words(rows_of(desk, "resource")[0])

    def test_what_the_page_tells_of_itself_stands_in_it(
        self, desk: Client, editor: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        body = OrganisationFactory(name="The Chair Society")
        fields = {"description": "All about chairs.", "languages": ["en"], "cost": "free"}
        told = Page("u", "u", "Mending chairs", provider="The chair society", fields=fields)
        monkeypatch.setattr("curators.suggestions.drafting.read_page", lambda *a, **k: told)
        kept, _page = sent()

        do(desk, "resource", kept.pk, "draft")

        resource = Resource.objects.get()
        assert (resource.title, resource.provider) == ("Mending chairs", body)
        assert (resource.description, resource.languages) == ("All about chairs.", ["en"])
        assert (resource.description_source, resource.added_by) == ("scraped", editor)

    def test_what_makes_no_sense_of_that_is_left_out(
        self, desk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told = Page("u", "u", "T", fields={"cost": "a lot", "duration_minutes": -1})
        monkeypatch.setattr("curators.suggestions.drafting.read_page", lambda *a, **k: told)
        kept, _page = sent()

        do(desk, "resource", kept.pk, "draft")

        resource = Resource.objects.get()
        assert resource.title == title_of_address(resource.url)
        assert (resource.description, resource.duration_minutes) == (LINK["text"], None)

    def test_made_twice_it_is_one(self, desk: Client) -> None:
        kept, _page = sent()
        do(desk, "resource", kept.pk, "draft")
        do(desk, "resource", kept.pk, "draft")

        assert Resource.objects.count() == 1

    def test_what_was_read_is_noted(self, desk: Client) -> None:
        resource = whole()
        long_ago = timezone.now() - timedelta(days=400)
        Resource.objects.filter(pk=resource.pk).update(published_at=long_ago)

        do(desk, "unread", resource.pk, "read")

        resource.refresh_from_db()
        assert resource.reviewed_at.date() == timezone.now().date()
        assert titles(desk, "unread") == []

    def test_the_new_address_of_a_link_that_moved_is_taken(self, desk: Client) -> None:
        resource = whole(link="moved")
        LinkHealth.objects.filter(pk=resource.pk).update(moved_to="https://example.net/new")

        do(desk, "links", resource.pk, "move")

        resource.refresh_from_db()
        assert resource.url == "https://example.net/new"
        assert titles(desk, "links") == []

    def test_an_answer_that_was_not_mailed_is_mailed_again(
        self, desk: Client, editor: User, settings: object
    ) -> None:
        kept, _page = sent(**LINK, email="me@example.org")
        kept.reply("declined", "It is sold.", by=editor)
        assert titles(desk, "unsent") == ["https://example.org/course"]
        backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "nowhere.Backend"
        told = do(desk, "unsent", kept.pk, "send")
        assert told == ["The mail could not be sent this time either."]

        settings.EMAIL_BACKEND = backend
        do(desk, "unsent", kept.pk, "send")

        assert [letter.to for letter in mail.outbox] == [["me@example.org"]]
        assert titles(desk, "unsent") == []

    def test_or_the_address_goes_without(self, desk: Client, editor: User) -> None:
        kept, _page = sent(**LINK, email="me@example.org")
        kept.reply("declined", "It is sold.", by=editor)

        do(desk, "unsent", kept.pk, "forget")

        kept.refresh_from_db()
        assert (kept.email, mail.outbox) == ("", [])


class TestAnswering:
    def answer(self, desk: Client, kept: Suggestion, **said: str) -> BeautifulSoup:
        path = reverse("admin:answer_suggestion", args=[kept.pk])
        response = desk.post(path, said, follow=True)
        return BeautifulSoup(response.content, "lxml")

    def test_it_shows_what_was_sent_and_where_it_leads(self, desk: Client) -> None:
        resource = ResourceFactory(title="A course")
        kept, _page = sent(f"{REPORT}?about={resource.get_absolute_url()}", problem="wrong")
        page = open_page(desk, reverse("admin:answer_suggestion", args=[kept.pk]))

        assert links(page)["A course"] == resource.get_absolute_url()
        assert texts(page, ".queue-choice label") == [
            "It is mended",
            "We leave it as it is, because …",
        ]

    def test_no_needs_a_reason(self, desk: Client) -> None:
        kept, page = sent()

        wrong = self.answer(desk, kept, state="declined", answer=" \x00")
        assert "Say it in a sentence" in words(wrong.select_one(".errornote"))

        self.answer(desk, kept, state="declined", answer="It is sold.")
        assert "It is sold." in words(open_page(Client(), page))
        assert titles(desk, "resource") == []

    def test_yes_needs_the_resource_that_it_is(self, desk: Client) -> None:
        kept, page = sent()
        ResourceFactory(title="A draft", url="https://example.org/draft", published=False)
        resource = ResourceFactory(title="Much the same")

        for said in ("", "/skills/", "https://example.org/draft", "/resources/a-draft/"):
            wrong = self.answer(desk, kept, state="taken", resource=said)
            assert wrong.select(".errornote")
        self.answer(
            desk,
            kept,
            state="taken",
            resource=f"http://127.0.0.1:8000{resource.get_absolute_url()}",
        )

        assert links(open_page(Client(), page))["Much the same"] == resource.get_absolute_url()

    def test_a_message_is_answered_in_words(self, desk: Client) -> None:
        kept, page = sent(WRITE, text="Where are you?")

        assert self.answer(desk, kept, state="taken", answer="").select(".errornote")
        self.answer(desk, kept, state="taken", answer="Here.")

        assert "Here." in words(open_page(Client(), page))

    def test_what_is_answered_meanwhile_is_told(self, desk: Client, editor: User) -> None:
        kept, _page = sent()
        kept.reply("declined", "No.", by=editor)

        page = self.answer(desk, kept, state="declined", answer="Never.")

        assert "It is answered, or was taken back, meanwhile." in texts(page, ".messagelist li")
        kept.refresh_from_db()
        assert kept.answer == "No."

    def test_one_that_says_the_same_leads_to_the_first(self, desk: Client) -> None:
        first, _page = sent(**LINK)
        second, _page = sent(**{**LINK, "text": "Me too."})

        response = desk.get(reverse("admin:answer_suggestion", args=[second.pk]))

        assert response["Location"] == reverse("admin:answer_suggestion", args=[first.pk])

    def test_advertising_can_be_deleted(self, desk: Client) -> None:
        kept, page = sent()

        desk.post(reverse("admin:curators_suggestion_delete", args=[kept.pk]), {"post": "yes"})

        assert Suggestion.objects.count() == 0
        open_page(Client(), page, status=404)

    def test_nothing_of_it_can_be_changed(self, desk: Client) -> None:
        kept, _page = sent()
        path = reverse("admin:curators_suggestion_change", args=[kept.pk])

        assert open_page(desk, path).select("#content input[type=text], textarea") == []
        assert desk.post(path, {"text": "Forged."}).status_code == 403
