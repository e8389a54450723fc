"""How the starter catalogue is written: the rules that its files keep, read from the files alone."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from catalogue.addresses import canonical_address, clean_address
from catalogue.vocabularies import Proficiency
from tests.config import starter_files
from tests.config.starter_files import read

# Characters: from a sentence that says something to what people read without scrolling.
LENGTHS = {
    ("resources", "description"): (60, 300),
    ("organisations", "summary"): (25, 200),
    ("skills", "summary"): (40, 160),
    ("skills", "description"): (200, 500),
    ("skills", "statements"): (40, 160),
    ("roles", "summary"): (60, 160),
    ("roles", "description"): (200, 500),
    ("questions", "answer"): (250, 600),
    ("pathways", "summary"): (60, 200),
    ("pathways", "audience"): (80, 300),
    ("pathways", "introduction"): (250, 1000),
    ("pathways", "outcomes"): (40, 160),
    ("stages", "introduction"): (25, 200),
    ("steps", "note"): (50, 400),
    ("steps", "instructions"): (250, 1500),
}
CODES = {
    f"{framework['slug']}:{competence['code']}"
    for framework in read("frameworks")
    for area in framework["competences"]
    # The foundation skills and categories of a framework without competences stand for themselves.
    for competence in area.get("competences", [area])
}
SKILLS = {skill["slug"] for skill in read("skills")}
ROLES = {role["slug"] for role in read("roles")}
RESOURCES = starter_files.resources()
PATHWAYS = read("pathways")


def stages() -> list[dict]:
    return [stage for pathway in PATHWAYS for stage in pathway["stages"]]


def steps_of(pathway: dict) -> list[dict]:
    return [step for stage in pathway["stages"] for step in stage["steps"]]


def all_of(kind: str) -> list[dict]:
    if kind == "resources":
        return [*RESOURCES, *starter_files.drafts()]
    if kind == "stages":
        return stages()
    if kind == "steps":
        return [step for pathway in PATHWAYS for step in steps_of(pathway)]
    return read(kind)


def texts(said: Any) -> Iterator[str]:
    """What `said` holds of text, as one, a list or by name; none that is left out."""
    if isinstance(said, str):
        yield from [said] if said else []
    elif said is not None:
        for one in said.values() if isinstance(said, dict) else said:
            yield from texts(one)


def prose() -> Iterator[str]:
    """Every text of ours that readers are shown as sentences."""
    for kind, name in [*LENGTHS, ("curators", "biography")]:
        for one in all_of(kind):
            yield from texts(one.get(name))
    for crosswalk in read("crosswalks"):
        for relation in crosswalk["relations"]:
            yield relation["note"]


def sentences() -> Iterator[str]:
    for text in prose():
        for line in text.split("\n"):
            # A sentence ends in a full stop; “Ten minutes:” only leads on.
            for sentence in re.split(r"(?<=[.!?])\s+", line.lstrip("-*0123456789. ")):
                if sentence.endswith((".", "!", "?")):
                    yield sentence


class TestWords:
    @pytest.mark.parametrize(("kind", "name"), LENGTHS)
    def test_a_text_is_as_long_as_it_needs_to_be(self, kind: str, name: str) -> None:
        shortest, longest = LENGTHS[kind, name]

        for one in all_of(kind):
            for text in texts(one.get(name)):
                assert shortest <= len(text) <= longest, text

    def test_no_sentence_is_used_twice(self) -> None:
        counts = Counter(sentence.casefold() for sentence in sentences())

        assert [sentence for sentence, count in counts.items() if count > 1] == []

    def test_quotation_marks_and_apostrophes_are_curly(self) -> None:
        titles = [one["title"] for kind in ("skills", "roles", "questions") for one in read(kind)]

        assert [text for text in [*prose(), *titles] if "'" in text or '"' in text] == []

    def test_a_resource_is_described_in_a_sentence_or_two(self) -> None:
        for row in all_of("resources"):
            said = re.split(r"(?<=[.!?])\s+", row["description"])
            assert len(said) <= 2, row["url"]
            assert said[-1].endswith((".", "?")), row["url"]

    def test_descriptions_do_not_all_begin_alike(self) -> None:
        beginnings = Counter(" ".join(row["description"].split()[:2]) for row in RESOURCES)
        first_words = Counter(row["description"].split()[0] for row in RESOURCES)

        assert beginnings.most_common(1)[0][1] <= len(RESOURCES) / 50
        assert first_words.most_common(1)[0][1] <= len(RESOURCES) / 20


class TestResources:
    def test_there_are_as_many_as_promised(self) -> None:
        assert len(RESOURCES) >= 250

    @pytest.mark.parametrize(
        "column",
        "title resource_type proficiency language cost duration_minutes duration_source".split(),
    )
    def test_none_leaves_out(self, column: str) -> None:
        assert [row["url"] for row in all_of("resources") if not row[column]] == []

    def test_each_takes_at_least_a_minute(self) -> None:
        assert [row["url"] for row in all_of("resources") if int(row["duration_minutes"]) < 1] == []

    def test_each_says_who_made_it(self) -> None:
        assert [row["url"] for row in RESOURCES if not row["provider"] + row["authors"]] == []

    def test_each_address_is_https_and_as_the_importer_would_have_it(self) -> None:
        for row in all_of("resources"):
            assert row["url"].startswith("https://"), row["url"]
            assert row["url"] == clean_address(row["url"])

    def test_no_two_lead_to_one_place(self) -> None:
        places = Counter(canonical_address(row["url"]) for row in all_of("resources"))

        assert [place for place, count in places.items() if count > 1] == []

    def test_skills_and_competences_are_known_and_at_a_proficiency(self) -> None:
        for row in all_of("resources"):
            for column, known in (("skills", SKILLS), ("competences", CODES)):
                for one in filter(None, row[column].split(";")):
                    name, _, proficiency = one.partition("@")
                    assert name in known, row["url"]
                    assert proficiency in Proficiency.values, row["url"]
            assert row["skills"], row["url"]

    def test_a_tag_leads_to_three_or_more(self) -> None:
        tags = Counter(tag for row in RESOURCES for tag in filter(None, row["tags"].split(";")))

        assert [tag for tag, count in tags.items() if count < 3] == []

    def test_each_provider_is_an_organisation_of_that_name(self) -> None:
        known = {organisation["name"] for organisation in read("organisations")}

        assert {row["provider"] for row in all_of("resources")} - {""} == known


class TestOrganisations:
    def test_each_has_an_https_address_and_one_sentence(self) -> None:
        for one in read("organisations"):
            assert one["url"].startswith("https://"), one["name"]
            assert one["url"] == clean_address(one["url"])
            assert re.fullmatch(r".+[^.]\.", one["summary"]), one["name"]
            assert not re.search(r"[.!?]\s+[A-Z]", one["summary"]), one["name"]


class TestTags:
    def test_other_names_are_of_tags_that_are_there(self) -> None:
        borne = {tag for row in RESOURCES for tag in row["tags"].split(";")}

        assert {one["name"] for one in read("tags")} <= borne

    def test_each_is_named_once_and_by_names_that_no_tag_has(self) -> None:
        names = [one["name"] for one in read("tags")]
        borne = {tag.lower() for row in RESOURCES for tag in row["tags"].split(";")}

        assert len(set(names)) == len(names)
        for one in read("tags"):
            others = [name.lower() for name in one["synonyms"]]
            assert others and len(set(others)) == len(others), one["name"]
            assert not borne & set(others), one["name"]


class TestSkills:
    def test_there_are_as_many_as_promised(self) -> None:
        assert len(SKILLS) >= 45
        assert len(ROLES) >= 10

    def test_each_says_at_every_proficiency_what_i_can_do(self) -> None:
        for skill in read("skills"):
            assert list(skill["statements"]) == Proficiency.values, skill["slug"]
            for text in skill["statements"].values():
                assert text.startswith("I can ") and text.endswith("."), text

    @pytest.mark.parametrize("framework", ["digcomp-3.0", "digcomp-2.2"])
    def test_each_realises_a_competence_of_both_versions_of_digcomp(self, framework: str) -> None:
        for skill in read("skills"):
            assert set(skill["competences"]) <= CODES, skill["slug"]
            named = {key.partition(":")[0] for key in skill["competences"]}
            assert framework in named, skill["slug"]

    @pytest.mark.parametrize(
        "framework", ["essential-digital-skills", "digital-competence-framework-2016"]
    )
    def test_every_part_of_the_other_frameworks_is_realised_by_a_skill(
        self, framework: str
    ) -> None:
        parts = {code for code in CODES if code.startswith(f"{framework}:")}

        assert parts <= {key for skill in read("skills") for key in skill["competences"]}

    def test_each_is_related_to_others_that_are_there(self) -> None:
        for skill in read("skills"):
            assert skill["related"], skill["slug"]
            assert set(skill["related"]) <= SKILLS - {skill["slug"]}, skill["slug"]

    def test_each_is_found_by_other_words(self) -> None:
        for skill in read("skills"):
            assert len(skill["synonyms"]) >= 4, skill["slug"]
            assert len(set(skill["synonyms"])) == len(skill["synonyms"]), skill["slug"]

    def test_each_is_needed_in_some_role(self) -> None:
        needed = {need["skill"] for role in read("roles") for need in role["skills"]}

        assert needed == SKILLS

    def test_a_role_needs_no_more_than_anyone_can_learn(self) -> None:
        for role in read("roles"):
            assert 1 <= len(role["skills"]) <= 15, role["slug"]
            assert len({need["skill"] for need in role["skills"]}) == len(role["skills"])


class TestQuestions:
    def test_there_are_as_many_as_promised_and_each_asks(self) -> None:
        assert len(read("questions")) >= 16
        assert [one["title"] for one in read("questions") if not one["title"].endswith("?")] == []

    def test_each_is_answered_by_what_is_there(self) -> None:
        known = {row["url"] for row in RESOURCES}
        slugs = {pathway["slug"] for pathway in PATHWAYS}
        for question in read("questions"):
            assert question["skills"] and set(question["skills"]) <= SKILLS, question["slug"]
            assert set(question["resources"]) <= known, question["slug"]
            assert set(question["pathways"]) <= slugs, question["slug"]
            assert question["resources"] or question["pathways"], question["slug"]

    def test_every_pathway_answers_one(self) -> None:
        answered = {slug for question in read("questions") for slug in question["pathways"]}

        assert answered == {pathway["slug"] for pathway in PATHWAYS}


@pytest.mark.parametrize("pathway", PATHWAYS, ids=lambda pathway: pathway["slug"])
class TestPathway:
    def test_it_can_be_walked_in_five_to_twelve_steps_and_in_stages(self, pathway: dict) -> None:
        assert 5 <= len(steps_of(pathway)) <= 12
        assert 2 <= len(pathway["stages"]) <= 4
        assert all(stage["steps"] and stage["title"] for stage in pathway["stages"])

    def test_it_leads_to_work_and_ends_in_thought(self, pathway: dict) -> None:
        kinds = [step["kind"] for step in steps_of(pathway)]

        assert "activity" in kinds
        assert kinds[-1] == "reflection"

    def test_some_of_it_is_needed_some_is_chosen_and_some_may_be_left(self, pathway: dict) -> None:
        asked = {step["requirement"] for step in steps_of(pathway)}

        assert asked == {"core", "choose-one", "optional"}

    def test_a_choice_is_between_two_or_more(self, pathway: dict) -> None:
        for stage in pathway["stages"]:
            sets = Counter(step["choice"] for step in stage["steps"] if step.get("choice"))
            assert all(count >= 2 for count in sets.values())

    def test_every_step_says_why_and_has_a_number_of_its_own(self, pathway: dict) -> None:
        steps = steps_of(pathway)

        assert all(step["note"] for step in steps)
        assert len({step["n"] for step in steps}) == len(steps)

    def test_what_to_do_and_how_long_it_takes_is_said(self, pathway: dict) -> None:
        for step in steps_of(pathway):
            if step["kind"] in ("activity", "reflection"):
                assert step["instructions"] and step["title"], step["n"]
                assert step["duration_minutes"] > 0, step["n"]

    def test_every_link_is_to_a_resource_that_is_there(self, pathway: dict) -> None:
        known = {row["url"] for row in RESOURCES}
        for step in steps_of(pathway):
            if step["kind"] == "resource":
                assert step["url"] in known, step["n"]
                assert step["stand_in"] is None or step["stand_in"] in known - {step["url"]}

    def test_it_names_skills_and_roles_that_are_there(self, pathway: dict) -> None:
        assert {one["skill"] for one in pathway["skills"]} <= SKILLS
        assert {one["proficiency"] for one in pathway["skills"]} <= set(Proficiency.values)
        assert set(pathway["roles"]) <= ROLES
        assert pathway["skills"] and pathway["roles"] and pathway["outcomes"]

    def test_it_is_credited_to_the_editors_alone(self, pathway: dict) -> None:
        assert [one["curator"] for one in pathway["credits"]] == ["waymark-editors"]


def test_there_are_as_many_pathways_as_promised() -> None:
    assert len(PATHWAYS) >= 12


def test_no_person_is_named_as_curator() -> None:
    assert [curator["name"] for curator in read("curators")] == ["Waymark editors"]


@pytest.mark.parametrize("crosswalk", read("crosswalks"), ids=lambda one: one["source"])
def test_a_crosswalk_relates_every_competence_of_both_ends_and_says_why(crosswalk: dict) -> None:
    for end in ("source", "target"):
        codes = {code for code in CODES if code.startswith(f"{crosswalk[end]}:")}
        assert {f"{crosswalk[end]}:{one[end]}" for one in crosswalk["relations"]} == codes
    assert all(one["note"] for one in crosswalk["relations"])
