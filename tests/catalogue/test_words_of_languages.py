"""What is written in a language is found by its words in other forms, and typed without its accents."""

import pytest
from django.db import connection

from catalogue.models import Resource
from catalogue.words import lexemes
from tests.factories import OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db


def meets(written: str, typed: str, *, language: str) -> bool:
    """Whether the word `written` in a text of `language` is what somebody `typed`."""
    (own,), (asked,) = lexemes([written], [language]), lexemes([typed], [language])
    return not own.lexemes.isdisjoint(asked.lexemes)


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("en", "Libraries", "library"),
        ("en", "café", "CAFES"),
        ("en", "naïve", "naive"),
        ("en", "Łódź", "lodz"),
        ("en", "e-mail", "email"),
        ("en", "email", "e-mail"),
        ("en", "wi-fi", "wi-fi"),
        ("en", "readers’", "reader"),
        ("en", "“quoted”", "quote"),
        ("cy", "Cymru", "Gymru"),
        ("cy", "Cymru", "Nghymru"),
        ("cy", "Cymru", "Chymru"),
        ("cy", "llyfrgell", "lyfrgell"),
        ("cy", "pobl", "bobl"),
        ("cy", "pobl", "mhobl"),
        ("cy", "pobl", "phobl"),
        ("cy", "tân", "dan"),
        ("cy", "gardd", "ardd"),
        ("cy", "rhyngrwyd", "ryngrwyd"),
        ("cy", "hanes", "hanes"),
        ("fr", "bibliothèques", "bibliotheque"),
        ("fr", "Œuvres", "oeuvre"),
        ("de", "Bücher", "Buch"),
        ("de-AT", "Straße", "strasse"),
        ("es", "información", "informaciones"),
        ("es", "información", "informacion"),
        ("es", "bibliotecas", "biblioteca"),
        ("ru", "ёлка", "елка"),
        ("el", "βιβλιοθήκες", "βιβλιοθηκη"),
        ("ar", "المكتبات", "مكتبة"),
        ("ar", "أحمد", "احمد"),
        ("zh-Hant", "圖書館學", "圖書館"),
        ("ja", "図書館", "図書館"),
        ("ko", "도서관에서", "도서관"),
        ("en", "ＡＢＣ", "abc"),
    ],
)
def test_a_word_is_met_by_another_form(language: str, written: str, typed: str) -> None:
    assert meets(written, typed, language=language)


@pytest.mark.parametrize("language", ["en", "de", "fr", "ru", "el", "ar", "cy", "zh"])
def test_an_accent_without_a_letter_is_no_word(language: str) -> None:
    resource = ResourceFactory(
        title="Tables", description="\u0300 tables \u0301", languages=[language]
    )

    resource.refresh_from_db()
    assert "tables" in resource.description
    assert lexemes(["\u0300"], [language])[0].lexemes == frozenset()


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("organise", "organize"),
        ("organisations", "organization"),
        ("digitising", "digitized"),
        ("visualisation", "visualization"),
        ("analysed", "analyze"),
        ("colours", "coloring"),
        ("behavioural", "behavioral"),
        ("favourite", "favorites"),
        ("neighbourhood", "neighborhood"),
        ("centre", "centers"),
        ("theatres", "theater"),
        ("catalogue", "catalog"),
        ("cataloguing", "cataloged"),
        ("dialogues", "dialog"),
        ("programme", "programs"),
        ("programming", "program"),
        ("programmer", "programming"),
        ("licence", "license"),
        ("licensing", "licenses"),
        ("practise", "practice"),
        ("defence", "defense"),
        ("artefacts", "artifact"),
        ("archaeology", "archeology"),
        ("encyclopaedias", "encyclopedia"),
        ("greyscale", "grayscale"),
        ("mould", "mold"),
    ],
)
def test_english_is_one_word_as_it_is_spelt_here_and_there(british: str, american: str) -> None:
    assert meets(british, american, language="en")


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("size", "size"),
        ("citizen", "citizen"),
        ("hour", "hour"),
        ("source", "sourc"),
        ("parameter", "paramet"),
        ("programmatic", "programmat"),
        ("offensive", "offens"),
        ("digital", "digit"),
    ],
)
def test_what_only_looks_like_another_spelling_is_left_as_it_is(word: str, stem: str) -> None:
    (asked,) = lexemes([word])

    assert stem in asked.lexemes


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("cy", "Cymru", "Cymraeg"),
        ("cy", "ffenestr", "penestr"),
        ("en", "lyfrgell", "dyfrgell"),
        ("ru", "мой", "мои"),
        ("es", "información", "formación"),
        ("en", "table", "tablets"),
        ("en", "digital", "digitise"),
        ("en", "programmes", "programming"),
        ("en", "programming", "programme"),
    ],
)
def test_a_word_is_not_met_by_one_that_only_looks_like_it(
    language: str, written: str, typed: str
) -> None:
    assert not meets(written, typed, language=language)


def words_of(title: str, **facts: object) -> dict[str, str]:
    """What a resource is found by, each with where it stands: A title, B names, C description."""
    ResourceFactory(**{"title": title, "provider": None, "description": "", **facts})
    return words_now()


def words_now() -> dict[str, str]:
    """Likewise, of the only resource that there is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lexeme, array_to_string(weights, '') FROM catalogue_resource, unnest(found_by)"
        )
        return dict(cursor)


class TestAResource:
    def test_its_title_names_and_description_are_told_apart(self) -> None:
        tate = OrganisationFactory(name="Tate")

        found = words_of("Maps", provider=tate, authors=["Zoë Ng"], description="Old maps")

        assert found == {"map": "AC", "tate": "B", "zoe": "B", "ng": "B", "old": "C"}

    def test_each_text_is_read_in_its_own_language(self) -> None:
        found = words_of(
            "Bibliotecas", languages=["es"], description="Libraries", description_language="en"
        )

        assert found == {"es.bibliotec": "A", "librari": "C"}

    def test_a_title_in_english_and_welsh_is_read_in_both(self) -> None:
        found = words_of("Hanes y bobl: People", languages=["en", "cy"])

        assert {"hane", "bobl", "peopl", "cy.anes", "cy.bobl", "cy.beople"} <= {*found}

    def test_one_that_can_be_taken_in_welsh_may_be_called_and_told_of_in_english(self) -> None:
        found = words_of("Art for all", description="How to draw", languages=["en", "cy"])

        assert found == {"art": "A", "draw": "C"}

    def test_welsh_is_read_as_welsh_where_it_is_said_to_be_english(self) -> None:
        text = "Dysgwch am hanes eich ardal, ac am y bobl sydd yn byw yn y pentref."
        found = words_of("Maps", description=text, languages=["cy"])

        assert {"cy.anes", "cy.bobl", "cy.bentref"} <= {*found}

    def test_a_welsh_word_in_any_text_is_found_by_its_other_beginnings(self) -> None:
        llyfrgell = OrganisationFactory(name="Llyfrgell Genedlaethol Cymru")
        found = words_of("Maps of Cymru", provider=llyfrgell, description="Archifau und Karten")

        assert {one for one in found if one.startswith("cy.")} == {
            *("cy.ymru", "cy.lyfrgell", "cy.archifau"),
        }

    def test_one_in_many_languages_is_read_in_that_of_its_title(self) -> None:
        languages = ["bg", "cs", "da", "de", "en", "fr", "ro", "sv"]

        assert words_of("Test your digital skills", languages=languages) == {
            **{"test": "A", "digit": "A", "skill": "A"},
        }

    @pytest.mark.parametrize(
        ("title", "languages", "described", "mark"),
        [
            ("Débuter avec Markdown", ["fr"], "en", "fr"),
            ("The art of maps", ["fr", "en"], "en", ""),
            ("L’art de la carte", ["fr", "en"], "en", "fr"),
            ("Markdown", ["fr"], "en", "fr"),
            ("Markdown", ["fr", "en"], "en", ""),
            ("Om at lave kort", ["da"], "da", "da"),
        ],
    )
    def test_a_title_is_in_the_language_whose_small_words_it_has(
        self, title: str, languages: list[str], described: str, mark: str
    ) -> None:
        found = words_of(title, languages=languages, description_language=described)

        assert {one.rpartition(".")[0] for one in found} == {mark}

    def test_names_are_read_alike_in_all_languages(self) -> None:
        tate = OrganisationFactory(name="Tablets")

        assert "tablet" in words_of("Kort", provider=tate, languages=["da"])

    def test_one_without_a_language_is_read_as_english(self) -> None:
        assert words_of("Maps", published=False, languages=[]) == {"map": "A"}

    def test_in_a_language_without_stems_words_stand_as_they_are(self) -> None:
        assert words_of("Książki", languages=["pl"]) == {"ksiazki": "A"}

    @pytest.mark.parametrize(
        ("change", "found"),
        [
            ({"title": "Charts"}, {"chart", "librari"}),
            ({"authors": ["Ann"]}, {"map", "ann", "librari"}),
            ({"languages": ["pl"]}, {"maps", "librari"}),
            ({"description_language": "pl"}, {"map", "libraries"}),
            ({"description": "Plans"}, {"map", "plan"}),
        ],
        ids=["title", "authors", "languages", "description_language", "description"],
    )
    def test_it_is_read_anew_whichever_of_them_changes(
        self, change: dict[str, object], found: set[str]
    ) -> None:
        words_of("Maps", description="Libraries")

        Resource.objects.update(**change)

        assert {*words_now()} == found


class TestTextsThatNobodyWrites:
    """Whatever stands in a text, the row can be saved, and its other words are found."""

    @pytest.mark.parametrize(
        "text",
        [
            "maps " + "a" * 60_000,
            "maps " + "a-" * 30_000,
            "maps " + "a\u0301" * 25_000,
            "maps " + "\ufdfa" * 3_000,
            "maps " + "ß" * 3_000,
            "maps " + "図" * 9_000,
            "maps ' \\ : & | ! ( ) <-> :* 'a':1A ''",
            "maps '; DROP TABLE catalogue_tag; --",
            "maps \u202e\ufeff\u200b\U0001f600\U000e0041",
            "maps <b>bold</b> &amp; http://example.org/a?b=c#d a@example.org /etc/passwd",
        ],
        ids=range(10),
    )
    @pytest.mark.parametrize("languages", [["en"], ["cy"], ["tr", "cy"], ["ar"], ["zh"]])
    def test_it_is_saved_all_the_same(self, text: str, languages: list[str]) -> None:
        facts = {"languages": languages, "description_language": languages[0]}
        found = words_of("Maps", description=text, **facts)

        assert {"map", "maps", "cy.baps", "tr.maps", "ar.maps"} & {*found}

    def test_of_ten_kilobytes_every_word_is_found(self) -> None:
        text = " ".join(f"word{number}" for number in range(1_200))

        assert len(words_of("Maps", description=text)) == 1_201


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("maps", [[{"map", "maps"}]]),
        ("the", []),
        ("&!", []),
        ("", []),
        ("e-mail", [[{"email"}], [{"e"}, {"mail"}]]),
        ("digcomp/2.2", [[{"digcomp"}, {"2"}, {"2"}]]),
        ("a\0b", [[{"b"}]]),
    ],
)
def test_a_typed_word_is_told_by_its_parts(typed: str, parts: list[list[set[str]]]) -> None:
    (asked,) = lexemes([typed])

    in_english = [
        [{one for one in group if not one.startswith("cy.")} for group in alternative]
        for alternative in asked.alternatives
    ]
    assert in_english == parts


def test_a_word_that_says_nothing_without_its_accent_is_one_with_it() -> None:
    with_accent, without = lexemes(["thé", "the"], ["fr"])

    assert "fr.the" in with_accent.lexemes
    assert without.lexemes == frozenset()


def test_words_are_read_in_one_query_and_remembered(count_queries) -> None:
    with count_queries() as first:
        lexemes(["atlas", "globe", "atlas"], ["fr"])
    with count_queries() as second:
        lexemes(["globe"], ["fr"])

    assert (len(first), len(second)) == (1, 0)


def test_functions_look_for_each_other_in_no_path() -> None:
    """As when a dump is restored."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
        cursor.execute("SET LOCAL search_path = ''")
        cursor.execute(
            f"SELECT {schema}.catalogue_words('Gymru école', 'cy', 'fr'),"
            f" {schema}.catalogue_name_words('Maps', '{{}}', '{{\"title_cy\": \"Mapiau\"}}')"
        )

        words = cursor.fetchone()

    assert words == ("'cy.ecole':2 'cy.ymru':1 'fr.ecol':2 'fr.gymru':1", "'cy.bapiau':2A 'map':1A")
