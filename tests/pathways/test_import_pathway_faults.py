"""What a file can get wrong: each fault with its line, and the good pathways of the file kept."""

import io
import json
import zipfile
from typing import Any

import pytest

from catalogue.exchange import ExchangeError
from catalogue.models import Resource
from pathways.models import Pathway
from pathways.models.steps import MOST_STEPS
from tests.factories import (
    CuratorFactory,
    ResourceFactory,
    SkillFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)
from tests.pathways.rich import Bringing, activity, plain, resource

pytestmark = pytest.mark.django_db

CIRCLE = "This pathway leads back to its own: a learner would walk in a circle."
TWICE = "Another step or stage of this pathway has this number or identifier."
ONE_THING = "A step is one thing: a resource, another pathway, an activity or a reflection."
UNTITLED = "There is no resource at this address yet: give its “title” to make a draft of it."
UID = "0b9f6a52-52c5-4d5e-8f86-5b6ad4e8b0aa"


def choice(**more: Any) -> dict:
    return activity(requirement="choose-one", **more)


def url(address: Any) -> dict:
    return {"url": address, "title": "A title"}


# What a step gets wrong: the step, the value that is told, the sentence.
STEPS = {
    "a script": (
        url("javascript:alert(1)"),
        "javascript:alert(1)",
        "“javascript:alert(1)” is not a web page: its address must start with https:// or http://.",
    ),
    "a file": (
        url("file:///etc/passwd"),
        "file:///etc/passwd",
        "“file:///etc/passwd” is not a web page: its address must start with https:// or http://.",
    ),
    "FTP": (
        url("ftp://example.org/a"),
        "ftp://example.org/a",
        "“ftp://example.org/a” is not a web page: its address must start with https:// or http://.",
    ),
    "the name of a file": (
        url("intro.pdf"),
        "intro.pdf",
        "“intro.pdf” is the name of a file. Enter its whole address, from https:// on.",
    ),
    "an address that is a number": (url(5), "5", "“url” takes a text."),
    "a stand-in that is no address": (
        {**resource(), "stand_in": "ftp://example.org"},
        "ftp://example.org",
        "“ftp://example.org” is not a web page: its address must start with https:// or http://.",
    ),
    "a stand-in for itself": (
        {**resource(), "stand_in": "https://example.org/new/"},
        "https://example.org/new/",
        "A stand-in is another resource, for a step that is a resource.",
    ),
    "an unknown resource without a title": (
        {"url": "https://example.org/new"},
        "https://example.org/new",
        UNTITLED,
    ),
    "no address at all": ({"kind": "resource"}, "", "A step that is a resource needs its “url”."),
    "a resource of two addresses": (
        {**resource(), "url": "https://example.org/other"},
        "https://example.org/new",
        "“url” of the step and of its resource are two addresses.",
    ),
    "a resource that is a list": (
        {"resource": []},
        "[]",
        "Here has to stand an object, in braces.",
    ),
    "an unknown kind": (
        {"kind": "game", "url": "https://example.org/new", "title": "A"},
        "game",
        "“kind” takes one of these: resource, activity, reflection, pathway.",
    ),
    "two kinds at once": ({**resource(), "kind": "activity", "title": "A"}, "activity", ONE_THING),
    "an activity without a title": (
        {"kind": "activity"},
        "",
        "“title” is missing or empty.",
    ),
    "an unknown pathway": (
        {"pathway": "nowhere"},
        "nowhere",
        "There is no pathway “nowhere”.",
    ),
    "its own pathway": ({"pathway": "bad"}, "bad", CIRCLE),
    "an unknown requirement": (
        activity(requirement="sometimes"),
        "sometimes",
        "“requirement” takes one of these: core, optional, choose-one.",
    ),
    "a choice of one": (
        choice(choice=3),
        "3",
        "This is the only step of its set in this stage: add another way.",
    ),
    "a choice without a set": (
        choice(),
        "",
        "A step that is “choose-one” needs the number of its set in “choice”.",
    ),
    "a set of a core step": (
        activity(choice=1),
        "1",
        "Only a step that is “choose-one” has a “choice”.",
    ),
    "minutes below one": (
        activity(duration_minutes=-5),
        "-5",
        "“duration_minutes” takes a whole number from 1 to 60,000.",
    ),
    "minutes beyond reason": (
        activity(duration_minutes=10**9),
        "1000000000",
        "“duration_minutes” takes a whole number from 1 to 60,000.",
    ),
    "minutes that are no number": (
        activity(duration_minutes="20"),
        "20",
        "“duration_minutes” takes a whole number from 1 to 60,000.",
    ),
    "minutes that are true": (
        activity(duration_minutes=True),
        "true",
        "“duration_minutes” takes a whole number from 1 to 60,000.",
    ),
    "a number out of reach": (
        activity(n=2**31),
        "2147483648",
        "“n” takes a whole number from 1 to 100,000.",
    ),
    "a note that is a number": (activity(note=7), "7", "“note” takes a text."),
    "a title too long": (
        activity("x" * 201),
        "x" * 199 + "…",
        "“title” is longer than 200 characters.",
    ),
    "a text of ten megabytes": (
        activity(note="x" * 10_000_000),
        "x" * 199 + "…",
        "“note” is longer than 100,000 characters.",
    ),
    "a NUL": (
        activity(note="a\x00b"),
        "a\N{REPLACEMENT CHARACTER}b",
        "“note” holds a character that can’t be stored.",
    ),
    "half of a character": (
        activity(note="a\ud800"),
        "a\N{REPLACEMENT CHARACTER}",
        "“note” holds a character that can’t be stored.",
    ),
    "an identifier that is none": (
        activity(uid="one"),
        "one",
        "“uid” takes a permanent identifier, 32 hexadecimal digits.",
    ),
    "a language that is none": (
        resource(language="Englishish"),
        "Englishish",
        "“englishish” is no language tag; write it as in en, cy or pt-BR.",
    ),
    "two letters that are no language": (
        resource(languages=["en", "xx"]),
        "xx",
        "“xx” is no language tag; write it as in en, cy or pt-BR.",
    ),
    "an unknown type": (
        resource(type="game"),
        "game",
        "“type” takes one of these: course, tutorial, article, video, podcast, guide, toolkit, "
        "tool, case-study, recording, book, quiz, community, dataset.",
    ),
    "a date that is none": (
        resource(published="last year"),
        "last year",
        "Write the date as in 2025, 2025-11 or 2025-11-03.",
    ),
}

# What a pathway gets wrong: what it says, the value that is told, the sentence.
PATHWAYS = {
    "no title": ({"title": None}, "", "“title” is missing or empty."),
    "an empty title": ({"title": "  "}, "", "“title” is missing or empty."),
    "a title that is a number": ({"title": 5}, "5", "“title” takes a text."),
    "no address": ({"slug": None}, "", "“slug” is missing or empty."),
    "an address of an unknown identifier": (
        {"slug": None, "uid": UID},
        "",
        "“slug” is missing or empty.",
    ),
    "an address that is none": (
        {"slug": "Not a slug"},
        "Not a slug",
        "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
    ),
    "an address that is kept": (
        {"slug": "search"},
        "search",
        "This address is kept for another page; choose another.",
    ),
    "an unknown licence": (
        {"licence": "All mine"},
        "All mine",
        "This is no licence that Waymark knows; give its SPDX identifier: CC-BY-4.0.",
    ),
    "an unknown skill": (
        {"skills": [{"skill": "nothing", "proficiency": "basic"}]},
        "nothing",
        "There is no skill “nothing”.",
    ),
    "a skill without a proficiency": (
        {"skills": [{"skill": "a-skill"}]},
        "",
        "“proficiency” is missing or empty.",
    ),
    "a skill twice": (
        {"skills": [{"skill": "a-skill", "proficiency": "basic"}] * 2},
        "a-skill",
        "This stands twice in “skills”.",
    ),
    "an unknown role": ({"roles": ["nobody"]}, "nobody", "There is no role “nobody”."),
    "roles that are a text": ({"roles": "nobody"}, "nobody", "“roles” takes a list of texts."),
    "an unknown curator": (
        {"credits": [{"curator": "nobody"}]},
        "nobody",
        "There is no curator “nobody”.",
    ),
    "an unknown kind of credit": (
        {"credits": [{"curator": "a-curator", "kind": "owner"}]},
        "owner",
        "“kind” takes one of these: author, contributor, reviewer.",
    ),
    "an unknown organisation": (
        {"organisation": "nobody"},
        "nobody",
        "There is no organisation “nobody”.",
    ),
    "a proficiency that falls": (
        {"proficiency_from": "expert", "proficiency_to": "basic"},
        "basic",
        "A pathway leads to a higher proficiency than “proficiency_from”, or says no other.",
    ),
    "an order that is a text": ({"ordered": "yes"}, "yes", "“ordered” takes true or false."),
    "stages that are an object": (
        {"stages": {"title": "A"}},
        '{"title": "A"}',
        "“stages” takes a list of objects.",
    ),
    "a stage that is a text": (
        {"stages": ["Begin"]},
        "Begin",
        "Here has to stand an object, in braces.",
    ),
    "a stage without a title": (
        {"stages": [{"steps": []}]},
        "",
        "“title” is missing or empty.",
    ),
    "an outcome of two lines": (
        {"outcomes": ["One\nand two"]},
        "One and two",
        "“outcomes” takes texts of one line each.",
    ),
}


def told(brought: Bringing) -> list[tuple[str, str]]:
    return [(one.value, one.reason) for one in brought.rejected]


class TestFaults:
    @pytest.mark.parametrize(("step", "value", "sentence"), STEPS.values(), ids=STEPS)
    def test_a_step_that_is_wrong_keeps_its_pathway_out(
        self, step: dict, value: str, sentence: str
    ) -> None:
        brought = Bringing([plain("bad", step), plain("good")])

        assert told(brought) == [(value, sentence)]
        assert brought.counts == {"added": 1, "rejected": 1}
        assert [pathway.slug for pathway in Pathway.objects.all()] == ["good"]
        assert not Resource.objects.exists()

    @pytest.mark.parametrize(("more", "value", "sentence"), PATHWAYS.values(), ids=PATHWAYS)
    def test_a_pathway_that_is_wrong_stays_out(self, more: dict, value: str, sentence: str) -> None:
        SkillFactory(slug="a-skill")
        CuratorFactory(slug="a-curator")

        brought = Bringing([{**plain("bad"), **more}, plain("good")])

        assert told(brought) == [(value, sentence)]
        assert brought.counts == {"added": 1, "rejected": 1}

    def test_all_of_it_is_told_with_its_lines_and_counts_as_one_pathway(self) -> None:
        bad = plain(
            "bad", activity(note=1), activity("B"), {"pathway": "nowhere"}, roles=["nobody"]
        )

        brought = Bringing(bad)

        lines = json.dumps(bad, indent=1).splitlines()
        assert [one.line for one in brought.rejected] == [
            1,
            lines.index('     "note": 1') - 2,
            lines.index('     "pathway": "nowhere"'),
        ]
        assert brought.counts == {"rejected": 1}

    @pytest.mark.parametrize("one", ["a text", 5, None, True, ["a list"]])
    def test_what_is_no_object_is_told(self, one: object) -> None:
        assert Bringing([one, plain("good")]).reasons == ["Here has to stand an object, in braces."]

    def test_a_pathway_twice_in_a_file_is_told_and_the_first_kept(self) -> None:
        brought = Bringing([plain("a-way"), plain("a-way", activity("Otherwise"))])

        assert told(brought) == [("a-way", "This pathway stands in the file already.")]
        assert brought.counts == {"added": 1, "rejected": 1}

    def test_more_steps_than_can_be_built_on_are_told(self) -> None:
        def stages(number: int) -> list[dict]:
            half = number // 2
            return [
                {"title": "Begin", "steps": [activity()] * half},
                {"title": "Go on", "steps": [activity()] * (number - half)},
            ]

        assert Bringing(plain("a-way", stages=stages(MOST_STEPS))).counts == {"added": 1}
        assert Bringing(plain("too-long", stages=stages(MOST_STEPS + 1))).reasons == [
            "A pathway has at most 500 steps, and this one has 501: make two of it."
        ]

    @pytest.mark.parametrize("name", ["roles", "stages"])
    def test_a_list_without_end_is_told(self, name: str) -> None:
        assert Bringing(plain(**{name: ["nobody"] * 1_001})).reasons == [
            f"“{name}” has 1,001 entries; it takes 1,000 at most."
        ]


class TestTwice:
    def test_two_steps_of_one_number(self) -> None:
        brought = Bringing(plain("bad", activity("A", n=2), activity("B", n=2)))

        assert told(brought) == [("2", TWICE)]

    def test_a_step_that_stands_in_two_stages(self) -> None:
        stages = [
            {"title": title, "steps": [activity("A", uid=UID)]} for title in ("Begin", "Go on")
        ]

        assert told(Bringing(plain("bad", stages=stages))) == [(UID, TWICE)]

    def test_a_step_named_once_by_its_identifier_and_once_by_its_number(self) -> None:
        step = make_pathway(slug="a-way", steps=["A"]).published_revision.steps.get()

        brought = Bringing(plain("a-way", activity("A", uid=str(step.uid)), activity("B", n=1)))

        assert told(brought) == [("1", TWICE)]


class TestIdentity:
    def test_a_step_keeps_its_number_for_ever(self) -> None:
        step = make_pathway(slug="a-way", steps=["A"]).published_revision.steps.get()

        brought = Bringing(plain("a-way", activity("A", uid=str(step.uid), n=5)))

        assert told(brought) == [("5", "This step is number 1 of the pathway for ever.")]

    def test_an_identifier_of_something_else_is_refused(self) -> None:
        step = make_pathway(steps=["A"]).published_revision.steps.get()
        guide = ResourceFactory()

        brought = Bringing(
            plain("bad", activity("A", uid=str(step.uid)), activity("B", uid=str(guide.uid)))
        )

        sentence = "This permanent identifier is another’s already."
        assert told(brought) == [(str(step.uid), sentence), (str(guide.uid), sentence)]

    def test_a_pathway_that_was_withdrawn_stays_so(self) -> None:
        make_pathway(slug="a-way").withdraw(by=None, reason="It grew old.")

        assert Bringing(plain("a-way")).reasons == [
            "This pathway was withdrawn; it comes in again when it has been restored."
        ]


class TestWithdrawn:
    def test_a_withdrawn_resource_is_told_and_not_used(self) -> None:
        old = ResourceFactory(url="https://example.org/old", title="Old")
        old.withdraw(by=None, reason="It closed.")
        steps = [{"url": old.url}, {**resource(), "stand_in": old.url}]

        brought = Bringing(plain("bad", *steps))

        sentence = "“Old” was withdrawn: choose another."
        assert told(brought) == [(old.url, sentence)] * 2

    def test_a_withdrawn_pathway_too(self) -> None:
        make_pathway("Old", slug="old").withdraw(by=None, reason="It grew old.")

        brought = Bringing(plain("bad", {"pathway": "old"}))

        assert told(brought) == [("old", "“Old” was withdrawn: choose another.")]


class TestCircles:
    def test_all_that_stand_on_it_are_told_and_others_come_in(self) -> None:
        file = [
            plain("a", {"pathway": "b"}),
            plain("b", {"pathway": "c"}),
            plain("c", {"pathway": "a"}),
            plain("good"),
        ]

        brought = Bringing(file)

        assert sorted(told(brought)) == [("a", CIRCLE), ("b", CIRCLE), ("c", CIRCLE)]
        assert [pathway.slug for pathway in Pathway.objects.all()] == ["good"]

    def test_one_through_what_readers_see_is_told(self) -> None:
        inner = make_pathway("Inner", slug="inner")
        make_pathway("Outer", slug="outer", steps=[inner])

        assert told(Bringing(plain("inner", {"pathway": "outer"}))) == [("outer", CIRCLE)]

    def test_one_through_drafts_that_nobody_sees_yet_too(self) -> None:
        inner = make_pathway("Inner", slug="inner")
        add_step(add_stage(make_draft("Outer", slug="outer")), inner)

        assert told(Bringing(plain("inner", {"pathway": "outer"}))) == [("outer", CIRCLE)]

    def test_a_file_may_undo_one_that_would_be(self) -> None:
        inner = make_pathway("Inner", slug="inner")
        make_pathway("Outer", slug="outer", steps=[inner])

        brought = Bringing(
            [plain("inner", {"pathway": "outer"}), plain("outer", activity("Instead"))]
        )

        assert brought.counts == {"changed": 2}

    def test_what_leads_to_a_rejected_one_is_told(self) -> None:
        brought = Bringing([plain("outer", {"pathway": "bad"}), plain("bad", title="")])

        assert brought.reasons == ["“title” is missing or empty.", "There is no pathway “bad”."]


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.json", "[]")
    return file.getvalue()


FILES = {
    "empty": (b"", "This file is empty."),
    "zip": (zipped(), "This is a ZIP or XLSX file. Save it as text (CSV or JSON) first."),
    "nested": (b"[" * 10_000 + b"]" * 10_000, "This JSON is nested too deep."),
    "nested objects": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "This JSON is nested too deep."),
    "NUL": (b'[\n{"slug": "a\x00"}]', "Line 2 holds a NUL character."),
    "a number": (
        b"5",
        "This file holds no pathways: it takes an object, a list of them, or “pathways” with one.",
    ),
    "null": (
        b'{"pathways": null}',
        "This file holds no pathways: it takes an object, a list of them, or “pathways” with one.",
    ),
}


class TestFiles:
    @pytest.mark.parametrize(("raw", "sentence"), FILES.values(), ids=FILES)
    def test_what_is_no_such_file_is_told(self, raw: bytes, sentence: str) -> None:
        with pytest.raises(ExchangeError) as caught:
            Bringing(raw)

        assert str(caught.value) == sentence
