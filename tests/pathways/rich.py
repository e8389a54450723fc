"""A pathway that uses everything a pathway can have, and files for tests to bring in."""

import io
import json
from typing import Any

from catalogue.exchange import Rejected, Report
from catalogue.models import Resource
from pathways import publication
from pathways.exchange import import_pathways
from pathways.models import Credit, Pathway, RevisionRole, RevisionSkill
from tests.factories import (
    CompetenceFactory,
    CuratorFactory,
    FrameworkFactory,
    OrganisationFactory,
    ResourceCompetenceFactory,
    ResourceFactory,
    RoleFactory,
    SkillFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)

GUIDE = "https://www.example.org/guide/?page=1"


def make_surroundings() -> None:
    """What a file names and does not bring: it has to be on a site before."""
    OrganisationFactory(name="A body", slug="a-body")
    SkillFactory(title="A skill", slug="a-skill")
    SkillFactory(title="Another skill", slug="another-skill")
    RoleFactory(slug="a-role")
    RoleFactory(slug="another-role")
    CuratorFactory(name="A curator", slug="a-curator")
    CuratorFactory(name="A team", slug="a-team", is_team=True)
    framework = FrameworkFactory(slug="a-framework-1.0", family="a-framework")
    CompetenceFactory(framework=framework, code="1.2")
    make_pathway("Before it", slug="before-it")


def make_rich_pathway(*, published: bool = True) -> Pathway:
    """Every feature at least once, in surroundings that are there already."""
    from catalogue.models import Competence, Organisation, Role, Skill
    from curators.models import Curator

    skill = Skill.objects.get(slug="a-skill")
    guide = ResourceFactory(
        url=GUIDE,
        title="Canllaw",
        description="What one can do afterwards.",
        provider=Organisation.objects.get(slug="a-body"),
        authors=["A Writer", "Another; with a semicolon"],
        languages=["cy", "en"],
        licence="CC-BY-SA-4.0",
        cost="free-sign-up",
        date_published="2025-11",
        access=["captions", "phone"],
        skills=[(skill, "advanced"), Skill.objects.get(slug="another-skill")],
        tags=["gdpr", "Open data"],
    )
    ResourceCompetenceFactory(
        resource=guide, competence=Competence.objects.get(code="1.2"), proficiency="expert"
    )
    draft = make_draft(
        "A way that has everything",
        slug="everything",
        ordered=False,
        organisation=Organisation.objects.get(slug="a-body"),
    )
    for name, value in {
        "introduction": "Begin *here*.\n\nThen go on.",
        "outcomes": "Find data\nClean it",
        "audience": "For everybody.",
        "licence": "CC0-1.0",
        "proficiency_from": "basic",
        "proficiency_to": "expert",
        "change_summary": "First edition.",
        "title_cy": "Ffordd sydd â phopeth",
        "outcomes_cy": "Canfod data\nEi lanhau",
    }.items():
        setattr(draft, name, value)
    draft.save()
    RevisionSkill.objects.create(revision=draft, skill=skill, proficiency="expert")
    RevisionRole.objects.create(revision=draft, role=Role.objects.get(slug="a-role"))
    RevisionRole.objects.create(revision=draft, role=Role.objects.get(slug="another-role"))
    for position, (slug, kind) in enumerate(
        [("a-team", "author"), ("a-curator", "author"), ("a-curator", "reviewer")], start=1
    ):
        Credit.objects.create(
            pathway=draft.pathway,
            curator=Curator.objects.get(slug=slug),
            kind=kind,
            position=position,
        )
    stand_in = ResourceFactory(url="https://example.org/stand-in", title="Stand-in")
    first = add_stage(draft, "Begin", introduction="First of all.", title_cy="Dechrau")
    add_step(first, guide, stand_in=stand_in, note="Short.", note_cy="Byr.")
    add_step(first, "Dropped").delete()
    add_step(
        first,
        "=1+1",
        instructions="Try *it*.",
        instructions_cy="Rhowch gynnig.",
        duration_minutes=15,
        requirement="optional",
    )
    second = add_stage(draft, "Go on")
    add_step(second, guide, title="Again", requirement="choose-one", choice=2)
    add_step(second, "Think", kind="reflection", requirement="choose-one", choice=2)
    add_step(second, Pathway.objects.get(slug="before-it"), requirement="optional", n=9)
    if published:
        publication.publish(draft, by=None)
    return Pathway.objects.get(slug="everything")


def plain(slug: str = "a-way", *steps: dict, **more: Any) -> dict:
    """The least that a file says of a pathway that can be public."""
    return {
        "slug": slug,
        "title": slug.replace("-", " ").capitalize(),
        "summary": "From here to there.",
        "stages": [{"title": "Begin", "steps": list(steps) or [activity()]}],
        **more,
    }


def activity(title: str = "Try it", **more: Any) -> dict:
    return {"kind": "activity", "title": title, **more}


def resource(path: str = "new", **more: Any) -> dict:
    """A step on a resource that the file tells the title of."""
    return {"resource": {"url": f"https://example.org/{path}", "title": path, **more}}


class Bringing:
    """What became of a file: the report, and all that was rejected."""

    def __init__(self, file: Any, **options: Any) -> None:
        self.rejected: list[Rejected] = []
        self.report = Report(on_rejected=self.rejected.append)
        raw = file if isinstance(file, bytes) else json.dumps(file, indent=1).encode()
        import_pathways(io.BytesIO(raw), "file.json", report=self.report, **options)

    @property
    def counts(self) -> dict[str, int]:
        """The counts that aren't nothing."""
        names = ["added", "changed", "unchanged", "rejected", "left_out"]
        return {name: getattr(self.report, name) for name in names if getattr(self.report, name)}

    @property
    def reasons(self) -> list[str]:
        return [one.reason for one in self.rejected]

    @property
    def notes(self) -> list[str]:
        return [*self.report.notes]


def titles_of(*statuses: str) -> list[str]:
    return sorted(Resource.objects.filter(status__in=statuses).values_list("title", flat=True))
