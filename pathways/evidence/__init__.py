"""How often pathways are used, for those who made them: the pages of the desk, and what curators let
their own pages tell. What is counted, and how, is catalogue.evidence."""

from pathways.evidence.figures import PathwayUse, use_of
from pathways.evidence.telling import told_by

__all__ = ["PathwayUse", "told_by", "use_of"]
