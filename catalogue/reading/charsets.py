"""From the bytes of a page to its text, whatever it says of itself.

What a page declares is wrong often enough, so that it is only believed where the bytes don't
contradict: text that is valid UTF-8 and not plain ASCII is hardly ever anything else.
"""

import codecs
import re

# As browsers read these labels (WHATWG's Encoding Standard): the wider set that writers mean by them.
_MEANT = {
    **dict.fromkeys("ascii iso8859-1 latin_1 latin-1".split(), "cp1252"),
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_LABELS = {
    "x-sjis": "cp932",
    "x-mac-roman": "mac-roman",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
}
# Python knows codecs that are no charsets of pages, and some that are dangerous or endless.
_KNOWN = re.compile(
    r"utf-8|cp12\d\d|cp874|cp932|cp949|iso8859-\d+|koi8-[ru]|mac-\w+|euc_jp|iso2022_jp|gb18030|big5hkscs"
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_IN_PAGE = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HIRAGANA = re.compile("[\u3041-\u3096]")
# How far into a page browsers look for its charset, and then some.
_HEAD = 4096
# Of a hundred characters, how many may be unreadable before a charset is not believed.
_BROKEN = 1


def decode(body: bytes, content_type: str = "") -> str:
    """The text of `body`. `content_type` is the header as it came, perhaps with a charset. Never raises."""
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    # Plain ASCII may be the Japanese of mails, which has no byte above it.
    if not body.isascii() and _is_utf8(body):
        return body.decode("utf-8", "replace")
    for charset in _declared(body, content_type):
        text = body.decode(charset, "replace")
        if text.count("\ufffd") * 100 <= len(text) * _BROKEN:
            return text
    for charset in ("cp932", "euc_jp"):
        text = body.decode(charset, "replace")
        is_sound = text.count("\ufffd") * 100 <= len(text) * _BROKEN
        if is_sound and len(_HIRAGANA.findall(text)) >= 5:
            return text
    return body.decode("cp1252", "replace")


def _is_utf8(body: bytes) -> bool:
    """Also where it was cut within a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return False
    return True


def _declared(body: bytes, content_type: str) -> list[str]:
    """The charsets that header and page name, as Python calls them, the header's first."""
    in_page = [name.decode("ascii", "replace") for name in _IN_PAGE.findall(body[:_HEAD])[:1]]
    named = [*_IN_HEADER.findall(content_type)[:1], *in_page]
    return [charset for name in named if (charset := _charset(name)) and charset != "utf-8"]


def _charset(name: str) -> str:
    try:
        known = codecs.lookup(_LABELS.get(name.lower(), name)).name
    except (LookupError, ValueError):
        return ""
    charset = _MEANT.get(known, known)
    return charset if _KNOWN.fullmatch(charset) else ""
