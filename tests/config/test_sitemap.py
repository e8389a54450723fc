"""The sitemap: every public page, and nothing else."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import timezone

from catalogue.models import Resource
from config import sitemap
from tests.factories import (
    CompetenceFactory,
    CuratorFactory,
    FrameworkFactory,
    OrganisationFactory,
    QuestionFactory,
    ResourceFactory,
    ResourceTagFactory,
    RoleFactory,
    SkillFactory,
    TagFactory,
    make_draft,
    make_pathway,
)

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def entries(client: Client, path: str = "/sitemap.xml", *, of: str = "url") -> dict[str, str]:
    """Addresses without their site, each with the day of its last change or ""."""
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(b"".join(response.streaming_content))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{space}{'urlset' if of == 'url' else 'sitemapindex'}"
    return {
        one.findtext(f"{space}loc").removeprefix(SITE): one.findtext(f"{space}lastmod") or ""
        for one in root.findall(f"{space}{of}")
    }


def furnish() -> list[str]:
    """One public page of each kind; their addresses."""
    inside = CompetenceFactory(framework=FrameworkFactory(family="a", version="1.0"), code="1.1")
    provider = OrganisationFactory()
    resource = ResourceFactory(provider=provider)
    borne = ResourceTagFactory(content_object=resource)
    pathway = make_pathway(steps=[resource, "Do it"])
    rows = [inside, inside.framework, provider, resource, borne.tag, pathway]
    rows += [SkillFactory(), RoleFactory(), QuestionFactory(), CuratorFactory()]
    steps = [f"{pathway.get_absolute_url()}{n}/" for n in (1, 2)]
    return [row.get_absolute_url() for row in rows] + steps


def test_it_lists_every_public_page(client: Client):
    there = furnish()
    found = entries(client)

    assert set(there) <= set(found)
    assert {"/", "/resources/", "/pathways/", "/about/", "/licence/"} <= set(found)


def test_each_address_answers_and_is_the_page_s_own(client: Client):
    furnish()

    for path in entries(client):
        response = client.get(path)
        assert response.status_code == 200, path
        own = re.search(r'rel="canonical"\s+href="([^"]*)"', response.content.decode())[1]
        assert own == f"{SITE}{path}"


def test_it_leaves_out_what_nobody_may_see_or_nothing_uses(client: Client):
    hidden = [
        ResourceFactory(published=False, provider=None),
        make_draft().pathway,
        CompetenceFactory(framework__published=False),
        TagFactory(),
        OrganisationFactory(),
    ]
    gone = SkillFactory()
    gone.withdraw(by=None, reason="Nobody does it.")
    found = entries(client)

    assert [row for row in [*hidden, gone] if row.get_absolute_url() in found] == []


def test_it_tells_when_each_last_changed(client: Client):
    resource = ResourceFactory()
    changed = timezone.now().replace(year=2024, month=2, day=29)
    Resource.objects.filter(pk=resource.pk).update(modified=changed)
    found = entries(client)

    assert found[resource.get_absolute_url()] == "2024-02-29"
    assert found["/"] == ""


def test_a_large_catalogue_has_an_index_of_files(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sitemap, "PER_FILE", 20)
    resources = ResourceFactory.create_batch(41, provider=None)
    files = entries(client, of="sitemap")

    assert [name for name in files if "resources" in name] == [
        "/sitemap-resources-1.xml",
        "/sitemap-resources-2.xml",
        "/sitemap-resources-3.xml",
    ]
    assert "/sitemap-skills-1.xml" not in files
    parts = [entries(client, name) for name in files]
    assert [len(part) for part in parts] == [17, 20, 20, 1]
    listed = {path for part in parts for path in part}
    assert {resource.get_absolute_url() for resource in resources} <= listed


@pytest.mark.parametrize(
    "name",
    ["nonsense-1", "resources-0", "resources-2", "skills-1", "pages-2", f"resources-{9**20}"],
)
def test_there_are_no_other_files(client: Client, name: str):
    ResourceFactory()

    assert client.get("/sitemap-resources-1.xml").status_code == 200
    assert client.get(f"/sitemap-{name}.xml").status_code == 404
    assert client.head(f"/sitemap-{name}.xml").status_code == 404


@pytest.mark.parametrize(
    ("path", "most"),
    [("/sitemap.xml", 0), ("/sitemap-pages-1.xml", 0), ("/sitemap-resources-1.xml", 1)],
)
def test_whoever_asks_for_the_head_alone_has_no_row_read(
    rf: RequestFactory, count_queries: Callable, path: str, most: int
):
    ResourceFactory()
    view, _args, kwargs = resolve(path)

    with count_queries() as queries:
        response = view(rf.head(path), **kwargs)
        list(response.streaming_content)

    assert response["Content-Type"] == "application/xml"
    assert len(queries) == most


def test_welsh_pages_are_listed_once_they_are_ready(client: Client, settings: object):
    assert not any(path.startswith("/cy/") for path in entries(client))

    settings.WELSH_IS_READY = True
    assert {"/cy/", "/cy/resources/"} <= set(entries(client))


def test_more_pages_cost_no_more_queries(
    client: Client, count_queries: Callable, monkeypatch: pytest.MonkeyPatch
):
    # Every time, and not only where some seconds went by.
    monkeypatch.setattr("config.page_cache.REVISION_SECONDS", -1)
    furnish()
    with count_queries() as few:
        entries(client)
    ResourceFactory.create_batch(5)
    make_pathway()
    with count_queries() as many:
        entries(client)

    assert len(many) == len(few)
