"""The key by which addresses are compared; nobody ever follows it.

It reads like an address without its scheme, `//example.org/path?x=1`: http and https count alike,
and nobody takes the key for a link. Two addresses share a key only where readers would land on
the same page. In doubt they don't: a duplicate can still be merged, a wrong merge hides a
resource. The same are:

- http and https; the scheme's own port and none; host letters in either case, Unicode and
  punycode, with and without the final dot.
- `www.` and none: sites answer at one and redirect from the other, and web archives' keys (SURT)
  have merged them for decades. `www2.` or `m.` are often other sites and stay apart.
- percent-encodings that RFC 3986 (6.2.2) holds equivalent: %7E and ~, %c3 and %C3. Reserved
  characters are never decoded: %2F is not /, %2B not +, and + not %20.
- dot segments and what they resolve to; an empty path and `/`; a path with and without a final
  slash, for servers redirect one to the other. Where the last segment has a file's ending
  (`/book.pdf/`) or is empty (`/a//`) the slash counts.
- a query with and without the parameters that only track, or with nothing in it; parameters in
  any order, while those of one name keep theirs. `?a` and `?a=` differ for some servers and stay
  apart; the order counts where a parameter has no `=` (`?/topic/5&page=2`).
- with and without an anchor, which only scrolls: `#install`, `#page=3`, `#:~:text=…`. What a
  script reads counts: `#/lesson/2`, `#!intro`, `#?manifest=…`, `#project=12`.
- `youtu.be/ID`, `m.youtube.com/watch?v=ID` and `youtube.com/watch?v=ID`; `t` and `list` count.

A path that holds another address is compared letter by letter (web archives), and so is a query
that holds one unencoded (library proxies: `?url=https://…&id=1`), for nobody can tell whose
parameters they are.
"""

import re
from hashlib import sha256
from urllib.parse import quote

from catalogue.addresses.errors import AddressError
from catalogue.addresses.hosts import without_www
from catalogue.addresses.reading import Address, bare, read
from catalogue.addresses.tracking import is_tracking

# Keys are ASCII; an entry of a btree index holds about 2,700 bytes.
KEY_LENGTH = 2048

_NO_ADDRESS = "no-address:"
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_DEFAULT_PORTS = {"http": 80, "https": 443}

_UNRESERVED = re.compile(r"[A-Za-z0-9\-._~]")
_TRIPLET = re.compile(r"%[0-9A-Fa-f]{2}")
_FILE_ENDING = re.compile(r"\.(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,5}\Z")
_ADDRESS_IN_PATH = re.compile(r"/(?:https?|ftp):/", re.IGNORECASE)
_ARCHIVED = re.compile(r"/web/[^/]+/.")
_VIDEO = re.compile(r"/([A-Za-z0-9_-]{11})")

# Fragments that name a place within one document: W3C media fragments, RFC 8118 (PDF), RFC 5147
# and 7111 (text, tables); and `_`, which signing in with Facebook leaves (`#_=_`).
_POSITION = re.compile("t|xywh|page|nameddest|zoom|view|viewrect|char|line|row|col|cell|_")


def canonical_address(text: str) -> str:
    """The key of the address in `text`: ASCII, at most KEY_LENGTH, its own key. Never raises.

    Text that is no address has a key that no address has, `no-address:…`. A key that would be
    longer is cut and ends in a digest of the whole.
    """
    try:
        key = _key(read(text))
    except AddressError:
        rest = bare(text).removeprefix(_NO_ADDRESS)
        key = _NO_ADDRESS + quote(rest.encode(errors="surrogatepass"), safe=_PRINTABLE)
    if len(key) <= KEY_LENGTH:
        return key
    # Marked as no address, or the cut one would be read and changed as an address again.
    whole = key if key.startswith(_NO_ADDRESS) else _NO_ADDRESS + key
    digest = "~" + sha256(whole.encode("ascii")).hexdigest()
    return whole[: KEY_LENGTH - len(digest)] + digest


def _key(address: Address) -> str:
    host = without_www(address.host)
    if host == "m.youtube.com":
        host = "youtube.com"
    fragment = _route(_normal(address.fragment or ""))
    if _ADDRESS_IN_PATH.search(address.path) or (
        host == "web.archive.org" and _ARCHIVED.match(address.path)
    ):
        path, query = address.path, "" if address.query is None else f"?{address.query}"
    else:
        path, query = _path(_normal(address.path)), _normal(address.query or "")
        if host == "youtu.be":
            host, path, query = _video(path, query)
        query = _query(query, host)
    scheme, port = _port(address)
    return f"{scheme}//{host}{port}{path}{query}{fragment}"


def _port(address: Address) -> tuple[str, str]:
    """What the key says of scheme and port: both only for http on 443, which https means alone."""
    if address.port in {None, _DEFAULT_PORTS[address.scheme]}:
        return "", ""
    scheme = "http:" if (address.scheme, address.port) == ("http", 443) else ""
    return scheme, f":{address.port}"


def _normal(part: str) -> str:
    """`part` with unreserved characters decoded and the other triplets in upper case."""

    def triplet(found: re.Match[str]) -> str:
        char = chr(int(found[0][1:], 16))
        return char if _UNRESERVED.fullmatch(char) else found[0].upper()

    return _TRIPLET.sub(triplet, part)


def _path(path: str) -> str:
    """`path` without dot segments (RFC 3986, 5.2.4) and a final slash that does not count."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    if len(kept) > 1 and kept[-1] == "" and kept[-2] and not _has_file_ending(kept[-2]):
        kept.pop()
    return "/" + "/".join(kept)


def _has_file_ending(segment: str) -> bool:
    """True for `book.pdf` and `node.js`, False for `v1.0`."""
    return _FILE_ENDING.search(segment) is not None


def _video(path: str, query: str) -> tuple[str, str, str]:
    """Host, path and query of the video that a path on youtu.be stands for."""
    video = _VIDEO.fullmatch(path)
    if not video or "v" in map(_name, query.split("&")):
        return "youtu.be", path, query
    return "youtube.com", "/watch", f"v={video[1]}&{query}"


def _query(query: str, host: str) -> str:
    """`query` with its `?`, in the order of its parameters' names; empty if nothing remains."""
    if "://" not in query:
        pairs = [pair for pair in query.split("&") if pair and not is_tracking(_name(pair), host)]
        if all("=" in pair for pair in pairs):
            pairs.sort(key=_name)
        query = "&".join(pairs)
    return f"?{query}" if query else ""


def _route(fragment: str) -> str:
    """`fragment` with its `#` if a script takes a page from it; empty if it is a place on one."""
    route = fragment.partition(":~:")[0]
    if route in {"", "/", "!", "!/"}:
        return ""
    if route[0] not in "/!?" and "/" not in route:
        names = [_name(pair) for pair in route.split("&")] if "=" in route else []
        if all(_POSITION.fullmatch(name) or is_tracking(name) for name in names):
            return ""
    return f"#{route}"


def _name(pair: str) -> str:
    return pair.partition("=")[0]
