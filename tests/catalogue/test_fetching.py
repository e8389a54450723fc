"""Fetching what somebody typed: what is asked, what is refused, and where it ends."""

import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from ipaddress import ip_address, ip_network

import pytest

from catalogue.fetching import (
    Broken,
    FetchError,
    Hop,
    NoSuchName,
    Refused,
    TimedOut,
    TlsBroken,
    TooManyRedirects,
    Unreachable,
    fetch,
    getting,
    is_public,
    reaching,
)
from tests.web import CERTIFICATE, Answer, Names, Web, bomb, dripping, endless, serving

PUBLIC = "93.184.215.14"


@pytest.fixture(scope="module")
def server() -> Iterator[Web]:
    with serving() as web:
        yield web


@pytest.fixture
def web(server: Web, settings) -> Web:
    """A server on this machine that may be fetched from."""
    settings.FETCH_ALLOW_NETWORKS = [ip_network("127.0.0.0/8")]
    server.answers.clear()
    server.asked.clear()
    server.connections = 0
    return server


@pytest.fixture
def closed_web(web: Web, settings) -> Web:
    """The same, which may not: a service on the machine of the site."""
    settings.FETCH_ALLOW_NETWORKS = []
    return web


@pytest.fixture
def names(monkeypatch) -> Names:
    return Names().install(monkeypatch)


@pytest.fixture
def knocked(monkeypatch) -> list[str]:
    """The addresses that were connected to, none of which answers."""
    knocked: list[str] = []

    def create_connection(address, *args, **kwargs):
        knocked.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr("socket.create_connection", create_connection)
    return knocked


class TestAnswers:
    def test_what_stands_there_with_its_headers(self, web):
        address = web.put("/a?b=1", Answer.page("<h1>Hello</h1>", **{"X-More": "said"}))

        found = fetch(address + "#part")

        assert found.status == 200 and found.is_found
        assert found.body == b"<h1>Hello</h1>" and not found.is_cut
        assert found.content_type == "text/html"
        assert found.headers["x-more"] == "said"
        assert found.url == found.final_url == address + "#part"
        assert found.hops == () and not found.has_moved

    @pytest.mark.parametrize("status", [403, 404, 410, 429, 500, 503])
    def test_any_other_status_is_an_answer_too(self, web, status):
        found = fetch(web.put("/x", Answer(b"no", status, {"Retry-After": "120"})))

        assert (found.status, found.is_found) == (status, False)
        assert found.headers["retry-after"] == "120"

    def test_a_head_asks_for_no_body(self, web):
        found = fetch(web.put("/x", "a page"), method="HEAD")

        assert (found.status, found.body) == (200, b"")
        assert web.asked[0][0] == "HEAD"

    def test_who_asks_is_told_and_nothing_else(self, web, settings):
        settings.SITE_NAME, settings.SITE_URL = "Llwybr\r\nX: 1", "https://learn.example.org"

        fetch(web.put("/x", "a page"))

        ((_method, _path, headers),) = web.asked
        assert headers["User-Agent"] == "LlwybrX1 (+https://learn.example.org/about/)"
        assert set(headers) == {
            *("Host", "User-Agent", "Accept", "Accept-Language", "Accept-Encoding")
        }

    def test_no_cookie_goes_on_to_where_it_leads(self, web):
        web.put("/two", "a page")
        start = web.put(
            "/one", Answer(status=302, headers={"Location": "/two", "Set-Cookie": "a=b"})
        )

        fetch(start)

        assert "Cookie" not in web.asked[1][2]

    def test_no_proxy_is_taken_out_of_the_environment(self, web, monkeypatch):
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")

        assert fetch(web.put("/x", "a page")).is_found


class TestRedirects:
    def test_they_are_followed_and_told(self, web):
        end = web.put("/end", "a page")
        middle = web.put("/middle", Answer.to("end", 301))
        start = web.put("/start", Answer.to(middle, 308))

        found = fetch(start + "#here")

        assert found.final_url == end + "#here"
        assert found.hops == (
            Hop(start + "#here", 308, middle + "#here"),
            Hop(middle + "#here", 301, end + "#here"),
        )
        assert found.has_moved

    def test_one_for_now_is_no_move(self, web):
        web.put("/end", "a page")
        web.put("/middle", Answer.to("/end", 302))

        assert not fetch(web.put("/start", Answer.to("/middle", 301))).has_moved

    def test_ten_and_no_more(self, web):
        for number in range(11):
            web.put(f"/{number}", Answer.to(f"/{number + 1}"))
        web.put("/11", "a page")

        assert fetch(f"{web.root}/1").is_found
        with pytest.raises(TooManyRedirects) as caught:
            fetch(f"{web.root}/0")
        assert len(caught.value.hops) == 11

    def test_a_circle_ends_where_it_closes(self, web):
        web.put("/a", Answer.to("/b"))
        web.put("/b", Answer.to("/a"))

        with pytest.raises(TooManyRedirects):
            fetch(f"{web.root}/a")
        assert web.paths == ["/a", "/b"]

    def test_one_without_a_place_to_go_is_an_answer(self, web):
        assert fetch(web.put("/x", Answer(status=302))).status == 302

    @pytest.mark.parametrize(
        "place",
        [
            "http://169.254.169.254/latest/meta-data/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]:80/",
            "http://0.0.0.0/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://127.1/",
            "http://[::1]/",
            "http://10.0.0.1/",
            "http://localhost/",
            "http://user:word@example.org/",
            "ftp://example.org/file",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "gopher://127.0.0.1:6379/_",
            "//[::1",
            "http://example.org:22/",
        ],
    )
    def test_each_is_judged_like_the_first_address(self, web, names, place):
        names.answers["example.org"] = [PUBLIC]

        with pytest.raises(Refused) as caught:
            fetch(web.put("/x", Answer.to(place)))

        assert web.connections == 1
        assert str(caught.value) == "No page could be reached at this address."


NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1
198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 168.63.129.16
:: ::1 ::127.0.0.1 ::93.184.215.14 ::ffff:127.0.0.1 ::ffff:93.184.215.14 64:ff9b::7f00:1
64:ff9b::5db8:d70e 64:ff9b:1::1 100::1 2001::1 2001:2::1 2001:db8::1 2002:7f00:1:: 2002:5db8:d70e::
3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1
""".split()


class TestWhatIsNotAsked:
    @pytest.mark.parametrize("address", NOT_PUBLIC)
    def test_an_address_that_is_not_public(self, address, knocked, names):
        names.answers["inside.example.org"] = [address]

        with pytest.raises(Refused):
            fetch("http://inside.example.org/")

        assert knocked == []
        assert not is_public(ip_address(address))

    @pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:2800:21f:cb07::1"])
    def test_a_public_one_is(self, address, knocked, names):
        names.answers["outside.example.org"] = [address]

        with pytest.raises(Unreachable):
            fetch("http://outside.example.org/")

        assert knocked == [address]

    def test_a_service_on_the_machine_of_the_site(self, closed_web):
        with pytest.raises(Refused):
            fetch(closed_web.put("/secret", "a secret"))

        assert closed_web.connections == 0

    def test_the_second_answer_of_a_name_is_never_used(self, knocked, names):
        names.answers["two-faced.example.org"] = [PUBLIC, "127.0.0.1"]

        with pytest.raises(Unreachable):
            fetch("http://two-faced.example.org/")

        assert names.asked == ["two-faced.example.org"]
        assert knocked == [PUBLIC]

    def test_of_several_answers_only_the_public_ones_are_tried(self, knocked, names):
        names.answers["mixed.example.org"] = [f"10.0.0.1 {PUBLIC} ::1"]

        with pytest.raises(Unreachable):
            fetch("http://mixed.example.org/")

        assert knocked == [PUBLIC]

    def test_a_name_that_changes_its_mind_between_two_pages(self, web, settings, names):
        settings.FETCH_ALLOW_NETWORKS = [ip_network("127.0.0.1/32")]
        names.answers["here.example.org"] = ["127.0.0.1", "127.0.0.2"]
        port = web.root.rpartition(":")[2]
        web.put(
            "/x",
            Answer(status=302, headers={"Location": "/y", "Connection": "close"}),
        )

        with pytest.raises(Refused):
            fetch(f"http://here.example.org:{port}/x")

        assert web.paths == ["/x"]

    @pytest.mark.parametrize(
        "address",
        [
            "http://example.org:22/",
            "http://example.org:8080/",
            "https://example.org:6379/",
            "http://user@example.org/",
            "ftp://example.org/",
            "file:///etc/passwd",
            "http://intranet/",
            "javascript:alert(1)",
            "",
            "no address at all",
        ],
    )
    def test_an_address_that_is_none_of_a_page(self, address, knocked, names):
        names.answers["example.org"] = [PUBLIC]

        with pytest.raises(Refused):
            fetch(address)

        assert knocked == []

    def test_an_odd_port_opens_in_the_networks_that_are_named_alone(self, web, knocked, names):
        names.answers["example.org"] = [PUBLIC]

        with pytest.raises(Refused):
            fetch("http://example.org:8080/")
        with pytest.raises(Unreachable):
            fetch("http://127.0.0.1:8080/")

        assert knocked == ["127.0.0.1"]

    def test_nobody_learns_which_names_and_machines_there_are_inside(self, knocked, names):
        names.answers["inside.example.org"] = ["10.0.0.1"]
        names.answers["silent.example.org"] = [PUBLIC]
        sentences = set()
        for host in ("inside", "silent", "no-such-name"):
            with pytest.raises(FetchError) as caught:
                fetch(f"http://{host}.example.org/")
            sentences.add(str(caught.value))

        assert sentences == {"No page could be reached at this address."}


class TestWhereItEnds:
    def test_an_endless_page_is_cut(self, web):
        found = fetch(web.put("/x", Answer(endless)), max_bytes=100_000)

        assert len(found.body) == 100_000 and found.is_cut

    def test_a_page_that_claims_a_gigabyte_is_read_to_the_limit(self, web):
        answer = Answer(endless, headers={"Content-Length": str(10**9)})

        assert fetch(web.put("/x", answer), max_bytes=50_000).is_cut

    def test_a_page_that_ends_before_it_said_it_would_is_broken(self, web):
        answer = Answer(lambda write: write(b"half"), headers={"Content-Length": "10"})

        with pytest.raises(Broken):
            fetch(web.put("/x", answer))

    def test_a_packed_page_is_unpacked(self, web):
        packed = Answer(zlib.compress(b"a page", wbits=31), headers={"Content-Encoding": "gzip"})

        assert fetch(web.put("/x", packed)).body == b"a page"

    @pytest.mark.parametrize("wbits", [15, -15])
    def test_deflate_in_either_of_its_meanings(self, web, wbits):
        packed = Answer(
            zlib.compress(b"a page", wbits=wbits), headers={"Content-Encoding": "deflate"}
        )

        assert fetch(web.put("/x", packed)).body == b"a page"

    def test_of_a_bomb_no_more_is_unpacked_than_may_be_read(self, web):
        found = fetch(
            web.put("/x", Answer(bomb(50_000_000), headers={"Content-Encoding": "gzip"})),
            max_bytes=10_000,
        )
        pieces = list(getting.unpacked(iter([bomb(50_000_000)]), "gzip", 10_000))

        assert len(found.body) == 10_000 and found.is_cut
        assert [len(piece) for piece in pieces] == [10_001]

    def test_whoever_wants_none_of_it_reads_none(self, web):
        packed = Answer(endless, headers={"Content-Encoding": "br"})

        found = fetch(web.put("/x", packed), max_bytes=0)

        assert (found.status, found.body) == (200, b"")

    @pytest.mark.parametrize("packing", ["br", "zstd", "gzip, gzip"])
    def test_another_packing_than_was_asked_for_is_broken(self, web, packing):
        with pytest.raises(Broken):
            fetch(web.put("/x", Answer(b"abc", headers={"Content-Encoding": packing})))

    def test_what_only_pretends_to_be_packed_is_broken(self, web):
        with pytest.raises(Broken):
            fetch(web.put("/x", Answer(b"plain", headers={"Content-Encoding": "gzip"})))

    @pytest.mark.parametrize("answer", [Answer(dripping), Answer(lambda write: time.sleep(3))])
    def test_who_drips_or_falls_silent_is_left_in_time(self, web, answer):
        with pytest.raises(TimedOut) as caught:
            fetch(web.put("/x", answer), seconds=0.3)

        assert str(caught.value) == "The site took too long to answer."

    def test_who_drips_headers_too(self, web):
        def headers(write):
            for _tick in range(100):
                write(b"X-More: and more\r\n")
                time.sleep(0.05)

        # The body of the first answer passes for the headers of a second one.
        web.put("/x", Answer(headers, status=103))

        with pytest.raises((TimedOut, Broken)):
            fetch(f"{web.root}/x", seconds=0.3)

    def test_a_resolver_that_never_answers_is_left_in_time(self, monkeypatch):
        monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: time.sleep(2) or [])

        with pytest.raises(TimedOut):
            fetch("http://example.org/", seconds=0.2)

    def test_what_is_no_http_is_broken(self, web, monkeypatch):
        monkeypatch.setattr(
            "http.server.BaseHTTPRequestHandler.send_response_only",
            lambda self, *args: self.wfile.write(b"SSH-2.0-OpenSSH_9\r\n\r\n"),
        )

        with pytest.raises(Broken):
            fetch(web.put("/x", "a page"))


class TestTls:
    @pytest.fixture
    def secured(self, settings) -> Iterator[Web]:
        settings.FETCH_ALLOW_NETWORKS = [ip_network("127.0.0.1")]
        with serving(tls=True) as web:
            web.put("/x", "a page")
            yield web

    @pytest.fixture
    def trusted(self, monkeypatch) -> None:
        context = ssl.create_default_context(
            cadata=CERTIFICATE.partition("-----END PRIVATE KEY-----")[2]
        )
        monkeypatch.setattr("catalogue.fetching.getting.trust", lambda: context)

    def test_a_certificate_that_nobody_signed_is_not_believed(self, secured):
        with pytest.raises(TlsBroken) as caught:
            fetch(f"{secured.root}/x")

        assert secured.asked == []
        assert "certificate" in str(caught.value)

    def test_the_name_is_asked_for_and_checked_though_the_address_is_connected_to(
        self, secured, trusted, names
    ):
        port = secured.root.rpartition(":")[2]
        names.answers["good.example.test"] = names.answers["bad.example.test"] = ["127.0.0.1"]

        assert fetch(f"https://good.example.test:{port}/x").body == b"a page"
        assert secured.asked[0][2]["Host"] == f"good.example.test:{port}"
        with pytest.raises(TlsBroken):
            fetch(f"https://bad.example.test:{port}/x")

    def test_a_port_without_tls_is_no_site_to_trust(self, web):
        with pytest.raises(TlsBroken):
            fetch(web.root.replace("http:", "https:") + "/x")

    def test_whoever_is_believed_has_to_show_it(self):
        context = reaching.trust()

        assert context.verify_mode == ssl.CERT_REQUIRED and context.check_hostname


@pytest.mark.parametrize(
    ("number", "is_no_such_name"),
    [(socket.EAI_NONAME, True), (socket.EAI_AGAIN, False), (socket.EAI_FAIL, False)],
)
def test_a_name_that_is_not_there_is_told_from_one_that_could_not_be_asked_for(
    monkeypatch, number: int, is_no_such_name: bool
):
    def fail(*args: object, **how: object) -> None:
        raise socket.gaierror(number, "no answer")

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    with pytest.raises(Unreachable) as error:
        fetch("https://example.org/")

    assert isinstance(error.value, NoSuchName) is is_no_such_name
    assert str(error.value) == "No page could be reached at this address."
