"""Two editors at once, and input that nobody expects: a clear sentence, and nothing is lost."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from catalogue.admin import ResourceAdmin, SkillAdmin
from catalogue.desk.careful import sentence_of
from catalogue.locks import one_decision_at_a_time
from catalogue.models import Resource, ResourceSkill, RoleSkill, Skill, Tag
from tests.cast import Cast
from tests.config.test_desk import change, filled_in
from tests.factories import (
    CompetenceFactory,
    ResourceFactory,
    ResourceSkillFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
    TagFactory,
)
from tests.pages import open_page, texts, words
from tests.together import Somebody

pytestmark = pytest.mark.django_db

ADD = reverse("admin:catalogue_resource_add")
ADD_SKILL = reverse("admin:catalogue_skill_add")


@pytest.fixture
def desk(cast: Cast) -> Client:
    return cast.client_of("admin")


def opened(client: Client, row: Any) -> dict[str, Any]:
    """What the form of `row` holds when somebody opens it."""
    return filled_in(open_page(client, change(row)))


def page_of(response: HttpResponse) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def complaint(response: HttpResponse) -> str:
    return words(page_of(response).select_one(".errorlist.nonfield"))


class TestTwoEditors:
    def test_the_slower_is_told_what_changed_and_keeps_their_own(self, desk: Client) -> None:
        skill = SkillFactory(title="Data", summary="Old.")
        slow = opened(desk, skill)
        desk.post(change(skill), {**opened(desk, skill), "summary": "The quicker’s."})

        response = desk.post(change(skill), {**slow, "summary": "The slower’s."})

        assert complaint(response) == (
            "Somebody changed this after you opened it: Summary. Nothing of yours is saved yet, "
            "and it still stands below. Look at what is there now (in a new window), then save "
            "again to put yours in its place."
        )
        assert page_of(response).select_one("[name=summary]")["value"] == "The slower’s."
        skill.refresh_from_db()
        assert skill.summary == "The quicker’s."

    def test_saving_again_puts_theirs_in_its_place(self, desk: Client) -> None:
        skill = SkillFactory(summary="Old.")
        slow = opened(desk, skill)
        desk.post(change(skill), {**opened(desk, skill), "summary": "The quicker’s."})
        refused = desk.post(change(skill), {**slow, "summary": "The slower’s."})

        desk.post(change(skill), filled_in(page_of(refused)))

        skill.refresh_from_db()
        assert skill.summary == "The slower’s."

    def test_a_decision_meanwhile_counts_as_well(self, desk: Client) -> None:
        resource = ResourceFactory()
        slow = opened(desk, resource)
        resource.withdraw(by=None, reason="It closed.")

        response = desk.post(change(resource), {**slow, "title": "Renamed"})

        assert "Somebody changed this after you opened it." in complaint(response)
        resource.refresh_from_db()
        assert (resource.status, resource.title != "Renamed") == ("withdrawn", True)

    def test_so_does_a_change_of_its_parts_alone(self, desk: Client) -> None:
        link = ResourceSkillFactory(note="Old.")
        slow = opened(desk, link.resource)
        quick = {**opened(desk, link.resource), "skill_links-0-note": "The quicker’s."}
        desk.post(change(link.resource), quick)

        response = desk.post(change(link.resource), {**slow, "skill_links-0-note": "Slower."})

        assert "Somebody changed this after you opened it." in complaint(response)
        link.refresh_from_db()
        assert link.note == "The quicker’s."

    def test_and_a_part_that_was_changed_by_its_own_form(self, desk: Client) -> None:
        competence = CompetenceFactory(framework__published=False)
        slow = opened(desk, competence.framework)
        desk.post(change(competence), {**opened(desk, competence), "title": "Other"})

        response = desk.post(change(competence.framework), slow)

        assert "Somebody changed this after you opened it." in complaint(response)

    def test_a_part_that_is_gone_keeps_what_was_typed_about_it(self, desk: Client) -> None:
        gone = ResourceSkillFactory()
        stays = ResourceSkillFactory(resource=gone.resource)
        slow = opened(desk, gone.resource)
        gone.delete()

        response = desk.post(change(stays.resource), {**slow, "skill_links-0-note": "Kept."})

        page = page_of(response)
        assert "Somebody took a row of these away while you had them open." in words(
            page.select_one("#skill_links-group .errorlist.nonform")
        )
        assert page.select_one("[name=skill_links-0-note]")["value"] == "Kept."
        assert page.select_one("[name=skill_links-1-skill] option[selected]")["value"] == str(
            stays.skill_id
        )
        again = {**filled_in(page), "skill_links-0-DELETE": "on"}
        assert desk.post(change(stays.resource), again).status_code == 302
        assert ResourceSkill.objects.get() == stays

    def test_nobody_is_stopped_when_nothing_changed(self, desk: Client) -> None:
        skill = SkillFactory()
        slow = opened(desk, skill)
        Skill.objects.filter(pk=skill.pk).update(sort_key="derived")

        assert desk.post(change(skill), slow).status_code == 302

    @pytest.mark.parametrize("seen", ["x", "[]", "null", '{"title": 1}', "[1, 2]", "{" * 5000])
    def test_digests_that_were_tampered_with_stop_it_once(self, desk: Client, seen: str) -> None:
        skill = SkillFactory()

        response = desk.post(change(skill), {**opened(desk, skill), "seen": seen})

        assert "Somebody changed this after you opened it" in complaint(response)


class TestTheDatabase:
    """It refuses what a form found right, since somebody else was quicker by an instant."""

    def test_what_it_refuses_again_is_told_in_the_form(
        self, desk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(own: Any, request: Any, obj: Any, *args: Any) -> None:
            Tag.objects.bulk_create([Tag(name=name, slug="one", status="draft") for name in "ab"])

        monkeypatch.setattr(ResourceAdmin, "save_model", refuse)
        sent = filled_in(open_page(desk, ADD))

        response = desk.post(ADD, {**sent, "title": "Long work", "url": "https://example.org/x"})

        page = page_of(response)
        assert complaint(response) == (
            "Somebody saved something of the same name at this moment. Save again."
        )
        assert page.select_one("[name=title]")["value"] == "Long work"
        assert not Tag.objects.exists()

    def test_a_rule_with_a_sentence_of_its_own_says_it(self) -> None:
        TagFactory(name="privacy")

        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            Tag.objects.bulk_create([Tag(name="Privacy", slug="other", status="draft")])

        assert sentence_of(caught.value) == "There is a tag of this name already."

    def test_what_was_published_while_its_deletion_was_asked_stays(
        self, desk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        draft = SkillFactory(published=False)
        delete = SkillAdmin.delete_model

        def delete_late(own: Any, request: Any, obj: Any) -> None:
            Skill.objects.get(pk=obj.pk).publish(by=None)
            delete(own, request, obj)

        monkeypatch.setattr(SkillAdmin, "delete_model", delete_late)
        there = reverse("admin:catalogue_skill_delete", args=[draft.pk])
        response = desk.post(there, {"post": "yes"}, follow=True)

        assert [str(one) for one in response.context["messages"]] == [
            "This was public once: withdraw it, so that its address can say why."
        ]
        assert Skill.objects.filter(pk=draft.pk).exists()


@pytest.mark.django_db(transaction=True)
class TestTogether:
    def test_a_decision_waits_until_a_form_is_saved(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Or saving would put back the state that it had read."""
        skill = SkillFactory()
        client = cast.client_of("admin")
        sent = {**opened(client, skill), "summary": "Other words."}
        save = SkillAdmin.save_model
        editor = Somebody(lambda: Skill.objects.get(pk=skill.pk).withdraw(by=None, reason="Gone."))

        def save_late(*args: Any) -> None:
            editor.starts_and_waits()
            save(*args)

        monkeypatch.setattr(SkillAdmin, "save_model", save_late)
        with editor:
            client.post(change(skill), sent)

        skill.refresh_from_db()
        assert editor.error is None
        assert (skill.summary, skill.status) == ("Other words.", "withdrawn")

    def test_two_new_ones_of_one_title_at_once_get_an_address_each(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = cast.client_of("admin")
        sent = {**filled_in(open_page(client, ADD_SKILL)), "title": "Cleaning"}
        save = SkillAdmin.save_model
        once = []

        def save_late(*args: Any) -> None:
            if not once:
                once.append(True)
                with Somebody(lambda: SkillFactory(title="Cleaning", published=False)) as other:
                    other.starts()
            save(*args)

        monkeypatch.setattr(SkillAdmin, "save_model", save_late)
        response = client.post(ADD_SKILL, sent)

        assert response.status_code == 302
        assert sorted(Skill.objects.values_list("slug", flat=True)) == ["cleaning", "cleaning-2"]


class TestHostileInput:
    @pytest.mark.parametrize(
        ("field", "said", "answer"),
        [
            ("title", "x" * 301, "Ensure this value has at most 300 characters (it has 301)."),
            ("title", "", "This field is required."),
            ("url", "javascript:alert(1)", None),
            ("url", "https://example.org/" + "x" * 2100, None),
            ("slug", "Not A Slug", None),
            ("slug", "coverage", "This address is kept for another page; choose another."),
            ("duration_minutes", "-5", None),
            ("duration_minutes", "9" * 30, None),
            ("languages", "xx-nonsense-zz", None),
            ("access", "teleport", None),
            ("provider", "999999", None),
            ("provider", "x", None),
            ("tags", "999999", None),
            ("tags", "x", None),
            ("reviewed_at_0", "yesterday", None),
            ("skill_links-TOTAL_FORMS", "x", None),
            ("skill_links-TOTAL_FORMS", "100000", None),
        ],
    )
    def test_is_told_in_the_form_and_nothing_is_saved(
        self, desk: Client, field: str, said: str, answer: str | None
    ) -> None:
        resource = ResourceFactory(title="As it was")
        before = Resource.objects.values().get()

        response = desk.post(
            change(resource), {**opened(desk, resource), "authors": "Kept", field: said}
        )

        page = page_of(response)
        told = texts(page, ".errorlist li, .errornote")
        assert told
        assert answer is None or answer in told
        assert page.select_one("[name=authors]")["value"] == "Kept"
        assert Resource.objects.values().get() == before

    def test_a_title_of_three_hundred_letters_is_taken(self, desk: Client) -> None:
        resource = ResourceFactory()

        desk.post(change(resource), {**opened(desk, resource), "title": "W" * 300})

        resource.refresh_from_db()
        assert resource.title == "W" * 300
        assert open_page(desk, change(resource)).select_one("[name=title]")["value"] == "W" * 300

    def test_a_filter_that_is_none_leads_back_to_the_list(self, desk: Client) -> None:
        for query in ("status__exact=nonsense", "provider__secret=1", "o=99.x", "p=9999", "q=%00"):
            response = desk.get(f"{ADD.replace('add/', '')}?{query}", follow=True)
            assert response.status_code == 200, query


class TestOrder:
    """Rows with places are numbered anew when they are saved."""

    def role(self, *titles: str) -> Any:
        role = RoleFactory()
        for position, title in enumerate(titles, start=1):
            RoleSkillFactory(role=role, skill=SkillFactory(title=title), position=position)
        return role

    def order(self, role: Any) -> list[str]:
        rows = RoleSkill.objects.filter(role=role).order_by("position").select_related("skill")
        assert [row.position for row in rows] == list(range(1, len(rows) + 1))
        return [row.skill.title for row in rows]

    @pytest.mark.parametrize(
        ("places", "order"),
        [
            ({}, "abcd"),
            ({3: "1"}, "dabc"),
            ({0: "3"}, "bcad"),
            ({0: "2", 1: "1"}, "bacd"),
            ({0: ""}, "bcda"),
            ({1: "99"}, "acdb"),
            ({1: "-3"}, "bacd"),
        ],
        ids=["as it was", "up", "down", "swapped", "emptied", "far down", "below all"],
    )
    def test_whoever_moves_gets_the_place(
        self, desk: Client, places: dict[int, str], order: str
    ) -> None:
        role = self.role(*"abcd")
        moved = {f"skill_links-{row}-place": place for row, place in places.items()}

        response = desk.post(change(role), {**opened(desk, role), **moved})

        assert response.status_code == 302
        assert "".join(self.order(role)) == order

    def test_one_that_goes_leaves_no_gap(self, desk: Client) -> None:
        role = self.role(*"abcd")

        desk.post(change(role), {**opened(desk, role), "skill_links-1-DELETE": "on"})

        assert self.order(role) == ["a", "c", "d"]

    def test_a_new_one_without_a_place_comes_last(self, desk: Client) -> None:
        role, skill = self.role("a", "b"), SkillFactory(title="new")
        new = {
            "skill_links-TOTAL_FORMS": 3,
            "skill_links-2-skill": skill.pk,
            "skill_links-2-proficiency": "basic",
        }

        desk.post(change(role), {**opened(desk, role), **new})

        assert self.order(role) == ["a", "b", "new"]


class TestTags:
    def test_they_are_chosen_and_kept(self, desk: Client) -> None:
        resource, tags = ResourceFactory(tags=["old"]), TagFactory.create_batch(2)

        desk.post(change(resource), {**opened(desk, resource), "tags": [tag.pk for tag in tags]})

        assert {*resource.tags.all()} == {*tags}


def test_the_lock_of_decisions_is_held_by_whoever_saves(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    skill = SkillFactory()
    asked = []

    def note() -> None:
        asked.append(True)
        one_decision_at_a_time()

    monkeypatch.setattr("catalogue.desk.careful.one_decision_at_a_time", note)
    open_page(desk, change(skill))
    looked = len(asked)
    desk.post(change(skill), opened(desk, skill))

    assert (looked, len(asked)) == (0, 1)
