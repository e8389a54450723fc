"""Cells as a spreadsheet keeps them: none is run as a formula, or read as a date that it isn't."""

import re
from hashlib import blake2b

# These signs begin a formula, also behind a tab or a line break (OWASP, “CSV Injection”).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
# What Excel and LibreOffice make a date, another number or a truth value of, and save as that.
_REWRITTEN = re.compile(
    rf"0\d+|\d{{12,}}|\d[\d\s.,:/%-]*[.,:/%-][\d\s.,:/%-]*|[.,]\d+|\d+e\d+|true|false"
    rf"|\d{{1,4}}[\s-]?({_MONTH})[a-z]*([\s,-]*\d{{1,4}})?|({_MONTH})[a-z]*[\s,-]*\d{{1,4}}"
    r"(,?\s*\d{4})?",
    re.IGNORECASE,
)
_LONGEST_DATE = 40


def guarded(text: str) -> str:
    """`text` with an apostrophe before it, where a spreadsheet would take it for something else."""
    return f"'{text}" if _is_taken_otherwise(text) else text


def unguarded(cell: str) -> str:
    """What `guarded` made the cell of."""
    return cell[1:] if cell.startswith("'") and _is_taken_otherwise(cell[1:]) else cell


def _is_taken_otherwise(text: str) -> bool:
    bare = text.lstrip("' ")
    if bare.startswith(_FORMULA):
        return True
    return len(bare) <= _LONGEST_DATE and _REWRITTEN.fullmatch(bare.strip()) is not None


def plain(text: str) -> str:
    """`text` as it is compared: whichever way its lines end, whatever blanks stand around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def digest(text: str) -> str:
    """Six characters by which two texts are told apart."""
    return blake2b(plain(text).encode("utf-8", "replace"), digest_size=3).hexdigest()


def is_spoilt(text: str, before: str) -> bool:
    """Whether `text` is but `before` as a spreadsheet saves it without its rarer letters: `D?r`."""
    return text != before and text == before.encode("cp1252", "replace").decode("cp1252")
