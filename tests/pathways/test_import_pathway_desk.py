"""The desk brings pathways in and gives each out as a file."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pathways.models import Pathway
from tests.cast import Cast
from tests.factories import UserFactory, make_draft, make_pathway
from tests.pages import links, open_page, words
from tests.pathways.rich import activity, plain

pytestmark = pytest.mark.django_db

IMPORT = reverse("admin:pathways_pathway_import")
EDITOR = (
    "pathways.add_pathway pathways.change_pathway pathways.view_pathway catalogue.add_resource "
    "catalogue.publish_resource"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    """Where the desk keeps what was chosen."""
    settings.VAR_DIR = tmp_path


@pytest.fixture
def desk(cast: Cast) -> Client:
    return cast.client_of("admin")


def somebody_who_may(*permissions: str) -> Client:
    user = UserFactory(is_staff=True)
    for permission in permissions:
        app, codename = permission.split(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    client = Client()
    client.force_login(user)
    return client


def choose(client: Client, said: Any, **options: Any) -> HttpResponse:
    raw = said if isinstance(said, bytes) else json.dumps(said).encode()
    file = SimpleUploadedFile("ways.json", raw, content_type="application/json")
    return client.post(IMPORT, {"file": file, **options})


class TestIn:
    def test_it_is_looked_at_before_it_comes_in(self, desk: Client) -> None:
        looked = choose(desk, plain())

        assert looked.status_code == 302
        assert not Pathway.objects.exists()

        desk.post(looked.url)

        assert Pathway.objects.get().draft().created_by.email == "admin@example.org"

    def test_it_is_published_where_that_is_asked_for(self, desk: Client) -> None:
        desk.post(choose(desk, plain(), publish="on").url)

        assert Pathway.objects.get().status == "published"

    def test_faults_are_told_on_the_page(self, desk: Client) -> None:
        page = open_page(desk, choose(desk, plain("a", activity(note=5))).url)

        assert "“note” takes a text." in words(page)

    def test_what_is_no_such_file_is_told_beside_the_field(self, desk: Client) -> None:
        assert "This file is empty." in choose(desk, b" ").content.decode()

    def test_nothing_is_asked_about_what_is_here(self, desk: Client) -> None:
        page = open_page(desk, IMPORT)

        assert [field["name"] for field in page.select("form [type=checkbox]")] == ["publish"]

    def test_publishing_is_asked_of_those_alone_who_may(self) -> None:
        page = open_page(somebody_who_may(*EDITOR.split()), IMPORT)

        assert page.select("form [type=checkbox]") == []

    @pytest.mark.parametrize("lacking", [one for one in EDITOR.split() if "view" not in one])
    def test_who_may_not_do_all_that_a_file_does_may_not_import(self, lacking: str) -> None:
        others = [one for one in EDITOR.split() if one != lacking]

        assert somebody_who_may(*others).get(IMPORT).status_code == 403


class TestOut:
    def test_a_pathway_is_given_out_as_readers_see_it(self, desk: Client) -> None:
        pathway = make_pathway("A way", slug="a-way")
        page = open_page(desk, reverse("admin:pathways_pathway_change", args=[pathway.pk]))
        url = reverse("admin:pathways_pathway_export", args=[pathway.pk])

        assert links(page)["Export as JSON"] == url
        answer = desk.get(url)
        assert json.loads(answer.content)["title"] == "A way"
        assert answer["Content-Disposition"] == 'attachment; filename="a-way-1.json"'

    def test_one_that_nobody_sees_yet_as_it_is_drafted(self, desk: Client) -> None:
        draft = make_draft("Not yet")

        answer = desk.get(reverse("admin:pathways_pathway_export", args=[draft.pathway_id]))

        assert json.loads(answer.content)["title"] == "Not yet"

    def test_a_revision_is_given_out_as_it_is(self, desk: Client) -> None:
        draft = make_draft("Not yet")
        page = open_page(desk, reverse("admin:pathways_revision_change", args=[draft.pk]))
        url = reverse("admin:pathways_revision_export", args=[draft.pk])

        assert links(page)["Export as JSON"] == url
        assert json.loads(desk.get(url).content)["title"] == "Not yet"

    def test_who_may_not_see_it_does_not_get_it(self) -> None:
        pathway = make_pathway()
        url = reverse("admin:pathways_pathway_export", args=[pathway.pk])

        assert somebody_who_may("catalogue.add_resource").get(url).status_code == 403

    def test_one_that_is_not_there_is_not_found(self, desk: Client) -> None:
        assert desk.get(reverse("admin:pathways_pathway_export", args=[1])).status_code == 404

    def test_a_form_for_a_new_pathway_has_nothing_to_give_out(self, desk: Client) -> None:
        assert desk.get(reverse("admin:pathways_pathway_add")).status_code == 200
