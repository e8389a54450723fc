"""Lists of resources for programs: /api/v1/resources."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from catalogue.models import LinkHealth
from catalogue.search import PAGE_SIZE
from tests.api import LIST, ROOT, messages, read, titles
from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    OrganisationFactory,
    ResourceCompetenceFactory,
    ResourceFactory,
    SkillFactory,
    TagFactory,
    make_pathway,
)
from tests.pages import open_page, texts

pytestmark = pytest.mark.django_db


class TestWhatIsTold:
    def test_everything_that_is_known_of_a_resource(self, client: Client):
        framework = FrameworkFactory(family="frame", version="1.0")
        stated = CompetenceFactory(framework=framework, code="1.2", title="Stated")
        followed = CompetenceFactory(framework=framework, code="2.1", title="Followed")
        skill = SkillFactory(title="Cleaning data", competences=[followed])
        tag = TagFactory(name="open data")
        resource = ResourceFactory(
            title="Ŵyn",
            url="https://example.org/a?b=1",
            description="Two sentences.",
            provider=OrganisationFactory(name="A provider"),
            authors=["One", "Two"],
            proficiency="basic",
            languages=["cy", "en"],
            licence="CC-BY-4.0",
            cost="free-sign-up",
            duration_minutes=45,
            duration_source="estimate",
            date_published="2025-11",
            access=["captions", "phone"],
            skills=[(skill, "advanced")],
            tags=[tag],
        )
        ResourceCompetenceFactory(resource=resource, competence=stated)
        visited = datetime(2026, 11, 2, 10, 30, tzinfo=UTC)
        LinkHealth.objects.create(resource=resource, state="works", checked_at=visited)
        pathway = make_pathway("On the way", steps=[resource])

        (told,) = read(client)["items"]

        resource.refresh_from_db()
        assert told == {
            "id": str(resource.uid),
            "url": "https://example.org/a?b=1",
            "page": f"{ROOT}{resource.get_absolute_url()}",
            "title": "Ŵyn",
            "description": "Two sentences.",
            "provider": {
                "id": str(resource.provider.uid),
                "slug": "a-provider",
                "name": "A provider",
                "page": f"{ROOT}/organisations/a-provider/",
            },
            "authors": ["One", "Two"],
            "resource_type": "guide",
            "proficiency": "basic",
            "languages": ["cy", "en"],
            "licence": "CC-BY-4.0",
            "cost": "free-sign-up",
            "duration_minutes": 45,
            "duration_source": "estimate",
            "published": "2025-11",
            "access": ["captions", "phone"],
            "skills": [
                {
                    "id": str(skill.uid),
                    "slug": "cleaning-data",
                    "title": "Cleaning data",
                    "proficiency": "advanced",
                    "page": f"{ROOT}/skills/cleaning-data/",
                }
            ],
            "competences": [
                {
                    "id": str(one.uid),
                    "key": f"frame-1.0:{one.code}",
                    "title": one.title,
                    "stated": one == stated,
                    "page": f"{ROOT}/frameworks/frame-1.0/{one.code}/",
                }
                for one in (stated, followed)
            ],
            "tags": [
                {
                    "id": str(tag.uid),
                    "slug": "open-data",
                    "name": "open data",
                    "page": f"{ROOT}/tags/open-data/",
                }
            ],
            "link_state": "works",
            "link_checked": "2026-11-02T10:30:00Z",
            "pathways": [
                {
                    "id": str(pathway.uid),
                    "title": "On the way",
                    "page": f"{ROOT}/pathways/on-the-way/",
                }
            ],
            "modified": resource.modified.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }

    def test_what_is_not_known_is_null_or_empty(self, client: Client):
        ResourceFactory(provider=None, proficiency="", duration_minutes=None)

        (told,) = read(client)["items"]

        assert {name for name, value in told.items() if value is None} == {
            *("provider", "proficiency", "licence", "duration_minutes", "duration_source"),
            *("published", "link_checked"),
        }
        assert {name for name, value in told.items() if value == []} == {
            *("authors", "access", "skills", "competences", "tags", "pathways"),
        }
        assert told["link_state"] == "unchecked"

    def test_nothing_that_is_no_longer_public_or_not_yet(self, client: Client):
        skill = SkillFactory(published=False)
        framework = FrameworkFactory(published=False)
        resource = ResourceFactory(title="Shown", skills=[skill])
        ResourceCompetenceFactory(
            resource=resource, competence=CompetenceFactory(framework=framework)
        )
        make_pathway("Withdrawn", steps=[resource]).withdraw(by=None, reason="It is old.")
        ResourceFactory(title="A draft", published=False)
        ResourceFactory(title="Withdrawn").withdraw(by=None, reason="It is gone.")

        answer = read(client)

        assert (titles(answer), answer["count"]) == (["Shown"], 1)
        assert [answer["items"][0][name] for name in ("skills", "competences", "pathways")] == [
            *([], [], [])
        ]

    def test_a_pathway_is_told_once_also_where_the_resource_stands_in(self, client: Client):
        resource = ResourceFactory(title="Lamp")
        steps = [resource, (ResourceFactory(title="Other"), {"stand_in": resource})]
        make_pathway("Twice", steps=steps)
        make_pathway("As a stand-in", steps=steps[1:])

        (told,) = read(client, f"{LIST}?q=lamp")["items"]

        assert [one["title"] for one in told["pathways"]] == ["As a stand-in", "Twice"]

    def test_its_addresses_are_the_site_s_whoever_asks_by_whatever_name(
        self, client: Client, settings
    ):
        settings.SITE_URL = "https://waymark.example"
        ResourceFactory.create_batch(2)

        answer = client.get(f"{LIST}?limit=1", headers={"host": "localhost"}).json()

        assert answer["next"].startswith("https://waymark.example/api/v1/resources?limit=1&cursor=")
        assert answer["items"][0]["page"].startswith("https://waymark.example/resources/")


class TestTheSameAsThePage:
    @pytest.mark.parametrize(
        "query",
        [
            *("", "?sort=newest", "?sort=shortest", "?q=one", "?q=one+two", "?q=nothing+like+it"),
            *("?q=one&sort=title", "?skill=a-skill", "?skill=a-skill&proficiency=expert"),
            *("?type=video&type=guide", "?time=20", "?tag=red&tag=blue&match=all", "?cost=paid"),
            *("?language=cy", "?curated=yes", "?link=gone", "?competence=frame-1.0:1"),
            *("?access=phone", "?provider=somebody"),
        ],
    )
    def test_what_is_found_and_its_order(self, client: Client, query: str):
        competence = CompetenceFactory(
            framework=FrameworkFactory(family="frame", version="1.0"), code="1"
        )
        skill = SkillFactory(title="A skill", competences=[competence])
        somebody = OrganisationFactory(name="Somebody")
        one = ResourceFactory(title="One of two", skills=[(skill, "expert")], tags=["red", "blue"])
        ResourceFactory(
            title="Two", skills=[(skill, "basic")], tags=["red"], resource_type="video", cost="paid"
        )
        ResourceFactory(title="Gone one", link="gone", languages=["cy"], duration_minutes=50)
        ResourceFactory(title="One", provider=somebody, access=["phone"], resource_type="course")
        make_pathway(steps=[one])

        page = texts(open_page(client, f"/resources/{query}"), ".resource-card__title")
        answer = read(client, LIST + query)

        assert titles(answer) == page
        assert answer["count"] == len(page)

    def test_so_it_is_for_any_question_read_on_to_the_end(self, client: Client):
        dice = random.Random(7)
        levels = ["basic", "expert"]
        for number in range(30):
            ResourceFactory(
                title=" ".join(dice.sample(["maps", "old", "towns", "data", "sound"], 2)),
                slug=f"number-{number}",
                tags=dice.sample(["red", "blue", "green"], 2),
                resource_type=dice.choice(["video", "guide"]),
                proficiency=dice.choice(levels),
                link=dice.choice(["works", "gone"]),
                duration_minutes=dice.choice([5, 15, 90]),
            )
        for _ in range(12):
            words = dice.sample(["maps", "old", "towns", "zzyyxx"], dice.randint(0, 3))
            asked = [("q", " ".join(words))] if words else []
            asked += [("tag", tag) for tag in dice.sample(["red", "blue"], dice.randint(0, 2))]
            asked += dice.sample([("type", "video"), ("proficiency", "basic"), ("time", "20")], 1)
            asked += dice.sample([("match", "all"), ("sort", "newest"), ("sort", "shortest")], 1)
            query = f"?{urlencode(asked)}"

            page = open_page(client, f"/resources/{query}").select(".resource-card__title a")
            found, onward = [], f"{LIST}{query}&limit={dice.randint(4, 9)}"
            while onward:
                answer = read(client, onward)
                found += [item["page"].removeprefix(ROOT) for item in answer["items"]]
                onward = answer["next"]
            assert len(found) == answer["count"], query
            assert found[:PAGE_SIZE] == [link["href"] for link in page], query

    def test_facets_and_their_counts(self, client: Client):
        skill = SkillFactory(title="A skill")
        ResourceFactory(title="A word", skills=[skill], resource_type="video", tags=["red"])
        ResourceFactory(title="A word too", resource_type="guide", tags=["red", "blue"])
        query = "?q=word&type=video&tag=red"

        page = open_page(client, f"/resources/{query}")
        answer = read(client, f"{LIST}{query}&facets=true")

        assert {facet["name"]: counts(facet) for facet in answer["facets"]} == {
            name: shown(page, name) for name in (facet["name"] for facet in answer["facets"])
        }
        kind = next(facet for facet in answer["facets"] if facet["name"] == "type")
        assert kind == {
            "name": "type",
            "label": "Type",
            "is_cut": False,
            "values": [
                {"value": "video", "label": "Video", "count": 1, "chosen": True},
                {"value": "guide", "label": "Guide", "count": 1, "chosen": False},
            ],
        }

    def test_a_long_facet_is_told_whole_where_asked(self, client: Client):
        for number in range(12):
            ResourceFactory(tags=[f"tag {number:02}"])

        def tags(more: str) -> tuple[int, bool]:
            facets = read(client, f"{LIST}?facets=true{more}")["facets"]
            own = next(facet for facet in facets if facet["name"] == "tag")
            return len(own["values"]), own["is_cut"]

        assert (tags(""), tags("&more=tag")) == ((8, True), (12, False))

    def test_facets_are_told_only_where_asked(self, client: Client):
        assert set(read(client)) == {"items", "count", "next"}


def counts(facet: dict) -> dict[str, int]:
    return {one["label"]: one["count"] for one in facet["values"]}


def shown(page: BeautifulSoup, facet: str) -> dict[str, int]:
    values = page.select(f"[aria-labelledby=facet-{facet}] .facet")
    return {
        " ".join(value.select_one(".facet__label").get_text().split()).removesuffix(
            " (chosen; take away)"
        ): int(value.select_one(".count").get_text().split()[0])
        for value in values
    }


class TestACountThatIsTheLeast:
    def test_it_is_told_where_not_every_text_was_looked_through(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("catalogue.search.finding.MOST_READ", 4)
        ResourceFactory.create_batch(6, title="Open data")

        phrase, words = (read(client, f"{LIST}?q={quote(q)}") for q in ('"open data"', "open data"))

        assert (phrase["count"], phrase.get("count_is_least")) == (4, True)
        assert (words["count"], words.get("count_is_least")) == (6, None)


class TestWhatLooksMisspelt:
    def test_it_is_told_what_was_looked_for_instead(self, client: Client):
        ResourceFactory.create_batch(5, title="Privacy at work")

        answer = read(client, f"{LIST}?q=privcay")

        assert (answer["count"], answer["searched_for"]) == (5, "privacy")

    def test_who_means_it_gets_exactly_that(self, client: Client):
        ResourceFactory.create_batch(5, title="Privacy at work")

        assert read(client, f"{LIST}?q=privcay&verbatim=1") == {
            "items": [],
            "count": 0,
            "next": None,
        }


class TestWhatHoldsNotAllWords:
    def test_it_is_told_how_many_hold_all(self, client: Client):
        ResourceFactory(title="Old maps")
        ResourceFactory(title="New maps")

        answer = read(client, f"{LIST}?q=old+maps")

        assert [one["title"] for one in answer["items"]] == ["Old maps", "New maps"]
        assert (answer["count"], answer["whole"]) == (2, 1)
        assert "whole" not in read(client, f"{LIST}?q=maps")

    @pytest.mark.parametrize("typed", ["the", "…", "😀"])
    def test_words_that_tell_nothing_are_said_to(self, client: Client, typed: str):
        ResourceFactory(title="Maps")

        answer = read(client, f"{LIST}?q={quote(typed)}")

        assert (answer["count"], answer["says_nothing"]) == (1, True)
        assert "says_nothing" not in read(client, LIST)


@pytest.mark.django_db(transaction=True)
class TestHowMany:
    def test_as_many_as_on_a_page_unless_asked(self, client: Client):
        ResourceFactory.create_batch(PAGE_SIZE + 2)

        assert [len(read(client, LIST + query)["items"]) for query in ("", "?limit=1")] == [
            *(PAGE_SIZE, 1)
        ]
        assert len(read(client, f"{LIST}?limit=100")["items"]) == PAGE_SIZE + 2

    def test_queries_do_not_grow(self, client: Client, count_queries: Callable):
        def add(number: int) -> None:
            for _one in range(number):
                competence = CompetenceFactory()
                skills = [SkillFactory(competences=[competence]), SkillFactory()]
                resource = ResourceFactory(
                    title="A word", skills=skills, tags=["x", "y"], link="works"
                )
                ResourceCompetenceFactory(resource=resource)
                make_pathway(steps=[resource])

        path = f"{LIST}?q=word&facets=true&limit=100"
        add(2)
        # What is new since an edit a worker reads once.
        read(client, f"{path}&type=guide")
        with count_queries() as few:
            read(client, path)
        add(5)
        read(client, f"{path}&type=guide")
        with count_queries() as more:
            read(client, path)

        assert len(more) == len(few) <= 8

    def test_nor_where_one_reads_on(self, client: Client, count_queries: Callable):
        for number in range(6):
            ResourceFactory(title=f"Word {number}")
        onward = read(client, f"{LIST}?q=word&facets=true&limit=3")["next"]

        with count_queries() as queries:
            read(client, onward)

        assert len(queries) <= 8


class TestWhatMakesNoSense:
    @pytest.mark.parametrize(
        ("query", "parameter", "message"),
        [
            ("limit=0", "limit", "“limit” takes a whole number from 1 to 100."),
            ("limit=101", "limit", "“limit” takes a whole number from 1 to 100."),
            ("limit=many", "limit", "“limit” takes a whole number from 1 to 100."),
            ("facets=perhaps", "facets", "“facets” takes “true” or “false”."),
            (
                "cost=free&cost=dear",
                "cost",
                "“cost” doesn’t take “dear”. It takes: free, free-sign-up, free-limited, paid.",
            ),
            ("time=30", "time", "“time” doesn’t take “30”. It takes: 10, 20, 60, 240, more."),
            ("match=some", "match", "“match” doesn’t take “some”. It takes: any, all."),
            (
                "more=cost",
                "more",
                "“more” doesn’t take “cost”. It takes: skill, competence, language, provider, tag.",
            ),
            ("q=" + "x" * 4000, "q", "“q” takes 1000 characters at most."),
            (
                "&".join(f"tag={number}" for number in range(501)),
                "tag",
                "“tag” takes 500 values at most.",
            ),
            ("q=%00", "q", "“q” holds what is no text in UTF-8."),
            ("q=a%ed%a0%80", "q", "“q” holds what is no text in UTF-8."),
            ("cursor=%00", "cursor", "“cursor” holds what is no text in UTF-8."),
            ("limit=1&limit=2", "limit", "“limit” takes one value."),
            ("q=maps&q=data", "q", "“q” takes one value."),
            ("skill=no-such-skill", "skill", "Nothing here is called “no-such-skill” as “skill”."),
            ("language=klingon", "language", "Nothing here is called “klingon” as “language”."),
            (
                "cursor=nonsense",
                "cursor",
                "This is no cursor of this question. Take “next” as it came, or begin without one.",
            ),
            (
                "typ=video",
                "typ",
                "There is no parameter “typ”. There are: q, skill, competence, type, proficiency, "
                "time, language, cost, access, provider, tag, curated, link, match, sort, verbatim, "
                "facets, more, framework, limit, cursor.",
            ),
        ],
    )
    def test_is_refused_with_a_sentence(
        self, client: Client, query: str, parameter: str, message: str
    ):
        answer = read(client, f"{LIST}?{query}", status=422)

        assert messages(answer) == {parameter: message}
        assert answer["message"] == "A parameter makes no sense here."

    def test_all_of_it_is_told_at_once(self, client: Client):
        answer = read(client, f"{LIST}?limit=0&typ=x&type=vidoe", status=422)

        assert answer["message"] == "3 parameters make no sense here."
        assert set(messages(answer)) == {"limit", "typ", "type"}
        assert [one["value"] for one in answer["mistakes"]] == ["x", "vidoe", "0"]

    def test_an_empty_value_asks_for_nothing(self, client: Client):
        ResourceFactory()

        assert read(client, f"{LIST}?q=&type=&time=&sort=&limit=&cursor=")["count"] == 1

    @pytest.mark.parametrize(
        "words", ["the of and", "!!! ???", "a & | ! (b", "'; DROP TABLE", '"', "-", "木"]
    )
    def test_words_are_words_whatever_they_are(self, client: Client, words: str):
        assert read(client, f"{LIST}?q={quote(words)}")["items"] == []
