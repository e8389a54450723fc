"""One fetch: the address as typed, where it led, and what stood there."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

import h11
import httpcore
from django.conf import settings

from catalogue.addresses import AddressError, clean_address
from catalogue.fetching.errors import (
    Broken,
    FetchError,
    Refused,
    TimedOut,
    TooManyRedirects,
    Unreachable,
)
from catalogue.fetching.reaching import Deadline, JudgedNetwork, trust

# What one fetch may take: in all, and of a server that says nothing.
SECONDS = 15
SILENCE = 8
# What is read of a body, as it comes and unpacked.
BYTES = 3 * 1024 * 1024
MOST_REDIRECTS = 10

_LEADS_ON = frozenset({301, 302, 303, 307, 308})
_FOR_EVER = frozenset({301, 308})


@dataclass(frozen=True)
class Hop:
    """A redirect: the address that was asked, what it answered, and where to."""

    url: str
    status: int
    to: str


@dataclass(frozen=True)
class Fetched:
    """What an address answered in the end, whatever the status.

    `url` is the address as it was asked for, `final_url` where it led; both may have a fragment.
    `headers` has names in small letters. `body` is unpacked, and its beginning where `is_cut`.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_cut: bool = False
    hops: tuple[Hop, ...] = ()

    @property
    def is_found(self) -> bool:
        return 200 <= self.status < 300

    @property
    def content_type(self) -> str:
        """As in `text/html`; empty where the server doesn't say."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def has_moved(self) -> bool:
        """Whether each redirect on the way says that it is for ever."""
        return bool(self.hops) and all(hop.status in _FOR_EVER for hop in self.hops)


def fetch(
    url: str,
    *,
    method: str = "GET",
    seconds: float = SECONDS,
    max_bytes: int = BYTES,
) -> Fetched:
    """What stands at `url`, a text as somebody typed it, after at most ten redirects.

    `method` is GET or HEAD. Takes `seconds` at most, and reads `max_bytes` of the body at most, none of
    it for 0: what is longer is cut, since the beginning of a page tells most of it. Raises a
    FetchError.
    """
    deadline = Deadline(seconds)
    hops: list[Hop] = []
    try:
        asked = here = _clean(url)
        network = JudgedNetwork(deadline)
        with httpcore.ConnectionPool(ssl_context=trust(), network_backend=network) as pool:
            while True:
                status, headers, body, is_cut = _ask(pool, method, here, max_bytes)
                if status not in _LEADS_ON or not headers.get("location"):
                    return Fetched(asked, here, status, headers, body, is_cut, tuple(hops))
                there = _clean(_joined(here, headers["location"]))
                hops.append(Hop(here, status, there))
                if len(hops) > MOST_REDIRECTS or there in {hop.url for hop in hops}:
                    raise TooManyRedirects
                here = there
    except FetchError as error:
        error.hops = tuple(hops)
        raise
    except httpcore.TimeoutException as error:
        raise TimedOut(hops) from error
    except (httpcore.ProtocolError, h11.ProtocolError, zlib.error) as error:
        raise Broken(hops) from error
    except (httpcore.NetworkError, OSError) as error:
        raise Unreachable(hops) from error


def product() -> str:
    """The name that the site goes by when it asks, also where robots.txt is read."""
    name = "".join(char for char in settings.SITE_NAME if char.isascii() and char.isalnum())
    return name or "Waymark"


def user_agent() -> str:
    """Who asks, and where to read about it."""
    return f"{product()} (+{settings.SITE_URL}/about/)"


def _clean(url: str) -> str:
    try:
        return clean_address(url)
    except AddressError as error:
        raise Refused from error


def _joined(here: str, location: str) -> str:
    """Where `location` leads from `here`; it keeps the fragment unless it has its own."""
    try:
        there = urljoin(here, location.strip())
    except ValueError as error:
        raise Refused from error
    if "#" not in there and (fragment := urldefrag(here).fragment):
        there = f"{there}#{fragment}"
    return there


def _ask(
    pool: httpcore.ConnectionPool, method: str, url: str, max_bytes: int
) -> tuple[int, dict[str, str], bytes, bool]:
    """(status, headers, body, whether it is cut) of one request. A redirect's body isn't read."""
    parts = urlsplit(url)
    usual = 443 if parts.scheme == "https" else 80
    port = parts.port or usual
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    request_headers = {
        "Host": parts.netloc if port != usual else parts.netloc.removesuffix(f":{port}"),
        "User-Agent": user_agent(),
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "Accept-Language": "en-GB,en;q=0.9,*;q=0.5",
        # Nothing else, since other packings can't be unpacked bit by bit with what Python has.
        "Accept-Encoding": "gzip",
    }
    waits = dict.fromkeys(("connect", "read", "write", "pool"), float(SILENCE))
    with pool.stream(
        method,
        httpcore.URL(scheme=parts.scheme, host=parts.hostname or "", port=port, target=target),
        headers=request_headers,
        extensions={"timeout": waits},
    ) as response:
        headers = _headers(response.headers)
        is_read = method != "HEAD" and response.status not in _LEADS_ON and max_bytes > 0
        if not is_read:
            return response.status, headers, b"", False
        packing = headers.get("content-encoding", "").strip().lower()
        body, is_cut = _read(unpacked(response.iter_stream(), packing, max_bytes), max_bytes)
        return response.status, headers, body, is_cut


def _headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """The first of each name, since a second `Location` or `Content-Type` is nobody's to believe."""
    headers: dict[str, str] = {}
    for name, value in raw:
        headers.setdefault(name.decode("latin-1").lower(), _text(value))
    return headers


def _text(value: bytes) -> str:
    """A header as text: UTF-8, which many send, or else what the standard once said."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _read(pieces: Iterator[bytes], max_bytes: int) -> tuple[bytes, bool]:
    read = bytearray()
    for piece in pieces:
        read += piece
        if len(read) > max_bytes:
            return bytes(read[:max_bytes]), True
    return bytes(read), False


def unpacked(pieces: Iterator[bytes], packing: str, max_bytes: int) -> Iterator[bytes]:
    """The body bit by bit: of a small packet that holds a huge page, no more than may be read."""
    if packing in {"", "identity"}:
        yield from pieces
        return
    if packing not in {"gzip", "x-gzip", "deflate"}:
        raise Broken
    # 32: with gzip's header or zlib's, whichever comes. Some call raw deflate by the same name.
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    is_first = True
    for piece in pieces:
        try:
            out = unpacker.decompress(piece, max_bytes + 1)
        except zlib.error:
            if not (is_first and packing == "deflate"):
                raise
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
            out = unpacker.decompress(piece, max_bytes + 1)
        is_first = False
        yield out
        if unpacker.unconsumed_tail or unpacker.eof:
            # Longer than is read, or at its end whatever follows.
            return
