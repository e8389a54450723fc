"""One resource: /resources/<slug>/."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from catalogue.models import LinkHealth, Resource
from catalogue.vocabularies import LinkState
from tests.factories import (
    CompetenceFactory,
    CuratorFactory,
    FrameworkFactory,
    OrganisationFactory,
    ResourceCompetenceFactory,
    ResourceFactory,
    SkillFactory,
    make_pathway,
)
from tests.pages import links, main, open_page, texts, words

pytestmark = pytest.mark.django_db


def page_of(client: Client, resource: Resource):
    return open_page(client, resource.get_absolute_url())


def test_it_tells_what_it_is_from_whom_and_what_for(client: Client):
    provider = OrganisationFactory(name="A provider")
    resource = ResourceFactory(
        title="Cleaning data",
        provider=provider,
        resource_type="tutorial",
        description="Afterwards you can tidy a list.",
    )
    page = page_of(client, resource)

    assert words(page.h1) == "Cleaning data"
    assert words(page.select_one(".title__kind")) == "Tutorial from A provider"
    assert words(page.select_one(".title__lead")) == "Afterwards you can tidy a list."
    assert links(page, ".title__kind a") == {"A provider": provider.get_absolute_url()}


def test_one_button_leads_out_and_says_where_to(client: Client):
    resource = ResourceFactory(url="https://www.example.org/quiz?a=1&b=2", resource_type="quiz")
    page = page_of(client, resource)

    [button] = page.select(".way-out a")

    assert words(button) == "Open the quiz"
    assert button["href"] == "https://www.example.org/quiz?a=1&b=2"
    assert button["rel"] == ["external", "noopener"]
    assert "Leads to example.org, which is not ours." in words(page.select_one(".way-out"))


@pytest.mark.parametrize(
    ("cost", "sentence"),
    [
        ("free-sign-up", "It asks you to sign up."),
        ("free-limited", "Part of it, or a certificate, costs money."),
        ("paid", "It costs money."),
    ],
)
def test_what_it_asks_for_stands_beside_the_button(client: Client, cost: str, sentence: str):
    page = page_of(client, ResourceFactory(cost=cost))

    assert sentence in words(page.select_one(".way-out"))


def test_a_dead_link_is_told_before_the_button(client: Client):
    page = page_of(client, ResourceFactory(link=LinkState.GONE))

    assert "The link no longer works" in words(page.select_one(".way-out .notice--error"))


def test_a_moved_link_tells_where_it_goes_on_to(client: Client):
    resource = ResourceFactory(url="https://old.example.org/x")
    LinkHealth.objects.create(
        resource=resource,
        state=LinkState.MOVED,
        checked_at=timezone.now(),
        worked_at=timezone.now(),
        moved_to="https://new.example.org/x",
    )

    assert "goes on to new.example.org" in words(page_of(client, resource).select_one(".way-out"))


def test_it_says_how_to_cite_it(client: Client):
    resource = ResourceFactory(
        title="Tidy data",
        authors=["A. Writer"],
        date_published="2024",
        url="https://example.org/tidy/",
        provider=OrganisationFactory(name="A school"),
    )
    said = words(page_of(client, resource).select_one("[aria-labelledby=cite] p"))

    assert said.startswith(
        "A. Writer (2024) Tidy data. A school. Available at: https://example.org/tidy/ (accessed "
    )


def test_it_lists_the_skills_it_teaches_and_how_far(client: Client):
    skill = SkillFactory(title="Cleaning data")
    resource = ResourceFactory(skills=[(skill, "advanced")])
    page = page_of(client, resource)

    assert [texts(row, "th, td") for row in page.select("tbody tr")] == [
        ["Cleaning data", "Advanced", "At this level: Cleaning data"]
    ]
    assert links(page)["At this level: Cleaning data"] == (
        "/resources/?skill=cleaning-data&proficiency=advanced"
    )


def test_its_competences_stand_by_framework_each_once_with_its_levels(client: Client):
    older, newer = (
        FrameworkFactory(title="Older", position=2),
        FrameworkFactory(title="Newer", position=1),
    )
    managing = CompetenceFactory(framework=newer, code="1.3", title="Managing")
    last = CompetenceFactory(framework=newer, code="1.10", title="Ending")
    mending = CompetenceFactory(framework=older, code="5.1", title="Mending")
    resource = ResourceFactory(
        skills=[
            (SkillFactory(competences=[managing, mending]), "advanced"),
            (SkillFactory(competences=[managing, last]), "basic"),
        ]
    )
    ResourceCompetenceFactory(resource=resource, competence=mending, proficiency="")
    taught = page_of(client, resource).select_one("[aria-labelledby=competences] dl")

    assert texts(taught, "dt, li") == [
        "Newer",
        "1.3 Managing Basic Advanced",
        "1.10 Ending Basic",
        "Older",
        "5.1 Mending Advanced",
    ]


def test_it_hides_skills_and_competences_that_are_not_public(client: Client):
    competence = CompetenceFactory(framework__published=False, title="Hidden competence")
    skill = SkillFactory(title="Hidden skill", published=False, competences=[competence])
    resource = ResourceFactory(skills=[skill])
    ResourceCompetenceFactory(resource=resource, competence=competence)

    assert "Hidden" not in words(main(page_of(client, resource)))


def test_facts_are_as_exact_as_they_are_known(client: Client):
    resource = ResourceFactory(
        authors=["A. Writer", "B. Writer"],
        date_published="2025-11",
        licence="CC-BY-4.0",
        access=["captions", "phone"],
        languages=["cy", "en"],
        duration_minutes=90,
        duration_source="estimate",
    )
    facts = {
        words(row.dt): words(row.dd) for row in page_of(client, resource).select(".facts-table div")
    }

    assert facts["By"] == "A. Writer, B. Writer"
    assert facts["Published"] == "November 2025"
    assert facts["Licence"] == "CC-BY-4.0"
    assert facts["Accessibility"] == "Captions, Works on a phone"
    assert facts["Language"] == "Welsh, English"
    assert facts["Time"] == "about 1 h 30 min (our estimate)"


def test_a_licence_that_is_not_stated_is_no_barrier(client: Client):
    page = page_of(client, ResourceFactory(licence=""))

    assert "Not stated; linking is fine" in words(main(page))


def test_it_tells_on_which_pathways_it_stands_and_why(client: Client):
    resource = ResourceFactory()
    curator = CuratorFactory(name="A guest curator")
    pathway = make_pathway(
        "A way", steps=[(resource, {"note": "Short, and no account."})], curators=[curator]
    )
    note = page_of(client, resource).select_one(".note")

    assert words(note) == "Short, and no account. A guest curator, on A way. Go to the step"
    assert links(note) == {
        "A way": pathway.get_absolute_url(),
        "Go to the step": f"{pathway.get_absolute_url()}1/",
    }


def test_it_leads_to_others_that_share_skills(client: Client):
    shared, other = SkillFactory(), SkillFactory()
    resource = ResourceFactory(title="This", skills=[shared])
    ResourceFactory(title="Alike", skills=[shared])
    ResourceFactory(title="Different", skills=[other])
    ResourceFactory(title="Alike, a draft", skills=[shared], published=False)

    assert texts(page_of(client, resource), ".resource-card__title") == ["Alike"]


def test_its_tags_lead_on(client: Client):
    resource = ResourceFactory(tags=["privacy"])

    assert links(page_of(client, resource), "a[rel=tag]") == {"privacy": "/tags/privacy/"}


def test_a_title_in_another_language_says_so_wherever_it_stands(client: Client):
    resource = ResourceFactory(title="Gweithio hybrid", languages=["cy"], description_language="cy")
    page = page_of(client, resource)

    assert page.h1["lang"] == "cy"
    assert page.select_one(".breadcrumb [aria-current=page]")["lang"] == "cy"
    assert page.select_one(".title__lead")["lang"] == "cy"


def test_a_problem_with_it_can_be_told(client: Client):
    resource = ResourceFactory()
    address = links(page_of(client, resource))["Report a problem with it"]

    assert address == f"/suggest/problem/?about={resource.get_absolute_url()}"
    assert links(main(open_page(client, address)))[resource.title] == resource.get_absolute_url()


def test_a_draft_has_no_page(client: Client):
    open_page(client, ResourceFactory(published=False).get_absolute_url(), status=404)


def test_a_withdrawn_one_says_why_and_what_replaces_it(client: Client):
    better = ResourceFactory(title="A better guide")
    resource = ResourceFactory(title="An old guide")
    resource.withdraw(by=None, reason="It is out of date.", replaced_by=better)
    page = open_page(client, resource.get_absolute_url(), status=410)

    assert words(page.h1) == "“An old guide” was withdrawn"
    assert "Why: It is out of date." in words(main(page))
    assert links(main(page))["A better guide"] == better.get_absolute_url()


def test_more_around_it_costs_no_more_queries(client: Client, count_queries: Callable):
    def furnish(number: int) -> None:
        for _ in range(number):
            skill = SkillFactory(competences=[CompetenceFactory()])
            resource.skill_links.create(skill=skill, proficiency="basic")
            ResourceFactory(skills=[skill], link="works")
            ResourceCompetenceFactory(resource=resource, competence=CompetenceFactory())
            make_pathway(steps=[resource], curators=[CuratorFactory()])
            resource.tags.add(f"tag {resource.tags.count()}")

    resource = ResourceFactory()
    furnish(1)
    with count_queries() as few:
        page_of(client, resource)
    furnish(4)
    with count_queries() as many:
        page_of(client, resource)

    assert len(many) <= len(few)


def test_it_shows_its_permanent_address_to_be_copied(client: Client, settings: object):
    settings.SITE_URL = "https://learn.example.org"
    row = ResourceFactory()
    page = open_page(client, row.get_absolute_url())

    assert links(page, "[aria-labelledby=permanent] a") == {
        f"https://learn.example.org/id/{row.uid}/": row.permanent_url
    }
