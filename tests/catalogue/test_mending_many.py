"""Many resources are changed on one page at the desk, which says first what will change."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from catalogue.models import Decision, Resource, Tag
from tests.cast import Cast
from tests.factories import ResourceFactory, SkillFactory, TagFactory
from tests.pages import words

pytestmark = pytest.mark.django_db

LIST = reverse("admin:catalogue_resource_changelist")


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client_of("editor")


def ask(client: Client, rows: list[Resource], **said: Any) -> Any:
    chosen = {"action": "mend", "_selected_action": [row.pk for row in rows]}
    return client.post(LIST, {**chosen, **said}, follow=True)


def do(client: Client, rows: list[Resource], **said: Any) -> str:
    """What is told after it was looked at and done."""
    response = ask(client, rows, decide="yes", sure="Change them", **said)
    return words(BeautifulSoup(response.content, "lxml").select_one(".messagelist"))


def foretold(response: Any) -> list[str]:
    page = BeautifulSoup(response.content, "lxml")
    return [words(row) for row in page.select(".desk-foretold tr")]


def test_the_page_says_what_will_change_and_changes_nothing_yet(client: Client) -> None:
    guide = ResourceFactory(title="A", resource_type="guide")
    video = ResourceFactory(title="B", resource_type="video")

    looked = ask(client, [guide, video], decide="yes", resource_type="video")

    assert foretold(looked) == ["A type: Guide → Video"]
    assert "1 of the chosen stays as it is." in looked.content.decode()
    guide.refresh_from_db()
    assert guide.resource_type == "guide"


def test_facts_are_set_in_all_of_them(client: Client, cast: Cast) -> None:
    rows = [ResourceFactory(), ResourceFactory()]
    said = {"resource_type": "video", "proficiency": "expert", "cost": "paid"}

    told = do(client, rows, languages="Welsh; en", licence="CC BY 4.0", why="A series.", **said)

    assert told == "2 resources are changed."
    for row in rows:
        row.refresh_from_db()
        assert {name: getattr(row, name) for name in said} == said
        assert (row.languages, row.licence) == (["cy", "en"], "CC-BY-4.0")
        decision = Decision.objects.get(uid=row.uid, verb="changed")
        assert (decision.by, decision.note) == (cast.editor, "A series.")


def test_what_is_left_alone_stays_as_it_is_in_each(client: Client) -> None:
    rows = [ResourceFactory(licence="MIT"), ResourceFactory(licence="CC0-1.0")]

    do(client, rows, cost="paid")

    assert [row.licence for row in Resource.objects.order_by("pk")] == ["MIT", "CC0-1.0"]


def test_a_skill_is_added_at_a_level_or_at_the_resource_s_own(client: Client) -> None:
    one, two = SkillFactory(), SkillFactory()
    resource = ResourceFactory(proficiency="basic")

    do(client, [resource], add_skill=one.pk, at_level="expert")
    do(client, [resource], add_skill=two.pk)

    assert set(resource.skill_links.values_list("skill", "proficiency")) == {
        (one.pk, "expert"),
        (two.pk, "basic"),
    }


def test_a_skill_is_taken_away_altogether_or_at_a_level(client: Client) -> None:
    skill = SkillFactory()
    rows = [ResourceFactory(skills=[(skill, "basic"), (skill, "expert")]) for _n in range(2)]

    do(client, rows[:1], remove_skill=str(skill.pk))
    do(client, rows[1:], remove_skill=f"{skill.pk}@basic")

    assert not rows[0].skill_links.exists()
    assert rows[1].skill_links.get().proficiency == "expert"


def test_tags_are_added_by_name_and_taken_away(client: Client) -> None:
    gone = TagFactory(name="old")
    TagFactory(name="Maps", synonyms=["Mapiau"])
    resource = ResourceFactory(tags=["old"])

    looked = ask(client, [resource], decide="yes", add_tags="mapiau; new", remove_tag=gone.pk)
    [told] = foretold(looked)
    for change in ("takes away the tag “old”", "adds the tag “mapiau”", "adds the tag “new”"):
        assert change in told
    assert not Tag.objects.filter(name="new").exists()

    do(client, [resource], add_tags="mapiau; new", remove_tag=gone.pk)
    assert set(resource.tags.names()) == {"Maps", "new"}


def test_what_says_so_already_is_told_and_left(client: Client) -> None:
    resource = ResourceFactory(cost="paid")

    assert "It says so already." in do(client, [resource], cost="paid")
    assert not Decision.objects.filter(verb="changed").exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "Say what should change."),
        ({"licence": "mine"}, "This licence is unknown here"),
        ({"languages": "nowhere-at-all"}, ""),
        ({"add_tags": "x" * 101}, "too long for a tag"),
    ],
)
def test_what_can_t_be_read_is_told_at_once(client: Client, said: dict[str, str], why: str) -> None:
    response = ask(client, [ResourceFactory()], decide="yes", sure="yes", **said)

    page = BeautifulSoup(response.content, "lxml")
    assert why in words(page.select_one(".errornote"))


def test_one_may_choose_otherwise_and_keeps_what_was_said(client: Client) -> None:
    response = ask(client, [ResourceFactory()], decide="yes", again="yes", licence="MIT")

    page = BeautifulSoup(response.content, "lxml")
    assert page.select_one("input[name=licence]")["value"] == "MIT"
    assert foretold(response) == []


def test_a_guest_changes_their_own_and_no_others(cast: Cast) -> None:
    client = cast.client_of("guest")
    own = ResourceFactory(published=False, added_by=cast.guest, cost="free")
    public = ResourceFactory(cost="free")

    told = do(client, [own, public], cost="paid")

    own.refresh_from_db()
    public.refresh_from_db()
    assert (own.cost, public.cost) == ("paid", "free")
    assert "others look after it" in told


def test_a_guest_makes_no_tags(cast: Cast) -> None:
    client = cast.client_of("guest")
    own = ResourceFactory(published=False, added_by=cast.guest)

    response = ask(client, [own], decide="yes", sure="yes", add_tags="new")

    assert "an editor makes it" in response.content.decode()
    assert not Tag.objects.exists()
