"""Published pathways of any shape, for tests of what readers see of them."""

from typing import Any

from pathways import publication
from pathways.models import Credit, Pathway, RevisionRole, RevisionSkill
from tests.factories import add_stage, add_step, make_draft

Steps = list[Any]


def publish_pathway(
    title: str = "A pathway",
    stages: dict[str, Steps] | None = None,
    *,
    skills: Any = (),
    roles: Any = (),
    credits: Any = (),
    **words: Any,
) -> Pathway:
    """A pathway with `stages`: for each title, its steps as `add_step` takes them, or tuples (what,
    {fields}). `skills` are pairs (skill, proficiency), `credits` pairs (curator, kind), `words`
    fields of the revision, but for `organisation` and `ordered`, which are the pathway's.
    """
    own = {name: words.pop(name) for name in ("organisation", "ordered") if name in words}
    draft = make_draft(title, **own)
    for name, value in words.items():
        setattr(draft, name, value)
    draft.save()
    for stage_title, steps in (stages or {"A stage": ["An activity"]}).items():
        stage = add_stage(draft, stage_title)
        for one in steps:
            what, fields = one if isinstance(one, tuple) else (one, {})
            add_step(stage, what, **fields)
    for skill, proficiency in skills:
        RevisionSkill.objects.create(revision=draft, skill=skill, proficiency=proficiency)
    for role in roles:
        RevisionRole.objects.create(revision=draft, role=role)
    for position, (curator, kind) in enumerate(credits, start=1):
        Credit.objects.create(pathway=draft.pathway, curator=curator, kind=kind, position=position)
    publication.publish(draft, by=None)
    return Pathway.objects.get(pk=draft.pathway_id)
