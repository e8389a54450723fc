"""What is written in a language is found by its words in other forms, and typed without its accents."""

import pytest

from catalogue.words import lexemes

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


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("cy", "Cymru", "Cymraeg"),
        ("cy", "ffenestr", "penestr"),
        ("en", "lyfrgell", "dyfrgell"),
        ("ru", "мой", "мои"),
        ("es", "información", "formación"),
    ],
)
def test_a_word_is_not_met_by_one_that_only_looks_like_it(
    language: str, written: str, typed: str
) -> None:
    assert not meets(written, typed, language=language)
