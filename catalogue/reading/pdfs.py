"""What a PDF tells of itself, where it does so in the open: its information and its XMP.

Nothing is unpacked: a title that stands in a packed object isn't found, and the file's name serves.
"""

import html
import re

from catalogue.exchange import Value
from catalogue.reading.texts import TITLE_LENGTH, plain

_XMP_TITLE = re.compile(
    rb"<dc:title>.{0,200}?<rdf:li[^>]{0,100}>([^<]{1,3000})</rdf:li>", re.DOTALL
)
_INFO = re.compile(rb"/Info\s+(\d{1,9})\s+(\d{1,5})\s+R")
_TEXT = rb"(?:\(((?:\\.|[^\\()]|\([^()]{0,500}\)){0,3000})\)|<([0-9A-Fa-f\s]{0,6000})>)"
_LANGUAGE = re.compile(rb"/Lang\s*\(([A-Za-z-]{2,35})\)")
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"", b"\n": b"", b"\r\n": b""}
# What programs write of themselves where a title should stand.
_NO_TITLE = re.compile(
    r"(?:untitled|document|slide|presentation|title|index)[\s\d-]*|[^\s]*\.[a-z]{2,5}",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"^(?:Microsoft \w+|PowerPoint Presentation|Print)\s*-\s*", re.IGNORECASE)


def told_by_pdf(body: bytes) -> dict[str, Value]:
    """Title, author and language of the PDF whose bytes, or the first of them, are `body`."""
    title = _xmp_title(body) or _in_information(body, rb"Title")
    title = _PROGRAM.sub("", title)
    if _NO_TITLE.fullmatch(title):
        title = ""
    values: dict[str, Value] = {"title": title, "access": ["pdf-only"]}
    if author := _in_information(body, rb"Author"):
        values["authors"] = [author[:200]]
    if language := _LANGUAGE.search(body):
        values["language"] = language[1].decode("ascii")
    return values


def _xmp_title(body: bytes) -> str:
    found = _XMP_TITLE.search(body)
    return _plain(html.unescape(found[1].decode("utf-8", "replace"))) if found else ""


def _in_information(body: bytes, name: bytes) -> str:
    """An entry of the document's information; chapters have titles too, and aren't looked at."""
    infos = _INFO.findall(body)
    if not infos:
        return ""
    number, generation = infos[-1]
    begin = re.search(rb"(?<!\d)%s\s+%s\s+obj" % (number, generation), body)
    if not begin:
        return ""
    information = body[begin.end() : begin.end() + 20_000].partition(b"endobj")[0]
    found = re.search(rb"/" + name + rb"\s*" + _TEXT, information)
    if not found:
        return ""
    if found[2] is not None:
        digits = re.sub(rb"\s", b"", found[2])
        return _plain(_decoded(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())))
    return _plain(_decoded(_ESCAPED.sub(_unescaped, found[1])))


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1][:1].isdigit():
        return bytes([int(found[1], 8) & 0xFF])
    return _ESCAPES.get(found[1], found[1])


def _decoded(text: bytes) -> str:
    if text.startswith(b"\xfe\xff"):
        return text[2:].decode("utf-16-be", "replace")
    if text.startswith(b"\xef\xbb\xbf"):
        return text[3:].decode("utf-8", "replace")
    return text.decode("cp1252", "replace")


def _plain(text: str) -> str:
    return plain(text, limit=TITLE_LENGTH)
