"""Narrowing the list of pathways: /pathways/."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from pathways import publication
from pathways.finding import PAGE_SIZE, PathwayQuery, find
from tests.factories import (
    ResourceFactory,
    RevisionRoleFactory,
    RevisionSkillFactory,
    RoleFactory,
    SkillFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)
from tests.pages import open_page

pytestmark = pytest.mark.django_db


def make_way(
    title: str, *, minutes: int | None = 30, skills: Any = (), roles: Any = (), **words: str
) -> None:
    """A published pathway of one step."""
    draft = make_draft(title)
    for name, value in words.items():
        setattr(draft, name, value)
    draft.save()
    for skill in skills:
        RevisionSkillFactory(revision=draft, skill=skill)
    for role in roles:
        RevisionRoleFactory(revision=draft, role=role)
    add_step(add_stage(draft), ResourceFactory(duration_minutes=minutes))
    publication.publish(draft, by=None)


def found(asked: str = "") -> list[str]:
    return [one.title for one in find(PathwayQuery.parse(QueryDict(asked))).pathways]


def counts(name: str, asked: str = "") -> dict[str, int]:
    facets = find(PathwayQuery.parse(QueryDict(asked))).facets
    [facet] = [facet for facet in facets if facet.name == name]
    return {value.value: value.count for value in facet.values}


class TestFilters:
    def test_without_any_all_that_are_public_stand_by_title(self):
        for title in "BA":
            make_way(title)
        make_draft("C")

        assert found() == ["A", "B"]

    def test_by_skill_and_role(self):
        maps, data = SkillFactory(title="Maps"), SkillFactory(title="Charts")
        make_way("A", skills=[maps], roles=[RoleFactory(title="Librarian")])
        make_way("B", skills=[maps, data])

        assert found("skill=maps") == ["A", "B"]
        assert found("skill=charts") == ["B"]
        assert found("skill=maps&role=librarian") == ["A"]
        assert found("skill=charts&role=librarian") == []

    @pytest.mark.parametrize(
        ("start", "end", "levels"),
        [
            ("basic", "", ["basic"]),
            ("basic", "advanced", ["basic", "intermediate", "advanced"]),
            ("", "", []),
        ],
    )
    def test_by_each_level_it_leads_through(self, start: str, end: str, levels: list[str]):
        make_way("A", proficiency_from=start, proficiency_to=end)

        assert [level for level, n in counts("proficiency").items() if n] == levels
        assert all(found(f"proficiency={level}") == ["A"] for level in levels)

    @pytest.mark.parametrize(
        ("minutes", "times"),
        [
            (20, ["20", "60", "240"]),
            (21, ["60", "240"]),
            (61, ["240"]),
            (240, ["240"]),
            (241, ["more"]),
            (None, []),
        ],
    )
    def test_by_the_time_its_longest_step_takes(self, minutes: int | None, times: list[str]):
        make_way("A", minutes=minutes)

        assert [time for time, n in counts("time").items() if n] == times

    def test_many_short_steps_fit_a_short_time(self):
        draft = make_draft("A")
        stage = add_stage(draft)
        for _n in range(20):
            add_step(stage, "Try it", duration_minutes=20)
        add_step(stage, "More of it", duration_minutes=90, requirement="optional")
        publication.publish(draft, by=None)

        assert found("time=20") == ["A"]

    def test_a_step_of_unknown_length_promises_nothing(self):
        draft = make_draft("A")
        stage = add_stage(draft)
        add_step(stage, "Short", duration_minutes=5)
        add_step(stage, "Who knows")
        publication.publish(draft, by=None)

        assert not any(counts("time").values())

    def test_counts_respect_every_other_filter_but_their_own(self):
        maps, data = SkillFactory(title="Maps"), SkillFactory(title="Charts")
        make_way("A", skills=[maps], proficiency_from="basic")
        make_way("B", skills=[data], proficiency_from="expert")

        assert counts("skill", "skill=maps") == {"charts": 1, "maps": 1}
        assert counts("skill", "proficiency=expert") == {"charts": 1}
        assert counts("proficiency", "skill=maps")["expert"] == 0

    def test_what_is_chosen_can_be_taken_off(self):
        SkillFactory(title="Maps", i18n={"title_cy": "Mapiau"})
        results = find(PathwayQuery.parse(QueryDict("skill=maps&time=60&page=3")))

        assert [(chip.label, chip.address) for chip in results.chips] == [
            ("In pieces of an hour or less", "?skill=maps"),
            ("Maps", "?time=60"),
        ]

    def test_what_nobody_knows_is_left_out_and_told(self):
        results = find(PathwayQuery.parse(QueryDict("skill=unicorns&proficiency=god&time=never")))

        assert results.query == PathwayQuery()
        assert [(one.label, one.value) for one in results.unknown] == [
            ("Level", "god"),
            ("Time", "never"),
            ("Skill", "unicorns"),
        ]

    def test_a_skill_that_no_pathway_practises_is_known(self):
        SkillFactory(title="Maps")
        results = find(PathwayQuery.parse(QueryDict("skill=maps")))

        assert (results.total, results.unknown) == (0, [])

    def test_a_long_list_has_pages(self):
        for number in range(PAGE_SIZE + 1):
            make_pathway(f"Pathway {number}", steps=["Try it"])
        results = find(PathwayQuery.parse(QueryDict("page=9")))

        assert (results.total, len(results.pathways), results.number) == (PAGE_SIZE + 1, 1, 2)
        assert (results.previous, results.next) == ("?", "")
        assert results.beyond == 9


@pytest.mark.parametrize(
    "query",
    [
        "?skill=%00&role=%27%22",
        "?proficiency=unicorn&time=never&page=-1",
        "?" + "&".join(f"skill=s{n}" for n in range(500)),
        "?role=" + "x" * 10_000,
        "?page=" + "9" * 5000,
        "?skill=%ED%A0%80&skill=%FF",
    ],
)
def test_whatever_stands_in_the_address_a_page_answers(client: Client, query: str):
    make_way("A")

    open_page(client, f"/pathways/{query}")


def test_more_pathways_cost_no_more_queries(client: Client, count_queries: Callable):
    make_way("A", skills=[SkillFactory()], roles=[RoleFactory()])
    with count_queries() as few:
        client.get("/pathways/?time=60")
    for title in "BCDEF":
        make_way(title, skills=[SkillFactory()], roles=[RoleFactory()])
    with count_queries() as many:
        client.get("/pathways/?time=60")

    # The site's revision, what each has, names, a page of them.
    assert len(many) <= len(few) <= 4
