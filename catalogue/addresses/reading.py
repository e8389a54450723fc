"""Reading an address: what it says, or why it is none."""

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import quote

from catalogue.addresses.errors import ADDRESS_LENGTH, AddressError, Refused
from catalogue.addresses.hosts import ascii_host

# Endings that are files' and no top-level domains.
_FILE = re.compile(
    "asp|aspx|avi|bmp|cfg|css|csv|docx?|epub|exe|gif|gz|html?|ini|ipynb|jpe?g|js|json|jsp|log|m4a|"
    "mkv|mp3|mp4|od[pst]|ogg|pdf|php|png|pptx?|rar|rst|rtf|svg|tar|tex|toml|txt|wav|webm|webp|"
    "xhtml|xlsx?|xml|ya?ml"
)
# Endings that are both: a file's where neither a scheme nor www. stands before it.
_FILE_OR_DOMAIN = re.compile("md|mobi|mov|pl|ps|py|rs|sh|zip")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+-]*):")
_HOST_AND_PORT = re.compile(r"(\[.*\]|[^\[:]*)(?::(.*))?")
_PORT = re.compile(r"0*([0-9]{1,5})")
_ANOTHER = re.compile(r"\shttps?://", re.IGNORECASE)
# What comes along at the edges of copied text: spaces, controls, marks of byte order or direction.
_EDGES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_FORBIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})

# What a part may not hold as it is (RFC 3986, 3.3 to 3.5), a % that encodes nothing included.
# Of a fragment, only what browsers encode too: a script sees the rest, and it may be its route.
_NOT_IN_PATH = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]+")
_NOT_IN_QUERY = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]+")
_NOT_IN_FRAGMENT = re.compile(r"%(?![0-9A-Fa-f]{2})|[^!#-;=?-_a-~]+")


class Address(NamedTuple):
    """The parts of a web address, all of them ASCII.

    `query` and `fragment` are None where there is none; after a bare `?` the query is empty.
    """

    scheme: str
    host: str
    port: int | None
    path: str
    query: str | None
    fragment: str | None

    def __str__(self) -> str:
        port = "" if self.port is None else f":{self.port}"
        query = "" if self.query is None else f"?{self.query}"
        fragment = "" if self.fragment is None else f"#{self.fragment}"
        return f"{self.scheme}://{self.host}{port}{self.path}{query}{fragment}"


def clean_address(text: str) -> str:
    """The address as people will get it: an ASCII URI that leads where `text` leads.

    Path, query and fragment stay as given, except that what no URI may hold is percent-encoded;
    the host becomes lower case and punycode; a missing scheme becomes https. Raises AddressError.
    """
    address = str(read(text))
    if len(address) > ADDRESS_LENGTH:
        raise AddressError("long", text)
    return address


def read(text: str) -> Address:
    """The parts of the address in `text`, however long. Raises AddressError."""
    try:
        return _read(bare(text))
    except Refused as refused:
        raise AddressError(refused.code, text) from None


def bare(text: str) -> str:
    """`text` without what surrounds a copied address: blanks, invisible marks, `<` and `>`."""
    text = _strip(text)
    return _strip(text[1:-1]) if text.startswith("<") and text.endswith(">") else text


def _strip(text: str) -> str:
    start, end = 0, len(text)
    while start < end and unicodedata.category(text[start]) in _EDGES:
        start += 1
    while start < end and unicodedata.category(text[end - 1]) in _EDGES:
        end -= 1
    return text[start:end]


def _read(line: str) -> Address:
    if not line:
        raise Refused("empty")
    if any(unicodedata.category(char) in _FORBIDDEN for char in line):
        raise Refused("characters")
    scheme, rest = _split_scheme(line)
    # Browsers take a backslash for a slash, up to the query.
    before, mark, after = re.match(r"([^?#]*)([?#]?)(.*)", rest).groups()
    before = before.replace("\\", "/")
    named = before.startswith("//")
    if scheme and not named:
        raise Refused("host")
    authority, slash, path = before.removeprefix("//").partition("/")
    host, port = _read_authority(authority, named=named)
    if _ANOTHER.search(rest):
        raise Refused("several")
    query, fragment = None, None
    if mark == "?":
        query, mark, after = after.partition("#")
    if mark == "#":
        fragment = _encoded(after, _NOT_IN_FRAGMENT)
    return Address(
        scheme or "https",
        host,
        port,
        _encoded(slash + path, _NOT_IN_PATH),
        query if query is None else _encoded(query, _NOT_IN_QUERY),
        fragment,
    )


def _split_scheme(line: str) -> tuple[str, str]:
    """The scheme in lower case, empty if there is none (`example.org:8080/x`), and what follows."""
    found = _SCHEME.match(line)
    if not found:
        return "", line
    scheme = found[1].lower()
    if scheme not in {"http", "https"}:
        raise Refused("scheme")
    return scheme, line[found.end() :]


def _read_authority(authority: str, *, named: bool) -> tuple[str, int | None]:
    """The host and the port; `named` says whether `//` announced them, or they may be any text."""
    if "@" in authority:
        raise Refused("credentials" if named else "email")
    parts = _HOST_AND_PORT.fullmatch(authority)
    if not parts:
        raise Refused("ipv6")
    if not parts[1]:
        raise Refused("host")
    try:
        host = ascii_host(parts[1])
    except Refused as refused:
        raise Refused("host" if refused.code == "local" and not named else refused.code) from None
    ending = host.rpartition(".")[2]
    if _FILE.fullmatch(ending):
        raise Refused("file")
    if not named and not host.startswith("www."):
        if _FILE_OR_DOMAIN.fullmatch(ending):
            raise Refused("file")
        if not ending[0].isalpha():
            raise Refused("host")
    return host, _read_port(parts[2])


def _read_port(digits: str | None) -> int | None:
    if not digits:
        return None
    found = _PORT.fullmatch(digits)
    if not found or not 0 < int(found[1]) < 65536:
        raise Refused("port")
    return int(found[1])


def _encoded(text: str, illegal: re.Pattern[str]) -> str:
    return illegal.sub(lambda found: quote(found[0], safe=""), text)
