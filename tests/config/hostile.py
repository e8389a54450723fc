"""What comes to a public site beside people: everything that an address or a header can be made to hold."""

from urllib.parse import quote

# Stands in every value that a page or a statement might show raw.
MARK = "hostile7q"
SCRIPT = f"<script>{MARK}()</script>"
BREAKING_OUT = f'"><svg onload={MARK}()>'
# What a template or a calculation would make of it, which no page holds otherwise.
MULTIPLIED = str(7919 * 7907)
TEN_KILOBYTES = 10_000

# As they stand in an address, after the `=`.
VALUES = {
    "nothing": "",
    "a NUL": f"{MARK}%00x",
    "a lone surrogate": f"{MARK}%ED%A0%80",
    "no UTF-8": f"%FF%FE%C3%28{MARK}",
    "a cut-off character": f"{MARK}%F0%9F%92",
    "broken encoding": f"%zz%{MARK}%",
    "bytes as they are": f"é{MARK}💩",
    "emoji": quote(f"💩👩‍👩‍👧{MARK}"),
    "marks of direction": quote(f"\u202e{MARK}\u200f\u2066"),
    "a combining pile": quote("e" + "\u0301" * 300 + MARK),
    "Arabic": quote(f"مكتبة {MARK}"),
    "a line break": f"{MARK}%0D%0ASet-Cookie:%20a=b",
    "quotes": quote(f"'\"`{MARK}\\'"),
    "a script": quote(SCRIPT),
    "a way out of an attribute": quote(BREAKING_OUT),
    "a script as an address": quote(f"javascript:{MARK}()"),
    "another site": quote(f"//{MARK}.example/"),
    "SQL": quote(f"{MARK}' OR 1=1; DROP TABLE catalogue_resource; --"),
    "a pattern": quote(f"%_%{MARK}*.(?:a+)+$[["),
    "search signs": quote(f'"{MARK} & | ! <-> :* ( or or -'),
    "a template": quote("{{ 7919 * 7907 }}{% include 'x' %}${7919*7907}") + MARK,
    "a format": quote(f"%s %(q)s {{0.__class__}} {MARK}"),
    "a path": quote(f"../../../etc/{MARK}"),
    "a negative number": "-1",
    "a huge number": "9" * 40,
    "a number with a point": "1e999",
    "digits of others": quote("٣²"),
    "a list": f"[]&{MARK}[]=1",
    "semicolons": f"1;page=2;{MARK}=3",
    "ten kilobytes": MARK + "a" * TEN_KILOBYTES,
    "ten kilobytes of percents": MARK + "%25" * (TEN_KILOBYTES // 3),
}
# In the place of a part of a path, encoded already.
PARTS = {
    "an encoded slash": f"a%2F{MARK}",
    "a NUL": f"{MARK}%00",
    "dots": "..",
    "encoded dots": "%2e%2e",
    "no UTF-8": f"%FF{MARK}%C3",
    "a lone surrogate": f"%ED%A0%80{MARK}",
    "emoji": quote(f"💩{MARK}"),
    "a script": quote(SCRIPT, safe=""),
    "a template": quote("{{ 7919 * 7907 }}", safe=""),
    "SQL": quote(f"{MARK}' OR '1'='1", safe=""),
    "a line break": f"{MARK}%0D%0ASet-Cookie:%20a=b",
    "a huge number": "9" * 40,
    "a negative number": "-1",
    "digits of others": quote("٣"),
    "nothing": "",
    "ten kilobytes": "a" * TEN_KILOBYTES,
}
HEADERS = {
    "no language": ("HTTP_ACCEPT_LANGUAGE", "*;q=0"),
    "nonsense for a language": ("HTTP_ACCEPT_LANGUAGE", f";;q=x,,<{MARK}>\x00\xff"),
    "too many languages": ("HTTP_ACCEPT_LANGUAGE", "en-x-a;q=0.5," * 800),
    "Welsh": ("HTTP_ACCEPT_LANGUAGE", "cy"),
    "an odd session": ("HTTP_COOKIE", f"session='\x00{MARK}\"; learner=; messages=[[{MARK}"),
    "a session of a NUL": ("HTTP_COOKIE", 'session="\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'),
    "a broken cookie": ("HTTP_COOKIE", f"=;;{MARK}\xff=\\;session"),
    "a broken ETag": ("HTTP_IF_NONE_MATCH", f'W/"{MARK},,"'),
    "a date that is none": ("HTTP_IF_MODIFIED_SINCE", "Thu, 99 Foo 99999 99:99:99 GMT"),
    "an odd encoding": ("HTTP_ACCEPT_ENCODING", "gzip;q=x, br;;,\xff"),
    "a body that is none": ("CONTENT_LENGTH", "-1"),
    "a type that is none": ("CONTENT_TYPE", f"multipart/form-data; boundary=\xff{MARK}"),
    "a proxy that is none": ("HTTP_X_FORWARDED_FOR", f"{MARK}, 1.2.3.4.5"),
}
OUR_HOSTS = ["testserver", "TESTSERVER", "testserver:8000", "testserver.", "127.0.0.1"]
OTHER_HOSTS = [
    *("evil.example", "testserver.evil.example", "testserver@evil.example", "testserver:abc"),
    *("", "a b", "[::1", f"<{MARK}>", "\xff\xfe", "a" * TEN_KILOBYTES),
]
