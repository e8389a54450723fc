"""Resources as a spreadsheet, there and back: many rows are mended where people mend tables best.

A sheet goes out with the importer's columns, each row's `uid`, and what its cells said then (giving).
It comes back by `uid`: cells that were changed in it are written, also over what was changed by hand,
but not over what somebody changed meanwhile (taking).
"""

from catalogue.exchange.sheets.facts import COLUMNS
from catalogue.exchange.sheets.giving import sheet_of
from catalogue.exchange.sheets.taking import take_sheet

__all__ = ["COLUMNS", "sheet_of", "take_sheet"]
