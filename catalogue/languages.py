"""Languages as BCP 47 tags, and the language that a text answers in."""

import re

from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

# Language, script, region and variants of RFC 5646, section 2.1; private and extended forms are
# left out, since no page declares them.
_TAG = re.compile(
    r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
)


def normal_tag(tag: str) -> str:
    """`tag` in the usual case: `EN-gb` becomes `en-GB`, `zh-hant_tw` becomes `zh-Hant-TW`."""
    first, *rest = tag.strip().replace("_", "-").split("-")
    cased = [
        part.upper()
        if len(part) == 2
        else part.title()
        if len(part) == 4 and part.isalpha()
        else part.lower()
        for part in rest
    ]
    return "-".join([first.lower(), *cased])


# The languages with two letters (ISO 639-1); three letters of ISO 639-3 are taken as they come.
_TWO_LETTERS = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz "
    "ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln "
    "lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi "
    "pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th "
    "ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
# As Unicode's CLDR has them, for languages with two letters; three for Central Kurdish.
_RIGHT_TO_LEFT = frozenset("ar ckb dv fa he ks ps sd ug ur yi".split())
# English names of languages, as files have them, by Django's own list.
_NAMES = {info["name"].casefold(): tag for tag, info in LANG_INFO.items() if "name" in info}


def language_tag(said: str) -> str:
    """The tag of a language that a file names, by tag in any case or by its English name.

    Raises ValidationError, also for two letters that are no language.
    """
    tag = normal_tag(_NAMES.get(said.strip().casefold(), said))
    first = tag.split("-")[0]
    if len(first) == 2 and first not in _TWO_LETTERS:
        raise _no_language(said)
    validate_language(tag)
    return tag


def _no_language(said: str) -> ValidationError:
    return ValidationError(
        _("“%(tag)s” is no language tag; write it as in en, cy or pt-BR."),
        code="language",
        params={"tag": said[:60]},
    )


def validate_language(tag: str) -> None:
    if not _TAG.fullmatch(tag):
        raise _no_language(tag)


def language_name(tag: str) -> str:
    """The language in the page's own words, as Django has them; else its tag."""
    try:
        return str(get_language_info(tag.lower())["name_translated"])
    except KeyError:
        return tag


class Text(str):
    """A text that knows the language it answered in."""

    language: str

    def __new__(cls, value: str, language: str) -> "Text":
        text = super().__new__(cls, value)
        text.language = language
        return text

    @property
    def lang(self) -> SafeString:
        """` lang="en"` where the text is in another language than the page, else nothing."""
        return lang_attribute(self.language)


def lang_attribute(language: str) -> SafeString:
    """` lang="…"` for a text in `language` when the page is in another, else nothing.

    With ` dir="rtl"` where the language is written from right to left: pages are in none that is.
    """
    page = (get_language() or "").split("-")[0]
    first = language.split("-")[0]
    if not language or first == page:
        return SafeString("")
    if first in _RIGHT_TO_LEFT:
        return format_html(' lang="{}" dir="rtl"', language)
    return format_html(' lang="{}"', language)


class _Words:
    """Attribute access to the translated texts of one row."""

    def __init__(self, row: object) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Text:
        from modeltrans.conf import get_default_language

        row, asked = self._row, (get_language() or "").split("-")[0]
        i18n = row.i18n or {}
        said = i18n.get(f"{name}_{asked}")
        if said:
            return Text(said, asked)
        return Text(getattr(row, name), get_default_language())


class Worded:
    """Mixin of rows with translations: `row.words.title` is the title as the reader can read it.

    The answer is a Text: the string in the page's language, or in English where there is no
    translation, and then `row.words.title.lang` is ` lang="en"`.
    """

    @property
    def words(self) -> _Words:
        return _Words(self)
