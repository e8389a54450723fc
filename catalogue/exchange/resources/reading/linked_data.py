"""Reads a resource from a JSON-LD node in schema.org’s words. No context is ever fetched."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import ngettext

from catalogue.exchange.report import shown
from catalogue.exchange.resources.columns import TYPES
from catalogue.exchange.resources.entries import Source, Value

MOST_NAMES = 50_000
_LONGEST_NAME = 500
_SHOWN_TYPES = 10
_DEEPEST = 20

_PREFIX = re.compile(r"^(?:schema:|sdo:|https?://(?:www\.)?schema\.org/)", re.IGNORECASE)
_LANGUAGE = re.compile(r"^(?:[a-z]{2,3}(?:-[a-z0-9]{2,8})*|@none)$", re.IGNORECASE)
_WEB = ("http://", "https://")

# In small letters, as everything here that is compared.
RESOURCE_TYPES = frozenset(
    "learningresource course courseinstance syllabus quiz creativework creativeworkseries article "
    "techarticle apireference scholarlyarticle newsarticle blogposting blog report guide howto "
    "howtotip book audiobook chapter videoobject audioobject imageobject mediaobject presentation "
    "presentationdigitaldocument podcastepisode podcastseries clip movie webpage faqpage qapage "
    "itempage aboutpage collectionpage webcontent website dataset datacatalog softwareapplication "
    "webapplication mobileapplication softwaresourcecode videogame game digitaldocument "
    "textdigitaldocument spreadsheetdigitaldocument notedigitaldocument trainingmaterial "
    "collection exercise educationaloccupationalprogram".split()
)
_KNOWN_TYPES = frozenset(TYPES) | frozenset(TYPES.values())
# Alignments that tell how hard something is, not what it teaches.
_LEVELS = frozenset(("educationallevel", "readinglevel", "textcomplexity"))


def is_linked(node: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a node of JSON-LD."""
    return any(name.startswith("@") or _PREFIX.match(name) for name in node)


class LinkedData:
    """Reads nodes; `names` is what the nodes that others refer to by `@id` are called."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._left_out: Counter[str] = Counter()

    @staticmethod
    def names_of(nodes: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """Names by `@id`, of the first 50,000 nodes that have both, and of those right in them."""
        names: dict[str, str] = {}
        for outer in nodes:
            if not is_linked(outer):
                continue
            for node in (outer, *_objects_in(outer)):
                identity, name = node.get("@id"), _name_of(_local(node))
                if isinstance(identity, str) and name and len(names) < MOST_NAMES:
                    names.setdefault(identity[:_LONGEST_NAME], name[:_LONGEST_NAME])
        return names

    def is_resource(self, node: Mapping[str, Any]) -> bool:
        """Whether `node` tells of a resource; those that don’t are counted."""
        types = _types(node)
        if any(each.casefold() in RESOURCE_TYPES for each in types):
            return True
        local = _local(node)
        if not types and ("name" in local or "headline" in local) and "url" in local:
            return True
        name = shown(types[0] if types else "?")
        if name in self._left_out or len(self._left_out) < 1_000:
            self._left_out[name] += 1
        return False

    def tell(self, source: Source) -> None:
        """Notes how many nodes were no resources."""
        if not self._left_out:
            return
        common = self._left_out.most_common(_SHOWN_TYPES)
        number = self._left_out.total()
        source.note(
            ngettext(
                "%(number)s node is no resource and was left out (%(types)s).",
                "%(number)s nodes are no resources and were left out (%(types)s).",
                number,
            )
            % {
                "number": f"{number:,}",
                "types": ", ".join(f"{name}: {times:,}" for name, times in common),
            }
        )

    def values(self, node: Mapping[str, Any]) -> dict[str, Value]:
        """The columns that `node` fills."""
        local = _local(node)
        languages = list(_languages(local.get("inLanguage")))
        wanted = languages[0] if languages else ""
        description, spoken = _in_language(local.get("description", local.get("abstract")), wanted)
        columns: dict[str, Value] = {
            "url": _address(local, node),
            "title": _in_language(local.get("name", local.get("headline")), wanted)[0],
            "description": description,
            "description_language": (spoken or wanted) if description else "",
            "description_source": "provider" if description else "",
            "provider": self._named(local, "provider", "publisher", "sourceOrganization")[:1],
            "authors": self._named(local, "author", "creator", "contributor"),
            "resource_type": self._resource_type(local, node),
            "proficiency": self._texts(local.get("educationalLevel")),
            "language": languages,
            "licence": self._licence(local.get("license")),
            "cost": _cost(local.get("isAccessibleForFree")),
            "duration_minutes": self._texts(local.get("timeRequired", local.get("duration")))[:1],
            "published": [text[:10] for text in self._texts(local.get("datePublished"))[:1]],
            "access": self._texts(local.get("accessibilityFeature")),
            "tags": self._tags(local.get("keywords")),
            "skills": list(_plain_texts(local.get("teaches"))),
            "competences": list(dict.fromkeys(self._competences(local))),
        }
        return {name: value for name, value in columns.items() if value}

    def _named(self, local: Mapping[str, Any], *names: str) -> list[str]:
        """Who the first of these members that tells of anyone names."""
        return next(filter(None, (self._texts(local.get(name)) for name in names)), [])

    def _texts(self, value: Any) -> list[str]:
        return [text for each in _flat(value) if (text := self._text(each))]

    def _text(self, value: Any) -> str:
        """A value as text: what a node or a reference is called, where it has a name."""
        if isinstance(value, dict):
            return _name_of(_local(value)) or self._names.get(_identity(value), "")
        text = _scalar(value)
        return self._names.get(text, text)

    def _resource_type(self, local: Mapping[str, Any], node: Mapping[str, Any]) -> str:
        for text in self._texts(local.get("learningResourceType")):
            return text
        return next((each for each in _types(node) if each.casefold() in _KNOWN_TYPES), "")

    def _licence(self, value: Any) -> list[str]:
        found = []
        for each in _flat(value):
            local = _local(each) if isinstance(each, dict) else {}
            found.append(_scalar(local.get("url")) or self._text(each) or _identity(each))
        return [text for text in found if text][:1]

    def _tags(self, value: Any) -> list[str]:
        texts = self._texts(value)
        if not isinstance(value, list):
            texts = [part for text in texts for part in text.split(",")]
        return [text.strip() for text in texts if text.strip()]

    def _competences(self, local: Mapping[str, Any]) -> Iterator[str]:
        """`framework:code` for each term that has both."""
        for name in ("educationalAlignment", "about", "teaches", "assesses"):
            for each in _flat(local.get(name)):
                if not isinstance(each, dict):
                    continue
                term = _local(each)
                if _scalar(term.get("alignmentType")).casefold() in _LEVELS:
                    continue
                code = _scalar(term.get("termCode")) or _scalar(term.get("targetName"))
                framework = self._framework(
                    term.get("inDefinedTermSet", term.get("educationalFramework"))
                )
                if code and framework:
                    yield f"{framework}:{code}"

    def _framework(self, value: Any) -> str:
        """A framework’s name as its slug: `DigComp 2.2` and `https://…/digcomp-2.2` alike."""
        for each in _flat(value):
            text = self._text(each) or _identity(each)
            if text.startswith(_WEB):
                text = text.rstrip("/#").replace("#", "/").rpartition("/")[2]
            return "-".join(text.casefold().split())
        return ""


def _types(node: Mapping[str, Any]) -> list[str]:
    return [_PREFIX.sub("", each) for each in _flat(node.get("@type")) if isinstance(each, str)]


def _local(node: Mapping[str, Any]) -> dict[str, Any]:
    """`node` with schema.org’s names bare."""
    return {_PREFIX.sub("", name): value for name, value in node.items()}


def _flat(value: Any, depth: int = 0) -> Iterator[Any]:
    """The values in lists, sets and `@value`s, one by one."""
    if isinstance(value, list):
        if depth < _DEEPEST:
            for each in value:
                yield from _flat(each, depth + 1)
    elif isinstance(value, dict) and (inner := _wrapped(value)) is not value:
        if depth < _DEEPEST:
            yield from _flat(inner, depth + 1)
    elif value is not None:
        yield value


def _wrapped(value: dict[str, Any]) -> Any:
    return next((value[key] for key in ("@value", "@list", "@set") if key in value), value)


def _objects_in(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for value in node.values():
        for each in _flat(value):
            if isinstance(each, dict):
                yield each


def _scalar(value: Any) -> str:
    """The first text in `value`; an object’s is its `@id`."""
    for each in _flat(value):
        if isinstance(each, dict):
            return _identity(each)
        if isinstance(each, bool):
            return "true" if each else "false"
        return str(each).strip()
    return ""


def _plain_texts(value: Any) -> Iterator[str]:
    for each in _flat(value):
        if isinstance(each, str) and each.strip() and not each.startswith(_WEB):
            yield each.strip()


def _identity(value: Any) -> str:
    identity = value.get("@id") if isinstance(value, dict) else None
    return identity if isinstance(identity, str) else ""


def _name_of(local: Mapping[str, Any]) -> str:
    for name in ("name", "legalName", "headline", "title"):
        if text := _in_language(local.get(name), "")[0]:
            return text
    parts = (_scalar(local.get(name)) for name in ("givenName", "familyName"))
    return " ".join(filter(None, parts)) or _one_language(local, "")[0]


def _in_language(value: Any, wanted: str) -> tuple[str, str]:
    """(text, language) of a text in several languages: in the one wanted, else in the first."""
    found = list(_spoken(value, wanted))
    return next(
        (each for each in found if each[1] and each[1] == wanted), found[0] if found else ("", "")
    )


def _spoken(value: Any, wanted: str) -> Iterator[tuple[str, str]]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict) and "@value" in each:
            spoken = _scalar(each), _scalar(each.get("@language"))
        elif isinstance(each, dict):
            spoken = _one_language(each, wanted)
        else:
            spoken = _scalar(each), ""
        if spoken[0]:
            yield spoken


def _one_language(value: Mapping[str, Any], wanted: str) -> tuple[str, str]:
    """(text, language) from `{"en": …, "cy": …}`; empty where `value` is no such map."""
    if not value or not all(_LANGUAGE.match(key) for key in value):
        return "", ""
    for language in (wanted, "en", *value):
        if language in value and (text := _scalar(value[language])):
            return text, "" if language == "@none" else language
    return "", ""


def _languages(value: Any) -> Iterator[str]:
    for each in _flat(value):
        local = _local(each) if isinstance(each, dict) else {}
        names = ("alternateName", "identifier", "name")
        code = next(filter(None, (_scalar(local.get(name)) for name in names)), "")
        if text := code or _scalar(each):
            yield text


def _address(local: Mapping[str, Any], node: Mapping[str, Any]) -> str:
    address = _scalar(local.get("url"))
    if not address and _identity(node).startswith(_WEB):
        return _identity(node)
    return address


def _cost(value: Any) -> str:
    told = _PREFIX.sub("", _scalar(value)).casefold()
    return {"true": "free", "false": "paid"}.get(told, "")
