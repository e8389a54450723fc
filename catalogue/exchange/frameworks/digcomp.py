"""The data that the Joint Research Centre publishes of DigComp 3.0: JSON-LD, read as plain JSON.

Its `@context` is never looked at, and so never fetched. The file names neither framework nor version,
and its statements point to four bands that are no nodes of it; both are made here.
"""

import re
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.exchange.errors import ExchangeError
from catalogue.exchange.frameworks.told import Part, Told, each, line_of, text
from catalogue.exchange.report import Report
from catalogue.vocabularies import Proficiency

FRAMEWORK = {
    "slug": "digcomp-3.0",
    "family": "digcomp",
    "version": "3.0",
    "title": "DigComp 3.0",
    "full_title": "DigComp 3.0: European Digital Competence Framework",
    "publisher": "European Commission, Joint Research Centre (Publications Office of the European Union)",
    "date_published": "2025-11",
    "url": "https://doi.org/10.2760/0001149",
    "licence": "CC-BY-4.0",
    "attribution": "© European Union, 2025, reused under CC BY 4.0.",
}
KINDS = {"CompetenceStatement": "statement", "LearningOutcome": "outcome"}
PROFICIENCIES = dict(
    zip(["basic", "intermediate", "advanced", "highly-advanced"], Proficiency.values, strict=True)
)


def is_digcomp(said: Any) -> bool:
    nodes = said.get("@graph") if isinstance(said, dict) else None
    return isinstance(nodes, list) and any(
        _type_of(node) in {"CompetenceArea", "Competence"} for node in nodes
    )


def read(said: Any, report: Report) -> Told:
    """The framework of a file."""
    nodes = defaultdict(list)
    for node in said["@graph"]:
        nodes[_type_of(node)].append(node)
    told = Told(line_of(said), dict(FRAMEWORK))
    told.levels = _levels(nodes.pop("ProficiencyLevel", []), report)
    for kind in ("CompetenceArea", "Competence"):
        told.competences += each(nodes.pop(kind, []), report, _competence)
    for kind, value in KINDS.items():
        told.statements += each(
            nodes.pop(kind, []), report, lambda node, value=value: _statement(node, value)
        )
    _number(told)
    _tell_of_the_rest(nodes, report)
    return told


def _levels(nodes: list, report: Report) -> list[Part]:
    """Bands, in the order of their first level, each followed by its levels."""
    bands: dict[str, Part] = {}
    levels = []
    for node, name in each(nodes, report, lambda node: (node, text(node, "four_levels_name"))):
        code, number = _code_of_band(name), text(node, "eight_levels_mapping")
        if not code or not number:
            report.reject(line_of(node), node.get("@id", ""), _("A level has a band and a number."))
            continue
        proficiency = PROFICIENCIES.get(code, "")
        about = {"title": name, "description": text(node, "four_levels_description")}
        band = Part(line_of(node), code, code, {**about, "proficiency": proficiency})
        bands.setdefault(code, band)
        inner = {
            "title": f"{name} {number}",
            "description": text(node, "eight_levels_description"),
            "proficiency": proficiency,
        }
        levels.append(Part(line_of(node), f"level {number}", number, inner, above=code))
    return [*bands.values(), *levels]


def _competence(node: dict) -> Part:
    values = {"title": text(node, "name"), "description": text(node, "description")}
    code, area = _end(node, "@id"), _end(node, "competence_area_id")
    return Part(line_of(node), code, code, values, above=area)


def _statement(node: dict, kind: str) -> Part:
    values = {
        "kind": kind,
        "text": text(node, "description"),
        "facet": text(node, "type"),
        "ai_label": text(node, "ai_label"),
    }
    level = _code_of_band(_end(node, "four_levels_proficiency_name"))
    competence = _end(node, "competence_id")
    if not competence:
        raise ExchangeError(_("A statement belongs to a competence."))
    code = _end(node, "@id")
    return Part(line_of(node), code, code, values, above=competence, level=level)


def _number(told: Told) -> None:
    """Gives each part its position among its siblings, in the order of the file."""
    for parts in (told.levels, told.competences, told.statements):
        last: dict[str, int] = defaultdict(int)
        for part in parts:
            last[part.above] += 1
            part.values["position"] = last[part.above]


def _tell_of_the_rest(nodes: dict[str, list], report: Report) -> None:
    if terms := len(nodes.pop("Glossary", [])):
        report.note(
            ngettext(
                "The glossary (%(number)s term) is left out: frameworks here have none.",
                "The glossary (%(number)s terms) is left out: frameworks here have none.",
                terms,
            )
            % {"number": terms}
        )
    for kind, unknown in nodes.items():
        for node in unknown:
            value = kind or node
            report.reject(line_of(node), value, _("This kind of node is none of DigComp’s."))


def _type_of(node: Any) -> str:
    """The last part of a node's type, whatever context it comes from."""
    kind = node.get("@type", "") if isinstance(node, dict) else ""
    kind = kind[0] if isinstance(kind, list) and kind else kind
    return re.split(r"[/#:]", kind)[-1] if isinstance(kind, str) else ""


def _end(node: dict, key: str) -> str:
    """What follows the last slash of an identifier, as in `Competence/1.2`."""
    value = node.get(key)
    inner = value.get("@id") if isinstance(value, dict) else value
    return text({key: inner}, key).rpartition("/")[2]


def _code_of_band(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
