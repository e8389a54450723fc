"""Fetching what somebody typed: the one way out of the site to addresses that strangers name.

`fetch` asks one address, following where it leads; `fetch_all` many, one at a time to each host;
`in_turn` and `as_done` do the same with anything else that is done to an address. Nothing here touches the
database, so all of it may run in threads.

Only http and https on their own ports, only addresses of the public internet (and the networks of
FETCH_ALLOW_NETWORKS, there on any port), each redirect judged like the first address; no cookies, no
names and passwords, no proxy out of the environment; limits of time, size and redirects that no
server can stretch. See `reaching` for how a name is kept from changing its mind.
"""

from catalogue.fetching.errors import (
    Broken,
    FetchError,
    NoSuchName,
    Refused,
    TimedOut,
    TlsBroken,
    TooManyRedirects,
    Unreachable,
)
from catalogue.fetching.getting import BYTES, SECONDS, Fetched, Hop, fetch, product
from catalogue.fetching.many import as_done, fetch_all, in_turn
from catalogue.fetching.reaching import is_out_of_reach, is_public

__all__ = [
    "BYTES",
    "SECONDS",
    "Broken",
    "FetchError",
    "Fetched",
    "Hop",
    "NoSuchName",
    "Refused",
    "TimedOut",
    "TlsBroken",
    "TooManyRedirects",
    "Unreachable",
    "as_done",
    "fetch",
    "fetch_all",
    "in_turn",
    "is_out_of_reach",
    "is_public",
    "product",
]
