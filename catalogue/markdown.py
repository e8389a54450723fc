"""Markdown of curators and editors as HTML that is safe to show.

The parser takes no HTML and no images; nh3 has the last word on what comes out of it.
"""

from functools import cache, lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {"p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).disable("image")
    parser.core.ruler.push("plain_headings", _plain_headings)
    return parser


def _plain_headings(state: object) -> None:
    """Makes headings bold lines, since the outline of a page is its template's."""
    tokens: list[Token] = []
    for token in state.tokens:
        if token.type == "heading_open":
            tokens += [Token("paragraph_open", "p", 1), Token("strong_open", "strong", 1)]
        elif token.type == "heading_close":
            tokens += [Token("strong_close", "strong", -1), Token("paragraph_close", "p", -1)]
        else:
            tokens.append(token)
    state.tokens = tokens


@lru_cache(1_000)
def render(text: str) -> SafeString:
    """`text` as paragraphs, lists, quotations, links and emphasis; nothing for nothing."""
    if not text.strip():
        return SafeString("")
    html = nh3.clean(
        _parser().render(text.replace("\0", "")),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="external noopener",
    )
    return mark_safe(html)
