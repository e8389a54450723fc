"""Resources from files of others: CSV, JSON, JSON Lines, JSON-LD and browsers' bookmarks.

A file is read into entries (reading), an entry is made clean (cleaning), and clean rows are written
in batches (bringing, writing), each in a transaction of its own.
"""

from catalogue.exchange.resources.bringing import BATCH, import_resources, load_resources
from catalogue.exchange.resources.cleaning import Row, row_of
from catalogue.exchange.resources.entries import Value
from catalogue.exchange.resources.reading.linked_data import LinkedData
from catalogue.exchange.resources.writing import tag_rows

__all__ = [
    "BATCH",
    "LinkedData",
    "Row",
    "Value",
    "import_resources",
    "load_resources",
    "row_of",
    "tag_rows",
]
