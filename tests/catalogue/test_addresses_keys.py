"""The key of a web address: which addresses are the same, which are not, and what a key is."""

import pytest

from catalogue.addresses import KEY_LENGTH, canonical_address

SAME = {
    "http and https": ("http://example.org/a", "https://example.org/a"),
    "capitals of the host": ("https://Example.ORG/a", "https://example.org/a"),
    "www.": ("https://www.learnpython.org", "http://learnpython.org/"),
    "a missing scheme": ("www.example.org/a", "https://example.org/a"),
    "the final dot": ("https://example.org./a", "https://example.org/a"),
    "the port of https": ("https://example.org:443/a", "https://example.org/a"),
    "the port of http": ("http://example.org:80/a", "https://example.org/a"),
    "another port, whatever the scheme": ("http://example.org:8080/", "https://example.org:8080/"),
    "Unicode and punycode": ("https://Bücher.example/", "https://xn--bcher-kva.example/"),
    "an empty path": ("https://example.org", "https://example.org/"),
    "an empty path before a query": ("https://example.org?a=1", "https://example.org/?a=1"),
    "a final slash": ("http://librosweb.es/libro/css/", "https://librosweb.es/libro/css"),
    "a final slash after a version": (
        "https://learnku.com/docs/v1.0/",
        "https://learnku.com/docs/v1.0",
    ),
    "a final slash before a query": (
        "https://route477.net/d/?date=1",
        "https://route477.net/d?date=1",
    ),
    "dot segments": ("https://example.org/a/./b/../c", "https://example.org/a/c"),
    "encoded dot segments": ("https://example.org/a/%2e%2E/c", "https://example.org/c"),
    "dot segments above the root": ("https://example.org/../../c", "https://example.org/c"),
    "a final dot segment": ("https://example.org/a/b/..", "https://example.org/a/"),
    "case of percent-encoding": ("https://example.org/caf%c3%a9", "https://example.org/caf%C3%A9"),
    "a letter and its percent-encoding": (
        "https://example.org/café",
        "https://example.org/caf%C3%A9",
    ),
    "an unreserved sign encoded": ("https://example.org/%7Eme", "https://example.org/~me"),
    "a blank": ("https://example.org/a b", "https://example.org/a%20b"),
    "brackets in a query": ("https://example.org/?id[]=1", "https://example.org/?id%5B%5D=1"),
    "an anchor": (
        "https://github.com/PabloReyes/ocpjp-resumen-espanol#ocpjp6-resumen-español",
        "https://github.com/PabloReyes/ocpjp-resumen-espanol",
    ),
    "two anchors": ("https://knihy.nic.cz/#HTML5", "https://knihy.nic.cz/#vykonnost"),
    "a page of a PDF": ("https://example.org/a.pdf#page=12&zoom=100", "https://example.org/a.pdf"),
    "a text anchor": ("https://example.org/a#:~:text=some%20words", "https://example.org/a"),
    "tracking in the fragment": ("https://example.org/a#utm_source=x", "https://example.org/a"),
    "the start of a router": ("https://example.org/app#/", "https://example.org/app"),
    "an empty fragment": ("https://example.org/a#", "https://example.org/a"),
    "an empty query": ("https://example.org/a?", "https://example.org/a"),
    "empty parameters": ("https://example.org/a?&x=1&&", "https://example.org/a?x=1"),
    "the order of parameters": ("https://example.org/?b=2&a=1", "https://example.org/?a=1&b=2"),
    "the order of other names": (
        "https://example.org/?tag=x&a=1&tag=y",
        "https://example.org/?tag=x&tag=y&a=1",
    ),
    "campaigns": (
        "https://example.org/?id=3&utm_source=newsletter&utm_medium=email&UTM_Campaign=may",
        "https://example.org/?id=3",
    ),
    "nothing but tracking": ("https://example.org/a?fbclid=IwAR0&gclid=1", "https://example.org/a"),
    "an encoded name": ("https://example.org/a?utm%5Fsource=x", "https://example.org/a"),
    "tracking without a value": ("https://example.org/a?fbclid", "https://example.org/a"),
    "Microsoft's contributors": (
        "https://learn.microsoft.com/en-us/azure/quantum?WT.mc_id=academic-1",
        "https://learn.microsoft.com/en-us/azure/quantum",
    ),
    "a shared podcast": (
        "https://open.spotify.com/show/0Sf8c3aGZmtGiNUEwgDTSu?si=bc273e44deae4584",
        "https://open.spotify.com/show/0Sf8c3aGZmtGiNUEwgDTSu",
    ),
    "a shared playlist": (
        "https://youtube.com/playlist?list=PLspW40rZgNek&si=_J8tYEL3W0YFiHNh",
        "https://www.youtube.com/playlist?list=PLspW40rZgNek",
    ),
    "a short link to a video": (
        "https://youtu.be/FStwWUkW5RQ?si=abc",
        "https://www.youtube.com/watch?v=FStwWUkW5RQ&feature=youtu.be",
    ),
    "a short link into a video": (
        "https://youtu.be/FStwWUkW5RQ?t=90",
        "https://www.youtube.com/watch?t=90&v=FStwWUkW5RQ",
    ),
    "a video on a phone": (
        "https://m.youtube.com/watch?v=FStwWUkW5RQ",
        "https://youtu.be/FStwWUkW5RQ",
    ),
    "an archive reached by either scheme": (
        "http://web.archive.org/web/2018/http://a.example/",
        "https://web.archive.org/web/2018/http://a.example/",
    ),
    "blanks around no address": ("  notes.pdf ", "notes.pdf"),
}

DIFFERENT = {
    "paths": ("https://example.org/a", "https://example.org/b"),
    "capitals of the path": ("https://example.org/A", "https://example.org/a"),
    "hosts": ("https://en.example.org/", "https://cy.example.org/"),
    "a host's number": ("http://www0.cs.ucl.ac.uk/", "http://cs.ucl.ac.uk/"),
    "www. twice": ("https://www.www.example.org/", "https://www.example.org/"),
    "www. as all of the name": ("https://www.org/", "https://org.org/"),
    "a phone's site": ("https://m.example.org/", "https://example.org/"),
    "ports": ("https://example.org:8443/", "https://example.org/"),
    "http on the port of https": ("http://example.org:443/", "https://example.org/"),
    "https on the port of http": ("https://example.org:80/", "https://example.org/"),
    "ß and ss": ("https://straße.example/", "https://strasse.example/"),
    "a slash encoded": ("https://example.org/a%2Fb", "https://example.org/a/b"),
    "a question mark encoded": ("https://example.org/a%3Fb", "https://example.org/a?b"),
    "a plus encoded": ("https://example.org/?q=a%2Bb", "https://example.org/?q=a+b"),
    "a plus and a blank": ("https://example.org/?q=a+b", "https://example.org/?q=a%20b"),
    "an ampersand encoded": ("https://example.org/?q=a%26b=1", "https://example.org/?q=a&b=1"),
    "a per cent sign encoded twice": ("https://example.org/%2541", "https://example.org/%41"),
    "a sub-delimiter encoded": ("https://example.org/it%27s", "https://example.org/it's"),
    "a slash after a file": ("https://example.org/book.pdf/", "https://example.org/book.pdf"),
    "a slash twice": ("https://example.org/a//", "https://example.org/a/"),
    "a slash twice inside": ("https://example.org/a//b", "https://example.org/a/b"),
    "an index": ("https://example.org/index.html", "https://example.org/"),
    "values": (
        "https://bilgen.academy/course/view.php?id=506",
        "https://bilgen.academy/course/view.php?id=508",
    ),
    "capitals of a value": ("https://youtu.be/FStwWUkW5RQ", "https://youtu.be/FStwWUkW5Rq"),
    "a parameter and none": ("https://example.org/?page=1", "https://example.org/"),
    "a bare and an empty parameter": ("https://example.org/?a", "https://example.org/?a="),
    "the order of one name": ("https://example.org/?a=1&a=2", "https://example.org/?a=2&a=1"),
    "the order where one is no pair": (
        "https://example.org/?/topic/5&page=2",
        "https://example.org/?page=2&/topic/5",
    ),
    "words that are content somewhere": (
        "https://example.org/tree?ref=main",
        "https://example.org/tree?ref=next",
    ),
    "a name that only starts like tracking": (
        "https://example.org/?utm=32",
        "https://example.org/",
    ),
    "another site's si": ("https://example.org/?si=1", "https://example.org/?si=2"),
    "routes": ("https://example.org/app#/lesson/1", "https://example.org/app#/lesson/2"),
    "routes of the older kind": ("https://example.org/#!a", "https://example.org/#!b"),
    "a route and none": ("https://example.org/#/a", "https://example.org/"),
    "a route's parameters": ("https://example.org/#/a?id=1", "https://example.org/#/a?id=2"),
    "what a viewer shows": (
        "https://viewer.example/#?manifest=https://a.example/1",
        "https://viewer.example/#?manifest=https://a.example/2",
    ),
    "what a playground runs": (
        "https://play.nim-lang.org/#ix=2lK1",
        "https://play.nim-lang.org/#ix=2lK2",
    ),
    "a code page": ("https://example.org/play#code/abc", "https://example.org/play#code/abd"),
    "moments of a video": ("https://youtu.be/FStwWUkW5RQ?t=90", "https://youtu.be/FStwWUkW5RQ"),
    "a video and it in a playlist": (
        "https://www.youtube.com/watch?v=FStwWUkW5RQ&list=PLnSDvcENZlwA",
        "https://www.youtube.com/watch?v=FStwWUkW5RQ",
    ),
    "a short link that is no video": (
        "https://youtu.be/about",
        "https://youtube.com/watch?v=about",
    ),
    "a short link with another video": (
        "https://youtu.be/FStwWUkW5RQ?v=sX6g3zyPXkA",
        "https://www.youtube.com/watch?v=FStwWUkW5RQ",
    ),
    "dates of an archive": (
        "https://web.archive.org/web/2018/http://a.example/",
        "https://web.archive.org/web/2019/http://a.example/",
    ),
    "the archived scheme": (
        "https://web.archive.org/web/2018/http://a.example/",
        "https://web.archive.org/web/2018/https://a.example/",
    ),
    "the archived slash": (
        "https://web.archive.org/web/2018/a.example/b/",
        "https://web.archive.org/web/2018/a.example/b",
    ),
    "the archived order": (
        "https://archive.example/http://a.example/?b=1&a=2",
        "https://archive.example/http://a.example/?a=2&b=1",
    ),
    "the archived tracking": (
        "https://arquivo.example/wayback/2018/https://a.example/?utm_source=x",
        "https://arquivo.example/wayback/2018/https://a.example/",
    ),
    "an address passed on": (
        "https://login.example/login?url=https://a.example/?x=1&y=2",
        "https://login.example/login?y=2&url=https://a.example/?x=1",
    ),
    "files": ("notes.pdf", "Notes.pdf"),
    "a file and a page": ("readme.md", "https://readme.md/"),
    "a NUL and an address": ("https://example.org/\x00a", "https://example.org/%00a"),
}

KEYS = {
    "a page": ("https://www.Example.org/path/?b=2&a=1#top", "//example.org/path?a=1&b=2"),
    "a port": ("http://example.org:8080", "//example.org:8080/"),
    "http on the port of https": ("http://example.org:443", "http://example.org:443/"),
    "a route": ("https://example.org/#!/a:~:text=b", "//example.org/#!/a"),
    "a viewer": ("https://viewer.example/#?manifest=a", "//viewer.example/#?manifest=a"),
    "Unicode": ("пример.рф/ё", "//xn--e1afmkfd.xn--p1ai/%D1%91"),
    "IPv6": ("http://[2001:DB8::1]:80/", "//[2001:db8::1]/"),
    "a short link": ("https://youtu.be/FStwWUkW5RQ", "//youtube.com/watch?v=FStwWUkW5RQ"),
    "an archived page": (
        "https://web.archive.org/web/20181008134854/http://users.teol.net:80/~mvlado/a/../",
        "//web.archive.org/web/20181008134854/http://users.teol.net:80/~mvlado/a/../",
    ),
    "a file": ("notes.pdf", "no-address:notes.pdf"),
    "nothing": ("", "no-address:"),
    "half a surrogate pair": ("\ud800", "no-address:%ED%A0%80"),
    "a script": ("javascript:alert('a')", "no-address:javascript:alert('a')"),
}


def cases(table):
    """Parameters of a test, one set for each row of `table`, named by its key."""
    return [pytest.param(*row, id=name) for name, row in table.items()]


@pytest.mark.parametrize(("one", "other"), cases(SAME))
def test_addresses_of_one_page_share_a_key(one, other):
    assert canonical_address(one) == canonical_address(other)


@pytest.mark.parametrize(("one", "other"), cases(DIFFERENT))
def test_addresses_that_differ_in_meaning_keep_their_own_keys(one, other):
    assert canonical_address(one) != canonical_address(other)


@pytest.mark.parametrize(("text", "key"), cases(KEYS))
def test_a_key_reads_like_the_address(text, key):
    assert canonical_address(text) == key


@pytest.mark.parametrize("start", ["https://example.org/", "https://example.org/?url=", "text "])
def test_a_key_too_long_for_an_index_ends_in_a_digest(start):
    one, other = (canonical_address(start + "é" * 1000 + end) for end in "ab")

    assert len(one) == len(other) == KEY_LENGTH
    assert one != other
    assert canonical_address(one) == one


def test_a_key_just_short_enough_is_whole():
    address = "https:" + "//example.org/".ljust(KEY_LENGTH, "a")

    assert canonical_address(address) == address.removeprefix("https:")
    assert canonical_address(address + "a").startswith("no-address://example.org/aaa")
