"""How many queries each page takes: eight at most, right after an edit too, and as many in a catalogue
five times as large."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from gunicorn.config import Config

from catalogue import evidence, index, keeping, tallies, words
from catalogue.evidence import sums
from catalogue.models import Resource, Skill, Tag
from catalogue.search import beforehand, feedback
from catalogue.words import typed
from config import gunicorn
from pathways import publication
from pathways.models import Pathway
from tests.factories import (
    CompetenceFactory,
    CreditFactory,
    CrosswalkFactory,
    CuratorFactory,
    FrameworkFactory,
    LevelFactory,
    OrganisationFactory,
    QuestionFactory,
    QuestionPathwayFactory,
    ResourceCompetenceFactory,
    ResourceFactory,
    RevisionRoleFactory,
    RevisionSkillFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
    SkillStatementFactory,
    StatementFactory,
    add_stage,
    add_step,
    make_draft,
)
from tests.rules import settle
from tests.together import Somebody

MOST = 8
PAGES = [
    "/",
    "/resources/",
    "/resources/?q=resource",
    "/resources/?skill=maps&proficiency=basic&tag=red&language=en&match=all&sort=newest",
    "/resources/the-resource/",
    "/skills/",
    "/skills/?framework=none",
    "/skills/maps/",
    "/frameworks/",
    "/frameworks/f-1.0/",
    "/frameworks/f-1.0/1/",
    "/frameworks/f-1.0/1.1/",
    "/frameworks/f-1.0/coverage/",
    "/roles/",
    "/roles/librarian/",
    "/questions/",
    "/questions/why/",
    "/organisations/",
    "/organisations/a-body/",
    "/tags/",
    "/tags/red/",
    "/pathways/",
    "/pathways/?skill=maps&time=240&role=librarian",
    "/pathways/the-way/",
    "/pathways/the-way/1/",
    "/curators/",
    "/curators/ann/",
    "/about/",
]
# Words that nobody asked for, read in every way that there is.
SEARCHES = {
    "a word": "q=basics",
    "words that widen": "q=resource+zzyyxx+maps+something",
    "a slip": "q=resuorce+maps",
    "one phrase": "q=%22old+maps%22+museums",
    "many phrases": "q=%22old+maps%22+OR+%22new+charts%22+%22for+museums%22+zzyyxx+-%22maps+museums%22",
    "two words typed as one": "q=oldmaps+towns+zzyyxx",
    "an address": "q=https://www.example.org/resource/maps/zzyyxx",
    "in vain": "q=zzyyxx",
    "in vain with filters": "q=zzyyxx&type=video&tag=red&language=en",
    "in another order": "q=resource+maps&sort=newest&skill=maps&tag=red&match=all",
}
FOR_PROGRAMS = [
    "/api/v1/resources",
    "/api/v1/resources?q=resource+zzyyxx+maps+something&facets=true",
    "/api/v1/resources?limit=2&q=resource+zzyyxx+maps+other",
    "/api/v1/docs",
    "/search/suggestions/?q=the+resou",
    "/search/suggestions/?q=resuorce",
    "/search/facets/tag/?q=resource+maps&in_tag=re",
]
# A browser of somebody who reads, and where the search came from a page of this site.
READER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0",
    "Sec-Fetch-Site": "same-origin",
}


class Everything:
    """A catalogue in which all hangs on one of each, and more of it with every call of `add`."""

    def __init__(self) -> None:
        self.body = OrganisationFactory(name="A body")
        self.ann = CuratorFactory(name="Ann", organisation=self.body)
        framework = FrameworkFactory(family="f", version="1.0", position=1)
        self.area = CompetenceFactory(framework=framework, code="1")
        self.inside = CompetenceFactory(framework=framework, code="1.1", parent=self.area)
        self.maps = SkillFactory(title="Maps", competences=[self.inside])
        self.librarian = RoleFactory(title="Librarian")
        self.why = QuestionFactory(title="Why?", slug="why")
        self.resource = ResourceFactory(title="The resource", **self.facts())
        self.number = 0

    def facts(self) -> dict:
        skills = [(self.maps, "basic"), (self.maps, "expert")]
        return {"skills": skills, "tags": ["red"], "provider": self.body, "link": "works"}

    def add(self) -> None:
        self.number += 1
        n = self.number
        more = CompetenceFactory(
            framework=self.area.framework, code=f"1.{n + 1}", parent=self.area, position=n
        )
        level = LevelFactory(framework=self.area.framework)
        for competence in (self.area, self.inside):
            StatementFactory(competence=competence, level=level)
            CrosswalkFactory(source=competence)
            CrosswalkFactory(target=competence)
        skill = SkillFactory(competences=[more, self.inside])
        self.maps.related.add(skill)
        if n < 5:
            level = ["basic", "intermediate", "advanced", "expert"][n - 1]
            SkillStatementFactory(skill=self.maps, proficiency=level)
        RoleSkillFactory(role=self.librarian, skill=skill, position=n)
        RoleSkillFactory(role=RoleFactory(), skill=self.maps)
        other = QuestionFactory()
        other.skills.add(self.maps)
        self.why.skills.add(skill)
        taught = ResourceFactory(**self.facts())
        self.why.resources.add(taught)
        ResourceCompetenceFactory(resource=taught, competence=more)
        ResourceCompetenceFactory(resource=self.resource, competence=more)
        self.resource.skill_links.create(skill=skill, proficiency="basic")
        self.resource.tags.add(f"tag {n}")
        self.add_pathway("The way" if n == 1 else f"Way {n}", skill)

    def add_pathway(self, title: str, skill: Skill) -> None:
        draft = make_draft(title, organisation=self.body)
        draft.pathway.ordered = True
        for practised in {self.maps, skill}:
            RevisionSkillFactory(revision=draft, skill=practised)
        for role in (self.librarian, RoleFactory()):
            RevisionRoleFactory(revision=draft, role=role)
        for _stage in range(2):
            stage = add_stage(draft)
            add_step(stage, self.resource, stand_in=ResourceFactory(link="works"))
            add_step(stage, "Try it")
        for curator in (self.ann, CuratorFactory()):
            CreditFactory(pathway=draft.pathway, curator=curator)
        QuestionPathwayFactory(question=self.why, pathway=draft.pathway)
        publication.publish(draft, by=None)


def rename(row: Resource | Skill) -> None:
    """Gives it another title, which stays short however often."""
    row.title = (
        row.title.removesuffix(" anew") if row.title.endswith(" anew") else f"{row.title} anew"
    )
    row.save()


EDITS: dict[str, Callable[[Everything], object]] = {
    "a resource": lambda site: rename(site.resource),
    "a skill": lambda site: rename(site.maps),
    "a pathway": lambda site: site.add_pathway(f"Another way {Pathway.objects.count()}", site.maps),
}


@pytest.fixture
def visitor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    # Counted once, and not by each page of the test's one transaction.
    monkeypatch.setattr("catalogue.tallies.keeping._must_count", lambda: False)
    # The cache asks for the site's revision each time, and not only every half second.
    monkeypatch.setattr("config.page_cache.REVISION_SECONDS", -1)
    yield Client()


def queries(visitor: Client, address: str) -> int:
    """How many an answer takes in a catalogue that is counted."""
    tallies.tallies()
    if "q=" in address:
        # How the catalogue's words are spelt is read once, and what a word is called in the index.
        visitor.get(address)
    return asked(visitor, address)


def asked(visitor: Client, address: str) -> int:
    """How many an answer takes. The site's revision is read once for the page cache and once for the
    counts, and counts for one: the cache seldom has to."""
    with CaptureQueriesContext(connection) as captured:
        answer = visitor.get(address)
    assert answer.status_code == 200, address
    own = [query for query in captured.captured_queries if "siterevision" not in query["sql"]]
    assert len(captured) - len(own) <= 2, f"{address} asks for the counts more than once"
    return 1 + len(own)


@pytest.mark.django_db
def test_no_page_takes_more_than_eight_nor_more_in_a_larger_catalogue(visitor: Client):
    site = Everything()
    for _ in range(3):
        site.add()
    few = {address: queries(visitor, address) for address in PAGES}
    for _ in range(8):
        site.add()
    tallies.forget()
    many = {address: queries(visitor, address) for address in PAGES}

    assert Tag.objects.count() == 12
    assert {address: number for address, number in few.items() if number > MOST} == {}
    assert many == few


@pytest.fixture
def settled() -> Everything:
    """What a worker finds that nobody has edited lately."""
    site = Everything()
    for _ in range(3):
        site.add()
    for number in index.chunks_to_make():
        index.settle(number)
    index.put_together()
    settle()
    return site


@pytest.mark.django_db
@pytest.mark.parametrize("edit", EDITS)
def test_nor_does_the_first_page_after_an_edit(visitor: Client, settled: Everything, edit: str):
    found = {}
    for address in PAGES:
        visitor.get(address)
        before = tallies.tallies()
        EDITS[edit](settled)
        settle()
        found[address] = asked(visitor, address)
        assert tallies.tallies() is not before

    assert {address: number for address, number in found.items() if number > MOST} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("edit", EDITS)
def test_nor_does_a_search_after_it_for_words_that_nobody_asked_for(
    visitor: Client, settled: Everything, edit: str
):
    visitor.get("/resources/?q=resource")
    found = {}
    for asked_for in ("basics", "libarian+maps", "%22a+map%22"):
        EDITS[edit](settled)
        settle()
        found[asked_for] = asked(visitor, f"/resources/?q={asked_for}")

    assert {one: number for one, number in found.items() if number > MOST} == {}


def forget() -> None:
    """Knows as little as a worker that just began."""
    tallies.forget()
    words.forget()
    keeping.forget()
    typed.forget()
    feedback.forget()
    caches["pages"].clear()


def answered(address: str) -> list[str]:
    """The statements of a visitor's page, the first of which asks for the site's revision."""
    with CaptureQueriesContext(connection) as captured:
        answer = Client(headers=READER).get(address)
    assert answer.status_code == 200, address
    return [query["sql"] for query in captured.captured_queries]


def add_with_names(site: Everything) -> None:
    """An editor adds a resource, with a provider and a tag that were not there."""
    number = Resource.objects.count()
    provider = OrganisationFactory(name=f"Provider {number}")
    ResourceFactory(title=f"Resource {number}", provider=provider, tags=[f"t{number}"])


ADDRESSES = {
    **{page: page for page in PAGES},
    **{name: f"/resources/?{query}" for name, query in SEARCHES.items()},
    **{page: page for page in FOR_PROGRAMS},
}


@pytest.mark.django_db(transaction=True)
class TestColdWorkers:
    """Of a process that has answered nothing: what it keeps is read before the first page."""

    def made(self, *, in_chunks: bool, some_fresh: bool = False) -> Everything:
        site = Everything()
        for _ in range(3):
            site.add()
        ResourceFactory(title="Old maps", description="New charts of towns for museums")
        if in_chunks:
            for number in index.chunks_to_make():
                index.settle(number)
            index.put_together()
        if some_fresh:
            rename(site.resource)
        # What Django itself asks once.
        for address in self.addresses().values():
            Client(headers=READER).get(address)
        return site

    def addresses(self) -> dict[str, str]:
        """All that are asked, one that goes on among them."""
        onward = Client().get("/api/v1/resources?limit=2&q=resource+zzyyxx+maps").json()["next"]
        return {**ADDRESSES, "going on": onward.removeprefix("http://127.0.0.1:8000")}

    def first_pages(self, meanwhile: Callable[[], object] = lambda: None) -> dict[str, int]:
        """How many statements each takes as the first of a worker, `meanwhile` after it has read; those
        that take too many."""
        found = {}
        for name, address in self.addresses().items():
            forget()
            beforehand.read()
            meanwhile()
            found[name] = len(answered(address))
        return {name: number for name, number in found.items() if number > MOST}

    @pytest.mark.parametrize(
        "kept", [{"in_chunks": False}, {"in_chunks": True}], ids=["fresh", "in chunks"]
    )
    def test_no_first_page_takes_more_than_eight(self, kept: dict[str, bool]):
        self.made(**kept)

        assert self.first_pages() == {}

    def test_nor_does_a_first_page_after_edits(self):
        site = self.made(in_chunks=True, some_fresh=True)

        assert self.first_pages(lambda: add_with_names(site)) == {}
        assert self.first_pages(lambda: rename(site.maps)) == {}

    def test_what_is_read_before_takes_six(self):
        self.made(in_chunks=True, some_fresh=True)
        forget()
        with CaptureQueriesContext(connection) as captured:
            beforehand.read()

        # The site's revision, what is new, chunks, what is fresh, the order of titles, and words.
        assert len(captured) == 6

    def test_where_words_are_asked_for_nothing_reads_more_texts_than_once(self):
        self.made(in_chunks=True)
        reading = {}
        for name, address in self.addresses().items():
            forget()
            asked = answered(address)
            reading[name] = sum("AS phrase" in one or "found_by::text" in one for one in asked)

        assert {name: number for name, number in reading.items() if number > 1} == {}
        assert reading["many phrases"] == 1

    def test_a_thread_reads_and_pages_wait_for_it(self):
        self.made(in_chunks=True)
        forget()
        with Somebody(beforehand._read_beside) as worker:
            worker.starts()

        assert not any("catalogue_chunk" in one for one in answered("/resources/"))

    def test_where_it_cannot_the_first_page_reads(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ):
        def fails() -> None:
            raise OperationalError("the server is not there yet")

        monkeypatch.setattr(beforehand, "read", fails)
        beforehand._read_beside()

        assert caplog.messages == ["nothing could be read before the first page"]
        assert answered("/resources/")

    def test_a_search_in_vain_is_counted_beside_the_page(self):
        self.made(in_chunks=True)
        evidence.forget()
        answered(ADDRESSES["in vain"])

        assert sums._searches == {"zzyyxx"}


def test_workers_read_before_they_are_asked(monkeypatch: pytest.MonkeyPatch):
    begun: list[bool] = []
    monkeypatch.setattr(beforehand, "begin_reading", lambda: begun.append(True))
    config = Config()
    config.set("post_worker_init", gunicorn.post_worker_init)
    config.post_worker_init(None)

    assert begun == [True]


@pytest.mark.django_db
def test_suggestions_take_three_however_much_there_is(visitor: Client):
    addresses = [
        f"/search/suggestions/?q={words}" for words in ("map", "the+resou", "resuorce", "zz")
    ]
    site = Everything()
    site.add()
    few = {address: queries(visitor, address) for address in addresses}
    for _ in range(5):
        site.add()
    tallies.forget()
    many = {address: queries(visitor, address) for address in addresses}

    assert {address: number for address, number in few.items() if number > 3} == {}
    assert many == few
