"""The one front door to words: what typed ones are called in the index, and which resources hold them.

What a resource, skill, tag or provider is found by stands in its column `found_by`, a tsvector that
triggers keep (catalogue.triggers.WritesWords). `lexemes` reads what somebody typed as those columns
have it, in the languages that `written` says; `postings` and `named` tell who holds a lexeme, and
`dictionary` what the catalogue is written in. docs/search.md tells how it hangs together.
"""

from catalogue.words import held, names, spoken, tongues
from catalogue.words.held import Posting, postings, postings_and_names
from catalogue.words.lengths import Dictionary
from catalogue.words.names import Called, named
from catalogue.words.spoken import dictionary
from catalogue.words.tongues import written
from catalogue.words.typed import Asked, lexemes

__all__ = [
    "Asked",
    "Called",
    "Dictionary",
    "Posting",
    "dictionary",
    "forget",
    "lexemes",
    "named",
    "postings",
    "postings_and_names",
    "written",
]


def forget() -> None:
    """Reads everything anew that may change."""
    held.forget()
    names.forget()
    spoken.forget()
    tongues.forget()
