"""Pathways from Waymark's own JSON."""

from copy import deepcopy
from typing import Any

import pytest

from catalogue.exchange import ExchangeError
from pathways.exchange import answer_questions, load_pathways
from pathways.known import answering
from pathways.models import Credit, Pathway, QuestionPathway
from tests.factories import (
    CuratorFactory,
    OrganisationFactory,
    QuestionFactory,
    ResourceFactory,
    RoleFactory,
    SkillFactory,
    make_pathway,
)

pytestmark = pytest.mark.django_db

SAID = {
    "slug": "my-way",
    "title": "My way",
    "summary": "From here to there.",
    "outcomes": ["Find data", "Clean it"],
    "licence": "CC-BY-4.0",
    "ordered": False,
    "organisation": "a-body",
    "proficiency_from": "basic",
    "proficiency_to": "intermediate",
    "skills": [{"skill": "a-skill", "proficiency": "intermediate"}],
    "roles": ["a-role"],
    "credits": [{"curator": "a-curator"}, {"curator": "a-team", "kind": "reviewer"}],
    "stages": [
        {
            "title": "Begin",
            "introduction": "First of all.",
            "steps": [
                {"n": 1, "url": "https://www.example.org/guide/", "note": "It is short."},
                {
                    "n": 4,
                    "kind": "activity",
                    "title": "Try it",
                    "instructions": "On your own data.",
                    "duration_minutes": 15,
                    "requirement": "optional",
                },
            ],
        },
        {
            "title": "Go on",
            "steps": [
                {
                    "url": "https://example.org/guide",
                    "stand_in": "https://example.org/other",
                    "requirement": "choose-one",
                    "choice": 1,
                },
                {
                    "kind": "reflection",
                    "title": "Or think",
                    "requirement": "choose-one",
                    "choice": 1,
                },
            ],
        },
    ],
}


@pytest.fixture(autouse=True)
def catalogue() -> None:
    """All that the file names."""
    OrganisationFactory(slug="a-body")
    SkillFactory(slug="a-skill")
    RoleFactory(slug="a-role")
    CuratorFactory(slug="a-curator")
    CuratorFactory(slug="a-team")
    ResourceFactory(url="https://example.org/guide", duration_minutes=20)
    ResourceFactory(url="https://example.org/other")


def said(**changes: Any) -> dict:
    return {**deepcopy(SAID), **changes}


def plain(slug: str, *steps: dict) -> dict:
    """The least that a file can say of a pathway."""
    return {
        "slug": slug,
        "title": slug,
        "summary": "From here to there.",
        "stages": [{"title": "Begin", "steps": list(steps)}],
    }


TRY = {"kind": "activity", "title": "Try it"}


def inner(slug: str) -> dict:
    return {"kind": "pathway", "pathway": slug}


class TestLoading:
    def test_the_whole_is_there_and_public(self) -> None:
        assert load_pathways([said()]) == 1

        pathway = Pathway.objects.published().get()
        revision = pathway.published_revision
        assert (pathway.slug, pathway.ordered, pathway.organisation.slug) == (
            "my-way",
            False,
            "a-body",
        )
        assert revision.outcome_list == ["Find data", "Clean it"]
        assert (revision.proficiency_from, revision.proficiency_to) == ("basic", "intermediate")
        assert revision.skill_links.get().proficiency == "intermediate"
        assert revision.role_links.get().role.slug == "a-role"
        credits = Credit.objects.in_order().values_list("curator__slug", "kind")
        assert list(credits) == [("a-curator", "author"), ("a-team", "reviewer")]
        assert pathway.duration_minutes == 40

    def test_steps_keep_the_numbers_that_the_file_gives_and_others_go_on_from_there(self) -> None:
        load_pathways([said()])

        steps = Pathway.objects.get().published_revision.steps.in_order()
        assert [(step.n, step.kind, step.requirement) for step in steps] == [
            (1, "resource", "core"),
            (4, "activity", "optional"),
            (5, "resource", "choose-one"),
            (6, "reflection", "choose-one"),
        ]
        assert steps[1].instructions == "On your own data."
        assert steps[2].stand_in.url == "https://example.org/other"

    def test_a_second_time_changes_nothing(self) -> None:
        load_pathways([said()])

        assert load_pathways([said(title="Another title")]) == 0

        assert Pathway.objects.get().title == "My way"

    def test_one_that_is_a_step_of_another_comes_first_whatever_the_order(self) -> None:
        load_pathways(
            [plain("outer", inner("middle")), plain("middle", inner("inner")), plain("inner", TRY)]
        )

        outer = Pathway.objects.get(slug="outer")
        assert outer.published_revision.steps.get().pathway.slug == "middle"

    def test_one_that_is_here_already_may_be_a_step(self) -> None:
        make_pathway(slug="inner")

        assert load_pathways([plain("outer", inner("inner"))]) == 1


MISTAKES = {
    "an organisation": ({"organisation": "nobody"}, "“nobody”: There is no organisation “nobody”."),
    "a skill": (
        {"skills": [{"skill": "nothing", "proficiency": "basic"}]},
        "“nothing”: There is no skill “nothing”.",
    ),
    "a role": ({"roles": ["nobody"]}, "“nobody”: There is no role “nobody”."),
    "a curator": ({"credits": [{"curator": "nobody"}]}, "“nobody”: There is no curator “nobody”."),
    "a resource": (
        {"stages": [{"title": "A", "steps": [{"url": "https://example.org/nothing"}]}]},
        "“https://example.org/nothing”: There is no resource at this address yet: give its “title” to make a draft of it.",
    ),
    "a stand-in": (
        {
            "stages": [
                {
                    "title": "A",
                    "steps": [
                        {"url": "https://example.org/guide", "stand_in": "https://example.org/no"}
                    ],
                }
            ]
        },
        "“https://example.org/no”: There is no resource at this address yet: give its “title” to make a draft of it.",
    ),
    "a pathway": (
        {"stages": [{"title": "A", "steps": [inner("nowhere")]}]},
        "“nowhere”: There is no pathway “nowhere”.",
    ),
}


class TestMistakes:
    @pytest.mark.parametrize(("changes", "sentence"), MISTAKES.values(), ids=MISTAKES)
    def test_a_name_that_nobody_has_is_told_and_nothing_is_half_there(
        self, changes: dict, sentence: str
    ) -> None:
        with pytest.raises(ExchangeError) as caught:
            load_pathways([said(**changes)])

        assert str(caught.value) == sentence
        assert not Pathway.objects.exists()

    def test_what_can_not_be_stored_is_told_with_its_field(self) -> None:
        steps = [{"kind": "activity", "title": "Try it", "requirement": "sometimes"}]

        with pytest.raises(ExchangeError) as caught:
            load_pathways([plain("my-way", *steps)])

        assert str(caught.value) == (
            "“sometimes”: “requirement” takes one of these: core, optional, choose-one."
        )

    def test_what_can_not_be_public_is_told(self) -> None:
        with pytest.raises(ExchangeError) as caught:
            load_pathways([plain("my-way")])

        assert str(caught.value) == (
            "“my-way” stays a draft: "
            "Add a step. Add a step to the stage “Begin”, or take the stage away."
        )

    def test_a_circle_is_told(self) -> None:
        with pytest.raises(ExchangeError) as caught:
            load_pathways([plain("b", inner("a")), plain("a", inner("b")), plain("c", TRY)])

        told = "This pathway leads back to its own: a learner would walk in a circle."
        assert str(caught.value) == f"“a”: {told} “b”: {told}"
        assert not Pathway.objects.exists()


class TestAnswers:
    def test_pathways_are_tied_to_the_questions_in_the_file_s_order(self) -> None:
        question = QuestionFactory(slug="how")
        make_pathway("A", slug="a")
        make_pathway("B", slug="b")

        assert answer_questions([{"slug": "how", "pathways": ["b", "a"]}]) == 2

        assert [one.slug for one in answering(question)] == ["b", "a"]

    def test_a_second_time_ties_nothing(self) -> None:
        QuestionFactory(slug="how")
        make_pathway(slug="a")
        file = [{"slug": "how", "pathways": ["a"]}, {"slug": "unanswered"}]
        answer_questions(file)

        assert answer_questions(file) == 0
        assert QuestionPathway.objects.count() == 1

    @pytest.mark.parametrize(
        ("file", "sentence"),
        [
            ({"slug": "never-asked", "pathways": ["a"]}, "There is no question “never-asked”."),
            ({"slug": "how", "pathways": ["nowhere"]}, "There is no pathway “nowhere”."),
        ],
    )
    def test_a_name_that_nobody_has_is_told(self, file: dict, sentence: str) -> None:
        QuestionFactory(slug="how")
        make_pathway(slug="a")

        with pytest.raises(ExchangeError) as caught:
            answer_questions([file])

        assert str(caught.value) == sentence
