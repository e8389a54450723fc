"""CASE 1.0 and 1.1 of 1EdTech: a CFPackage, which is a CFDocument with CFItems and CFAssociations."""

import re
from collections import Counter, defaultdict
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from catalogue.exchange.errors import ExchangeError
from catalogue.exchange.frameworks.told import (
    Part,
    Relation,
    Told,
    each,
    line_of,
    objects,
    text,
    uuid_in,
)
from catalogue.exchange.report import Report, shown
from catalogue.models import Competence, Framework
from catalogue.slugs import make_slug

# How CASE relates two items, in SKOS's terms. It has no words for broader and narrower.
RELATIONS = {"exactMatchOf": "exact", "isRelatedTo": "related", "isPeerOf": "related"}
# What Waymark has no place for; told once each where a package has some.
LEFT_OUT = ["CFRubrics"]
_CREATIVE_COMMONS = re.compile(r"creativecommons\.org/licenses/(by[a-z-]*)/([0-9.]+)", re.I)


def is_case(said: Any) -> bool:
    return isinstance(said, dict) and "CFDocument" in said and "CFItems" in said


def read(said: Any, report: Report) -> Told:
    """The framework of a package. Raises ExchangeError where nothing of it can come in."""
    document = said["CFDocument"]
    if not isinstance(document, dict):
        raise ExchangeError(_("“%(key)s” takes an object.") % {"key": "CFDocument"})
    values = _framework(document, report)
    told = Told(line_of(document), values, uid=_uid_of(document), is_named_here=True)
    items = _items(objects(said, "CFItems"), report)
    tree, others = _associations(objects(said, "CFAssociations"), report)
    told.competences = _parts(items, tree, _name_of(document), report)
    codes = {part.key: part.code for part in told.competences}
    told.relations = _relations(others, codes, report)
    for key in LEFT_OUT:
        if said.get(key):
            report.note(
                _("“%(key)s” are left out: there is no place for them here.") % {"key": key}
            )
    return told


def _framework(document: dict, report: Report) -> dict[str, Any]:
    title = text(document, "title")
    if not title:
        raise ExchangeError(_("The framework has no “%(key)s”.") % {"key": "title"})
    dates = ("statusStartDate", "lastChangeDateTime")
    date = next((text(document, key)[:10] for key in dates if document.get(key)), "")
    version = (text(document, "version") or date or "1")[:30]
    family = make_slug(title, noun="framework", uid=_uid_of(document) or uuid4())[:40].strip("-")
    plain = re.sub(r"[^a-z0-9.]+", "-", version.lower())
    ending = re.sub(r"[.-]{2,}", "-", plain).strip("-.") or "1"
    short = Truncator(title).chars(Framework._meta.get_field("title").max_length)
    return {
        "slug": f"{family}-{ending}"[:60].strip("-."),
        "family": family,
        "version": version,
        "title": short,
        "full_title": title if short != title else "",
        "description": text(document, "description"),
        "publisher": text(document, "publisher") or text(document, "creator"),
        "date_published": date,
        "url": text(document, "officialSourceURL") or text(document, "uri"),
        "licence": _licence(document, report),
    }


def _licence(document: dict, report: Report) -> str:
    said = document.get("licenseURI") or ""
    told = " ".join(map(str, said.values())) if isinstance(said, dict) else str(said)
    if found := _CREATIVE_COMMONS.search(told):
        return f"CC-{found[1].upper()}-{found[2].strip('.')}"
    if told:
        report.note(_("The licence is none that is known here and is left empty."))
    return ""


def _items(said: list, report: Report) -> dict[str, dict]:
    """The items of a package by their identifiers."""
    items: dict[str, dict] = {}
    for one in each(said, report, lambda one: one):
        name = _name_of(one)
        if not name:
            report.reject(line_of(one), _shown(one), _("This item has no identifier."))
        elif name in items:
            report.reject(line_of(one), name, _("This identifier is another item’s already."))
        else:
            items[name] = one
    return items


def _parts(
    items: dict[str, dict], tree: dict[str, list[tuple[float, str]]], root: str, report: Report
) -> list[Part]:
    """The items as competences, each with its position among its brothers."""
    codes = _derived_codes(items)
    found: list[tuple[float, Part]] = []
    for name, item in items.items():
        try:
            part = _part(item, name, codes[name], report)
        except ExchangeError as error:
            report.reject(line_of(item), _shown(item), str(error))
            continue
        parents = sorted(tree.get(name, []))
        if len(parents) > 1:
            report.note(_("An item with several parents stands under the first."))
        order, above = parents[0] if parents else (float("inf"), root)
        part.above = "" if above == root else above
        found.append((order, part))
    last: dict[str, int] = defaultdict(int)
    for _order, part in sorted(found, key=lambda one: one[0]):
        last[part.above] += 1
        part.values["position"] = last[part.above]
    return [part for _order, part in found]


def _part(item: dict, name: str, derived: str, report: Report) -> Part:
    whole, short = text(item, "fullStatement"), text(item, "abbreviatedStatement")
    if not whole:
        raise ExchangeError(_("This item has no “fullStatement”."))
    longest = Competence._meta.get_field("title").max_length
    title = Truncator(short or whole).chars(longest)
    if title != (short or whole):
        report.note(_("A long statement is shortened to a title; all of it is the description."))
    notes = text(item, "notes")
    about = [part for part in (whole if title != whole else "", notes) if part]
    code = text(item, "humanCodingScheme") or derived
    values = {"title": title, "description": "\n\n".join(about)}
    return Part(line_of(item), name, code, values, uid=_uid_of(item))


def _derived_codes(items: dict[str, dict]) -> dict[str, str]:
    """For each item the shortest beginning of its identifier, from eight signs, that is its alone.

    So the code stays, whatever is added to the tree around it.
    """
    whole = {
        name: (_uid_of(item) or uuid5(NAMESPACE_URL, name)).hex for name, item in items.items()
    }
    begins = Counter(code[:8] for code in whole.values())
    return {name: code[:8] if begins[code[:8]] == 1 else code for name, code in whole.items()}


def _associations(
    said: list, report: Report
) -> tuple[dict[str, list[tuple[float, str]]], list[tuple]]:
    """The tree, as (order, parent) for each child, and (line, from, kind, to) of the others."""
    tree: dict[str, list[tuple[float, str]]] = defaultdict(list)
    others = []
    for one in each(said, report, lambda one: one):
        kind = _type_of(one)
        child, above = _end_of(one, "originNodeURI"), _end_of(one, "destinationNodeURI")
        if kind == "isChildOf":
            order = one.get("sequenceNumber")
            is_number = isinstance(order, int | float) and not isinstance(order, bool)
            tree[child].append((order if is_number else float("inf"), above))
        else:
            others.append((line_of(one), child, kind, above))
    return tree, others


def _relations(others: list[tuple], codes: dict[str, str], report: Report) -> list[Relation]:
    """Those whose other end is a competence of another framework here."""
    uids = {uuid_in(to) for *_rest, to in others} - {None}
    rows = Competence.objects.filter(uid__in=uids).select_related("framework")
    known = {row.uid: row.key for row in rows}
    found = []
    for line, source, kind, to in others:
        target = uuid_in(to)
        if kind not in RELATIONS:
            report.note(_("Associations “%(kind)s” are left out.") % {"kind": shown(kind)})
        elif source in codes and to not in codes and target in known:
            found.append(Relation(line, codes[source], RELATIONS[kind], known[target]))
        else:
            report.note(
                _("Associations within the framework, or to what is not here, are left out.")
            )
    return found


def _type_of(association: dict) -> str:
    kind = association.get("associationType")
    return kind if isinstance(kind, str) else ""


def _end_of(association: dict, key: str) -> str:
    """The identifier of one end: in CASE an object, in some exports an address alone."""
    end = association.get(key)
    if isinstance(end, dict):
        end = end.get("identifier") or end.get("uri")
    return end.rstrip("/").rpartition("/")[2].strip().lower() if isinstance(end, str) else ""


def _name_of(said: dict) -> str:
    name = said.get("identifier")
    # Whatever it is, it has to be printed and hashed: half a character is written as its number.
    plain = name if isinstance(name, str) else ""
    return plain.strip().lower().encode("utf-8", "backslashreplace").decode()


def _uid_of(said: dict) -> UUID | None:
    return uuid_in(said.get("identifier"))


def _shown(item: dict) -> str:
    keys = ("humanCodingScheme", "identifier", "fullStatement")
    return next((str(item[key]) for key in keys if item.get(key)), "")
