"""Editors bring resources in at the desk."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from catalogue.models import Decision, Resource
from tests.cast import Cast
from tests.catalogue.imports import table
from tests.pages import links, open_page, words

pytestmark = pytest.mark.django_db

LIST = reverse("admin:catalogue_resource_changelist")
IMPORT = reverse("admin:catalogue_resource_import")
SAID = table(
    {
        "url": "https://example.org/one",
        "title": "One",
        "resource_type": "guide",
        "language": "en",
    },
    {"url": "books.md", "title": "Two", "resource_type": "", "language": ""},
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client_of("admin")


def choose(client: Client, **options: Any) -> Any:
    file = SimpleUploadedFile("list.csv", SAID.encode())
    return client.post(IMPORT, {"file": file, **options}, follow=True)


def test_the_button_stands_on_the_list(client: Client) -> None:
    assert links(open_page(client, LIST))["Import"] == IMPORT


def test_a_look_tells_what_would_come_and_what_stays_out(client: Client) -> None:
    page = BeautifulSoup(choose(client).content, "lxml")

    assert "“books.md” is the name of a file." in words(page.main or page)
    assert not Resource.objects.exists()


def test_what_was_looked_at_comes_in_as_drafts(client: Client) -> None:
    looked = choose(client)

    client.post(looked.request["PATH_INFO"])

    resource = Resource.objects.get()
    assert (resource.title, resource.status) == ("One", "draft")


def test_it_is_published_by_whoever_asked_for_it(client: Client, cast: Cast) -> None:
    looked = choose(client, publish="on")

    client.post(looked.request["PATH_INFO"])

    assert Resource.objects.published().get().title == "One"
    assert Decision.objects.get().by == cast.admin
