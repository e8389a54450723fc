"""How often things are used, as bare numbers of a month: counting them, and reading what was counted.

Nothing of a visitor is kept: no address, no hash of one, no cookie, no hour. What is asked of a request
(`readers`) is used and forgotten.
"""

from catalogue.evidence.months import Numbers, last_months, numbers_of
from catalogue.evidence.readers import count_view, is_reader
from catalogue.evidence.sums import count, count_search, forget, write

__all__ = [
    "Numbers",
    "count",
    "count_search",
    "count_view",
    "forget",
    "is_reader",
    "last_months",
    "numbers_of",
    "write",
]
