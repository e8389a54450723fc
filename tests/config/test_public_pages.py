"""What holds for every page that the public sees, whatever stands on it."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client

from config import starter
from tests.factories import (
    CompetenceFactory,
    OrganisationFactory,
    ResourceFactory,
    RoleFactory,
)
from tests.pages import open_page, words

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/resources/",
    "/resources/?q=privacy&proficiency=basic",
    "/resources/data-detox-kit/",
    "/skills/",
    "/skills/?framework=none",
    "/skills/protecting-readers-privacy/",
    "/frameworks/",
    "/frameworks/digcomp-3.0/",
    "/frameworks/digcomp-3.0/coverage/",
    "/frameworks/digcomp-3.0/4.2/",
    "/roles/",
    "/roles/front-desk-library-staff/",
    "/questions/",
    "/questions/help-someone-who-has-been-scammed/",
    "/organisations/",
    "/organisations/tactical-tech/",
    "/tags/",
    "/tags/privacy/",
    "/pathways/",
    "/pathways/privacy-for-library-staff/",
    "/pathways/privacy-for-library-staff/1/",
    "/pathways/privacy-for-library-staff/3/",
    "/pathways/privacy-for-library-staff/4/",
    "/curators/",
    "/curators/waymark-editors/",
    "/about/",
    "/about/selection/",
    "/contact/?about=/resources/data-detox-kit/",
    "/suggest/?about=/skills/protecting-readers-privacy/",
    "/suggest/problem/?about=/pathways/privacy-for-library-staff/",
    "/suggest/curator/",
    "/suggest/message/",
    "/accessibility/",
    "/privacy/",
    "/licence/",
]


@pytest.fixture(scope="module")
def starter_site(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The starter catalogue, loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            starter.load()
            yield
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, starter_site: None) -> BeautifulSoup:
    return open_page(Client(), request.param)


def test_it_has_one_heading_a_title_and_a_language(page: BeautifulSoup):
    assert [bool(words(h1)) for h1 in page.select("h1")] == [True]
    assert words(page.title).endswith("– Waymark")
    assert page.html["lang"] == "en-GB"
    assert page.select_one("meta[name=description]")["content"].strip()


def test_each_page_describes_itself(starter_site: None):
    """Search engines show it; what narrows or turns a list leaves its description as it is."""
    plain = [path for path in PAGES if "?" not in path]
    said = {
        path: open_page(Client(), path).select_one("meta[name=description]")["content"]
        for path in plain
    }

    assert [text for text, count in Counter(said.values()).items() if count > 1] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make", [ResourceFactory, RoleFactory, OrganisationFactory, CompetenceFactory]
)
def test_what_has_no_words_of_its_own_is_described_all_the_same(make: type):
    row = make(
        **{field: "" for field in ("summary", "description") if hasattr(make._meta.model, field)}
    )
    page = open_page(Client(), row.get_absolute_url())

    assert len(page.select_one("meta[name=description]")["content"]) > 20


def test_headings_leave_out_no_level(page: BeautifulSoup):
    levels = [int(heading.name[1]) for heading in page.select("h1, h2, h3, h4, h5")]

    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_nothing_in_it_needs_what_the_policy_forbids(page: BeautifulSoup):
    assert page.select("[style], style, script:not([src]), [onclick], [onload], iframe") == []
    sources = [
        tag.get("src") or tag.get("href")
        for tag in page.select("[src], link[href]:not([rel=canonical])")
    ]
    assert [source for source in sources if not source.startswith("/")] == []


def test_identifiers_stand_once_and_references_lead_somewhere(page: BeautifulSoup):
    ids = Counter(tag["id"] for tag in page.select("[id]"))
    named = [
        name for tag in page.select("[aria-labelledby]") for name in tag["aria-labelledby"].split()
    ]
    named += [tag["for"] for tag in page.select("label[for]")]
    named += [link["href"][1:] for link in page.select('a[href^="#"]')]

    assert [name for name, number in ids.items() if number > 1] == []
    assert [name for name in named if name not in ids] == []


def test_every_link_and_field_has_a_name(page: BeautifulSoup):
    nameless = [
        str(part)
        for part in page.select("a, button")
        if not words(part) and not part.get("aria-label")
    ]
    labelled = {label["for"] for label in page.select("label[for]")}
    fields = page.select("input:not([type=hidden])")

    assert nameless == []
    assert [field for field in fields if field.get("id") not in labelled] == []


def test_links_out_say_that_they_are(page: BeautifulSoup):
    out = page.select('a[href^="http"]')

    assert [link["href"] for link in out if "external" not in link.get("rel", [])] == []


@pytest.mark.parametrize("path", PAGES)
def test_it_sets_no_cookie_and_holds_no_token(starter_site: None, path: str):
    response = Client().get(path)

    assert response.cookies == {}
    assert b"csrfmiddlewaretoken" not in response.content


@pytest.mark.parametrize("path", PAGES)
def test_it_is_there_in_welsh_but_not_to_be_found(starter_site: None, path: str):
    page = open_page(Client(), f"/cy{path}")

    assert page.html["lang"] == "cy"
    assert "noindex" in page.select_one("meta[name=robots]")["content"]
    inside = [link["href"] for link in page.select('main a[href^="/"]')]
    # The desk, permanent addresses, ways out and what programs ask are the same in every language.
    shared = ("/admin/", "/id/", "/go/", "/api/")
    assert [href for href in inside if not href.startswith(("/cy/", *shared))] == []


@pytest.mark.parametrize("path", PAGES)
def test_no_english_page_leads_to_a_welsh_one(starter_site: None, path: str):
    page = open_page(Client(), path)

    assert page.select('[href^="/cy/"], [hreflang]') == []
