"""The editors' queue: whatever needs an editor, on one page, each row with what can be done about it.

An app adds its kinds of rows under Point.QUEUE; `kinds` says what a kind is, `page` shows them.
"""

from curators.queue.kinds import Deed, Kind, Line, ListKind, TableKind

__all__ = ["Deed", "Kind", "Line", "ListKind", "TableKind"]
