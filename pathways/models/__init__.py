"""The way through; docs/model.md draws how it hangs together."""

from catalogue.models import Identified
from pathways.models.pathways import Credit, Maintainer, Pathway, QuestionPathway
from pathways.models.previews import PreviewLink
from pathways.models.remarks import Remark
from pathways.models.revisions import Revision, RevisionRole, RevisionSkill
from pathways.models.steps import SketchedStep, Stage, Step
from pathways.models.upkeep import Confirmation, ToldLink


def public_models() -> list[type[Identified]]:
    """Models of this app whose rows answer at /id/<uid>/."""
    return [Pathway, Stage, Step]


__all__ = [
    "Confirmation",
    "Credit",
    "Maintainer",
    "Pathway",
    "PreviewLink",
    "QuestionPathway",
    "Remark",
    "Revision",
    "RevisionRole",
    "RevisionSkill",
    "SketchedStep",
    "Stage",
    "Step",
    "ToldLink",
    "public_models",
]
