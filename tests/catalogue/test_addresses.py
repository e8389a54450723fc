"""Web addresses: which are taken, how they are cleaned, and what readers see of them."""

import copy
import pickle

import pytest

from catalogue.addresses import (
    ADDRESS_LENGTH,
    AddressError,
    clean_address,
    host_of,
    is_address,
)
from catalogue.errors import CatalogueError

UNCHANGED = {
    "a host alone": "https://example.org",
    "http": "http://codingbat.com/java",
    "an empty query": "https://example.org/?",
    "an empty fragment": "https://example.org/#",
    "an anchor": "https://github.com/mhinz/vim-galore#readme",
    "a route with an anchor of its own": "https://example.org/app#/guide/start#install",
    "signs that only scripts read": "https://example.org/play#{code:[1|2]}",
    "lower-case percent-encoding": "https://example.org/caf%c3%a9",
    "a slash that is no separator": "https://example.org/a%2Fb",
    "a plus sign": "https://learn.nvidia.com/courses/course-detail?course_id=course-v1:DLI+S-ES-01+V1",
    "tracking": "https://example.org/?utm_source=newsletter&b=2&a=1",
    "dot segments": "https://example.org/a/../b/",
    "a tilde": "http://people.cs.aau.dk/~normark/all-basis-97.pdf",
    "colons in a path": "https://en.wikipedia.org/wiki/Help:Introduction",
    "an at sign in a path": "https://medium.com/@someone/a-story",
    "a port": "https://example.org:8443/",
    "a default port": "https://example.org:443/",
    "an underscore in a host": "https://my_books.example.org/",
    "a number as a host": "http://127.0.0.1:8000/page",
    "IPv6": "http://[2001:db8::1]:8080/",
    "punycode that IDNA 2008 refuses": "https://xn--i-7iq.ws/",
    "an archived page": "https://web.archive.org/web/20181008134854/http://users.teol.net:80/~mvlado/",
    "a file ending that is a domain": "https://readme.md/",
}

CLEANED = {
    "www.": ("www.example.org", "https://www.example.org"),
    "www. before a file ending": ("www.readme.md", "https://www.readme.md"),
    "a bare host": ("example.org", "https://example.org"),
    "a bare host with a path": (
        "youtube.com/playlist?list=PLOoZRfEtk6kWSM",
        "https://youtube.com/playlist?list=PLOoZRfEtk6kWSM",
    ),
    "a bare host with a port": ("example.org:8080/x", "https://example.org:8080/x"),
    "a bare host and a colon later": (
        "en.wikipedia.org/wiki/Help:Introduction",
        "https://en.wikipedia.org/wiki/Help:Introduction",
    ),
    "no scheme, as in HTML": ("//example.org/x", "https://example.org/x"),
    "capitals": ("HTTPS://Example.ORG/Path", "https://example.org/Path"),
    "blanks and marks around it": (
        "\ufeff \t https://example.org/\u200e\r\n",
        "https://example.org/",
    ),
    "angle brackets around it": ("< https://example.org/ >", "https://example.org/"),
    "a final dot": ("https://example.org./x", "https://example.org/x"),
    "an empty port": ("https://example.org:/x", "https://example.org/x"),
    "a port with zeros": ("https://example.org:0080/", "https://example.org:80/"),
    "backslashes, as browsers read them": (
        r"https://example.org\a\b?c\d",
        "https://example.org/a/b?c%5Cd",
    ),
    "a backslash that hides the host": (
        r"https://example.org\@evil.example/",
        "https://example.org/@evil.example/",
    ),
    "blanks in a path": ("https://example.org/a b.pdf", "https://example.org/a%20b.pdf"),
    "brackets in a query": ("https://example.org/?id[]=1", "https://example.org/?id%5B%5D=1"),
    "a per cent sign": ("https://example.org/100%?q=5%x", "https://example.org/100%25?q=5%25x"),
    "Cyrillic": (
        "http://ru.wikibooks.org/wiki/Си-плюс",
        "http://ru.wikibooks.org/wiki/%D0%A1%D0%B8-%D0%BF%D0%BB%D1%8E%D1%81",
    ),
    "an accent": (
        "https://fr.wikibooks.org/wiki/Approfondissements_de_lycée",
        "https://fr.wikibooks.org/wiki/Approfondissements_de_lyc%C3%A9e",
    ),
    "Hebrew": (
        "https://podcastim.org.il/לנד",
        "https://podcastim.org.il/%D7%9C%D7%A0%D7%93",
    ),
    "an accent in an anchor": (
        "https://github.com/PabloReyes/ocpjp-resumen-espanol#resumen-español",
        "https://github.com/PabloReyes/ocpjp-resumen-espanol#resumen-espa%C3%B1ol",
    ),
    "a joiner that Persian needs": (
        "https://example.ir/می\u200cخوانم",
        "https://example.ir/%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7%D9%86%D9%85",
    ),
    "a host in Unicode": ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
    "a host percent-encoded": ("https://b%C3%BCcher.example/", "https://xn--bcher-kva.example/"),
    "a sharp s, not two": ("https://straße.example/", "https://xn--strae-oqa.example/"),
    "wide letters and dots": ("https://ｅｘａｍｐｌｅ。ｏｒｇ/", "https://example.org/"),
    "a bare host in Cyrillic": ("пример.рф/a", "https://xn--e1afmkfd.xn--p1ai/a"),
    "IPv6 at length": ("http://[2001:DB8:0:0::1]/", "http://[2001:db8::1]/"),
}

REFUSED = {
    "nothing": ("", "empty"),
    "blanks": (" \t\n\u200b", "empty"),
    "empty brackets": ("<>", "empty"),
    "a NUL inside": ("https://example.org/\x00a", "characters"),
    "a line break": ("https://example.org/a\nb", "characters"),
    "a tab in the scheme": ("java\tscript:alert(1)", "characters"),
    "a line separator": ("https://example.org/a\u2028b", "characters"),
    "half a surrogate pair": ("https://example.org/\ud800", "characters"),
    "two addresses": (
        "http://nikhilm.github.io/uvbook/a.pdf http://nikhilm.github.io/uvbook/a.epub",
        "several",
    ),
    "javascript": ("javascript:alert(1)", "scheme"),
    "javascript in capitals": (" JavaScript:alert(1)", "scheme"),
    "data": ("data:text/html,<p>", "scheme"),
    "file": ("file:///etc/passwd", "scheme"),
    "ftp": ("ftp://example.org/a", "scheme"),
    "mailto": ("mailto:someone@example.org", "scheme"),
    "a misspelt scheme": ("htps://example.org/", "scheme"),
    "a Windows path": (r"C:\notes.pdf", "scheme"),
    "an address for source code": ("view-source:https://example.org/", "scheme"),
    "a scheme alone": ("https://", "host"),
    "no slashes": ("https:example.org", "host"),
    "one slash": ("https:/example.org", "host"),
    "no host": ("https:///path", "host"),
    "a port without a host": ("https://:80/", "host"),
    "a query without a host": ("https://?q=1", "host"),
    "a path": ("/resources/example", "host"),
    "an anchor alone": ("#install", "host"),
    "a word": ("intranet", "host"),
    "words": ("Learn Python", "host"),
    "words and an address": ("see example.org", "host"),
    "a forgotten colon": ("https//example.org", "host"),
    "a version": ("v1.2", "host"),
    "a bare number as a host": ("192.168.0.1/x", "host"),
    "a blank in the host": ("https://exa mple.org/", "host"),
    "an encoded blank in the host": ("https://exa%20mple.org/", "host"),
    "a host that is not UTF-8": ("https://exa%ffmple.org/", "host"),
    "a sign that becomes a slash": ("https://example.org℀.example/", "host"),
    "an empty label": ("https://example..org/", "host"),
    "two final dots": ("https://example.org../", "host"),
    "a label of 64": (f"https://{'a' * 64}.org/", "host"),
    "a host of 254": (f"https://{'a.' * 125}orgs/", "host"),
    "a long host in Unicode": (f"https://{'ü' * 5000}.org/", "host"),
    "a top level of one letter": ("https://example.o/", "host"),
    "a number too large": ("http://256.1.1.1/", "host"),
    "a short number": ("http://127.1/", "host"),
    "a number in hexadecimal": ("http://a.0x7f/", "host"),
    "one label": ("http://intranet/", "local"),
    "localhost": ("http://localhost:8000/", "local"),
    "one number": ("http://2130706433/", "host"),
    "a file": ("notes.pdf", "file"),
    "a page": ("index.html", "file"),
    "a file whose ending is a domain": ("free-programming-books-langs.md", "file"),
    "a file with a query": ("book.epub?download=1", "file"),
    "a file with two endings": ("site.tar.gz", "file"),
    "a file after a scheme": ("https://index.html/", "file"),
    "a name and password": ("https://someone:secret@example.org/", "credentials"),
    "a name": ("https://someone@example.org/", "credentials"),
    "an e-mail address": ("someone@example.org", "email"),
    "port 0": ("https://example.org:0/", "port"),
    "port 65536": ("https://example.org:65536/", "port"),
    "a port of words": ("https://example.org:http/", "port"),
    "a port in other digits": ("https://example.org:٨٠/", "port"),
    "a port of 5,000 digits": (f"https://example.org:{'9' * 5000}/", "port"),
    "two ports": ("https://example.org:80:80/", "port"),
    "IPv6 unclosed": ("http://[::1/", "ipv6"),
    "IPv6 with a wrong letter": ("http://[::g]/", "ipv6"),
    "IPv6 of one machine's interface": ("http://[fe80::1%25eth0]/", "ipv6"),
    "IPv6 with something after it": ("http://[::1]x/", "ipv6"),
    "nothing in brackets": ("http://[]/", "ipv6"),
    "IPv6 without brackets": ("http://::1/", "host"),
    "2,001 characters": ("https://example.org/" + "a" * 1981, "long"),
    "2,001 characters once encoded": ("https://example.org/" + "é" * 331, "long"),
}

HOSTS = {
    "www.": ("https://www.datadetoxkit.org/en/?a=1", "datadetoxkit.org"),
    "a port": ("http://example.org:8080/", "example.org"),
    "no scheme": ("youtube.com/playlist?list=PL", "youtube.com"),
    "a number": ("http://192.0.2.1/", "192.0.2.1"),
    "IPv6": ("http://[2001:db8::1]:80/", "[2001:db8::1]"),
    "an accent": ("https://xn--bcher-kva.example/", "bücher.example"),
    "Welsh": ("https://llyfrgell-tŷ.cymru/", "llyfrgell-tŷ.cymru"),
    "Cyrillic under Cyrillic": ("http://xn--e1afmkfd.xn--p1ai/", "пример.рф"),
    "Cyrillic that looks Latin": ("https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com"),
    "Cyrillic among Latin": ("https://pаypal.com/", "xn--pypal-4ve.com"),
    "a dotless i": ("https://lıbrary.org/", "xn--lbrary-p9a.org"),
    "Japanese": ("https://例えばカタカナ.jp/", "例えばカタカナ.jp"),
    "Japanese among Latin": ("https://exampleノa.jp/", "xn--examplea-b44g.jp"),
    "Hebrew": ("https://דוגמה.org.il/", "דוגמה.org.il"),
    "Persian with a joiner": ("https://نامه\u200cای.com/", "xn--mgba3gch31f060k.com"),
    "punycode of nothing": ("https://xn--0.org/", "xn--0.org"),
    "an emoji": ("https://xn--i-7iq.ws/", "xn--i-7iq.ws"),
    "no address": ("notes.pdf", ""),
}

MESSAGES = {
    "nothing": ("", "Enter a web address."),
    "a file": (
        "notes.pdf",
        "“notes.pdf” is the name of a file. Enter its whole address, from https:// on.",
    ),
    "a scheme": (
        "ftp://example.org",
        "“ftp://example.org” is not a web page: its address must start with https:// or http://.",
    ),
    "words": (
        "Learn   Python",
        "“Learn Python” is not a web address: it names no website, such as example.org.",
    ),
    "a password": (
        "https://someone:secret@example.org/a",
        "“https://…@example.org/a” holds a user name or password. Enter it without them.",
    ),
    "an invisible sign": (
        "https://example.org/\x07a",
        "“https://example.org/\N{REPLACEMENT CHARACTER}a” holds a line break or a character that"
        " no web address can have.",
    ),
    "a long one": (
        "https://example.org/" + "a" * 3000,
        f"“https://example.org/{'a' * 39}…” is longer than 2,000 characters.",
    ),
    "one network": (
        "http://intranet/",
        "“http://intranet/” only works inside one network. Enter a public web address.",
    ),
    "a per cent sign": (
        "50%(value)s off",
        "“50%(value)s off” is not a web address: it names no website, such as example.org.",
    ),
}


def cases(table):
    """Parameters of a test, one set for each row of `table`, named by its key."""
    return [pytest.param(*row, id=name) for name, row in table.items()]


@pytest.mark.parametrize("address", UNCHANGED.values(), ids=UNCHANGED)
def test_it_leaves_a_sound_address_as_given(address):
    assert clean_address(address) == address


@pytest.mark.parametrize(("text", "address"), cases(CLEANED))
def test_it_mends_what_people_paste(text, address):
    assert clean_address(text) == address


@pytest.mark.parametrize(("text", "code"), cases(REFUSED))
def test_it_refuses_what_cannot_be_a_public_web_address(text, code):
    with pytest.raises(AddressError) as refused:
        clean_address(text)

    assert refused.value.code == code
    assert refused.value.value == text


@pytest.mark.parametrize(("text", "message"), cases(MESSAGES))
def test_it_says_what_is_wrong_in_a_sentence(text, message):
    with pytest.raises(AddressError) as refused:
        clean_address(text)

    assert str(refused.value) == message


def test_an_address_of_2000_characters_is_taken():
    address = "https://example.org/".ljust(ADDRESS_LENGTH, "a")

    assert clean_address(f" {address} ") == address


def test_its_error_is_a_value_error_and_the_catalogue_s():
    assert issubclass(AddressError, ValueError)
    assert issubclass(AddressError, CatalogueError)


@pytest.mark.parametrize("duplicate", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])
def test_its_error_survives_copying(duplicate):
    error = duplicate(AddressError("host", "Learn Python"))

    assert (error.code, error.value) == ("host", "Learn Python")


def test_is_address_tells_whether_it_would_be_taken():
    assert is_address("www.example.org") is True
    assert is_address("notes.pdf") is False


@pytest.mark.parametrize(("url", "host"), cases(HOSTS))
def test_readers_see_the_host_they_would_recognise(url, host):
    assert host_of(url) == host
