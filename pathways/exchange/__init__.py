"""Pathways in and out as Waymark's own JSON (docs/importing-pathways.md describes the keys).

`import_pathways` brings a file in, `export_pathway` writes one; what it writes comes in again
unchanged. `load_pathways` and `answer_questions` are what `manage.py setup` loads.
"""

from pathways.exchange.exporting import as_json, export_pathway
from pathways.exchange.importing import import_pathways
from pathways.exchange.starter import answer_questions, load_pathways

__all__ = [
    "answer_questions",
    "as_json",
    "export_pathway",
    "import_pathways",
    "load_pathways",
]
