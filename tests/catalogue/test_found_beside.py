"""Skills, pathways, questions and roles that words find, above the resources."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from catalogue.findable import asked_of, beside, near
from catalogue.search import ResourceQuery
from pathways import publication
from tests.factories import (
    QuestionFactory,
    ResourceFactory,
    RevisionSkillFactory,
    RoleFactory,
    SkillFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)
from tests.pages import links, open_page, texts

pytestmark = pytest.mark.django_db


def found(words: str) -> dict[str, list[str]]:
    """What all of the words find, by kinds."""
    groups = beside(asked_of(ResourceQuery(q=words).wanted), each=3)
    return {group.kind: [str(entry.title) for entry in group.entries] for group in groups}


def boxes(page: BeautifulSoup) -> dict[str, list[str]]:
    """What stands above the resources, by its headings."""
    return {
        group.h2.get_text(strip=True): texts(group, "li")
        for group in page.select(".found-beside__group")
    }


class TestWhatIsFound:
    def test_things_of_each_kind_whose_names_have_all_of_the_words(self):
        SkillFactory(title="Cleaning data")
        SkillFactory(title="Showing data")
        QuestionFactory(title="How do I clean our data?")
        RoleFactory(title="Volunteer who cleans data")
        make_pathway("Clean data, dirty hands")

        assert found("clean data") == {
            "skill": ["Cleaning data"],
            "pathway": ["Clean data, dirty hands"],
            "question": ["How do I clean our data?"],
            "role": ["Volunteer who cleans data"],
        }

    def test_a_word_with_a_hyphen_by_both_of_its_parts_or_as_one_word(self):
        SkillFactory(title="Lending ebooks")
        SkillFactory(title="Mending books")
        SkillFactory(title="Open data")
        SkillFactory(title="Data cleaning")

        assert found("e-books") == {"skill": ["Lending ebooks"]}
        assert found("open-data") == {"skill": ["Open data"]}
        assert near(asked_of([("e-books",)]), each=3)[0].entries[0].title == "Lending ebooks"

    def test_a_skill_by_its_other_names(self):
        SkillFactory(title="Handling people’s data lawfully", synonyms=["GDPR", "data protection"])

        assert found("gdpr") == {"skill": ["Handling people’s data lawfully"]}

    def test_a_pathway_by_the_skills_that_it_practises_after_those_of_that_title(self):
        for title in ("A first way", "Maps for all"):
            draft = make_draft(title)
            add_step(add_stage(draft), "Try it")
            RevisionSkillFactory(revision=draft, skill=SkillFactory(title=f"Maps: {title}"))
            publication.publish(draft, by=None)

        assert found("maps")["pathway"] == ["Maps for all", "A first way"]

    def test_whatever_has_its_whole_title_among_the_words(self):
        SkillFactory(title="Cleaning data")
        SkillFactory(title="Cleaning data in a museum")

        assert found("how to clean the data of our visitors") == {"skill": ["Cleaning data"]}

    def test_the_title_that_has_the_most_of_the_words_and_little_else_comes_first(self):
        SkillFactory(title="Old maps of new towns")
        SkillFactory(title="Maps")
        SkillFactory(title="Atlases", synonyms=["maps"])

        assert found("maps") == {"skill": ["Maps", "Old maps of new towns", "Atlases"]}

    def test_titles_in_welsh_by_words_that_begin_anew(self):
        SkillFactory(title="Libraries of Wales", title_cy="Llyfrgelloedd Cymru")

        assert found("Gymru") == {"skill": ["Libraries of Wales"]}

    def test_nothing_that_is_not_public(self):
        SkillFactory(title="Maps", published=False)
        make_draft("Maps")

        assert found("maps") == {}

    def test_nothing_by_words_that_tell_nothing(self):
        SkillFactory(title="What to do")

        assert found("the of and") == {} == found("… -- !")

    def test_one_of_two_words_is_enough_where_it_is_asked_so(self):
        SkillFactory(title="Drawing maps")

        assert found("drawing maps OR plans") == {"skill": ["Drawing maps"]}
        assert found("drawing maps plans") == {"skill": ["Drawing maps"]}
        assert found("drawing plans") == {}

    def test_near_is_what_has_any_of_the_words_the_most_first(self):
        SkillFactory(title="Drawing maps")
        SkillFactory(title="Maps of towns")
        SkillFactory(title="Knitting")
        groups = near(asked_of([("maps",), ("towns",), ("unicorns",)]), each=3)

        assert [str(entry.title) for entry in groups[0].entries] == [
            "Maps of towns",
            "Drawing maps",
        ]

    def test_names_are_read_by_one_query_however_many_kinds_there_are(self, count_queries):
        SkillFactory(title="Maps")
        asked = asked_of([("maps",)])
        with count_queries() as queries:
            beside(asked, each=3)

        assert len(queries) == 1


class TestOnThePage:
    def test_it_stands_above_the_resources_on_the_first_page_with_links(self, client: Client):
        ResourceFactory.create_batch(21, title="Maps of data")
        SkillFactory(title="Drawing maps")
        first = open_page(client, "/resources/?q=maps")

        assert boxes(first) == {"Skills": ["Drawing maps"]}
        assert links(first, ".found-beside a") == {"Drawing maps": "/skills/drawing-maps/"}
        assert boxes(open_page(client, "/resources/?q=maps&page=2")) == {}

    def test_nothing_stands_there_where_no_words_were_typed(self, client: Client):
        SkillFactory(title="Drawing maps")
        ResourceFactory()

        assert boxes(open_page(client, "/resources/")) == {}

    def test_words_that_are_left_out_find_nothing(self, client: Client):
        ResourceFactory(title="Drawing")
        SkillFactory(title="Drawing maps")
        SkillFactory(title="Drawing")

        page = open_page(client, "/resources/?q=drawing+-maps")
        assert boxes(page) == {"Skills": ["Drawing", "Drawing maps"]}

    def test_where_no_resource_is_found_it_is_what_comes_near(self, client: Client):
        SkillFactory(title="Drawing maps")
        page = open_page(client, "/resources/?q=maps+of+unicorns")

        assert boxes(page) == {"Skills": ["Drawing maps"]}
