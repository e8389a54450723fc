"""Hosts: from what people type to the name a resolver asks for, and back to what readers see.

Names go through `idna` (IDNA 2008 with the mapping of UTS 46, as browsers do it). Python's own
codec is IDNA 2003, which turns ß into ss and drops joiners: straße.de would lead to strasse.de,
another owner's site. Only labels in Unicode are mapped; punycode is taken as it stands, which
also lets in names that browsers visit and IDNA 2008 refuses (emoji).
"""

import re
import unicodedata
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import unquote

import idna

from catalogue.addresses.errors import Refused

HOST_LENGTH = 253

_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_TOP_LABEL = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")
# Browsers read a host with such a last label as an IPv4 address, whatever stands before it.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")

# Scripts that are written together.
_TOGETHER = (
    {"CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"},
    {"CJK", "HANGUL"},
    {"CJK", "BOPOMOFO"},
)
# Scripts whose letters nobody takes for Latin ones; Cyrillic and Greek are not among them.
_UNLIKE_LATIN = re.compile(
    "ARABIC|BENGALI|DEVANAGARI|GUJARATI|GURMUKHI|HEBREW|KANNADA|MALAYALAM|SINHALA|TAMIL|TELUGU|THAI"
)


def ascii_host(host: str) -> str:
    """`host` in lower case and punycode, IPv6 in its shortest form, no final dot.

    Raises Refused. Addresses of private networks pass: whether to visit them is the visitor's
    decision, and a site may be set up to serve one.
    """
    if host.startswith("["):
        return _ipv6(host)
    try:
        name = _mapped(unquote(host, errors="strict")).removesuffix(".")
    except (idna.IDNAError, UnicodeError):
        raise Refused("host") from None
    labels = name.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels) or len(name) > HOST_LENGTH:
        raise Refused("host")
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(name)
    if len(labels) == 1:
        raise Refused("local")
    if not _TOP_LABEL.fullmatch(labels[-1]):
        raise Refused("host")
    return name


def without_www(host: str) -> str:
    """`host` without one leading `www.`, unless no whole name would be left."""
    rest = host.removeprefix("www.")
    return host if "." not in rest or rest.startswith("www.") else rest


def shown_host(host: str) -> str:
    """An ASCII host as readers recognise it: without `www.`, each label in its own script.

    A label stays punycode where it could pass for another: mixed scripts, look-alikes of Latin.
    """
    labels = without_www(host).split(".")
    decoded = [_decoded(label) for label in labels]
    top = _scripts(decoded[-1])
    return ".".join(
        shown if _is_plain(shown, top) else label
        for label, shown in zip(labels, decoded, strict=True)
    )


def _mapped(host: str) -> str:
    if host.isascii():
        return host.lower()
    # Mapping may shorten a host, though never so much, and takes long for a long text.
    if len(host) > 4 * HOST_LENGTH:
        raise Refused("host")
    labels = idna.uts46_remap(host, std3_rules=False).split(".")
    return ".".join(
        label if label.isascii() else idna.alabel(label).decode("ascii") for label in labels
    )


def _ipv4(name: str) -> str:
    try:
        return str(IPv4Address(name))
    except AddressValueError:
        raise Refused("host") from None


def _ipv6(host: str) -> str:
    inside = host[1:-1]
    if not host.endswith("]") or "%" in inside:
        raise Refused("ipv6")
    try:
        return f"[{IPv6Address(inside).compressed}]"
    except AddressValueError:
        raise Refused("ipv6") from None


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return idna.ulabel(label)
    except (idna.IDNAError, UnicodeError):
        return label


def _scripts(label: str) -> set[str]:
    """The scripts of a label, by the first word of its letters' Unicode names."""
    names = (unicodedata.name(char, "UNKNOWN") for char in label if char not in "0123456789-_")
    return {name.split(" ")[0] for name in names}


def _is_plain(label: str, top: set[str]) -> bool:
    """Whether a label in Unicode reads as what it is, below a last label in the scripts `top`."""
    scripts = _scripts(label)
    if scripts == {"LATIN"}:
        return all(_is_common_latin(char) for char in label)
    if any(scripts <= family for family in _TOGETHER):
        return True
    return len(scripts) == 1 and (scripts == top or bool(_UNLIKE_LATIN.fullmatch(*scripts)))


def _is_common_latin(char: str) -> bool:
    """ASCII, and the letters of Europe's and Vietnam's languages; no phonetic or dotless ones."""
    return char.isascii() or (
        ("\u00df" <= char <= "\u017e" or "\u1ea0" <= char <= "\u1ef9") and char not in "ıĸŀŉ"
    )
