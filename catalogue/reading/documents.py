"""What a page of HTML tells of itself, each way of telling it apart: data, Open Graph, names, text."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

from catalogue.exchange import Value
from catalogue.reading.nodes import text_of, values_in
from catalogue.reading.texts import DESCRIPTION_LENGTH, TITLE_LENGTH, plain, plain_of_markup

Values = dict[str, Value]

MOST_NAMES = 500

_TYPES = {
    "article": "article",
    "book": "book",
    "video": "video",
    "music": "podcast",
    "podcast": "podcast",
}


def parsed(text: str) -> etree._Element | None:
    """The tree of a page; None where there is nothing in it."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, no_network=True)
    # The parser would take a NUL for the end.
    page = text.replace("\0", "").encode("utf-8", "replace")
    try:
        return lxml_html.document_fromstring(page, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def told(document: etree._Element, url: str, *, language: str = "") -> list[Values]:
    """What the page at `url` tells, by column, the most trusted way of telling first.

    `language` is what the server said, if it did.
    """
    names = _names(document)
    spoken = (document.get("lang") or language or "").strip()
    ways = [
        _tidy(values_in(document, url)),
        _open_graph(names),
        _named(names, document, url),
        {
            "title": plain(_title(document, names), limit=TITLE_LENGTH),
            "language": _languages(spoken),
        },
        {"language": _languages(names.get("og:locale", [""])[0])},
    ]
    for values in ways:
        if values.get("description") and spoken:
            values.setdefault("description_language", spoken)
    return ways


def oembed_address(document: etree._Element, url: str) -> str:
    """Where the page says that it is told of as oEmbed; empty where it doesn't."""
    for link in document.iter("link"):
        kind = (link.get("type") or "").lower()
        if kind == "application/json+oembed" and link.get("href"):
            return _joined(url, link.get("href"))
    return ""


def _tidy(values: Values) -> Values:
    """Data whose texts may hold HTML, as plain text."""
    for name, limit in (("title", TITLE_LENGTH), ("description", DESCRIPTION_LENGTH)):
        if name in values:
            values[name] = plain_of_markup(str(values[name]), limit=limit)
    for name in ("provider", "authors"):
        if name in values:
            said = values[name] if isinstance(values[name], list) else [values[name]]
            values[name] = list(_people(said))
    return values


def _open_graph(names: dict[str, list[str]]) -> Values:
    first = {name: said[0] for name, said in names.items()}
    seconds = first.get("video:duration") or first.get("og:video:duration") or ""
    description = first.get("og:description") or first.get("twitter:description") or ""
    return {
        "title": plain(
            first.get("og:title") or first.get("twitter:title") or "", limit=TITLE_LENGTH
        ),
        "description": plain(description, limit=DESCRIPTION_LENGTH),
        "provider": plain(first.get("og:site_name", ""), limit=200),
        "resource_type": _TYPES.get(first.get("og:type", "").lower().partition(".")[0], ""),
        "authors": list(_people(names.get("article:author", []))),
        "published": first.get("article:published_time", "")[:10],
        "duration_minutes": minutes_of(seconds),
    }


def _named(names: dict[str, list[str]], document: etree._Element, url: str) -> Values:
    """`<meta name>`, Dublin Core and scholars' names, and the link to the licence."""

    def first(*wanted: str) -> str:
        return next((names[name][0] for name in wanted if name in names), "")

    authors = (
        names.get("citation_author") or names.get("dc.creator") or names.get("dcterms.creator")
    )
    description = first("description", "dc.description", "dcterms.description", "dcterms.abstract")
    rights = first("dcterms.license", "dc.rights.license", "dc.rights", "dcterms.rights")
    return {
        "title": plain(first("citation_title", "dc.title", "dcterms.title"), limit=TITLE_LENGTH),
        "description": plain(description, limit=DESCRIPTION_LENGTH),
        "provider": plain(
            first("citation_publisher", "dc.publisher", "application-name"), limit=200
        ),
        "authors": list(_people(authors or names.get("author", []))),
        "published": first("citation_publication_date", "dc.date", "dcterms.issued", "date")[:10],
        "language": _languages(first("dc.language", "dcterms.language", "citation_language")),
        "licence": _licence(document, url) or rights,
    }


def _names(document: etree._Element) -> dict[str, list[str]]:
    """What `<meta name>` and `<meta property>` say, by name in small letters, in their order."""
    names: dict[str, list[str]] = {}
    for number, meta in enumerate(document.iter("meta")):
        if number >= MOST_NAMES:
            break
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        if name and (said := (meta.get("content") or "").strip()):
            names.setdefault(name, []).append(said)
    return names


def _title(document: etree._Element, names: dict[str, list[str]]) -> str:
    """The title without the name of the site after it, or else the first heading."""
    # Drawings have titles too.
    titles = (
        each
        for each in islice(document.iter("title"), 20)
        if next(each.iterancestors("svg"), None) is None
    )
    found = next(titles, None)
    title = " ".join(text_of(found, 20_000).split()) if found is not None else ""
    site = names.get("og:site_name", [""])[0].strip()
    for sign in ("|", "-", "–", "—", "·", ":", "»"):
        if site and title.endswith(f" {sign} {site}"):
            title = title.removesuffix(f" {sign} {site}")
    if title:
        return title
    heading = next(document.iter("h1"), None)
    return text_of(heading) if heading is not None else ""


def _people(said: list[str]) -> Iterator[str]:
    """Names, without the addresses that stand where names should."""
    for one in said[:50]:
        name = plain_of_markup(one, limit=200)
        if name and "://" not in name and "@" not in name:
            yield name


def _licence(document: etree._Element, url: str) -> str:
    """The address of the licence that the page links to as its own."""
    for element in document.iter("link", "a"):
        if "license" in (element.get("rel") or "").lower().split() and element.get("href"):
            return _joined(url, element.get("href"))
    return ""


def _languages(said: str) -> list[str]:
    return [one.strip() for one in said.split(",")[:1] if one.strip()]


def minutes_of(seconds: object) -> str:
    """Minutes, as the importer reads them, from seconds as others write them; empty if it is none."""
    said = str(seconds).strip().partition(".")[0]
    if not said.isascii() or not said.isdigit() or len(said) > 8 or not int(said):
        return ""
    return str(max(1, round(int(said) / 60)))


def _joined(url: str, there: str) -> str:
    try:
        return urljoin(url, there.strip())
    except ValueError:
        return ""
