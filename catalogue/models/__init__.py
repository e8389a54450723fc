"""What there is to learn; docs/model.md draws how it hangs together."""

from catalogue.models.counts import MonthlyCount
from catalogue.models.frameworks import Competence, Crosswalk, Framework, Level, Statement
from catalogue.models.index import Chunk, ChunkSet, Fresh
from catalogue.models.links import FormerLink, LinkHealth, LinkVisit
from catalogue.models.merges import Merge
from catalogue.models.organisations import Organisation
from catalogue.models.proposals import Proposal
from catalogue.models.public import Decision, FormerAddress, Identified, PublicQuerySet, PublicRow
from catalogue.models.resources import Resource, ResourceCompetence, ResourceSkill
from catalogue.models.searches import UnansweredSearch
from catalogue.models.site import SiteMove, SiteRevision, StarterItem
from catalogue.models.skills import (
    Question,
    Role,
    RoleSkill,
    Skill,
    SkillCompetence,
    SkillStatement,
)
from catalogue.models.tags import ResourceTag, Tag
from catalogue.models.words import ChunkWords, Posting, Vocabulary

__all__ = [
    "Chunk",
    "ChunkSet",
    "ChunkWords",
    "Competence",
    "Crosswalk",
    "Decision",
    "FormerAddress",
    "FormerLink",
    "Framework",
    "Fresh",
    "Identified",
    "Level",
    "LinkHealth",
    "LinkVisit",
    "Merge",
    "MonthlyCount",
    "Organisation",
    "Posting",
    "Proposal",
    "PublicQuerySet",
    "PublicRow",
    "Question",
    "Resource",
    "ResourceCompetence",
    "ResourceSkill",
    "ResourceTag",
    "Role",
    "RoleSkill",
    "SiteMove",
    "SiteRevision",
    "Skill",
    "SkillCompetence",
    "SkillStatement",
    "StarterItem",
    "Statement",
    "Tag",
    "UnansweredSearch",
    "Vocabulary",
]
