"""How many queries each page takes: eight at most, right after an edit too, and as many in a catalogue
five times as large."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue import index, tallies
from catalogue.models import Resource, Skill, Tag
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
    for words in ("basics", "libarian+maps", "%22a+map%22"):
        EDITS[edit](settled)
        settle()
        found[words] = asked(visitor, f"/resources/?q={words}")

    assert {words: number for words, number in found.items() if number > MOST} == {}


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
