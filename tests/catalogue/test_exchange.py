"""The catalogue's content from files: frameworks, skills, roles, resources, questions."""

from typing import Any

import pytest

from catalogue import exchange
from catalogue.errors import CatalogueError
from catalogue.exchange import ExchangeError
from catalogue.models import (
    Competence,
    Crosswalk,
    Framework,
    Level,
    Organisation,
    Question,
    Resource,
    Role,
    Skill,
    Tag,
)
from catalogue.vocabularies import Status
from tests.cast import Cast
from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    OrganisationFactory,
    ResourceFactory,
    SkillFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db


def told(load: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(ExchangeError) as caught:
        load(*args, **kwargs)
    assert isinstance(caught.value, CatalogueError)
    return str(caught.value)


FRAMEWORK = {
    "slug": "skills-1.0",
    "family": "skills",
    "version": "1.0",
    "title": "Skills 1.0",
    "published": "2025-11",
    "url": "www.example.org/skills",
    "levels": [
        {
            "code": "basic",
            "title": "Basic",
            "proficiency": "basic",
            "levels": [
                {"code": "1", "title": "Basic 1"},
                {"code": "2", "title": "Basic 2", "proficiency": "intermediate"},
            ],
        }
    ],
    "competences": [
        {
            "code": "1",
            "title": "Data",
            "title_cy": "Data Cymraeg",
            "competences": [{"code": "1.1", "title": "Finding data", "short_title": "Finding"}],
        },
        {"code": "2", "title": "People"},
    ],
}


class TestFramework:
    def test_it_comes_with_its_trees_and_is_public(self) -> None:
        assert exchange.load_framework(FRAMEWORK) == 1

        framework = Framework.objects.published().get()
        assert (framework.date_published, framework.url) == (
            "2025-11",
            "https://www.example.org/skills",
        )
        areas = framework.competences.areas().in_order()
        assert [area.title for area in areas] == ["Data", "People"]
        assert areas[0].title_cy == "Data Cymraeg"
        competence = areas[0].competences.get()
        assert (competence.key, competence.short_title) == ("skills-1.0:1.1", "Finding")

    def test_a_level_maps_onto_what_its_band_does_unless_it_says_otherwise(self) -> None:
        exchange.load_framework(FRAMEWORK)

        levels = Level.objects.values_list("code", "proficiency", "parent__code")
        assert set(levels) == {
            ("basic", "basic", None),
            ("1", "basic", "basic"),
            ("2", "intermediate", "basic"),
        }

    def test_a_version_that_is_here_is_left_alone(self) -> None:
        exchange.load_framework(FRAMEWORK)

        assert exchange.load_framework({**FRAMEWORK, "title": "Another"}) == 0

        assert Framework.objects.get().title == "Skills 1.0"

    def test_a_mistake_is_told_and_nothing_is_half_there(self) -> None:
        said = {**FRAMEWORK, "competences": [{"code": "1/2", "title": "Data"}]}

        assert told(exchange.load_framework, said) == (
            "“1/2 Data” can’t be stored: "
            "A code is letters, digits, dots, hyphens and underscores: it is part of an address."
        )
        assert not Framework.objects.exists()


class TestCrosswalk:
    @pytest.fixture(autouse=True)
    def frameworks(self) -> None:
        for slug in ("old-1.0", "new-2.0"):
            framework = FrameworkFactory(slug=slug)
            for code in ("1.1", "1.2"):
                CompetenceFactory(framework=framework, code=code)

    def said(self, *relations: tuple[str, str, str]) -> dict:
        return {
            "source": "old-1.0",
            "target": "new-2.0",
            "relations": [
                {"source": source, "relation": relation, "target": target, "note": "Judged."}
                for source, relation, target in relations
            ],
        }

    def test_each_relation_is_a_row(self) -> None:
        assert exchange.load_crosswalk(self.said(("1.1", "close", "1.2"))) == 1

        row = Crosswalk.objects.get()
        assert str(row) == "old-1.0:1.1 close new-2.0:1.2"
        assert row.note == "Judged."

    def test_a_pair_that_is_related_is_left_alone(self) -> None:
        exchange.load_crosswalk(self.said(("1.1", "close", "1.2")))

        assert (
            exchange.load_crosswalk(self.said(("1.1", "exact", "1.2"), ("1.2", "exact", "1.2")))
            == 1
        )
        assert {row.relation for row in Crosswalk.objects.all()} == {"close", "exact"}

    def test_a_code_that_nobody_has_is_told(self) -> None:
        said = self.said(("1.1", "close", "9.9"))

        assert told(exchange.load_crosswalk, said) == "There is no competence “new-2.0:9.9”."
        assert not Crosswalk.objects.exists()


SKILL = {
    "slug": "finding-data",
    "title": "Finding data",
    "summary": "Knowing where to look.",
    "synonyms": ["data search"],
    "competences": ["skills-1.0:1.1"],
    "related": ["cleaning-data"],
    "statements": {"basic": "I can find a table.", "expert": "I can teach it."},
}


class TestSkills:
    @pytest.fixture(autouse=True)
    def framework(self) -> None:
        CompetenceFactory(framework__slug="skills-1.0", code="1.1")

    def test_they_come_with_what_they_name_and_are_public(self) -> None:
        other = {"slug": "cleaning-data", "title": "Cleaning data", "summary": "Tidying."}

        assert exchange.load_skills([SKILL, other]) == 2

        skill = Skill.objects.published().get(slug="finding-data")
        assert skill.competences.get().key == "skills-1.0:1.1"
        assert skill.related.get().slug == "cleaning-data"
        assert dict(skill.statements.values_list("proficiency", "text")) == SKILL["statements"]

    def test_a_second_time_changes_nothing(self) -> None:
        SkillFactory(slug="cleaning-data")
        exchange.load_skills([SKILL])

        assert exchange.load_skills([{**SKILL, "title": "Another"}]) == 0

        assert Skill.objects.get(slug="finding-data").title == "Finding data"

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"competences": ["skills-1.0:9"]}, "There is no competence “skills-1.0:9”."),
            ({"related": ["nothing"]}, "There is no skill “nothing”."),
            (
                {"statements": {"wizard": "I can fly."}},
                "“I can fly.” can’t be stored: proficiency: Value 'wizard' is not a valid choice.",
            ),
            (
                {"summary": ""},
                "“Finding data” can’t be stored: "
                "A public skill needs a summary: say in a sentence what it is.",
            ),
        ],
    )
    def test_a_mistake_is_told(self, changes: dict, sentence: str) -> None:
        SkillFactory(slug="cleaning-data")

        assert told(exchange.load_skills, [{**SKILL, **changes}]) == sentence
        assert not Skill.objects.filter(slug="finding-data").exists()


class TestRoles:
    ROLE = {
        "slug": "archivist",
        "title": "Archivist",
        "sectors": ["museums"],
        "volunteer": True,
        "skills": [
            {"skill": "finding-data", "proficiency": "expert"},
            {"skill": "cleaning-data", "proficiency": "basic"},
        ],
    }

    @pytest.fixture(autouse=True)
    def skills(self) -> None:
        SkillFactory(slug="finding-data")
        SkillFactory(slug="cleaning-data")

    def test_they_need_skills_in_the_file_s_order(self) -> None:
        assert exchange.load_roles([self.ROLE]) == 1

        role = Role.objects.published().get()
        needs = role.skill_links.order_by("position").values_list("skill__slug", "proficiency")
        assert list(needs) == [("finding-data", "expert"), ("cleaning-data", "basic")]
        assert role.is_volunteer is True

    def test_a_second_time_changes_nothing(self) -> None:
        exchange.load_roles([self.ROLE])

        assert exchange.load_roles([self.ROLE]) == 0

    def test_a_skill_that_nobody_has_is_told(self) -> None:
        said = {**self.ROLE, "skills": [{"skill": "flying", "proficiency": "basic"}]}

        assert told(exchange.load_roles, [said]) == "There is no skill “flying”."


ROW = {
    "url": "https://www.example.org/guide/",
    "title": "A guide",
    "description": "Find a table and tell what is in it.",
    "provider": "A body",
    "authors": "One Person; Another Person",
    "resource_type": "guide",
    "proficiency": "basic",
    "language": "en;CY",
    "licence": "CC-BY-4.0",
    "cost": "free",
    "duration_minutes": "20",
    "duration_source": "estimate",
    "published": "2025-11",
    "access": "phone;transcript",
    "skills": "finding-data;cleaning-data@expert",
    "competences": "skills-1.0:1.1@advanced;skills-1.0:1.2",
    "tags": "Open data;open DATA;maps",
}


class TestResources:
    @pytest.fixture(autouse=True)
    def catalogue(self) -> None:
        framework = FrameworkFactory(slug="skills-1.0")
        for code in ("1.1", "1.2"):
            CompetenceFactory(framework=framework, code=code)
        SkillFactory(slug="finding-data")
        SkillFactory(slug="cleaning-data")

    def test_a_row_is_a_resource_with_all_that_it_says(self, cast: Cast) -> None:
        assert exchange.load_resources([ROW], publish=True, by=cast.editor) == 1

        resource = Resource.objects.published().get()
        assert resource.url == "https://www.example.org/guide/"
        assert resource.provider.name == "A body"
        assert resource.authors == ["One Person", "Another Person"]
        assert resource.languages == ["en", "cy"]
        assert resource.access == ["phone", "transcript"]
        assert (resource.duration_minutes, resource.is_estimate) == (20, True)
        assert resource.date_published == "2025-11"
        assert sorted(resource.tags.names()) == ["Open data", "maps"]

    def test_skills_and_competences_may_bring_a_proficiency_of_their_own(self) -> None:
        exchange.load_resources([ROW], publish=False)

        resource = Resource.objects.get()
        assert set(resource.skill_links.values_list("skill__slug", "proficiency")) == {
            ("finding-data", "basic"),
            ("cleaning-data", "expert"),
        }
        assert set(resource.competence_links.values_list("competence__code", "proficiency")) == {
            ("1.1", "advanced"),
            ("1.2", "basic"),
        }

    def test_an_address_and_a_title_are_enough_for_a_draft(self) -> None:
        row = {"url": "www.example.org", "title": "A site", "cost": "", "skills": "", "tags": ""}

        exchange.load_resources([row], publish=False)

        assert Resource.objects.get().status == Status.DRAFT
        assert Resource.objects.get().provider is None

    def test_a_known_address_is_left_alone_however_it_is_written(self) -> None:
        ResourceFactory(url="http://example.org/guide", title="As it was")

        assert exchange.load_resources([ROW], publish=True) == 0

        assert Resource.objects.get().title == "As it was"

    def test_the_second_row_of_one_address_is_left_out(self) -> None:
        again = {**ROW, "url": "https://example.org/guide?utm_source=x", "title": "Again"}

        assert exchange.load_resources([ROW, again], publish=True) == 1

        assert Resource.objects.get().title == "A guide"

    def test_a_provider_that_is_here_is_taken(self) -> None:
        organisation = OrganisationFactory(name="A body")

        exchange.load_resources([ROW], publish=True)

        assert Resource.objects.get().provider == organisation
        assert Organisation.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"skills": "flying"}, "“flying”: There is no skill of this name."),
            (
                {"competences": "skills-1.0:9"},
                "“skills-1.0:9”: There is no such competence; write it as in digcomp-3.0:1.2.",
            ),
            (
                {"duration_minutes": "a while"},
                "“a while”: “a while” is no number of minutes.",
            ),
            (
                {"url": "ftp://example.org"},
                "“ftp://example.org”: “ftp://example.org” is not a web page: "
                "its address must start with https:// or http://.",
            ),
            (
                {"language": "klingon"},
                "“klingon”: “klingon” is no language tag; write it as in en, cy or pt-BR.",
            ),
            (
                {"resource_type": ""},
                "A resource stays a draft: a public one needs a type and a language.",
            ),
        ],
    )
    def test_a_mistake_is_told_and_no_row_of_the_file_is_there(
        self, changes: dict, sentence: str
    ) -> None:
        good = {**ROW, "url": "https://example.org/good"}

        assert told(exchange.load_resources, [good, {**ROW, **changes}], publish=True) == sentence
        assert not Resource.objects.exists()


class TestQuestions:
    QUESTION = {
        "slug": "how",
        "title": "How do I find data?",
        "answer": "Look for it.",
        "skills": ["finding-data"],
        "resources": ["http://www.example.org/guide"],
    }

    @pytest.fixture(autouse=True)
    def catalogue(self) -> None:
        SkillFactory(slug="finding-data")
        ResourceFactory(url="https://example.org/guide/")

    def test_they_stand_in_the_file_s_order_with_their_answers(self) -> None:
        assert exchange.load_questions([self.QUESTION, {"slug": "why", "title": "Why?"}]) == 2

        questions = Question.objects.published().order_by("position")
        assert [one.slug for one in questions] == ["how", "why"]
        assert questions[0].skills.get().slug == "finding-data"
        assert questions[0].resources.get().url == "https://example.org/guide/"

    def test_a_second_time_changes_nothing(self) -> None:
        exchange.load_questions([self.QUESTION])

        assert exchange.load_questions([{**self.QUESTION, "title": "Another?"}]) == 0

        assert Question.objects.get().title == "How do I find data?"

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"skills": ["flying"]}, "There is no skill “flying”."),
            (
                {"resources": ["https://example.org/nothing"]},
                "There is no resource “https://example.org/nothing”.",
            ),
        ],
    )
    def test_a_mistake_is_told(self, changes: dict, sentence: str) -> None:
        assert told(exchange.load_questions, [{**self.QUESTION, **changes}]) == sentence
        assert not Question.objects.exists()


def test_organisations_are_public_as_soon_as_they_are_known() -> None:
    said = [{"slug": "a-body", "name": "A body", "is_sector_body": True}]

    assert exchange.load_organisations(said) == 1
    assert exchange.load_organisations(said) == 0

    organisation = Organisation.objects.published().get()
    assert (organisation.name, organisation.is_sector_body) == ("A body", True)
    assert not Competence.objects.exists()


def test_tags_that_are_here_get_other_names_once() -> None:
    tag, own = TagFactory(name="Spreadsheets"), TagFactory(name="Maps", synonyms=["charts"])
    said = [
        {"name": "spreadsheets", "synonyms": ["Excel"]},
        {"name": "maps", "synonyms": ["mapiau"]},
        {"name": "unicorns", "synonyms": ["horses"]},
    ]

    assert exchange.name_tags(said) == 1
    assert exchange.name_tags(said) == 0

    tag.refresh_from_db()
    own.refresh_from_db()
    assert (tag.synonyms, own.synonyms) == (["Excel"], ["charts"])
    assert Tag.objects.count() == 2
