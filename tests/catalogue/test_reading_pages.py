"""What a page tells of itself."""

import json
from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.fetching import Fetched, Refused, TimedOut, fetch
from catalogue.models import Resource
from catalogue.reading import NoPage, Page, read_of, read_page
from catalogue.reading.charsets import decode
from catalogue.reading.pdfs import told_by_pdf
from tests.web import Answer, Web, bomb, endless, serving


@pytest.fixture(scope="module")
def server() -> Iterator[Web]:
    with serving() as web:
        yield web


@pytest.fixture
def web(server: Web, settings) -> Web:
    settings.FETCH_ALLOW_NETWORKS = [ip_network("127.0.0.0/8")]
    server.answers.clear()
    server.asked.clear()
    return server


@pytest.fixture
def read(web: Web):
    """Reads a page of this HTML, or of this answer."""

    def read(answer: str | Answer, path: str = "/course/maps") -> Page:
        return read_page(web.put(path, answer))

    return read


def data(*nodes: dict) -> str:
    """A page with this JSON-LD and a title of its own."""
    said = json.dumps({"@context": "https://schema.org", "@graph": list(nodes)})
    return f'<title>The title</title><script type="application/ld+json">{said}</script>'


COURSE = {"@type": "Course", "name": "Reading old maps"}


class TestLinkedData:
    def test_all_that_a_resource_has_fields_for(self, read):
        page = read(
            data(
                {"@type": "Organization", "@id": "#room", "name": "The Map Room"},
                {
                    **COURSE,
                    "description": "<p>Learn to read them &amp; more.</p>",
                    "inLanguage": ["en-GB", "cy"],
                    "license": "https://creativecommons.org/licenses/by/4.0/",
                    "timeRequired": "PT45M",
                    "provider": {"@id": "#room"},
                    "author": [{"@type": "Person", "name": "Ann Other"}, "A. N. Y. Body"],
                    "datePublished": "2025-03-01T10:00:00+00:00",
                    "educationalLevel": "Beginner",
                    "isAccessibleForFree": True,
                    "accessibilityFeature": ["captions", "transcript"],
                },
            )
        )

        assert (page.title, page.has_title, page.provider) == (
            *("Reading old maps", True, "The Map Room"),
        )
        assert page.fields == {
            "description": "Learn to read them & more.",
            "description_language": "en-GB",
            "languages": ["en-GB", "cy"],
            "licence": "CC-BY-4.0",
            "duration_minutes": 45,
            "duration_source": "provider",
            "authors": ["Ann Other", "A. N. Y. Body"],
            "date_published": "2025-03-01",
            "proficiency": "basic",
            "cost": "free",
            "access": ["captions", "transcript"],
            "resource_type": "course",
        }

    @pytest.mark.parametrize(
        ("kind", "resource_type"),
        [
            ("Course", "course"),
            ("VideoObject", "video"),
            ("TechArticle", "article"),
            ("BlogPosting", "article"),
            ("PodcastEpisode", "podcast"),
            ("Book", "book"),
            ("Quiz", "quiz"),
            ("Dataset", "dataset"),
            ("LearningResource", None),
            ("WebPage", None),
        ],
    )
    def test_its_type(self, read, kind, resource_type):
        page = read(data({"@type": kind, "name": "A thing"}))

        assert page.title == "A thing"
        assert page.fields.get("resource_type") == resource_type

    def test_the_type_that_it_says_itself_comes_first(self, read):
        node = {"@type": "LearningResource", "name": "A", "learningResourceType": "lesson plan"}

        assert read(data(node)).fields["resource_type"] == "toolkit"

    def test_of_several_the_one_about_this_page(self, read, web):
        there = {"@type": "Course", "name": "This one", "url": f"{web.root}/course/maps/"}

        assert read(data(COURSE, there, {**COURSE, "name": "Third"})).title == "This one"

    def test_a_list_of_others_is_no_description_of_the_page(self, read):
        assert read(data(COURSE, {**COURSE, "name": "Another"})).title == "The title"

    def test_a_course_comes_before_the_video_in_it(self, read):
        video = {"@type": "VideoObject", "name": "A video"}

        assert read(data({"@type": "WebSite", "name": "S"}, video, COURSE)).title == COURSE["name"]

    @pytest.mark.parametrize(
        "script",
        [
            '/* <![CDATA[ */ {"@type": "Course", "name": "Reading old maps"} /* ]]> */',
            '<!-- {"@type": "Course", "name": "Reading old maps"} -->',
            '{"@type": "Course", "name": "Reading old\nmaps",}',
            '[[{"@type": "http://schema.org/Course", "name": "Reading old maps"}]]',
            '{"@type": "WebPage", "mainEntity": {"@type": "Course", "name": "Reading old maps"}}',
        ],
    )
    def test_as_people_write_it(self, read, script):
        page = read(f'<script type="application/ld+json">{script}</script>')

        assert page.title == "Reading old maps"

    @pytest.mark.parametrize(
        "script", ["", "{", "null", "7", '"x"', "[" * 9_000, '{"@graph":' * 9_000, '{"@type": 7}']
    )
    def test_what_is_none_is_passed_over(self, read, script):
        page = read(f'<title>A</title><script type="application/ld+json">{script}</script>')

        assert page.title == "A"

    def test_values_that_cannot_be_stored_leave_their_place_to_others(self, read):
        node = {**COURSE, "timeRequired": "soon", "license": "ours", "inLanguage": "qq-"}
        page = read(
            f'<html lang="cy"><link rel="license" href="//creativecommons.org/licenses/by/4.0/">'
            f'<meta property="video:duration" content="600">{data(node)}'
        )

        assert page.fields["languages"] == ["cy"]
        assert page.fields["duration_minutes"] == 10
        assert page.fields["licence"] == "CC-BY-4.0"


class TestMicrodata:
    def test_an_item_is_read_like_a_node(self, read):
        page = read(
            """<div itemscope itemtype="http://schema.org/VideoObject">
            <h2 itemprop="name">A <b>video</b></h2><meta itemprop="duration" content="PT3M34S">
            <span itemprop="author" itemscope itemtype="http://schema.org/Person">
            <link itemprop="name" content="Some channel"></span>
            <time itemprop="datePublished" datetime="2020-01-02">long ago</time></div>"""
        )

        assert page.title == "A video"
        assert page.fields["duration_minutes"] == 3
        assert page.fields["authors"] == ["Some channel"]
        assert page.fields["date_published"] == "2020-01-02"
        assert page.fields["resource_type"] == "video"


class TestNames:
    def test_open_graph(self, read):
        page = read(
            """<html lang="en"><meta property="og:title" content="Maps &amp; plans">
            <meta property="og:site_name" content="The Map Room"><meta property="og:type"
            content="video.other"><meta property="og:description" content="Plain.">
            <meta property="og:locale" content="de_DE"><meta property="video:duration" content="95">
            <meta property="article:author" content="https://example.org/ann">
            <meta property="article:published_time" content="2024-05-06T00:00:00Z">
            <title>Maps – The Map Room</title></html>"""
        )

        assert (page.title, page.provider) == ("Maps & plans", "The Map Room")
        assert page.fields == {
            "description": "Plain.",
            "description_language": "en",
            "languages": ["en"],
            "resource_type": "video",
            "duration_minutes": 2,
            "duration_source": "provider",
            "date_published": "2024-05-06",
        }

    def test_names_of_scholars_and_librarians(self, read):
        page = read(
            """<meta name="citation_title" content="Of maps"><meta name="DC.creator" content="Other, A.">
            <meta name="DC.creator" content="Body, A."><meta name="dcterms.language" content="cy">
            <meta name="description" content="What it says."><meta name="DC.rights" content="CC BY-NC 4.0">
            <meta name="citation_publication_date" content="2019/07"><title>x</title>"""
        )

        assert page.title == "Of maps"
        assert page.fields["authors"] == ["Other, A.", "Body, A."]
        assert page.fields["languages"] == ["cy"]
        assert page.fields["licence"] == "CC-BY-NC-4.0"
        assert page.fields["date_published"] == "2019-07"
        assert page.fields["description"] == "What it says."

    @pytest.mark.parametrize(
        ("html", "title"),
        [
            ("<title>  Old\n maps </title>", "Old maps"),
            ("<title>How to use &lt;table&gt;</title>", "How to use <table>"),
            (
                "<title>Maps | The Room</title><meta property='og:site_name' content='The Room'>",
                "Maps",
            ),
            ("<title>Maps | Others</title>", "Maps | Others"),
            ("<svg><title>An arrow</title></svg><h1>Old <i>maps</i></h1>", "Old maps"),
            ("<title></title><h1>Old maps</h1>", "Old maps"),
        ],
    )
    def test_the_title_of_the_page(self, read, html, title):
        assert read(html).title == title

    def test_the_server_s_language_where_the_page_says_none(self, read):
        answer = Answer.page("<title>x</title>", **{"Content-Language": "cy, en"})

        assert read(answer).fields["languages"] == ["cy"]

    def test_nothing_makes_a_title_of_the_address(self, read):
        for html in ("", " ", "<p>", "<!-- -->", "\0\0", "<title> </title>"):
            page = read(html)
            assert (page.title, page.has_title) == ("127.0.0.1/course/maps", False)
            assert page.fields == {}


class TestOembed:
    LINK = '<link rel="alternate" type="application/json+oembed" href="{}">'

    def test_it_tells_what_the_page_does_not(self, read, web):
        said = {
            **{"type": "video", "title": "A <b>video</b>", "author_name": "Some channel"},
            **{"provider_name": "Videos", "duration": 634, "html": "<script>alert(1)</script>"},
        }
        web.put("/oembed?url=x", Answer(json.dumps(said).encode()))

        page = read(f"<title>x</title>{self.LINK.format('/oembed?url=x')}")

        assert (page.title, page.provider) == ("A <b>video</b>", "Videos")
        assert page.fields == {
            "authors": ["Some channel"],
            "resource_type": "video",
            "duration_minutes": 11,
            "duration_source": "provider",
        }

    @pytest.mark.parametrize(
        "answer",
        [
            Answer(b"{"),
            Answer(b"[]"),
            Answer(b"[" * 50_000),
            Answer(b"no", 404),
            Answer(b'{"title": 7, "duration": {}, "author_name": null}'),
            Answer.to("http://169.254.169.254/"),
        ],
    )
    def test_what_it_gets_wrong_spoils_nothing(self, read, web, answer):
        web.put("/oembed", answer)

        page = read(f"<title>A page</title>{self.LINK.format('/oembed')}")

        assert (page.title, page.fields) == ("A page", {})

    def test_it_is_fetched_as_safely_as_the_page(self, read, web, monkeypatch):
        asked = []

        def noted(url, **how):
            asked.append(url)
            return fetch(url, **how)

        monkeypatch.setattr("catalogue.reading.fetch", noted)

        page = read(f"<title>A page</title>{self.LINK.format('http://[::ffff:127.0.0.1]/oembed')}")

        assert page.title == "A page"
        assert asked[1] == "http://[::ffff:127.0.0.1]/oembed"


TITLE = "<title>{}</title>"
JAPANESE = "図書館の古い地図を読むための入門です。はじめての方へ。"


class TestCharsets:
    @pytest.mark.parametrize(
        ("text", "charset", "declared", "in_page"),
        [
            (JAPANESE, "shift_jis", "Shift_JIS", ""),
            (JAPANESE, "shift_jis", "", "Shift_JIS"),
            (JAPANESE, "shift_jis", "", "x-sjis"),
            (JAPANESE, "shift_jis", "utf-8", "utf-8"),
            (JAPANESE, "shift_jis", "", ""),
            (JAPANESE, "euc_jp", "", ""),
            (JAPANESE, "iso2022_jp", "iso-2022-jp", ""),
            (JAPANESE, "utf-8", "Shift_JIS", "iso-8859-1"),
            (JAPANESE, "utf-16", "", ""),
            ("“Tŷ” – €5", "utf-8", "", ""),
            ("“Café” – €5", "cp1252", "iso-8859-1", ""),
            ("“Café” – €5", "cp1252", "", ""),
            ("“Café” – €5", "cp1252", "utf-8", ""),
            ("“Café” – €5", "cp1252", "no-such-charset", "zip"),
            ("Привет, карты", "koi8-r", "koi8-r", ""),
            ("Привет, карты", "cp1251", "", "windows-1251"),
            ("古地图入门", "gb18030", "gb2312", ""),
            ("plain", "ascii", "utf-7", "unicode_escape"),
        ],
    )
    def test_whatever_it_says_of_itself(self, read, text, charset, declared, in_page):
        meta = f'<meta charset="{in_page}">' if in_page else ""
        body = f"{meta}{TITLE.format(text)}".encode(charset)
        kind = f"text/html; charset={declared}" if declared else "text/html"

        assert read(Answer(body, headers={"Content-Type": kind})).title == text

    def test_one_byte_that_is_wrong_spoils_a_letter_alone(self, read):
        body = f"<title>{JAPANESE * 5}</title>".encode("shift_jis") + b"\x81"

        answer = Answer(body, headers={"Content-Type": "text/html; charset=shift_jis"})
        assert read(answer).title.startswith(JAPANESE)

    def test_a_zero_is_not_the_end(self, read):
        assert read(TITLE.format("Old\0 maps")).title == "Old maps"


PAGES = st.binary() | st.text("<>/=\"' \n!-[]{}:,titlemascrpodq@graphname&#;").map(str.encode)


@given(
    PAGES,
    st.sampled_from(["text/html", "text/html; charset=shift_jis", "application/pdf", "x/y", ""])
    | st.text(max_size=30),
)
def test_no_page_is_too_odd(body, content_type):
    found = Fetched(
        **dict.fromkeys(("url", "final_url"), "https://example.org/a.x"),
        status=200,
        headers={"content-type": content_type},
        body=body,
    )

    page = read_of(found)

    assert 0 < len(page.title) <= 300
    assert page.title == " ".join(page.title.split())
    assert isinstance(decode(body, content_type), str)


@given(
    st.binary(max_size=300).map(
        lambda middle: b"7 0 obj <</Title " + middle + b">> endobj /Info 7 0 R"
    )
)
def test_no_pdf_is_too_odd(body):
    assert len(str(told_by_pdf(body)["title"])) <= 300


class TestFiles:
    @staticmethod
    def pdf(body: bytes, path: str = "/files/old-maps_2024.pdf"):
        return Answer(b"%PDF-1.7\n" + body, headers={"Content-Type": "application/pdf"}), path

    @pytest.mark.parametrize(
        ("body", "title"),
        [
            (b"7 0 obj <</Title (Reading \\(old\\) maps)>> endobj trailer <</Info 7 0 R>>", "Reading (old) maps"),
            (b"7 0 obj <</Title <FEFF0054 0177>>> endobj trailer <</Info 7 0 R>>", "Tŷ"),
            (b"<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Maps &amp; plans</rdf:li>", "Maps & plans"),
            (b"7 0 obj <</Title (Microsoft Word - Maps)>> endobj trailer <</Info 7 0 R>>", "Maps"),
            (b"7 0 obj <</Title (Microsoft Word - maps.docx)>> endobj /Info 7 0 R", "old maps 2024"),
            (b"9 0 obj <</Title (Chapter 1)>> endobj", "old maps 2024"),
            (b"trailer <</Info 7 0 R>>", "old maps 2024"),
            (b"", "old maps 2024"),
        ],
    )  # fmt: skip
    def test_a_pdf_by_its_own_title_or_its_name(self, read, body, title):
        page = read(*self.pdf(body))

        assert page.title == title
        assert page.fields["access"] == ["pdf-only"]

    def test_its_author_and_language(self, read):
        page = read(
            *self.pdf(b"/Lang (cy-GB) 7 0 obj <</Author (Ann Other)>> endobj <</Info 7 0 R>>")
        )

        assert page.fields["authors"] == ["Ann Other"]
        assert page.fields["languages"] == ["cy-GB"]

    @pytest.mark.parametrize("kind", ["video/mp4", "image/png", "application/zip", "text/plain"])
    def test_anything_else_by_its_name(self, read, kind):
        answer = Answer(b"\x89PNG<title>no</title>", headers={"Content-Type": kind})

        page = read(answer, "/files/Reading%20old%20maps.x1")

        assert (page.title, page.has_title, page.fields) == ("Reading old maps", False, {})


class TestBadPages:
    def test_a_title_of_five_thousand_characters_is_cut_at_a_word(self, read):
        page = read(TITLE.format("map " * 1250))

        assert page.title == "map " * 73 + "map map…"

    def test_a_title_without_blanks_too(self, read):
        assert read(TITLE.format("m" * 5000)).title == "m" * 299 + "…"

    @pytest.mark.django_db
    def test_signs_that_no_text_can_hold_are_gone_and_all_of_it_can_be_stored(self, read):
        page = read(
            "<title>Ma\u202eps\x00 \x07of\x1b Wales\ud800</title>".encode(
                "utf-8", "surrogatepass"
            ).decode("utf-8", "replace")
            + '<meta name="description" content="One\x00\x0b two&#0;&#x202e; three">'
        )

        assert "\u202e" not in page.title and page.title.startswith("Maps")
        Resource(url=page.url, title=page.title, **page.fields).save()

    def test_a_long_description_is_cut(self, read):
        page = read(f'<title>x</title><meta name="description" content="{"word " * 5000}">')

        assert len(page.fields["description"]) <= 600
        assert page.fields["description"].endswith("word…")

    def test_an_endless_page_is_read_as_far_as_it_goes(self, read):
        def body(write):
            write(b"<title>The beginning</title>")
            endless(write)

        answer = Answer(body, headers={"Content-Type": "text/html", "Content-Length": str(10**9)})
        assert read(answer).title == "The beginning"

    def test_a_bomb_is_a_page_without_a_title(self, read):
        headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}

        assert not read(Answer(bomb(30_000_000), headers=headers)).has_title

    @pytest.mark.parametrize(
        ("status", "sentence"),
        [
            (404, "The site says that there is no such page (404)."),
            (410, "The site says that there is no such page (410)."),
            (403, "The site doesn’t show the page to us (403); it may show it to people."),
            (429, "The site doesn’t show the page to us (429); it may show it to people."),
            (503, "The site has a fault at the moment (503)."),
            (418, "The site answered in a way that tells nothing (418)."),
        ],
    )
    def test_an_answer_that_is_no_page_says_so(self, read, status, sentence):
        with pytest.raises(NoPage) as caught:
            read(Answer(b"<title>Not found</title>", status))

        assert (caught.value.status, str(caught.value)) == (status, sentence)

    def test_no_time_left_is_told(self, web):
        with pytest.raises(TimedOut):
            read_page(web.put("/x", Answer(endless)), seconds=0)

    def test_a_forbidden_address_is_refused(self):
        with pytest.raises(Refused):
            read_page("http://10.0.0.1/")

    @pytest.mark.parametrize(
        "piece",
        [
            *("<i itemprop=a>", "<i itemscope itemprop=a>", "<div>", "<", "&amp;", "<b><i><p>"),
            *("<meta name=a content=b>", '<script type="application/ld+json">{}</script>'),
            "<a rel=x href=y>",
        ],
    )
    def test_no_page_keeps_the_site_busy(self, read, piece):
        # For ever, if it took more than a look at each piece of it.
        page = read("<title>A page</title><div itemscope>" + piece * (600_000 // len(piece)))

        assert page.title == "A page"
