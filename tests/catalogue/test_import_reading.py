"""Files of resources are read whatever they are: each row becomes an entry, or a reason why not."""

import hashlib
import io
import json
import socket
import tracemalloc
from pathlib import Path

import pytest

from catalogue.exchange.errors import ExchangeError
from catalogue.exchange.report import Rejected
from catalogue.exchange.resources.entries import Entry
from catalogue.exchange.resources.reading import read

SHARED = Path(__file__).parents[3] / "shared" / "data"
HEADER = "title,url,description\n"


class Reading:
    """A file read to its end."""

    def __init__(self, content: str | bytes, name: str = "resources.csv") -> None:
        raw = content.encode() if isinstance(content, str) else content
        self.file = io.BytesIO(raw)
        self.source = read(self.file, name)
        found = list(self.source)
        self.entries = [each for each in found if isinstance(each, Entry)]
        self.rejected = [each for each in found if isinstance(each, Rejected)]

    @property
    def notes(self) -> str:
        return "\n".join(self.source.notes)

    @property
    def lines(self) -> list[int]:
        return [entry.line for entry in self.entries]

    @property
    def rejected_lines(self) -> list[int]:
        return [each.line for each in self.rejected]

    def all(self, column: str) -> list:
        return [entry.values.get(column) for entry in self.entries]

    def only(self) -> dict:
        [entry] = self.entries
        return entry.values


def rows(*names: str) -> str:
    return "".join(f"{name},https://example.org/{name},About {name}\n" for name in names)


class TestTheFile:
    def test_its_digest_and_lines_are_told(self):
        content = HEADER + rows("a", "b").rstrip("\n")
        reading = Reading(content)
        assert reading.source.digest == hashlib.sha256(content.encode()).hexdigest()
        assert reading.source.lines == 3

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_lines_end_as_they_like(self, end):
        reading = Reading((HEADER + rows("a", "b")).replace("\n", end))
        assert reading.lines == [2, 3]
        assert reading.source.lines == 3
        assert reading.all("description") == ["About a", "About b"]

    def test_it_stays_open(self):
        reading = Reading(HEADER + rows("a"))
        file = reading.file
        del reading
        assert not file.closed
        assert file.seek(0) == 0

    def test_it_stays_open_where_no_entry_was_read(self):
        file = io.BytesIO((HEADER + rows("a", "b")).encode())
        read(file, "a.csv")
        assert not file.closed

    @pytest.mark.parametrize("content", [b"", b"\n \r\n\n" * 50, b"\xef\xbb\xbf"])
    def test_an_empty_one_is_refused(self, content):
        with pytest.raises(ExchangeError, match="empty"):
            Reading(content)

    @pytest.mark.parametrize(
        ("head", "kind"), [(b"PK\x03\x04", "XLSX"), (b"%PDF-1.7", "PDF"), (b"PK\x05\x06", "ZIP")]
    )
    def test_a_spreadsheet_archive_or_pdf_named_csv_is_refused(self, head, kind):
        with pytest.raises(ExchangeError, match=kind):
            Reading(head + b"\0" * 100, "resources.csv")

    def test_memory_does_not_grow_with_it(self):
        tracemalloc.start()
        try:
            number = sum(1 for _entry in read(io.BufferedReader(_Repeated()), "a.csv"))
            _now, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert number == _Repeated.times
        assert peak < 20_000_000


class _Repeated(io.RawIOBase):
    """A header and the same row very often, as a file of its own size."""

    row = (b"a,https://example.org/a," + b"x" * 975 + b"\n").ljust(1000)
    times = 25_000
    header = HEADER.encode()

    def __init__(self):
        self.at = 0

    def readable(self):
        return True

    def seekable(self):
        return True

    def seek(self, at, whence=0):
        self.at = at
        return at

    def tell(self):
        return self.at

    def readinto(self, into):
        if self.at < len(self.header):
            found = self.header[self.at :]
        elif self.at >= len(self.header) + self.times * len(self.row):
            found = b""
        else:
            found = self.row[(self.at - len(self.header)) % len(self.row) :]
        found = found[: len(into)]
        into[: len(found)] = found
        self.at += len(found)
        return len(found)


class TestItsEncoding:
    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]
    )
    def test_unicode_is_read_in_all_its_forms(self, encoding):
        reading = Reading((HEADER + "Dŵr,https://example.org/,Cwrs Ünïcödé\n").encode(encoding))
        assert reading.only() == {
            "title": "Dŵr",
            "url": "https://example.org/",
            "description": "Cwrs Ünïcödé",
        }
        assert reading.notes == ""

    def test_what_is_no_utf8_is_read_as_windows_1252_and_told(self):
        reading = Reading((HEADER + "Café “x”,https://example.org/,\n").encode("windows-1252"))
        assert reading.only()["title"] == "Café “x”"
        assert "Windows-1252" in reading.notes

    def test_one_bad_byte_among_good_ones_costs_its_value_only(self):
        good = rows("é", "ü", "ŵ").encode()
        reading = Reading(HEADER.encode() + good + b"Caf\xe9,https://example.org/,x\n")
        assert reading.all("title") == ["é", "ü", "ŵ", "Caf\udce9"]
        assert "Windows-1252" not in reading.notes

    def test_a_nul_is_left_to_whoever_cleans(self):
        assert Reading(HEADER + "a\0b,https://example.org/,\n").only()["title"] == "a\0b"


class TestColumns:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_the_delimiter_is_found(self, delimiter):
        reading = Reading((HEADER + rows("a")).replace(",", delimiter))
        assert reading.only() == {
            "title": "a",
            "url": "https://example.org/a",
            "description": "About a",
        }

    def test_excels_line_about_the_delimiter_is_skipped(self):
        assert Reading("sep=;\ntitle;url\na;https://example.org/\n").lines == [3]

    def test_blank_lines_before_the_header_are_skipped(self):
        assert Reading("\n\n" + HEADER + rows("a")).lines == [4]

    def test_others_names_are_understood(self):
        reading = Reading(
            "Resource Title,Web-Address, LEVEL ,Licence\na,https://example.org/,easy,CC BY\n"
        )
        assert reading.only() == {
            "title": "a",
            "url": "https://example.org/",
            "proficiency": "easy",
            "licence": "CC BY",
        }

    def test_without_address_or_title_the_file_is_refused_and_what_was_found_told(self):
        with pytest.raises(ExchangeError, match=r"“apple”, “pear”.*“url”.*“title”"):
            Reading("apple,pear\n1,2\n")

    def test_unknown_ones_are_told_once_twenty_at_most(self):
        names = ",".join(f"extra {number}" for number in range(998))
        reading = Reading(f"title,url,{names}\na,https://example.org/{',x' * 998}\n")
        assert reading.only() == {"title": "a", "url": "https://example.org/"}
        [note] = reading.source.notes
        assert "“extra 19” and 978 more" in note
        assert "extra 20" not in note

    def test_two_for_several_values_are_joined(self):
        reading = Reading("title,url,section,tags\na,https://example.org/,x,y;z\n")
        assert reading.only()["tags"] == "y;z;x"

    def test_of_two_for_one_value_the_first_filled_is_taken_and_told(self):
        header = "title,url,provider,provider\n"
        reading = Reading(header + "a,https://example.org/,,B\nc,https://example.org/,D,E\n")
        assert reading.all("provider") == ["B", "D"]
        assert "“provider”" in reading.notes


class TestRows:
    def test_a_header_alone_is_no_error_but_told(self):
        reading = Reading(HEADER)
        assert (reading.entries, reading.rejected) == ([], [])
        assert "header and no rows" in reading.notes

    def test_an_entry_knows_the_line_where_it_begins(self):
        reading = Reading(HEADER + 'a,https://example.org/,"one\ntwo\nthree"\n' + rows("b"))
        assert reading.lines == [2, 5]
        assert reading.all("description")[0] == "one\ntwo\nthree"

    def test_those_with_nothing_in_them_are_skipped(self):
        reading = Reading(HEADER + rows("a") + "\n,,\n  , ,\n" + rows("b"))
        assert reading.lines == [2, 6]
        assert reading.rejected == []

    def test_empty_cells_too_many_are_fine(self):
        assert Reading(HEADER + "a,https://example.org/,b,,,\n").notes == ""

    def test_filled_cells_too_many_are_left_out_and_told(self):
        reading = Reading(HEADER + "a,https://example.org/,b,c\n")
        assert reading.only()["description"] == "b"
        assert "more cells than the header" in reading.notes

    def test_cells_too_few_leave_the_rest_empty(self):
        assert Reading(HEADER + "a,https://example.org/\n").only() == {
            "title": "a",
            "url": "https://example.org/",
        }

    def test_the_header_once_more_is_rejected(self):
        reading = Reading(HEADER + rows("a") + HEADER + rows("b"))
        assert reading.all("title") == ["a", "b"]
        assert reading.rejected_lines == [3]
        assert "header" in reading.rejected[0].reason

    @pytest.mark.parametrize(
        "broken",
        [
            '"a,https://example.org/a,b\n',
            'a,"https://example.org/a,b\n',
            '"a" x,"https://example.org/a,b\n',
        ],
    )
    @pytest.mark.parametrize(
        "good", [rows("x", "y"), '"x","https://example.org/x","b"\ny,https://example.org/y,""\n']
    )
    def test_a_quotation_mark_never_closed_keeps_the_good_rows(self, broken, good):
        reading = Reading(HEADER + rows("w") + broken + good)
        assert reading.all("title") == ["w", "x", "y"]
        assert reading.rejected_lines == [3]
        assert "quotation mark" in reading.rejected[0].reason

    def test_one_opened_in_the_last_cell_is_mended(self):
        reading = Reading(HEADER + 'a,https://example.org/a,"b\n' + rows("x", "y"))
        assert reading.all("title") == ["a", "x", "y"]
        assert reading.all("description")[0] == "b"
        assert "mended" in reading.notes

    def test_one_that_a_later_row_closes_by_chance_swallows_none(self):
        reading = Reading(
            HEADER + 'a,https://example.org/a,"b\n' + rows("x", "y") + 'z,https://example.org/z,"\n'
        )
        assert reading.all("title") == ["a", "x", "y", "z"]

    def test_one_within_a_quoted_cell_is_mended(self):
        reading = Reading(HEADER + '"a "b" c",https://example.org/,d\n' + rows("x"))
        assert reading.lines == [2, 3]
        assert reading.rejected == []

    def test_the_last_row_may_be_the_broken_one(self):
        reading = Reading(HEADER + rows("x") + '"a,https://example.org/a,b')
        assert reading.lines == [2]
        assert reading.rejected_lines == [3]

    def test_a_very_large_cell_is_read(self):
        reading = Reading(HEADER + f"a,https://example.org/,{'x' * 10_000_000}\n" + rows("b"))
        assert reading.lines == [2, 3]

    def test_what_is_larger_still_is_rejected_and_the_rest_read(self):
        reading = Reading(HEADER + f"a,https://example.org/,{'x' * 17_000_000}\n" + rows("b"))
        assert reading.lines == [3]
        assert reading.rejected_lines == [2]
        assert len(reading.rejected[0].value) <= 1000


def a(name: str, **more) -> dict:
    return {"title": name, "url": f"https://example.org/{name}", **more}


class TestJson:
    @pytest.mark.parametrize(
        "content",
        [
            json.dumps([a("x"), a("y")]),
            json.dumps([a("x"), a("y")], indent=2),
            json.dumps({"total": 2.5, "items": [a("x"), a("y")], "next": None}),
            '{"resources": [\n' + json.dumps(a("x")) + ",\n" + json.dumps(a("y")) + "\n]}",
            json.dumps(a("x")) + "\n" + json.dumps(a("y"), indent=1),
        ],
    )
    def test_lists_of_resources_are_found(self, content):
        assert Reading(content, "a.json").all("title") == ["x", "y"]

    def test_a_single_object_is_one_resource(self):
        assert Reading(json.dumps(a("x"), indent=2), "a.json").all("title") == ["x"]

    def test_the_content_tells_the_format_not_the_name(self):
        assert Reading(json.dumps([a("x")]), "resources.csv").all("title") == ["x"]

    def test_an_entry_knows_its_line(self):
        content = "[\n" + json.dumps(a("x")) + ",\n\n" + json.dumps(a("y")) + "]"
        assert Reading(content).lines == [2, 4]

    def test_an_element_may_go_over_what_is_read_at_once(self):
        content = json.dumps([a("x", description="é" * 300_000), a("y")], ensure_ascii=False)
        assert Reading(content).all("title") == ["x", "y"]

    def test_values_become_text(self):
        node = a(
            "x", minutes=5, year=2020, isbn=None, cost=None, tags=["p", 2], provider={"name": "P"}
        )
        node |= {
            "learningResourceType": "course",
            "authors": [{"name": "A"}, {"x": 1}],
            "free": True,
        }
        assert Reading(json.dumps([node])).only() == {
            "title": "x",
            "url": "https://example.org/x",
            "duration_minutes": "5",
            "published": "2020",
            "tags": ["p", "2"],
            "provider": "P",
            "resource_type": "course",
            "authors": ["A"],
        }

    def test_unknown_names_are_told_once(self):
        reading = Reading(json.dumps([a("x", colour=1), a("y", colour=2, shape=3)]))
        assert list(reading.source.notes) == [
            "These columns aren’t known and were left out: “colour”, “shape”."
        ]

    def test_what_is_no_object_is_rejected(self):
        reading = Reading('[1,\n"two",\n' + json.dumps(a("x")) + "]")
        assert reading.all("title") == ["x"]
        assert reading.rejected_lines == [1, 2]

    def test_broken_in_the_middle_it_keeps_what_came_before(self):
        reading = Reading(
            "[" + json.dumps(a("x")) + ',\n{"title": oops},\n' + json.dumps(a("y")) + "]"
        )
        assert reading.all("title") == ["x"]
        assert reading.rejected_lines == [2]
        assert "From here on" in reading.rejected[0].reason

    def test_cut_off_it_keeps_what_came_before(self):
        reading = Reading(json.dumps([a("x"), a("y")])[:-10])
        assert reading.all("title") == ["x"]
        assert len(reading.rejected) == 1

    @pytest.mark.parametrize("content", ["[oops]", "{oops}", '{"title": ', '["a', "[" * 10_000])
    def test_where_nothing_can_be_read_it_is_refused(self, content):
        with pytest.raises(ExchangeError, match="line 1"):
            Reading(content)

    def test_nested_too_deep_is_told(self):
        deep = '{"a":' * 10_000 + "1" + "}" * 10_000
        reading = Reading("[" + json.dumps(a("x")) + ",\n" + deep + "]")
        assert reading.all("title") == ["x"]
        assert "nested too deep" in reading.rejected[0].reason

    def test_one_element_too_long_is_told(self):
        reading = Reading("[" + json.dumps(a("x")) + ',{"title": "' + "x" * 17_000_000 + '"}]')
        assert reading.all("title") == ["x"]
        assert "16 million" in reading.rejected[0].reason

    def test_a_number_at_the_edge_of_what_is_read_at_once_stays_whole(self):
        for padding in range(64 * 1024 - 12, 64 * 1024 + 2):
            reading = Reading("[" + " " * padding + "1234567890," + json.dumps(a("x")) + "]")
            assert [each.value for each in reading.rejected] == ["1234567890"]
            assert reading.all("title") == ["x"]

    def test_an_empty_list_is_told(self):
        assert "no resource" in Reading("[]").notes


class TestJsonLines:
    def test_each_line_is_a_resource(self):
        content = json.dumps(a("x")) + "\n\n" + json.dumps(a("y")) + "\n"
        assert Reading(content, "resources.txt").lines == [1, 3]

    @pytest.mark.parametrize("name", ["a.jsonl", "a.txt"])
    def test_a_broken_line_costs_none_of_the_others(self, name):
        reading = Reading(json.dumps(a("x")) + "\n{oops}\n" + json.dumps(a("y")) + "\n", name)
        assert reading.all("title") == ["x", "y"]
        assert reading.rejected_lines == [2]

    def test_the_first_may_be_the_broken_one(self):
        reading = Reading('{"title": oops}\n' + json.dumps(a("y")) + "\n", "a.txt")
        assert reading.lines == [2]
        assert reading.rejected_lines == [1]

    def test_a_line_nested_too_deep_costs_none_of_the_others(self):
        deep = '{"a":' * 10_000 + "1" + "}" * 10_000
        reading = Reading(json.dumps(a("x")) + "\n" + deep + "\n" + json.dumps(a("y")), "a.jsonl")
        assert reading.lines == [1, 3]
        assert "nested too deep" in reading.rejected[0].reason


COURSE = {
    "@context": "https://schema.org/",
    "@type": "Course",
    "name": "Data",
    "url": "https://example.org/data",
}


def linked(**more) -> dict:
    return Reading(json.dumps(COURSE | more), "a.jsonld").only()


class TestLinkedData:
    def test_a_course_is_read_in_schema_orgs_words(self):
        values = linked(
            description="About data.",
            provider={"@type": "Organization", "name": "The Open University"},
            author=[{"@type": "Person", "name": "A"}, {"givenName": "B", "familyName": "C"}],
            educationalLevel="Beginner",
            inLanguage="cy",
            license="https://creativecommons.org/licenses/by/4.0/",
            isAccessibleForFree=True,
            timeRequired="PT1H30M",
            datePublished="2024-05-06T07:08:09Z",
            accessibilityFeature=["captions"],
            keywords="data, numbers",
            teaches=["Reading charts", {"@type": "DefinedTerm", "name": "Left out"}],
        )
        assert values == {
            "title": "Data",
            "url": "https://example.org/data",
            "description": "About data.",
            "description_language": "cy",
            "description_source": "provider",
            "provider": ["The Open University"],
            "authors": ["A", "B C"],
            "resource_type": "Course",
            "proficiency": ["Beginner"],
            "language": ["cy"],
            "licence": ["https://creativecommons.org/licenses/by/4.0/"],
            "cost": "free",
            "duration_minutes": ["PT1H30M"],
            "published": ["2024-05-06"],
            "access": ["captions"],
            "tags": ["data", "numbers"],
            "skills": ["Reading charts"],
        }

    @pytest.mark.parametrize("prefix", ["schema:", "http://schema.org/", "https://schema.org/"])
    def test_names_may_have_their_prefix(self, prefix):
        node = {
            f"{prefix}name": {"@value": "Data"},
            f"{prefix}url": {"@id": "https://example.org/"},
        }
        assert Reading(json.dumps([{"@type": [f"{prefix}VideoObject"], **node}])).only() == {
            "title": "Data",
            "url": "https://example.org/",
            "resource_type": "VideoObject",
        }

    def test_the_stated_type_comes_before_the_nodes_own(self):
        assert linked(learningResourceType="Quiz")["resource_type"] == "Quiz"

    def test_an_identity_on_the_web_serves_as_address(self):
        node = {"@type": "Book", "@id": "https://example.org/book", "name": "B"}
        assert Reading(json.dumps(node)).only()["url"] == "https://example.org/book"

    def test_of_several_languages_the_resources_own_is_taken(self):
        values = linked(inLanguage="cy", description={"en": "Water", "cy": "Dŵr"})
        assert (values["description"], values["description_language"]) == ("Dŵr", "cy")

    def test_a_tagged_text_tells_its_language(self):
        values = linked(description=[{"@value": "Dŵr", "@language": "cy"}])
        assert (values["description"], values["description_language"]) == ("Dŵr", "cy")

    def test_terms_of_a_framework_become_competences(self):
        values = linked(
            educationalAlignment={
                "@type": "AlignmentObject",
                "educationalFramework": "DigComp 2.2",
                "targetName": "4.2",
            },
            about=[
                {
                    "@type": "DefinedTerm",
                    "termCode": "1.1",
                    "inDefinedTermSet": "https://x.org/digcomp-3.0",
                },
                {"@type": "DefinedTerm", "termCode": "1.2"},
                {"@type": "Thing", "name": "Water"},
            ],
        )
        assert values["competences"] == ["digcomp-2.2:4.2", "digcomp-3.0:1.1"]

    def test_paid_is_told(self):
        assert linked(isAccessibleForFree="http://schema.org/False")["cost"] == "paid"

    def test_references_are_resolved_wherever_in_the_graph_they_are(self):
        course = {k: v for k, v in COURSE.items() if k != "@context"} | {"provider": {"@id": "#ou"}}
        graph = [course, {"@id": "#ou", "@type": "Organization", "name": "The Open University"}]
        reading = Reading(json.dumps({"@context": "https://schema.org", "@graph": graph}))
        assert reading.only()["provider"] == ["The Open University"]
        assert "1 node is no resource" in reading.notes
        assert "Organization: 1" in reading.notes

    @pytest.mark.parametrize("name", ["itemListElement", "dataFeedElement"])
    def test_items_of_lists_are_unwrapped(self, name):
        item = {"@type": "ListItem", "position": 1, "item": COURSE}
        content = json.dumps({"@context": "https://schema.org", "@type": "ItemList", name: [item]})
        assert Reading(content).only()["title"] == "Data"
        assert Reading(f"[{content}]").only()["title"] == "Data"

    def test_values_of_the_wrong_kind_do_no_harm(self):
        odd = [
            {},
            [],
            [[]],
            {"@value": None},
            {"@list": [{"@set": []}]},
            5,
            True,
            None,
            [None],
            {"": ""},
        ]
        names = (
            "description url provider author learningResourceType educationalLevel inLanguage license "
            "isAccessibleForFree timeRequired datePublished accessibilityFeature keywords teaches "
            "educationalAlignment about @id @type"
        ).split()
        for value in odd:
            for name in names:
                Reading(json.dumps([COURSE | {name: value}]))

    def test_no_context_is_ever_fetched(self, monkeypatch):
        def refuse(*_args, **_more):
            raise AssertionError("Reading a file reached for the network.")

        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        monkeypatch.setattr(socket.socket, "connect", refuse)
        node = COURSE | {
            "@context": ["https://example.org/remote.jsonld", {"x": "https://example.org/x#"}]
        }
        assert Reading(json.dumps(node)).only()["title"] == "Data"


BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 PERSONAL_TOOLBAR_FOLDER="true">My bar</H3>
    <DL><p>
        <DT><A HREF="https://example.org/a" ADD_DATE="1" TAGS="x,y">A &amp; B</A>
        <DD>About A
        <DT><H3>Learning</H3>
        <DL><p>
            <DT><H3>Charts</H3>
            <DL><p>
                <DT><A HREF="https://example.org/b">B</A>
            </DL><p>
            <DT><A HREF="https://example.org/c">C</A>
        </DL><p>
    </DL><p>
    <DT><H3>Other bookmarks</H3>
    <DL><p>
        <DT><A HREF="place:sort=8">Recent</A>
        <DT><A HREF="https://example.org/d"></A>
    </DL><p>
</DL>
"""


class TestBookmarks:
    def test_they_are_read_with_their_folders_as_tags(self):
        reading = Reading(BOOKMARKS, "bookmarks.html")
        assert [(entry.line, entry.values) for entry in reading.entries] == [
            (
                7,
                {
                    "url": "https://example.org/a",
                    "title": "A & B",
                    "tags": ["x", "y"],
                    "description": "About A",
                },
            ),
            (13, {"url": "https://example.org/b", "title": "B", "tags": ["Learning", "Charts"]}),
            (15, {"url": "https://example.org/c", "title": "C", "tags": ["Learning"]}),
            (21, {"url": "https://example.org/d", "title": ""}),
        ]
        assert reading.rejected == []

    def test_one_cut_off_keeps_what_came_before(self):
        reading = Reading(BOOKMARKS[: BOOKMARKS.index("example.org/c")], "bookmarks.html")
        assert reading.all("title") == ["A & B", "B"]

    def test_a_description_at_the_very_end_is_kept(self):
        reading = Reading('<DL><DT><A HREF="https://example.org/">A</A><DD>About A')
        assert reading.only()["description"] == "About A"

    @pytest.mark.parametrize(
        "content", ["<html><body><p>Hello</p></body></html>", "<?xml version='1.0'?><rss/>"]
    )
    def test_another_page_is_refused(self, content):
        with pytest.raises(ExchangeError, match="bookmarks"):
            Reading(content, "bookmarks.html")

    def test_a_tag_never_closed_is_told(self):
        endless = BOOKMARKS.replace("</DL>\n", "") + '<A HREF="' + "x" * 5_000_000
        reading = Reading(endless)
        assert len(reading.entries) == 4
        assert "From here on" in reading.rejected[0].reason

    def test_folders_nested_without_end_are_told(self):
        assert len(Reading("<!DOCTYPE NETSCAPE-Bookmark-file-1>" + "<DL>" * 10_000).rejected) == 1

    def test_none_at_all_is_told(self):
        assert "no bookmarks" in Reading("<!DOCTYPE NETSCAPE-Bookmark-file-1><DL></DL>").notes


@pytest.mark.parametrize(
    ("name", "number"), [("starter_resources.csv", 237), ("fpb_sample.csv", 500)]
)
def test_real_files_are_read_whole(name, number):
    path = SHARED / name
    if not path.exists():
        pytest.skip("The file isn’t here.")
    reading = Reading(path.read_bytes(), name)
    assert len(reading.entries) == number
    assert reading.rejected == []
    assert all(entry.values["title"] and entry.values["url"] for entry in reading.entries)
