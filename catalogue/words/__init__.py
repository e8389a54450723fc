"""The one front door to words: what typed ones are called in the index, and which resources hold them.

What a resource, skill, tag or provider is found by stands in its column `found_by`, a tsvector that
triggers keep (catalogue.triggers.WritesWords). `lexemes` reads what somebody typed as those columns
have it, in every language of the catalogue; `postings` and `named` tell who holds a lexeme.
"""

from catalogue.words.lexemes import Asked, lexemes
from catalogue.words.postings import Posting, postings
from catalogue.words.spoken import Dictionary, dictionary, named

__all__ = [
    "Asked",
    "Dictionary",
    "Posting",
    "dictionary",
    "lexemes",
    "named",
    "postings",
]
