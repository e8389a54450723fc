"""Resources from files of others: CSV, JSON, JSON Lines, JSON-LD and browsers' bookmarks.

A file is read into entries (reading), an entry is made clean (cleaning), and clean rows are written
in batches (bringing, writing), each in a transaction of its own.
"""

from catalogue.exchange.resources.bringing import BATCH, import_resources, load_resources

__all__ = ["BATCH", "import_resources", "load_resources"]
