"""Sort keys: titles in one order on every database."""

import pytest

from catalogue.models import Resource, Skill
from catalogue.titles import SORT_KEY_LENGTH, fold, sort_key
from tests.factories import OrganisationFactory, ResourceFactory, SkillFactory

FOLDED = {
    "Ŵyn Écran": "wyn ecran",
    "ŁÓDŹ": "lodz",
    "Ærø, Œuvre, Þing, Ðorn": "aero, oeuvre, thing, dorn",
    "Straße": "strasse",
    "İstanbul ısı": "istanbul isi",
    "ﬁn": "fin",
    "Данные": "данные",
    "": "",
}

KEYS = {
    "articles stay": ("The web", "the web"),
    "signs at the start don't count": ("“Data” (open)", "data open"),
    "signs inside are blanks": ("Do-it-yourself", "do it yourself"),
    "numbers by their value": ("Web 2.0", "web 00000002 00000000"),
    "blanks once": ("  a \t b\n", "a b"),
    "nothing": ("", ""),
    "signs alone": ("?!", ""),
}


@pytest.mark.parametrize(("text", "folded"), FOLDED.items())
def test_accents_and_capitals_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("title", "key"), KEYS.values(), ids=KEYS)
def test_a_title_makes_a_key(title: str, key: str) -> None:
    assert sort_key(title) == key


def test_a_key_fits_its_column() -> None:
    assert len(sort_key("ﬃ1 " * 300)) == SORT_KEY_LENGTH


@pytest.mark.django_db
class TestListing:
    def test_titles_stand_as_an_english_reader_looks_for_them(self) -> None:
        titles = [
            "“A” is for archive",
            "Data in 9 steps",
            "Data in 10 steps",
            "Écran",
            "The web",
            "Ŵyn",
            "zebra",
        ]
        for title in reversed(titles):
            SkillFactory(title=title)

        assert list(Skill.objects.for_listing().values_list("title", flat=True)) == titles

    def test_alike_ones_keep_the_order_they_came_in(self) -> None:
        first, second = ResourceFactory(title="Data"), ResourceFactory(title="data!")

        assert list(Resource.objects.for_listing()) == [first, second]

    def test_a_new_title_moves_it(self) -> None:
        resource = ResourceFactory(title="Zebra")

        resource.title = "Aardvark"
        resource.save(update_fields=["title"])

        assert Resource.objects.get().sort_key == "aardvark"

    def test_a_name_sorts_as_a_title_does(self) -> None:
        assert OrganisationFactory(name="Áras").sort_key == "aras"
