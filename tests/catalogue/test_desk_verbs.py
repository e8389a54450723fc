"""What an editor decides at the desk: in a list as an action, on a form by a button."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from catalogue.desk import verbs
from catalogue.models import Decision, Resource, Skill
from tests.cast import Cast
from tests.factories import (
    PUBLIC_MODELS,
    ResourceFactory,
    SkillFactory,
    UserFactory,
    make_pathway,
    make_public_row,
)
from tests.pages import links, open_page, texts, words

pytestmark = pytest.mark.django_db

INCOMPLETE = "A public resource needs a type, a cost and at least one language."
LIST = reverse("admin:catalogue_resource_changelist")


@pytest.fixture
def desk(cast: Cast) -> Client:
    return cast.client_of("admin")


def address(row: object, page: str) -> str:
    opts = row._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=[row.pk])


def somebody_who_may(*codes: str) -> Client:
    user = UserFactory(is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=codes))
    client = Client()
    client.force_login(user)
    return client


def choose(client: Client, action: str, *rows: object, **answers: object) -> HttpResponse:
    """The page after `client` chose `action` for `rows` in their list."""
    there = reverse(f"admin:{rows[0]._meta.app_label}_{rows[0]._meta.model_name}_changelist")
    sent = {"action": action, "_selected_action": [row.pk for row in rows], **answers}
    return client.post(there, sent, follow=True)


def told(response: HttpResponse) -> list[tuple[int, str]]:
    """(level, words) of each message."""
    return [
        (one.level, words(BeautifulSoup(str(one), "lxml"))) for one in response.context["messages"]
    ]


def page_of(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "lxml")


def statuses() -> set[str]:
    return {row.status for row in Resource.objects.all()}


class TestManyAtOnce:
    def test_all_that_went_well_is_one_message(self, desk: Client) -> None:
        drafts = ResourceFactory.create_batch(3, published=False)

        response = choose(desk, "publish", *drafts)

        assert told(response) == [(SUCCESS, "3 are public now.")]
        assert statuses() == {"published"}

    def test_one_is_named(self, desk: Client) -> None:
        response = choose(desk, "publish", ResourceFactory(published=False, title="Data"))

        assert told(response) == [(SUCCESS, "“Data” is public now.")]

    def test_what_did_not_is_told_once_for_each_reason(self, desk: Client) -> None:
        rows = [
            ResourceFactory(published=False, title="Good"),
            ResourceFactory(published=False, title="B", resource_type=""),
            ResourceFactory(published=False, title="C", resource_type=""),
            ResourceFactory(title="D"),
        ]

        response = choose(desk, "publish", *rows)

        [(level, message)] = told(response)
        assert level == WARNING
        assert message.startswith("“Good” is public now. 3 are left as they were:")
        assert message.count(INCOMPLETE) == 1
        assert "“B”, “C”: " + INCOMPLETE in message
        assert "“D”: It is published, where this can’t be done." in message

    def test_of_many_only_the_first_are_named(self, desk: Client) -> None:
        rows = ResourceFactory.create_batch(14, published=False, resource_type="", title="X")

        [(level, message)] = told(choose(desk, "publish", *rows))

        assert level == ERROR
        assert message.startswith("14 are left as they were:")
        assert "and 4 more: " + INCOMPLETE in message

    def test_of_a_long_title_only_the_beginning(self, desk: Client) -> None:
        rows = [
            ResourceFactory(published=False, title="W" * 300),
            ResourceFactory(published=False, title="L" * 300, resource_type=""),
        ]

        [(_level, message)] = told(choose(desk, "publish", *rows))

        assert f"“{'W' * 79}…” is public now." in message
        assert f"“{'L' * 79}…”: {INCOMPLETE}" in message

    def test_titles_are_text(self, desk: Client) -> None:
        row = ResourceFactory(published=False, title="<script>alert(1)</script>")

        response = choose(desk, "publish", row)

        assert page_of(response).select(".messagelist script") == []
        assert told(response)[0][1] == "“<script>alert(1)</script>” is public now."

    def test_withdrawing_asks_for_the_reason_first(self, desk: Client) -> None:
        rows = ResourceFactory.create_batch(2)

        response = choose(desk, "withdraw", *rows)

        page = page_of(response)
        assert texts(page, ".desk-chosen li") == [row.title for row in rows]
        assert page.select_one("textarea[name=reason]")
        assert statuses() == {"published"}

    def test_and_does_it_with_one(self, desk: Client) -> None:
        rows = ResourceFactory.create_batch(2)
        new = ResourceFactory(title="What follows")

        response = choose(
            desk, "withdraw", *rows, decide="yes", reason="It closed.", replaced_by=new.pk
        )

        assert told(response) == [(SUCCESS, "2 are withdrawn.")]
        for row in rows:
            row.refresh_from_db()
            assert (row.status, row.withdrawn_reason) == ("withdrawn", "It closed.")
            assert row.replaced_by == new.uid

    def test_without_a_reason_nothing_is_withdrawn(self, desk: Client) -> None:
        rows = ResourceFactory.create_batch(2)

        response = choose(desk, "withdraw", *rows, decide="yes", reason="  ")

        assert "This field is required." in words(page_of(response).select_one(".errornote"))
        assert statuses() == {"published"}

    def test_nothing_replaces_itself(self, desk: Client) -> None:
        row = ResourceFactory()

        choose(desk, "withdraw", row, decide="yes", reason="It closed.", replaced_by=row.pk)

        assert statuses() == {"published"}

    def test_all_of_a_long_list_can_be_chosen(self, desk: Client) -> None:
        rows = ResourceFactory.create_batch(3)

        asked = choose(desk, "withdraw", rows[0], select_across="1", index="0")
        field = page_of(asked).select_one("[name=select_across]")
        choose(
            desk,
            "withdraw",
            rows[0],
            select_across=field["value"],
            decide="yes",
            reason="All closed.",
        )

        assert statuses() == {"withdrawn"}

    def test_a_long_list_takes_one_field_to_be_chosen(self, desk: Client) -> None:
        rows = ResourceFactory.create_batch(3)

        whole = page_of(choose(desk, "withdraw", rows[0], select_across="1", index="0"))
        three = page_of(choose(desk, "withdraw", *rows, select_across="0", index="0"))

        assert len(whole.select(".desk-chosen li")) == 3
        assert len(whole.select("[name=_selected_action]")) == 1
        assert len(three.select("[name=_selected_action]")) == 3

    @pytest.mark.parametrize("answers", [{}, {"decide": "yes", "reason": "All closed."}])
    def test_more_than_a_request_can_decide_are_refused(
        self, desk: Client, monkeypatch: pytest.MonkeyPatch, answers: dict
    ) -> None:
        rows = ResourceFactory.create_batch(3)
        monkeypatch.setattr(verbs, "MOST", 2)

        response = choose(desk, "withdraw", rows[0], select_across="1", index="0", **answers)

        assert told(response) == [
            (
                ERROR,
                "You chose 3, and 2 can be decided at once. Nothing has changed: narrow the list "
                "by its filters or by a search, and choose again.",
            )
        ]
        assert statuses() == {"published"}

    def test_restoring_brings_all_back(self, desk: Client) -> None:
        rows = ResourceFactory.create_batch(2)
        for row in rows:
            row.withdraw(by=None, reason="A mistake.")

        assert told(choose(desk, "restore", *rows)) == [(SUCCESS, "2 are public again.")]
        assert statuses() == {"published"}


class TestButtons:
    @pytest.mark.parametrize(
        ("state", "offered"),
        [
            ("draft", ["Publish"]),
            ("published", ["Withdraw"]),
            ("withdrawn", ["Restore"]),
        ],
    )
    def test_a_form_offers_what_fits_the_state(
        self, desk: Client, state: str, offered: list[str]
    ) -> None:
        row = ResourceFactory(published=state != "draft")
        if state == "withdrawn":
            row.withdraw(by=None, reason="It closed.")

        page = open_page(desk, address(row, "change"))

        assert texts(page, ".desk-verb") == offered

    @pytest.mark.parametrize("model", PUBLIC_MODELS, ids=lambda model: model.__name__)
    def test_every_kind_can_be_withdrawn_and_restored(self, desk: Client, model: type) -> None:
        row, new = make_public_row(model), make_public_row(model)

        open_page(desk, address(row, "withdraw"))
        desk.post(address(row, "withdraw"), {"reason": "It closed.", "replaced_by": new.pk})
        row.refresh_from_db()
        withdrawn = (row.status, row.withdrawn_reason, row.replaced_by)
        page = open_page(desk, address(row, "change"))
        open_page(desk, address(row, "restore"))
        desk.post(address(row, "restore"), {"note": "A mistake."})

        row.refresh_from_db()
        assert withdrawn == ("withdrawn", "It closed.", new.uid)
        assert words(page.select_one(".field-withdrawn_reason .readonly")) == "It closed."
        assert words(page.select_one(".field-replacement a")) == str(new)
        assert row.status == "published"

    def test_publishing_notes_who_and_why_and_leads_back(self, desk: Client, cast: Cast) -> None:
        row = ResourceFactory(published=False, title="Data")

        response = desk.post(address(row, "publish"), {"note": "Read twice."}, follow=True)

        assert response.request["PATH_INFO"] == address(row, "change")
        assert told(response) == [(SUCCESS, "“Data” is public now.")]
        decision = Decision.objects.get()
        assert (decision.verb, decision.by, decision.note) == (
            "published",
            cast.admin,
            "Read twice.",
        )
        page = page_of(response)
        assert "published by An administrator – Read twice." in words(
            page.select_one(".desk-decisions")
        )

    def test_its_page_tells_before_what_is_missing(self, desk: Client) -> None:
        row = ResourceFactory(published=False, resource_type="")

        page = open_page(desk, address(row, "publish"))

        assert texts(page, ".desk-foreseen li") == [INCOMPLETE]
        row.refresh_from_db()
        assert row.status == "draft"

    def test_a_refusal_keeps_what_was_typed(self, desk: Client) -> None:
        row = ResourceFactory(published=False, resource_type="")

        page = page_of(desk.post(address(row, "publish"), {"note": "Long thoughts."}))

        assert texts(page, ".errornote li") == [INCOMPLETE]
        assert words(page.select_one("[name=note]")) == "Long thoughts."
        assert words(page.title).startswith("Error:")

    def test_a_reason_too_long_is_refused_whole(self, desk: Client) -> None:
        row = ResourceFactory()

        page = page_of(desk.post(address(row, "withdraw"), {"reason": "x" * 301}))

        assert "at most 300 characters" in words(page.select_one(".errornote"))
        assert page.select_one("[name=reason]").get_text().strip() == "x" * 301
        assert statuses() == {"published"}

    def test_withdrawing_tells_in_how_many_pathways_it_stands(self, desk: Client) -> None:
        resource = ResourceFactory()
        make_pathway(steps=[resource])

        page = open_page(desk, address(resource, "withdraw"))

        assert words(page.select_one(".desk-foreseen li")).startswith(
            "It stands in 1 public pathway:"
        )

    def test_an_old_window_is_told_where_the_row_is_now(self, desk: Client) -> None:
        row = ResourceFactory()

        response = desk.get(address(row, "publish"), follow=True)

        assert response.request["PATH_INFO"] == address(row, "change")
        assert told(response) == [(WARNING, "It is published, where this can’t be done.")]

    def test_who_was_slower_is_told(self, desk: Client) -> None:
        row = ResourceFactory()
        row.withdraw(by=None, reason="Quicker.")

        page = page_of(desk.post(address(row, "withdraw"), {"reason": "Slower."}))

        assert texts(page, ".errornote li") == ["It is withdrawn, where this can’t be done."]
        row.refresh_from_db()
        assert row.withdrawn_reason == "Quicker."

    def test_saving_can_lead_on_to_it(self, desk: Client) -> None:
        skill = SkillFactory(published=False)
        empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
        forms = {
            f"{name}-{key}": value
            for name in ("statements", "competence_links")
            for key, value in empty.items()
        }

        response = desk.post(
            address(skill, "change"),
            {"title": "Renamed", "summary": "What it is.", "_then": "publish", **forms},
        )

        assert response.headers["Location"] == address(skill, "publish")
        assert Skill.objects.get().title == "Renamed"

    def test_it_stands_in_the_row_s_history_at_the_desk(self, desk: Client) -> None:
        row = ResourceFactory()
        desk.post(address(row, "withdraw"), {"reason": "It closed."})

        history = open_page(desk, address(row, "history"))

        assert "Withdraw" in texts(history, "#change-history td")


class TestWhoMay:
    @pytest.mark.parametrize("verb", ["publish", "withdraw", "restore"])
    def test_who_may_only_change_has_neither_button_nor_page(self, cast: Cast, verb: str) -> None:
        client = cast.client_of("guest")
        row = ResourceFactory(published=verb != "publish", added_by=cast.guest)
        if verb == "restore":
            row.withdraw(by=None, reason="It closed.")
        before = row.status

        offered = texts(open_page(client, address(row, "change")), ".desk-verb")
        assert offered == ([] if verb == "publish" else ["Propose a change"])
        assert client.get(address(row, verb)).status_code == 403
        assert client.post(address(row, verb), {"reason": "Forged."}).status_code == 403
        choose(client, verb, row, decide="yes", reason="Forged.")
        row.refresh_from_db()
        assert row.status == before

    def test_who_may_publish_may_do_each(self) -> None:
        client = somebody_who_may("view_resource", "publish_resource")
        row = ResourceFactory(published=False)
        found = []

        for verb in ("publish", "withdraw", "restore"):
            client.post(address(row, verb), {"reason": "It closed."})
            row.refresh_from_db()
            found.append(row.status)

        assert found == ["published", "withdrawn", "published"]

    def test_visitors_are_led_to_sign_in(self) -> None:
        row = ResourceFactory()

        response = Client().post(address(row, "withdraw"), {"reason": "Forged."})

        assert response.status_code == 302
        assert statuses() == {"published"}

    def test_another_site_s_form_is_refused(self, cast: Cast) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.admin)
        row = ResourceFactory()

        assert client.post(address(row, "withdraw"), {"reason": "Forged."}).status_code == 403
        assert statuses() == {"published"}


def test_a_changed_address_is_told(desk: Client) -> None:
    tag = make_public_row(PUBLIC_MODELS[5], title="Old")

    response = desk.post(
        address(tag, "change"), {"name": "Old", "slug": "newer", "synonyms": ""}, follow=True
    )

    assert "The old address “old” leads to the new one from now on." in [
        text for _level, text in told(response)
    ]
    page = open_page(desk, address(tag, "change"))
    assert words(page.select_one(".field-former_addresses .readonly")) == "old"


def test_more_rows_are_published_by_as_many_queries_each(
    desk: Client, count_queries: Callable
) -> None:
    def cost(number: int) -> int:
        rows = ResourceFactory.create_batch(number, published=False)
        sent = {"action": "publish", "_selected_action": [row.pk for row in rows]}
        with count_queries() as queries:
            desk.post(LIST, sent)
        return len(queries)

    cost(1)
    one, three, five = cost(1), cost(3), cost(5)

    assert five - three == three - one


def test_the_list_leads_on_from_every_page_of_a_verb(desk: Client) -> None:
    row = ResourceFactory()

    page = open_page(desk, address(row, "withdraw"))

    assert links(page)["Back, without it"] == address(row, "change")
    assert links(page)["Resources"] == LIST
