"""Small framework files for tests, made up, in the shapes that are brought in."""

import io
import json
from dataclasses import dataclass, field
from typing import Any

from catalogue.exchange import Rejected, Report, import_framework


@dataclass
class Outcome:
    """What came of a file."""

    report: Report
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def reasons(self) -> dict[str, str]:
        """Why each value was rejected."""
        return {one.value: one.reason for one in self.rejected}

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Added, changed, unchanged, rejected."""
        report = self.report
        return report.added, report.changed, report.unchanged, report.rejected


def bring(said: Any, **options: Any) -> Outcome:
    """Brings in `said`: bytes, or what JSON can hold."""
    content = said if isinstance(said, bytes) else json.dumps(said, indent=1).encode()
    rejected: list[Rejected] = []
    report = Report(on_rejected=rejected.append)
    import_framework(io.BytesIO(content), "a file", report=report, **options)
    return Outcome(report, rejected)


def own(**fields: Any) -> dict[str, Any]:
    """Waymark's own JSON: an area, a competence, a band with a level, a statement."""
    return {
        "slug": "skills-1.0",
        "family": "skills",
        "version": "1.0",
        "title": "Skills 1.0",
        "title_cy": "Sgiliau 1.0",
        "published": "2025-11",
        "licence": "CC-BY-4.0",
        "levels": [
            {
                "code": "low",
                "title": "Low",
                "proficiency": "basic",
                "levels": [{"code": "1", "title": "Low 1"}],
            }
        ],
        "competences": [
            {
                "code": "1",
                "title": "Data",
                "title_cy": "Data Cymraeg",
                "competences": [
                    {
                        "code": "1.1",
                        "title": "Finding data",
                        "statements": [
                            {
                                "code": "S1",
                                "kind": "statement",
                                "level": "low",
                                "text": "Finds one thing.",
                            }
                        ],
                    }
                ],
            },
            {"code": "2", "title": "People"},
        ],
        **fields,
    }


def digcomp() -> dict[str, Any]:
    """The shape of the official data of DigComp 3.0, in words of our own."""
    nodes = [
        {"@type": "CompetenceArea", "@id": "CompetenceArea/1", "name": "Looking"},
        competence("1.1", "Looking for it"),
        competence("1.2", "Looking at it"),
    ]
    for number in range(1, 9):
        name = ["Basic", "Intermediate", "Advanced", "Highly advanced"][(number - 1) // 2]
        nodes.append(
            {
                "@type": "ProficiencyLevel",
                "@id": f"ProficiencyLevel/{name}_{number}",
                "four_levels_name": name,
                "eight_levels_mapping": number,
                "four_levels_description": f"What {name} is.",
                "eight_levels_description": f"What {number} is.",
            }
        )
    nodes += [
        sentence("CompetenceStatement", "CS1.1.01", "Looks."),
        # The same sentence stands in both lists.
        sentence("LearningOutcome", "LO1.1.01", "Looks.", type="Skill"),
        sentence("LearningOutcome", "LO1.1.02", "Looks twice.", type="Attitude"),
        {"@type": "Glossary", "@id": "Glossary/Thing", "explanation": "Something."},
    ]
    return {"@context": "https://example.org/context.jsonld", "@graph": nodes}


def competence(code: str, name: str, area: str = "1") -> dict[str, Any]:
    return {
        "@type": "Competence",
        "@id": f"Competence/{code}",
        "name": name,
        "description": f"What {name.lower()} is.",
        "competence_area_id": f"CompetenceArea/{area}",
    }


def sentence(kind: str, code: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "@type": kind,
        "@id": f"{kind}/{code}",
        "description": text,
        "ai_label": "AI-Explicit",
        "competence_id": "Competence/1.1",
        "four_levels_proficiency_name": "ProficiencyLevel/Highly advanced",
        **more,
    }


def uid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


def item(number: int, code: str = "", text: str = "", **more: Any) -> dict[str, Any]:
    said = {"identifier": uid(number), "fullStatement": text or f"Statement {number}", **more}
    return {**said, "humanCodingScheme": code} if code else said


def child(number: int, of: int, order: int | None = None, kind: str = "isChildOf") -> dict:
    return {
        "identifier": uid(900 + number),
        "associationType": kind,
        "sequenceNumber": order,
        "originNodeURI": {"identifier": uid(number), "uri": f"https://example.org/{uid(number)}"},
        "destinationNodeURI": {"identifier": uid(of), "uri": f"https://example.org/{uid(of)}"},
    }


def package(items: list, associations: list, **document: Any) -> dict[str, Any]:
    """A CASE package; its document is number 0."""
    return {
        "CFDocument": {
            "identifier": uid(0),
            "title": "State skills",
            "creator": "A state",
            "version": "2024",
            "statusStartDate": "2024-05-01",
            "licenseURI": {"uri": "https://creativecommons.org/licenses/by/4.0/"},
            **document,
        },
        "CFItems": items,
        "CFAssociations": associations,
    }
