"""The index of resources beside the resources: making it anew, and finding out what it says wrong.

docs/search.md tells how it is made and why it is exact at any moment; catalogue.tallies reads it.
"""

from catalogue.index.settling import (
    chunks_to_make,
    marked,
    most_marks,
    put_together,
    settle,
    settle_beside,
    settle_imported,
    settle_marked,
    sweep,
    write_names,
    write_words,
)

__all__ = [
    "chunks_to_make",
    "marked",
    "most_marks",
    "put_together",
    "settle",
    "settle_beside",
    "settle_imported",
    "settle_marked",
    "sweep",
    "write_names",
    "write_words",
]
