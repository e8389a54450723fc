"""The parts that every page is made of."""

import pytest
from django.utils import translation

from catalogue.icons import DRAWINGS
from catalogue.languages import Text
from catalogue.vocabularies import LinkState, Proficiency, ResourceType
from pathways.models import Step
from tests.factories import ResourceFactory, SkillFactory
from tests.pages import links, render, texts, words


class TestIcon:
    def test_every_type_and_kind_has_a_drawing(self):
        kinds = set(Step.Kind.values) - {Step.Kind.RESOURCE}

        assert set(ResourceType.values) | kinds <= set(DRAWINGS)

    def test_it_is_hidden_from_those_who_listen(self):
        assert render('{{ icon("clock") }}').svg["aria-hidden"] == "true"

    def test_a_name_without_a_drawing_is_a_mistake(self):
        with pytest.raises(KeyError):
            render('{{ icon("unicorn") }}')


class TestWaymark:
    @pytest.mark.parametrize("level", Proficiency)
    def test_it_bears_the_word_beside_its_sign(self, level: Proficiency):
        page = render("{{ components.waymark(level) }}", level=level.value)

        assert words(page.select_one(f".waymark--{level.value}")) == level.label
        assert page.svg["aria-hidden"] == "true"

    def test_nothing_stands_where_none_is_stated(self):
        assert words(render('{{ components.waymark("") }}')) == ""

    def test_it_speaks_the_language_of_the_page(self):
        english = words(render('{{ components.waymark("basic") }}'))

        with translation.override("cy"):
            welsh, expected = (
                words(render('{{ components.waymark("basic") }}')),
                str(Proficiency.BASIC.label),
            )

        assert english == "Basic"
        assert welsh == expected

    def test_a_range_names_both_ends(self):
        page = render('{{ components.waymark_range("basic", "expert") }}')

        assert words(page) == "Basic to Expert"
        assert len(page.select("svg")) == 2

    @pytest.mark.parametrize(("start", "end"), [("basic", ""), ("", "basic")])
    def test_a_range_of_one_is_that_one(self, start: str, end: str):
        assert words(render("{{ components.waymark_range(a, b) }}", a=start, b=end)) == "Basic"


class TestFilters:
    @pytest.mark.parametrize(
        ("tags", "said"),
        [
            (["en"], "English"),
            (["cy", "en"], "Welsh, English"),
            (["pt-BR"], "Brazilian Portuguese"),
            (["xx"], "xx"),
            ([], ""),
        ],
    )
    def test_languages_have_names(self, tags: list[str], said: str):
        assert words(render("{{ tags|languages }}", tags=tags)) == said

    @pytest.mark.parametrize(
        ("tags", "foreign"),
        [
            (["en"], "False"),
            (["en-GB"], "False"),
            (["cy", "en"], "False"),
            (["cy"], "True"),
            ([], "False"),
        ],
    )
    def test_a_language_is_told_only_where_it_is_not_the_readers(
        self, tags: list[str], foreign: str
    ):
        assert words(render("{{ tags|is_foreign }}", tags=tags)) == foreign

    @pytest.mark.parametrize(
        ("iso", "said"),
        [
            ("2025", "2025"),
            ("2025-11", "November 2025"),
            ("2025-11-03", "3 November 2025"),
            ("2025-02-31", "2025-02-31"),
            ("Spring 2025", "Spring 2025"),
            ("2025-1", "2025-1"),
            ("0000", "0000"),
            ("2025-11-03-04", "2025-11-03-04"),
            ("", ""),
        ],
    )
    def test_dates_are_as_exact_as_they_are_known(self, iso: str, said: str):
        assert words(render("{{ iso|as_known }}", iso=iso)) == said

    def test_minutes_of_an_estimate_are_about(self):
        assert words(render("{{ 90|minutes(true) }}")) == "about 1 h 30 min"

    def test_a_host_is_what_readers_recognise(self):
        page = render("{{ url|host }}", url="https://www.example.org/a/b?c=d")

        assert words(page) == "example.org"


class TestCurrent:
    @pytest.mark.parametrize(
        ("path", "said"),
        [("/skills/", "page"), ("/skills/cleaning-data/", "true"), ("/roles/", None)],
    )
    def test_it_marks_the_page_and_those_above_it(self, path: str, said: str | None):
        page = render('<a {{ current(path, "/skills/") }}>x</a>', path=path)

        assert page.a.get("aria-current") == said


class TestBreadcrumb:
    def test_the_page_itself_ends_it_and_is_no_link(self):
        page = render('{{ components.breadcrumb([("/skills/", "Skills")], "Cleaning data") }}')

        assert links(page) == {"Skills": "/skills/"}
        assert words(page.select_one("[aria-current=page]")) == "Cleaning data"

    def test_a_title_in_another_language_says_so(self):
        page = render(
            '{{ components.breadcrumb([("/", "Home")], title) }}', title=Text("Y ffordd", "cy")
        )

        assert page.select_one("[aria-current=page]")["lang"] == "cy"


CARD = "{{ components.resource_card(resource=resource, level=3, skills=true) }}"


@pytest.mark.django_db
class TestResourceCard:
    def test_it_tells_in_one_line_what_somebody_with_little_time_asks(self):
        resource = ResourceFactory(
            resource_type="course",
            duration_minutes=90,
            duration_source="estimate",
            proficiency="intermediate",
            cost="free-sign-up",
            languages=["cy"],
            link=LinkState.WORKS,
        )

        facts = texts(render(CARD, resource=resource), ".facts li")

        assert facts == [
            "Course",
            "about 1 h 30 min",
            "Intermediate",
            "Free, sign-up",
            "In Welsh",
            "Link worked today",
        ]

    def test_it_says_where_minutes_are_unknown_and_leaves_out_what_is_not_stated(self):
        resource = ResourceFactory(duration_minutes=None, proficiency="", provider=None)
        page = render(CARD, resource=resource)

        assert texts(page, ".facts li") == [
            "Guide",
            "no set length",
            "Free, no sign-up",
            "Link not checked yet",
        ]
        assert page.select(".resource-card__by") == []

    def test_its_heading_stands_at_the_level_that_is_asked_for(self):
        resource = ResourceFactory(title="Cleaning data")

        assert words(render(CARD, resource=resource).h3) == "Cleaning data"

    def test_a_title_in_another_language_says_so(self):
        resource = ResourceFactory(title="Gweithio hybrid", languages=["cy"])

        assert render(CARD, resource=resource).h3.a["lang"] == "cy"

    def test_a_skill_taught_at_two_levels_is_one_chip(self):
        skill = SkillFactory(title="Cleaning data")
        resource = ResourceFactory(skills=[(skill, "basic"), (skill, "expert")])

        assert texts(render(CARD, resource=resource), ".chip") == ["Cleaning data"]

    def test_markup_in_a_title_is_text(self):
        resource = ResourceFactory(title="<b>Bold</b> & more")

        assert words(render(CARD, resource=resource).h3) == "<b>Bold</b> & more"


class TestNoticeAndEmpty:
    def test_an_empty_list_says_what_to_do_next(self):
        page = render(
            '{{ components.empty(title="Nothing", text="Try.", address="/skills/", action="Skills") }}'
        )

        assert words(page.select_one(".empty")) == "Nothing Try. Skills"
        assert links(page) == {"Skills": "/skills/"}

    @pytest.mark.parametrize(("kind", "role"), [("done", "status"), ("error", None), ("", None)])
    def test_what_was_done_is_announced(self, kind: str, role: str | None):
        page = render('{{ components.notice(kind=k, title="So") }}', k=kind)

        assert page.select_one(".notice").get("role") == role
