"""How titles sort: alike on every database, whatever collation it has."""

import re
import unicodedata

SORT_KEY_LENGTH = 200

# Letters that Unicode does not take apart, as an English reader looks for them.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ß": "ss"}
)


def fold(text: str) -> str:
    """`text` in small letters without accents: “Ŵyn Écran” becomes “wyn ecran”."""
    # Taken apart first, too: some signs hold capitals, as № does.
    small = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    taken_apart = unicodedata.normalize("NFKD", small)
    return "".join(char for char in taken_apart if not unicodedata.combining(char))


def sort_key(title: str) -> str:
    """The stored key that titles sort by: accents folded, articles kept, numbers by their value.

    Signs that open a title (quotation marks, brackets) don't count.
    """
    words = re.sub(r"[^\w\s]+", " ", fold(title))
    padded = re.sub(r"\d+", lambda number: number.group().zfill(8), words)
    return " ".join(padded.split())[:SORT_KEY_LENGTH]
