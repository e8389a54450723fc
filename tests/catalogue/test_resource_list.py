"""Browsing and searching resources: /resources/."""

from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.test import Client

from catalogue.search import ResourceQuery, search
from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    OrganisationFactory,
    ResourceCompetenceFactory,
    ResourceFactory,
    SkillFactory,
    TagFactory,
)
from tests.pages import links, main, open_page, texts, words

pytestmark = pytest.mark.django_db


def shown(client: Client, query: str = "") -> list[str]:
    """The titles on the list, in their order."""
    return texts(open_page(client, f"/resources/{query}"), ".resource-card__title")


def counts(client: Client, query: str, facet: str) -> dict[str, int]:
    """How many resources a facet's values say there are of each."""
    page = open_page(client, f"/resources/{query}")
    values = page.select(f"[aria-labelledby=facet-{facet}] .facet")
    return {
        words(value.select_one(".facet__label")).removesuffix(" (chosen; take away)"): int(
            words(value.select_one(".count")).split()[0]
        )
        for value in values
    }


class TestWhatIsShown:
    def test_it_hides_drafts_and_what_was_withdrawn(self, client: Client):
        ResourceFactory(title="Shown")
        ResourceFactory(title="A draft", published=False)
        ResourceFactory(title="Withdrawn").withdraw(by=None, reason="It is gone.")

        assert shown(client) == ["Shown"]

    def test_without_words_it_stands_in_the_order_of_titles(self, client: Client):
        for title in ("Écran", "Zebra", "apple"):
            ResourceFactory(title=title)

        assert shown(client) == ["apple", "Écran", "Zebra"]

    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            ("title", ["A long one", "B short one", "C unknown"]),
            ("newest", ["C unknown", "B short one", "A long one"]),
            ("shortest", ["B short one", "A long one", "C unknown"]),
        ],
    )
    def test_it_can_be_sorted(self, client: Client, sort: str, order: list[str]):
        ResourceFactory(title="A long one", duration_minutes=90)
        ResourceFactory(title="B short one", duration_minutes=10)
        ResourceFactory(title="C unknown", duration_minutes=None)

        assert shown(client, f"?sort={sort}") == order

    def test_an_empty_catalogue_says_so(self, client: Client):
        page = open_page(client, "/resources/")

        assert words(page.h1) == "0 resources"
        assert "nothing to learn from here yet" in words(page.select_one(".empty"))


class TestWords:
    def test_they_are_looked_for_in_titles_descriptions_and_names_of_providers(
        self, client: Client
    ):
        ResourceFactory(title="Cleaning data")
        ResourceFactory(title="Spreadsheets", description="How to clean up.")
        ResourceFactory(title="Tidying", provider=OrganisationFactory(name="Cleaning Guild"))
        ResourceFactory(title="Something else")

        assert set(shown(client, "?q=cleaning")) == {"Cleaning data", "Spreadsheets", "Tidying"}

    def test_the_title_weighs_most(self, client: Client):
        ResourceFactory(title="A", description="About maps.")
        ResourceFactory(title="Maps", description="About something.")

        assert shown(client, "?q=maps") == ["Maps", "A"]

    def test_the_heading_and_the_field_repeat_them(self, client: Client):
        ResourceFactory(title="Maps")
        page = open_page(client, "/resources/?q=maps+%3C%26+%22")

        assert words(page.h1) == '1 resource about “maps <& "”'
        assert page.select_one("input#q")["value"] == 'maps <& "'

    def test_nothing_found_says_what_to_try(self, client: Client):
        ResourceFactory(title="Maps")
        page = open_page(client, "/resources/?q=unicorns")

        assert texts(page, ".resource-card") == []
        assert "Try another word" in words(page.select_one(".empty"))
        several = open_page(client, "/resources/?q=unicorns+griffins")
        assert "Try fewer words" in words(several.select_one(".empty"))
        assert list(links(page, ".try-instead a").values()) == [
            "/skills/",
            "/questions/",
            "/suggest/?skill=unicorns",
        ]

    def test_nothing_found_offers_the_skills_that_hold_one_of_the_words(self, client: Client):
        SkillFactory(title="Drawing maps")
        SkillFactory(title="Cartoons", synonyms=["comic strips", "unicorns"])
        SkillFactory(title="Knitting")
        SkillFactory(title="Old maps", published=False)
        page = open_page(client, "/resources/?q=map+of+a+unicorn+-or+%22")

        assert texts(page, ".try-instead .found-beside a") == ["Drawing maps", "Cartoons"]

    @pytest.mark.parametrize("query", ["-maps", '-"maps"', "--maps", "-maps or -maps"])
    def test_where_all_words_are_to_be_left_out_everything_else_is_shown(
        self, client: Client, query: str
    ):
        ResourceFactory(title="Maps")
        ResourceFactory(title="Data")

        assert shown(client, f"?q={quote(query)}") == ["Data"]
        assert shown(client, "?q=data+-maps") == ["Data"]


class TestFilters:
    def test_skill_and_proficiency_have_to_stand_in_one_link(self, client: Client):
        cleaning, maps = SkillFactory(title="Cleaning"), SkillFactory(title="Maps")
        ResourceFactory(title="Right", skills=[(cleaning, "advanced")])
        ResourceFactory(title="Other skill", skills=[(cleaning, "basic"), (maps, "advanced")])

        assert shown(client, "?skill=cleaning&proficiency=advanced") == ["Right"]

    def test_a_competence_is_taught_directly_or_through_a_skill(self, client: Client):
        competence = CompetenceFactory(code="1.2")
        skill = SkillFactory(competences=[competence])
        both = ResourceFactory(title="Both", skills=[skill])
        ResourceCompetenceFactory(resource=both, competence=competence)
        direct = ResourceFactory(title="Direct")
        ResourceCompetenceFactory(resource=direct, competence=competence)
        ResourceFactory(title="Neither")

        found = shown(client, f"?competence={competence.key}")

        assert found == ["Both", "Direct"]

    def test_an_area_holds_its_competences(self, client: Client):
        area = CompetenceFactory(code="1")
        inside = CompetenceFactory(framework=area.framework, parent=area, code="1.2")
        ResourceFactory(title="Inside", skills=[SkillFactory(competences=[inside])])

        assert shown(client, f"?competence={area.key}") == ["Inside"]

    @pytest.mark.parametrize(
        ("time", "found"),
        [
            ("10", ["10 min"]),
            ("20", ["10 min", "20 min"]),
            ("60", ["10 min", "20 min", "60 min"]),
            ("240", ["10 min", "20 min", "60 min", "240 min"]),
            ("more", ["241 min"]),
        ],
    )
    def test_time_holds_what_fits_into_it(self, client: Client, time: str, found: list[str]):
        for minutes in (10, 20, 60, 240, 241):
            ResourceFactory(title=f"{minutes} min", duration_minutes=minutes)
        ResourceFactory(title="Unknown", duration_minutes=None)

        assert shown(client, f"?time={time}&sort=shortest") == found

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?type=video", ["Video"]),
            ("?type=video&type=book", ["Book", "Video"]),
            ("?cost=paid", ["Book"]),
            ("?language=cy", ["Video"]),
            ("?provider=a-provider", ["Book"]),
            ("?tag=a-tag", ["Video"]),
            ("?type=video&cost=paid", []),
        ],
    )
    def test_each_narrows_and_together_they_narrow_more(
        self, client: Client, query: str, found: list[str]
    ):
        provider = OrganisationFactory(name="A provider")
        ResourceFactory(title="Book", resource_type="book", cost="paid", provider=provider)
        ResourceFactory(
            title="Video",
            resource_type="video",
            languages=["cy", "en"],
            tags=[TagFactory(name="A tag")],
        )

        assert shown(client, query) == found

    def test_what_is_chosen_can_be_taken_off_again(self, client: Client):
        SkillFactory(title="Cleaning data")
        query = "?q=a&skill=cleaning-data&proficiency=basic&type=video"
        page = open_page(client, f"/resources/{query}")

        chips = links(page, ".active-filters .chip")

        assert list(chips) == [
            "Take away: “a”",
            "Take away: Basic",
            "Take away: Cleaning data",
            "Take away: Video",
        ]
        assert chips["Take away: Video"] == "?q=a&skill=cleaning-data&proficiency=basic"
        assert chips["Take away: “a”"] == "?skill=cleaning-data&type=video&proficiency=basic"
        assert "Filters (3)" in words(page.select_one(".active-filters"))

    def test_too_many_filters_leave_a_way_back(self, client: Client):
        ResourceFactory()
        page = open_page(client, "/resources/?type=video&cost=paid")

        assert "Nothing here fits all of that" in words(page.select_one(".empty"))
        assert links(page, ".empty a") == {"Clear all": "/resources/"}

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("skill=nobody", "Skill: “nobody”"),
            ("competence=x:1", "Competence: “x:1”"),
            ("type=unicorn", "Type: “unicorn”"),
            ("proficiency=master", "Level: “master”"),
            ("time=never", "Time: “never”"),
            ("language=xx-none", "Language: “xx-none”"),
            ("cost=gold", "Cost: “gold”"),
            ("access=x", "Accessibility: “x”"),
            ("provider=x", "Provider: “x”"),
            ("tag=x", "Tag: “x”"),
            ("curated=maybe", "Pathways: “maybe”"),
            ("link=x", "Link: “x”"),
            ("tag=%3Cb%3E" + "x" * 90, "Tag: “<b>" + "x" * 36 + "…”"),
        ],
    )
    def test_what_nobody_knows_is_left_out_and_told(self, client: Client, query: str, said: str):
        ResourceFactory(title="A video", resource_type="video")
        ResourceFactory(title="A book", resource_type="book")
        page = open_page(client, f"/resources/?{query}&cost=free")

        assert texts(page, ".resource-card__title") == ["A book", "A video"]
        assert said in words(page.select_one(".notice"))
        assert texts(page, ".chip--active") == ["Take away: Free, no sign-up"]

    def test_of_many_that_nobody_knows_the_first_are_told(self, client: Client):
        query = "&".join(f"tag=x{n}" for n in range(9))
        page = open_page(client, f"/resources/?{query}")

        assert words(page.select_one(".notice")).endswith("Tag: “x4” and 4 more")

    def test_a_language_that_nothing_is_in_is_known(self, client: Client):
        ResourceFactory(languages=["en"])
        page = open_page(client, "/resources/?language=fr")

        assert not page.select(".notice") and not page.select(".resource-card")

    def test_a_search_keeps_the_filters(self, client: Client):
        page = open_page(client, "/resources/?type=video&type=book&sort=newest&page=3")
        kept = [(one["name"], one["value"]) for one in page.select(".search input[type=hidden]")]

        assert kept == [("type", "video"), ("type", "book")]


class TestFacets:
    def test_counts_respect_every_other_filter_but_their_own(self, client: Client):
        ResourceFactory(resource_type="video", proficiency="basic")
        ResourceFactory(resource_type="video", proficiency="expert")
        ResourceFactory(resource_type="book", proficiency="basic")

        found = counts(client, "?type=video&proficiency=basic", "type")

        assert found == {"Video": 1, "Book": 1}
        assert counts(client, "?type=video", "proficiency") == {
            "Basic": 1,
            "Intermediate": 0,
            "Advanced": 0,
            "Expert": 1,
        }

    def test_a_count_beside_a_chosen_value_is_said_to_be_of_its_own_resources(self, client: Client):
        ResourceFactory(proficiency="basic")
        ResourceFactory(proficiency="expert")
        page = open_page(client, "/resources/?proficiency=basic")

        said = "Each with the number of resources that have it and fit the other filters:"
        assert said in texts(page, ".facets p")
        [both] = [one["href"] for one in page.select(".facet") if "Expert" in words(one)]
        assert counts(client, "?proficiency=basic", "proficiency")["Expert"] == 1
        assert len(shown(client, both.partition("#")[0])) == 2

    def test_the_chosen_value_is_marked_and_its_link_takes_it_off(self, client: Client):
        ResourceFactory(resource_type="video")
        page = open_page(client, "/resources/?type=video&q=resource")

        [chosen] = page.select(".facet[aria-current=true]")

        assert "Video" in words(chosen)
        assert chosen["href"] == "?q=resource#facet-type"

    def test_each_choice_leads_back_to_its_facet_which_keeps_filters_open(self, client: Client):
        """On a narrow screen they are open as long as the address leads to them or into them."""
        ResourceFactory(skills=[SkillFactory(title="A"), SkillFactory(title="B")])
        page = open_page(client, "/resources/?skill=a&skill=b")
        leads = {link["href"].partition("#")[2] for link in page.select("#filters a")}

        assert leads > {"facet-skill", "facet-type", "match", "results"}
        assert all(page.select_one(f"#filters #{name}") for name in leads - {"results"})

    def test_the_way_to_the_results_stands_at_both_ends_of_the_filters(self, client: Client):
        ResourceFactory()
        page = open_page(client, "/resources/")

        assert texts(page, "#filters a[href='#results']") == ["Show 1 resource"] * 2
        ends = page.select_one("#filters").find_all(recursive=False)
        assert [words(ends[0]), words(ends[-1])] == ["Show 1 resource"] * 2

    def test_of_time_and_pathways_one_value_can_be_chosen_and_the_marks_say_so(
        self, client: Client
    ):
        ResourceFactory(duration_minutes=10)
        page = open_page(client, "/resources/?time=20")
        round_ones = {
            group.h2["id"] for group in page.select(".facets__group:has(.facet__box--single)")
        }

        assert round_ones == {"facet-time", "facet-curated"}
        time = page.select_one(".facets__group:has(#facet-time)")
        assert "One can be chosen at a time." in words(time)

    def test_levels_of_a_skill_are_counted_by_its_links(self, client: Client):
        skill = SkillFactory(title="Cleaning")
        ResourceFactory(proficiency="basic", skills=[(skill, "expert")])

        found = counts(client, "?skill=cleaning", "proficiency")

        assert found == {"Basic": 0, "Intermediate": 0, "Advanced": 0, "Expert": 1}

    def test_a_resource_counts_once_a_level_whatever_number_of_skills_is_chosen(
        self, client: Client
    ):
        one, other = SkillFactory(title="Cleaning"), SkillFactory(title="Sorting")
        ResourceFactory(resource_type="video", skills=[(one, "basic"), (other, "basic")])
        ResourceFactory(resource_type="video", skills=[(one, "basic"), (other, "expert")])
        ResourceFactory(resource_type="book", skills=[(one, "basic")])
        ResourceFactory(published=False, resource_type="video", skills=[(one, "basic")])

        found = counts(client, "?skill=cleaning&skill=sorting&type=video", "proficiency")

        assert found == {"Basic": 2, "Intermediate": 0, "Advanced": 0, "Expert": 1}

    def test_levels_of_a_competence_are_counted_by_links_of_both_kinds(self, client: Client):
        competence = CompetenceFactory(code="1.1")
        skill = SkillFactory(title="Cleaning", competences=[competence])
        ResourceFactory(skills=[(skill, "expert")])
        direct = ResourceFactory(skills=[(skill, "basic")])
        for level in ("basic", "advanced"):
            ResourceCompetenceFactory(
                resource=ResourceFactory() if level == "advanced" else direct,
                competence=competence,
                proficiency=level,
            )
        asked = f"?competence={competence.key}"

        found = counts(client, asked, "proficiency")
        both = counts(client, f"{asked}&skill=cleaning", "proficiency")

        assert found == {"Basic": 1, "Intermediate": 0, "Advanced": 1, "Expert": 1}
        assert both == {"Basic": 1, "Intermediate": 0, "Advanced": 0, "Expert": 1}

    def test_a_facet_without_values_is_left_out(self, client: Client):
        page = open_page(client, "/resources/")

        assert page.select("[aria-labelledby=facet-type]") == []

    def test_a_facet_of_zeros_alone_is_left_out(self, client: Client):
        ResourceFactory(resource_type="video", proficiency="basic")
        page = open_page(client, "/resources/?type=book")

        assert texts(page, ".facets h2") == ["Type"]

    def test_what_would_leave_nothing_is_no_link_unless_it_is_chosen(self, client: Client):
        ResourceFactory(proficiency="basic")
        page = open_page(client, "/resources/?proficiency=expert&time=10")
        values = page.select("[aria-labelledby=facet-proficiency] .facet")

        assert [(words(value), value.name) for value in values] == [
            ("Basic 0", "span"),
            ("Intermediate 0", "span"),
            ("Advanced 0", "span"),
            ("Expert (chosen; take away) 0", "a"),
        ]


class TestLongFacets:
    @pytest.fixture(autouse=True)
    def many(self) -> None:
        for n in range(10):
            ResourceFactory(tags=[f"tag {n}"], resource_type="video")
        ResourceFactory(tags=["elsewhere"], resource_type="book")

    def links_of(self, client: Client, query: str) -> dict[str, str]:
        page = open_page(client, f"/resources/{query}")
        return links(page, ".facets__group:has(#facet-tag) .facets__more a")

    def test_a_few_values_are_shown_and_a_link_unfolds_them_that_keeps_what_was_asked(
        self, client: Client
    ):
        assert len(counts(client, "?type=video", "tag")) == 8
        asked = "?type=video&more=tag"
        assert self.links_of(client, "?type=video") == {"All tags": f"{asked}#facet-tag"}
        assert counts(client, asked, "tag") == {f"tag {n}": 1 for n in range(10)}
        assert self.links_of(client, asked) == {"Fewer tags": "?type=video#facet-tag"}

    def test_there_is_no_such_link_where_all_are_shown(self, client: Client):
        assert self.links_of(client, "?type=book") == {}

    def test_choosing_keeps_them_unfolded_and_everything_else_forgets_it(self, client: Client):
        page = open_page(client, "/resources/?type=video&more=tag")

        assert links(page, "#filters a")["tag 3 1"] == "?type=video&tag=tag-3&more=tag#facet-tag"
        assert links(page, ".chip--active") == {"Take away: Video": "?"}
        assert not page.select(
            ".search [name=more], .results__bar a[href*=more], .pager a[href*=more]"
        )

    def test_beyond_three_hundred_the_page_of_all_is_the_way(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("catalogue.search.facets.MOST", 9)

        assert self.links_of(client, "") == {"All tags": "/tags/"}
        assert len(counts(client, "?more=tag", "tag")) == 9
        assert self.links_of(client, "?more=tag") == {
            "Fewer tags": "?#facet-tag",
            "All tags": "/tags/",
        }

    def test_competences_unfold_within_their_framework(self, client: Client):
        area = CompetenceFactory(code="1")
        for n in range(9):
            below = CompetenceFactory(framework=area.framework, parent=area, code=f"1.{n}")
            ResourceFactory(skills=[SkillFactory(competences=[below])])

        assert len(counts(client, "", "competence")) == 9
        assert len(counts(client, "?more=competence", "competence")) == 10


class TestHundredsOfValues:
    """As of a library’s own list of what it looks for."""

    @pytest.fixture
    def asked(self) -> list[tuple[str, str]]:
        tags = [TagFactory(name=f"A tag of which there are many {n}") for n in range(400)]
        for n in range(20):
            ResourceFactory(tags=tags[n * 20 : n * 20 + 20])
        return [("tag", tag.slug) for tag in tags]

    def test_the_page_stays_light_and_carries_each_once(
        self, client: Client, asked: list[tuple[str, str]]
    ):
        page = open_page(client, f"/resources/?{urlencode(asked)}")

        assert len(str(page)) < 100_000
        assert sorted(sent(page, "#search")) == sorted(asked)

    def test_it_tells_the_first_and_how_many_more(
        self, client: Client, asked: list[tuple[str, str]]
    ):
        page = open_page(client, f"/resources/?{urlencode(asked)}")

        assert texts(page, ".active-filters .chips li")[-1] == "and 390 more"
        assert links(page, ".active-filters > a")["Clear all"] == "/resources/"

    def test_no_link_says_all_of_it(self, client: Client, asked: list[tuple[str, str]]):
        page = open_page(client, f"/resources/?{urlencode(asked)}")

        assert [one["href"] for one in page.select("[href]") if len(one["href"]) > 500] == []


def sent(page: BeautifulSoup, form: str) -> list[tuple[str, str]]:
    """What a browser sends of a form, also of fields that stand elsewhere; what says nothing left out."""
    fields = [*page.select(f"{form} [name]"), *page.select(f"[form={form[1:]}][name]")]
    said = []
    for field in fields:
        if field.name == "select":
            chosen = field.select("option[selected]")
            said += [(field["name"], one.text.strip()) for one in chosen]
        elif field.name == "input" and (field["type"] != "checkbox" or field.has_attr("checked")):
            said.append((field["name"], field["value"]))
    return [one for one in said if one[1]]


class TestPages:
    def test_there_are_twenty_on_each(self, client: Client):
        ResourceFactory.create_batch(21)
        first, second = open_page(client, "/resources/"), open_page(client, "/resources/?page=2")

        assert len(texts(first, ".resource-card")) == 20
        assert len(texts(second, ".resource-card")) == 1
        assert links(first, ".pager a")["Next"] == "?page=2"
        assert links(second, ".pager a")["Back"] == "?"
        assert "21 to 21 of 21" in words(main(second))

    def test_a_single_page_has_no_pager(self, client: Client):
        ResourceFactory()

        assert open_page(client, "/resources/").select(".pager") == []

    def test_turning_keeps_what_was_asked(self, client: Client):
        ResourceFactory.create_batch(21)
        page = open_page(client, "/resources/?q=resource&type=guide&sort=newest")

        assert links(page, ".pager a")["Next"] == "?q=resource&type=guide&sort=newest&page=2"

    @pytest.mark.parametrize("number", ["0", "-1", "abc", "1.5", "", "٣"])
    def test_what_is_no_page_is_the_first(self, client: Client, number: str):
        ResourceFactory.create_batch(21)
        page = open_page(client, f"/resources/?page={number}")

        assert len(texts(page, ".resource-card")) == 20

    def test_a_page_beyond_the_last_is_the_last(self, client: Client):
        ResourceFactory.create_batch(21)

        page = open_page(client, "/resources/?page=99")

        assert len(texts(page, ".resource-card")) == 1
        assert "There is no page 99; this is the last." in words(main(page))
        last = open_page(client, "/resources/?page=2")
        assert "There is no page" not in words(main(last))

    def test_pages_end_where_nobody_reads_on(self, client: Client, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("catalogue.search.results.DEEPEST", 40)
        ResourceFactory.create_batch(41)
        first, last = open_page(client, "/resources/"), open_page(client, "/resources/?page=3")

        assert "Pages end here" not in words(main(first))
        assert "There is no page 3; this is the last. " in words(main(last))
        assert "21 to 40 of 41" in words(main(last)) and "Pages end here" in words(main(last))
        assert "Next" not in links(last, ".pager a")

    @pytest.mark.parametrize(
        ("query", "title"),
        [
            ("", "21 resources"),
            ("?page=2", "Page 2 – 21 resources"),
            (
                "?proficiency=basic&time=20&page=2",
                "Basic, 20 minutes or less, page 2 – 21 resources",
            ),
            ("?q=resource&type=guide", "“resource”, Guide – 21 resources"),
        ],
    )
    def test_each_has_a_title_of_its_own(self, client: Client, query: str, title: str):
        ResourceFactory.create_batch(21, proficiency="basic", duration_minutes=15)
        page = open_page(client, f"/resources/{query}")

        assert words(page.title).startswith(title)


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00",
        "?q=%ED%A0%80",
        "?q=%F0%9F%A6%84",
        "?q=" + "x" * 4000,
        "?q=%27%3A%2A%20%26%20%21%28",
        "?q=%22unclosed",
        "?q=the",
        "?type=unicorn&type=",
        "?proficiency=%00",
        "?time=never&cost=&sort=sideways",
        "?skill=nobody-has-this",
        "?skill=%00%27%22",
        "?competence=no-colon&competence=:&competence=a:b:c",
        "?language=%3Cb%3E&provider=%25&tag=_",
        "?" + "&".join(f"skill=s{n}" for n in range(200)),
        "?unknown=1&page[]=2",
    ],
)
def test_whatever_stands_in_the_address_a_page_answers(client: Client, query: str):
    ResourceFactory()

    open_page(client, f"/resources/{query}")


def test_a_narrowed_list_asks_not_to_be_indexed(client: Client):
    assert open_page(client, "/resources/").select("meta[name=robots]") == []
    narrowed = open_page(client, "/resources/?type=video")
    assert narrowed.select_one("meta[name=robots]")["content"] == "noindex, follow"


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "type=guide&time=60&language=en",
        "skill=cleaning&proficiency=basic",
        "skill=cleaning&skill=sorting&competence=digcomp-3.0:1.1&provider=nobody&tag=none&match=all",
        "access=phone&curated=no&link=unchecked&cost=free&page=7&sort=newest",
    ],
)
@pytest.mark.parametrize("words", ["", "&q=resource"])
def test_a_search_costs_the_same_queries_whatever_is_asked(
    count_queries: Callable, asked: str, words: str
):
    """The counting, a page of rows with their skills; with words, those that spelling knows, with those of
    what is fresh, and what is called by them."""
    sorting = SkillFactory(title="Sorting", slug="sorting")
    resource = ResourceFactory(
        skills=[SkillFactory(title="Cleaning", slug="cleaning"), sorting],
        provider=OrganisationFactory(name="Nobody", slug="nobody"),
        tags=["none"],
        access=["phone"],
    )
    ResourceCompetenceFactory(
        resource=resource,
        competence=CompetenceFactory(
            framework=FrameworkFactory(family="digcomp", version="3.0"), code="1.1"
        ),
        proficiency="basic",
    )
    query = ResourceQuery.parse(QueryDict(asked + words))
    # What words are called in the index, a worker remembers.
    search(query)

    with count_queries() as queries:
        found = search(query)
        assert len(found.resources.rows) == found.total == 1

    assert len(queries) == 3 + (2 if words else 0)


@pytest.mark.django_db(transaction=True)
def test_more_resources_cost_no_more_queries(client: Client, count_queries: Callable):
    skill = SkillFactory()
    ResourceFactory.create_batch(2, skills=[skill], tags=["a"])
    # What is new since the edit a worker reads once.
    client.get("/resources/?q=resource")
    with count_queries() as few:
        client.get("/resources/?q=resource&type=guide")

    ResourceFactory.create_batch(10, skills=[skill, SkillFactory()], tags=["a", "b"])
    client.get("/resources/?q=resource")
    with count_queries() as many:
        client.get("/resources/?q=resource&type=guide")

    # Those of the search above, the names of what else words find, what these words are in the
    # index, and the site's revision, which may have been read just before.
    assert len(many) <= len(few) <= 8
