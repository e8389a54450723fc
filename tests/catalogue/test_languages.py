"""Languages: tags, translated texts that know which language they answered in, and fallback."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from catalogue.languages import Text, lang_attribute, normal_tag, validate_language
from catalogue.models import Skill
from pathways.models import Pathway
from tests.factories import ResourceFactory, SkillFactory, make_pathway
from tests.pages import render

NORMAL = {
    "en": "en",
    "EN-gb": "en-GB",
    " cy ": "cy",
    "pt_br": "pt-BR",
    "zh-hant_tw": "zh-Hant-TW",
    "ES-419": "es-419",
    "sl-ROZAJ-biske": "sl-rozaj-biske",
    "de-1996": "de-1996",
}
TAGS = ["en", "cy", "en-GB", "pt-BR", "zh-Hant-TW", "es-419", "sl-rozaj", "de-1996", "gsw"]
NO_TAGS = ["", "e", "English", "en_GB", "EN", "en-gb", "en-", "x-klingon", "en GB", "en\n"]


@pytest.mark.parametrize(("typed", "tag"), NORMAL.items())
def test_a_tag_is_put_in_its_usual_case(typed: str, tag: str) -> None:
    assert normal_tag(typed) == tag


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_is_taken(tag: str) -> None:
    validate_language(tag)


@pytest.mark.parametrize("tag", NO_TAGS)
def test_what_is_no_tag_is_refused_with_an_example(tag: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validate_language(tag)

    assert caught.value.messages == [f"“{tag}” is no language tag; write it as in en, cy or pt-BR."]


class TestLangAttribute:
    @pytest.mark.parametrize(
        ("page", "text", "attribute"),
        [
            ("en", "en", ""),
            ("en", "en-GB", ""),
            ("en", "cy", ' lang="cy"'),
            ("cy", "en", ' lang="en"'),
            ("cy", "cy", ""),
            ("en", "", ""),
            ("en", "zh-Hant", ' lang="zh-Hant"'),
            ("en", '"><b>', ' lang="&quot;&gt;&lt;b&gt;"'),
        ],
    )
    def test_it_stands_where_the_text_differs_from_the_page(
        self, page: str, text: str, attribute: str
    ) -> None:
        with translation.override(page):
            assert lang_attribute(text) == attribute


@pytest.mark.django_db
class TestWords:
    def test_they_are_in_the_page_s_language_where_they_can_be(self) -> None:
        skill = SkillFactory(title="Data", title_cy="Data Cymraeg")

        with translation.override("cy"):
            title = skill.words.title

        assert (title, title.language) == ("Data Cymraeg", "cy")

    @pytest.mark.parametrize("welsh", [None, ""])
    def test_else_they_are_english_and_say_so(self, welsh: str | None) -> None:
        skill = SkillFactory(title="Data", title_cy=welsh)

        with translation.override("cy"):
            title = skill.words.title
            assert (title, title.lang) == ("Data", ' lang="en"')

    def test_an_english_page_has_the_english_and_no_mark(self) -> None:
        title = SkillFactory(title="Data", title_cy="Data Cymraeg").words.title

        assert (title, title.lang) == ("Data", "")

    def test_each_text_falls_back_by_itself(self) -> None:
        skill = SkillFactory(title="Data", title_cy="Data Cymraeg", summary="What it is.")

        with translation.override("cy"):
            assert skill.words.title.language == "cy"
            assert skill.words.summary.language == "en"

    def test_they_are_stored_and_found_again(self) -> None:
        SkillFactory(title="Data", title_cy="Data Cymraeg")

        with translation.override("cy"):
            assert Skill.objects.get().words.title == "Data Cymraeg"

    def test_a_template_says_both_with_one_name(self) -> None:
        skill = SkillFactory(title="Data & more")
        source = "<b{{ skill.words.title.lang }}>{{ skill.words.title }}</b>"

        with translation.override("cy"):
            page = render(source, skill=skill)

        assert str(page.b) == '<b lang="en">Data &amp; more</b>'

    def test_a_pathway_s_words_are_its_revision_s(self) -> None:
        make_pathway("A pathway", steps=["Ask a colleague"])
        revision = Pathway.objects.get().published_revision

        with translation.override("cy"):
            assert revision.words.title.lang == ' lang="en"'
            assert revision.steps.get().shown_title.lang == ' lang="en"'


def test_a_text_is_a_string_like_any_other() -> None:
    text = Text("Data", "en")

    assert text == "Data"
    assert text.upper() == "DATA"


@pytest.mark.django_db
class TestResource:
    def test_its_title_is_in_its_own_main_language(self) -> None:
        resource = ResourceFactory(title="Données", languages=["fr", "en"])

        assert (resource.language, resource.lang) == ("fr", ' lang="fr"')

    def test_its_description_may_be_in_another(self) -> None:
        resource = ResourceFactory(languages=["fr"], description_language="cy")

        assert resource.description_lang == ' lang="cy"'

    def test_one_that_names_none_says_nothing(self) -> None:
        resource = ResourceFactory(languages=[], published=False)

        assert (resource.language, resource.lang) == ("", "")

    def test_each_of_its_languages_has_to_be_a_tag(self) -> None:
        with pytest.raises(ValidationError) as caught:
            ResourceFactory.build(languages=["en", "Welsh"], provider=None).full_clean()

        assert caught.value.message_dict == {
            "languages": [
                "Item 2 in the array did not validate: "
                "“Welsh” is no language tag; write it as in en, cy or pt-BR."
            ]
        }
