"""What typed words find: all of them or most, phrases, slips of the keyboard, addresses."""

from collections.abc import Callable
from itertools import chain

import pytest
from django.http import QueryDict
from django.test import Client

from catalogue.models import Resource
from catalogue.search import PAGE_SIZE, ResourceQuery, Results, finding, search
from tests.factories import OrganisationFactory, ResourceFactory, SkillFactory, TagFactory

pytestmark = pytest.mark.django_db


def found(words: str, **asked: str) -> Results:
    data = QueryDict(mutable=True)
    data.update({"q": words, **asked})
    return search(ResourceQuery.parse(data))


def titles(words: str, **asked: str) -> list[str]:
    return [one.title for one in found(words, **asked).resources]


class TestSeveralWords:
    def test_where_a_page_has_all_of_them_only_those_are_found(self) -> None:
        for number in range(PAGE_SIZE):
            ResourceFactory(title=f"Old maps {number}")
        ResourceFactory(title="Maps")

        results = found("old maps")

        assert (results.total, results.widened) == (PAGE_SIZE, 0)

    def test_else_those_that_have_most_come_after_those_that_have_all(self) -> None:
        ResourceFactory(title="Maps of old towns, and what else there is to see in them today")
        ResourceFactory(title="Maps maps maps")
        ResourceFactory(title="Towns")
        ResourceFactory(title="Chairs")

        results = found("old maps towns")

        assert results.resources[0].title.startswith("Maps of old")
        assert {one.title for one in results.resources} == {
            "Maps of old towns, and what else there is to see in them today",
            "Maps maps maps",
            "Towns",
        }
        assert 0 < results.widened < 1

    def test_a_whole_sentence_finds_what_it_speaks_of(self) -> None:
        ResourceFactory(title="Recording oral history", description="Interviews with people.")
        ResourceFactory(title="Spreadsheets", description="Sums and charts.")

        asked = "Hello, could you please tell me how I can record interviews with old people?"

        assert titles(asked)[0] == "Recording oral history"

    def test_one_may_stand_in_the_text_and_another_in_the_name_of_a_skill_or_tag(self) -> None:
        ResourceFactory(title="Maps", skills=[SkillFactory(title="Georeferencing")])
        ResourceFactory(title="Charts", tags=[TagFactory(name="Cartography")])

        assert titles("maps georeferencing") == ["Maps"]
        assert titles("cartography charts") == ["Charts"]

    def test_a_word_that_nothing_holds_is_told(self) -> None:
        ResourceFactory(title="Maps")

        results = found("maps xylophonic")

        assert [one.title for one in results.resources] == ["Maps"]
        assert results.reading.unknown_words == ("xylophonic",)
        assert results.widened > 0

    def test_where_nothing_holds_any_there_is_nothing(self) -> None:
        ResourceFactory(title="Maps")

        results = found("xylophonic quixotry")

        assert (results.total, results.widened) == (0, 0)
        assert results.reading.unknown_words == ("xylophonic", "quixotry")


class TestOrder:
    def test_a_title_counts_more_than_a_description(self) -> None:
        ResourceFactory(title="A guide", description="Maps.")
        ResourceFactory(title="Maps", description="A guide.")

        assert titles("maps") == ["Maps", "A guide"]

    def test_a_link_that_is_gone_comes_after_all_others(self) -> None:
        ResourceFactory(title="Maps", link="gone")
        ResourceFactory(title="A guide", description="Maps and charts of everything else.")

        assert titles("maps") == ["A guide", "Maps"]

    def test_of_two_that_fit_alike_the_one_on_a_pathway_comes_first(self) -> None:
        ResourceFactory(title="Maps one", description="")
        other = ResourceFactory(title="Maps two", description="")
        Resource.objects.filter(pk=other.pk).update(pathway_count=1)

        assert titles("maps") == ["Maps two", "Maps one"]

    def test_of_those_that_a_skill_tells_of_what_teaches_it_alone_comes_first(self) -> None:
        maps, charts = SkillFactory(title="Drawing maps"), SkillFactory(title="Charts")
        ResourceFactory(title="A course", description="", skills=[maps, charts])
        other = ResourceFactory(title="Lessons", description="", skills=[maps])

        assert titles("maps") == ["Lessons", "A course"]

        other.skill_links.create(skill=charts)
        assert titles("maps") == ["A course", "Lessons"]

    def test_of_two_that_fit_entirely_alike_the_first_by_title(self) -> None:
        for letter in "cab":
            ResourceFactory(title=f"Maps {letter}", description="")

        assert titles("maps") == ["Maps a", "Maps b", "Maps c"]

    def test_pages_follow_each_other_without_doubles(self) -> None:
        for number in range(45):
            ResourceFactory(title=f"Maps {number % 7}", description="Old maps. " * (number % 3 + 1))
        query = ResourceQuery(q="old maps")

        pages = [search(query.but(page=number), size=10).resources.keys for number in range(1, 6)]

        assert [len(page) for page in pages] == [10, 10, 10, 10, 5]
        every = [*chain(*pages)]
        assert every == search(query, size=100).resources.keys
        assert len({*every}) == 45

    def test_filters_leave_the_order_as_it_is(self) -> None:
        for number in range(30):
            ResourceFactory(
                title="Maps " * (number % 3 + 1),
                resource_type="guide" if number % 2 else "video",
            )
        every = search(ResourceQuery(q="maps"), size=100).resources
        guides = search(ResourceQuery(q="maps", type=("guide",)), size=100).resources

        assert guides.keys == [one.pk for one in every if one.resource_type == "guide"]


class TestOperators:
    def test_a_phrase_has_to_stand_there_as_it_is(self) -> None:
        ResourceFactory(title="Open data", description="")
        ResourceFactory(title="Data that is open", description="")
        ResourceFactory(title="Open", description="Data.")
        ResourceFactory(title="Any", description="Some of the open data")

        assert sorted(titles('"open data"')) == ["Any", "Open data"]
        assert sorted(titles("open data")) == ["Any", "Data that is open", "Open", "Open data"]

    def test_a_phrase_may_hold_words_that_say_nothing(self) -> None:
        ResourceFactory(title="State of the art", description="")
        ResourceFactory(title="State art", description="")

        assert titles('"state of the art"') == ["State of the art"]

    def test_a_phrase_that_stands_nowhere_finds_nothing(self) -> None:
        ResourceFactory(title="Open the data", description="")

        results = found('"data open"')

        assert (results.total, results.reading.unknown_words) == (0, ("data open",))

    def test_a_word_in_quotation_marks_is_not_spelt_otherwise(self) -> None:
        ResourceFactory(title="Maps")

        assert titles("mpas") == ["Maps"]
        assert titles('"mpas"') == []

    def test_a_word_or_phrase_can_be_left_out(self) -> None:
        ResourceFactory(title="Maps of towns")
        ResourceFactory(title="Maps of old towns")
        ResourceFactory(title="Maps of seas")

        assert sorted(titles("maps -towns")) == ["Maps of seas"]
        assert sorted(titles('maps -"old towns"')) == ["Maps of seas", "Maps of towns"]

    def test_what_is_left_out_is_so_by_its_text(self) -> None:
        skill = SkillFactory(title="Protecting data", synonyms=["GDPR"])
        ResourceFactory(title="Data protection", description="", skills=[skill])
        ResourceFactory(title="Data protection and the GDPR", description="", skills=[skill])

        assert titles("data protection -gdpr") == ["Data protection"]

    def test_what_only_leaves_out_finds_everything_else(self) -> None:
        ResourceFactory(title="Maps")
        ResourceFactory(title="Privacy")
        ResourceFactory(title="Old towns")

        assert titles("-privacy") == ["Maps", "Old towns"]
        assert titles('the -privacy -"old towns"') == ["Maps"]
        assert found("-privacy").reading.left_out == ("privacy",)
        assert found("maps -privacy").reading.left_out == ()
        assert not found("-privacy").says_nothing
        assert found("-the").says_nothing

    def test_either_of_two_is_enough(self) -> None:
        ResourceFactory(title="Maps")
        ResourceFactory(title="Charts")
        ResourceFactory(title="Films")

        assert sorted(titles("maps OR charts")) == ["Charts", "Maps"]
        assert found("maps OR charts").widened == 0


class TestSpelling:
    def test_a_slip_finds_what_was_meant_and_tells(self) -> None:
        ResourceFactory(title="Spreadsheets")

        results = found("speadsheets for all", type="guide")

        assert results.reading.shown_for == "spreadsheets for all"
        assert results.reading.verbatim_address == "?q=speadsheets+for+all&type=guide&verbatim=1"

    def test_verbatim_asks_for_what_was_typed(self) -> None:
        ResourceFactory(title="Spreadsheets")

        results = found("speadsheets", verbatim="1")

        assert (results.total, results.reading.shown_for) == (0, "")
        assert results.reading.unknown_words == ("speadsheets",)

    def test_the_one_that_was_surely_meant_is_searched_and_counted_and_others_are_offered(
        self,
    ) -> None:
        ResourceFactory(title="Wikipedia", description="")
        ResourceFactory(title="Wikimedia", description="")

        results = found("wikpedia")

        assert titles("wikpedia") == ["Wikipedia"]
        assert results.reading.shown_for == "wikipedia"
        assert results.reading.did_you_mean == (("wikimedia", "?q=wikimedia"),)

    def test_what_may_be_a_word_of_its_own_is_not_replaced_and_near_ones_are_offered(self) -> None:
        ResourceFactory(title="Carers", description="")

        results = found("careers storage")

        assert (results.total, results.reading.shown_for) == (0, "")
        assert results.reading.unknown_words == ("careers", "storage")
        assert results.reading.did_you_mean == (("carers storage", "?q=carers+storage"),)

    def test_words_with_which_people_ask_are_not_offered(self) -> None:
        ResourceFactory(title="What would you ask? What could they?", description="")

        assert found("mould").reading.did_you_mean == ()

    def test_a_slip_for_one_of_these_is_mended(self) -> None:
        ResourceFactory(title="Books that readers recommend", description="")

        assert found("recomend").reading.shown_for == "recommend"

    def test_the_beginning_of_a_word_offers_it(self) -> None:
        ResourceFactory(title="RegexOne", description="")

        assert found("regex").reading.did_you_mean == (("regexone", "?q=regexone"),)
        assert found("reg").reading.did_you_mean == ()

    def test_asked_for_just_that_near_ones_are_offered(self) -> None:
        ResourceFactory(title="Privacy", description="")

        results = found("privcay", verbatim="1")

        assert (results.total, results.reading.shown_for) == (0, "")
        assert results.reading.did_you_mean == (("privacy", "?q=privacy"),)

    def test_a_word_that_the_catalogue_knows_stays_what_it_is(self) -> None:
        ResourceFactory(title="Date")
        for _ in range(5):
            ResourceFactory(title="Data")

        assert titles("date") == ["Date"]
        assert found("date").reading.shown_for == ""

    def test_a_word_of_one_description_is_no_slip_for_a_near_one(self) -> None:
        ResourceFactory(title="Old pens", description="How quills were cut.")
        for number in range(9):
            ResourceFactory(title=f"Quilts {number}")

        assert titles("quills") == ["Old pens"]
        assert found("quills").reading.shown_for == ""

    def test_two_words_may_be_one(self) -> None:
        for _ in range(3):
            ResourceFactory(title="Database")

        assert titles("data base")[0] == "Database"
        assert found("data base").reading.did_you_mean == ()

    def test_so_may_three_where_anything_has_that(self) -> None:
        ResourceFactory(title="OpenStreetMap", description="")
        ResourceFactory(title="Open the map of a street", description="")

        assert set(titles("open street map")) == {"OpenStreetMap", "Open the map of a street"}
        assert found("open street map").widened == 0

    def test_one_word_may_be_two_that_stand_so_somewhere(self) -> None:
        ResourceFactory(title="Oral history", description="")
        ResourceFactory(title="Share a point", description="")

        assert titles("oralhistory") == ["Oral history"]
        assert found("oralhistory").reading.shown_for == "oral history"
        results = found("sharepoint")
        assert (results.total, results.reading.shown_for) == (0, "")
        assert results.reading.did_you_mean == (("share point", "?q=share+point"),)

    def test_a_neighbour_comes_before_two_words(self) -> None:
        ResourceFactory(title="Copy, write and learn of copyright", description="Copy write")

        assert found("copywrite").reading.shown_for == "copyright"

    def test_accents_and_capitals_do_not_matter(self) -> None:
        ResourceFactory(title="Café culture")

        assert titles("CAFE") == titles("café") == titles("cafés") == ["Café culture"]

    def test_a_hyphen_may_be_there_or_not(self) -> None:
        ResourceFactory(title="Writing e-mail")
        ResourceFactory(title="User centred design")

        assert titles("email") == titles("e-mail") == ["Writing e-mail"]
        assert titles("user-centred") == ["User centred design"]


class TestAddresses:
    def test_an_address_finds_the_resource_that_has_it(self) -> None:
        ResourceFactory(title="Maps", url="https://maps.example.org/learn?utm_source=x")
        ResourceFactory(title="Learn", url="https://other.example.org/")

        for typed in (
            "https://maps.example.org/learn",
            "http://www.maps.example.org/learn/",
            "maps.example.org/learn",
        ):
            assert titles(typed) == ["Maps"]

    def test_one_that_nothing_has_is_looked_for_by_its_words(self) -> None:
        ResourceFactory(title="Learn maps", url="https://other.example.org/")

        assert titles("https://www.example.com/maps/learn") == ["Learn maps"]

    def test_a_host_finds_what_is_there_its_own_page_first(self) -> None:
        ResourceFactory(title="Below", url="https://maps.example.org/a")
        ResourceFactory(title="Home", url="https://maps.example.org/")
        ResourceFactory(title="Elsewhere", url="https://maps.example.org.uk/")

        assert titles("maps.example.org") == ["Home", "Below"]

    def test_its_parts_are_no_words_where_something_is_there(self) -> None:
        ResourceFactory(title="Home", url="https://maps.example.org/")
        ResourceFactory(title="Maps, an example by an org", url="https://other.example.com/")

        there = found("https://www.maps.example.org")

        assert [one.title for one in there.resources] == ["Home"]
        assert (there.reading.shown_for, there.reading.unknown_words) == ("", ())

    def test_a_draft_is_not_found(self) -> None:
        ResourceFactory(title="Maps", url="https://maps.example.org/", published=False)

        assert titles("https://maps.example.org/") == []


BAD = [
    "",
    "who",
    "the it",
    "!!!",
    '"',
    '""',
    '-""',
    "-",
    "--",
    "OR",
    "OR OR",
    '"the of"',
    "-the",
    "a" * 10_000,
    "maps " * 2_000,
    "a b c d e f g " * 700,
    "&|!():*<->'\\",
    "maps & !data | (x <-> y):*A",
    "'; DROP TABLE catalogue_resource; --",
    "%s %(q)s {0} \\",
    "\x00maps\x00",
    "\ud800 maps \udfff",
    "日本語の長い文章" * 300,
    "العربية עברית हिन्दी ไทย ελληνικά русский 한국어",
    "e\u0301" * 500,
    "\u202e\u200b\ufeff",
    "👩‍🏫 🗺️",
    "x-" * 1_000,
    "https://" + "a." * 500 + "org/",
    "http://[::1]:80/%zz?x=" + "y" * 3_000,
    "C++ C# .NET 3D 1,000.50 2024-11-21",
]


@pytest.mark.parametrize("words", BAD, ids=range(len(BAD)))
@pytest.mark.parametrize("verbatim", ["", "1"])
def test_whatever_is_typed_a_page_answers(words: str, verbatim: str):
    ResourceFactory(title="Maps", description="Learn data.")

    results = found(words, verbatim=verbatim)

    assert results.total in (0, 1)
    assert len(results.resources.rows) == results.total


def test_words_that_say_nothing_leave_everything_and_are_told():
    ResourceFactory(title="Maps")

    results = found("the of")

    assert (results.total, results.reading.ignored) == (1, ("the", "of"))
    assert found("the maps").reading.ignored == ()


def test_a_phrase_is_read_in_so_many_texts_and_no_more(monkeypatch: pytest.MonkeyPatch):
    for number in range(6):
        ResourceFactory(title=f"Open data {number}")
    monkeypatch.setattr(finding, "MOST_READ", 4)

    results = found('"open data"')

    assert (results.total, results.is_more) == (4, True)


@pytest.mark.django_db(transaction=True)
def test_a_page_costs_eight_queries_at_most_however_long_the_search_is(
    client: Client, count_queries: Callable
):
    """The site’s revision, what words are called, who holds them and what is called by them, what stands
    in the first where the search widened, the rows and their skills; none of a page that reads what
    changed, which is the first after an edit."""
    ResourceFactory(title="Maps of towns", provider=OrganisationFactory(), skills=[SkillFactory()])
    ResourceFactory(title="Charts", provider=OrganisationFactory(), skills=[SkillFactory()])
    client.get("/resources/", {"q": "anything"})

    for words in (
        "maps",
        "mpas of twons",
        "maps of seas, and chrats",
        "maps towns " * 200,
        "the",
        "maps.example.org",
        '"of towns"',
    ):
        for _again in range(2):
            with count_queries() as queries:
                client.get("/resources/", {"q": words, "type": "guide"})

            assert len(queries) <= 8, (words, [query["sql"][:80] for query in queries])
