"""The engine of the public pages: Jinja2, which renders them several times faster than Django's own.

The admin keeps Django's engine; its few templates of ours stand in templates/desk/.
"""

import functools
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.templatetags.static import static
from django.utils import translation
from django.utils.html import json_script
from jinja2 import ChainableUndefined, Environment
from jinja2.ext import Extension
from jinja2.runtime import Macro
from markupsafe import Markup

import catalogue.templating
import pathways.templating
from catalogue.routes import address_of

# A tag that has a line for itself; a translated text ends with a space that parts it from the next.
TAG_ALONE = re.compile(r"^(\{%(?![-+]| endtrans)(?:(?!%\}).)*[^-+])%\}$", re.MULTILINE)


class Missing(ChainableUndefined):
    """What a row doesn't have reads as nothing; a name that nobody gave the template is a mistake."""

    def _is_a_part(self) -> bool:
        from jinja2.utils import missing

        return self._undefined_obj is not missing

    def _read(self, nothing: Any) -> Any:
        return nothing if self._is_a_part() else self._fail_with_undefined_error()

    def __str__(self) -> str:
        return self._read("")

    def __html__(self) -> str:
        return self._read("")

    def __bool__(self) -> bool:
        return self._read(False)

    def __iter__(self) -> Any:
        return iter(self._read(()))

    def __len__(self) -> int:
        return self._read(0)


class Unindented(Extension):
    """Takes indentation, and lines that hold a tag alone, out of pages: a fifth of their weight.

    It is done once, when a template is compiled. Errors still name the template's own lines, words
    stay apart, and no template holds text in which spaces count.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        flush = re.sub(r"\n[ \t]+", "\n", source)
        return TAG_ALONE.sub(r"\1-%}", flush)


class Components:
    """`components.resource_card(resource=…)`: the macro in templates/components/resource_card.html.

    Each component is one template that holds one macro of its own name.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def __getattr__(self, name: str) -> Macro:
        macro = getattr(self._environment.get_template(f"components/{name}.html").module, name)
        if not self._environment.auto_reload:
            setattr(self, name, macro)
        return macro


def environment(**options: Any) -> Environment:
    """Jinja2 with the site's own words. Named by settings.TEMPLATES."""
    made = Environment(
        **options | {"undefined": Missing}, extensions=["jinja2.ext.i18n", Unindented]
    )
    made.install_gettext_callables(
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    # Most texts take no value: these are looked up once for each language.
    made.globals |= {"gettext": gettext, "_": gettext, "pgettext": pgettext}
    made.globals |= {"components": Components(made), "static": static, "url": url}
    made.globals |= {"canonical_query": canonical_query, "json_script": json_script}
    for words in (catalogue.templating, pathways.templating):
        made.globals |= words.GLOBALS
        made.filters |= words.FILTERS
    return made


def canonical_query(parameters: Iterable[tuple[str, str]]) -> str:
    """The end of an address that asks for `parameters`, alike in whatever order they came."""
    return f"?{urlencode(sorted(parameters))}" if parameters else ""


def gettext(text: str, **values: Any) -> Markup:
    """`text` in the page's language with `values`, escaped, in their places (%(name)s)."""
    return (
        _said(translation.get_language(), "", text) % values
        if values
        else _plain(translation.get_language(), "", text)
    )


def pgettext(context: str, text: str, **values: Any) -> Markup:
    """As gettext, where `context` tells equal texts apart."""
    language = translation.get_language()
    return _said(language, context, text) % values if values else _plain(language, context, text)


@functools.cache
def _said(language: str | None, context: str, text: str) -> Markup:
    said = translation.pgettext(context, text) if context else translation.gettext(text)
    return Markup(said)


@functools.cache
def _plain(language: str | None, context: str, text: str) -> Markup:
    """Of a text without values: %% stands for one sign there too."""
    return _said(language, context, text) % {}


def url(name: str, *args: Any) -> str:
    """The address of a page: `url("catalogue:skill_detail", skill.slug)`."""
    return address_of(name, *args)
