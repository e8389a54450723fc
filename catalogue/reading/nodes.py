"""What a page says of itself in data: JSON-LD, and microdata in the shape of JSON-LD.

Written over lxml rather than with extruct, whose reader of microdata takes minutes of a hostile page
of 150 KB (`itemref`), and with rdflib needs forty megabytes for what two screens of code do.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from lxml import etree

from catalogue.addresses import ADDRESS_LENGTH, canonical_address
from catalogue.exchange import LinkedData, Value

Node = dict[str, Any]

MOST_NODES = 2_000
MOST_TEXT = 20_000

# `/* <![CDATA[ */ … /* ]]> */` and `<!-- … -->`, which old templates put around a script.
_OPENING = ("/*", "//", "<![CDATA[", "<!--", "*/")
_CLOSING = ("*/", "]]>", "-->", "//", "/*")
_COMMA = re.compile(r",\s*([}\]])")

# Of a page, not of what stands on it; and of what no page is.
_PAGES = frozenset("webpage faqpage qapage itempage aboutpage collectionpage webcontent".split())
_NEVER = frozenset("website imageobject datacatalog collection creativeworkseries".split())
_FIRST = ("learningresource", "course", "trainingmaterial")

_IN_ATTRIBUTE = {
    "meta": "content",
    **dict.fromkeys(("a", "area", "link"), "href"),
    **dict.fromkeys(("audio", "embed", "iframe", "img", "source", "track", "video"), "src"),
    "object": "data",
    **dict.fromkeys(("data", "meter"), "value"),
    "time": "datetime",
}


def values_in(document: etree._Element, url: str) -> dict[str, Value]:
    """What the page's data tells of the one thing that the page at `url` is about, by column."""
    nodes = [*linked(document), *microdata(document)][:MOST_NODES]
    reader = LinkedData(LinkedData.names_of(nodes))
    node = _main(nodes, reader, canonical_address(url))
    if node is None:
        return {}
    values = reader.values(node)
    if _kind(node) in _PAGES:
        # That it is a web page says nothing.
        values.pop("resource_type", None)
    return values


def linked(document: etree._Element) -> Iterator[Node]:
    """The nodes of the page's JSON-LD, those of graphs one by one."""
    for script in document.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield from _nodes(_parsed(script.text or ""))


def _parsed(text: str) -> Any:
    text = text.strip()
    for sign in _OPENING:
        text = text.removeprefix(sign).lstrip()
    for sign in _CLOSING:
        text = text.removesuffix(sign).rstrip()
    for each in (text, _COMMA.sub(r"\1", text)):
        try:
            # Many write line breaks into strings.
            return json.loads(each, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    if depth > 5:
        return
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity"):
            yield from _nodes(value.get(name), depth + 1)


def microdata(document: etree._Element) -> Iterator[Node]:
    """The page's items, in one walk through it. `itemref` isn't followed."""
    # The items that are open, each with its element.
    within: list[tuple[etree._Element, Node]] = []
    for event, element in etree.iterwalk(document, events=("start", "end")):
        if event == "end":
            if within and within[-1][0] is element:
                within.pop()
            continue
        names = (element.get("itemprop") or "").split()
        item: Node | None = None
        if element.get("itemscope") is not None:
            item = {"@type": (element.get("itemtype") or "").split()}
            if identity := element.get("itemid"):
                item["@id"] = identity
            if not names:
                yield item
        if within:
            for name in names[:5]:
                _add(within[-1][1], name, _value(element) if item is None else item)
        if item is not None:
            within.append((element, item))


def _add(item: Node, name: str, value: Any) -> None:
    if name.startswith("@"):
        return
    if name not in item:
        item[name] = value
    elif isinstance(item[name], list):
        item[name].append(value)
    else:
        item[name] = [item[name], value]


def _value(element: etree._Element) -> str:
    attribute = _IN_ATTRIBUTE.get(str(element.tag))
    said = element.get(attribute) if attribute else None
    if said is None:
        said = element.get("content")
    return text_of(element) if said is None else said[:MOST_TEXT]


def text_of(element: etree._Element, limit: int = 2_000) -> str:
    """The beginning of what stands in `element`, however much that is."""
    pieces: list[str] = []
    for event, each in islice(etree.iterwalk(element, events=("start", "end")), limit):
        piece = each.text if event == "start" else each.tail if each is not element else None
        if piece:
            pieces.append(piece[:limit])
            limit -= len(piece)
            if limit <= 0:
                break
    return "".join(pieces)


def _main(nodes: list[Node], reader: LinkedData, key: str) -> Node | None:
    """The node that tells of the page's one subject; None where there are several alike."""
    about = [node for node in nodes if _kind(node) not in _NEVER and reader.is_resource(node)]
    subjects = [node for node in about if _kind(node) not in _PAGES]
    for node in subjects:
        if key in map(canonical_address, _addresses(node)):
            return node
    times = Counter(map(_kind, subjects))
    single = [node for node in subjects if times[_kind(node)] == 1]
    single.sort(key=lambda node: _kind(node) not in _FIRST)
    return next(iter(single or [node for node in about if _kind(node) in _PAGES]), None)


def _kind(node: Mapping[str, Any]) -> str:
    """The node's type in small letters without schema.org; of several, the one that tells most."""
    said = node.get("@type")
    types = said if isinstance(said, list) else [said]
    kinds = [
        re.split(r"[/#:]", each)[-1].lower() for each in types if isinstance(each, str) and each
    ]
    for wanted in _FIRST:
        if wanted in kinds:
            return wanted
    return kinds[0] if kinds else ""


def _addresses(node: Mapping[str, Any]) -> Iterator[str]:
    for name in ("url", "@id", "mainEntityOfPage"):
        value = node.get(name)
        said = value.get("@id") if isinstance(value, dict) else value
        if isinstance(said, str) and said:
            yield said[:ADDRESS_LENGTH]
