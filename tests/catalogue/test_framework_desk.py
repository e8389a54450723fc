"""The desk brings files in: choose one, look at what it would do, then do it."""

import csv
import io
import json
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from catalogue import import_admin
from catalogue.exchange import Report
from catalogue.framework_admin import FrameworkAdmin
from catalogue.models import Framework
from tests.cast import Cast
from tests.factories import FrameworkFactory, UserFactory
from tests.pages import links, open_page, texts, words

pytestmark = pytest.mark.django_db

LIST = reverse("admin:catalogue_framework_changelist")
IMPORT = reverse("admin:catalogue_framework_import")

FRAMEWORK = {
    "slug": "skills-1.0",
    "family": "skills",
    "version": "1.0",
    "title": "Skills 1.0",
    "competences": [{"code": "1", "title": "Data"}],
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """Where the desk keeps what was chosen."""
    settings.VAR_DIR = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client_of("admin")


def somebody_who_may(*verbs: str) -> Client:
    """An editor with these permissions for frameworks alone."""
    user = UserFactory(is_staff=True)
    codes = ["publish_resource", *(f"{verb}_framework" for verb in verbs)]
    user.user_permissions.add(*Permission.objects.filter(codename__in=codes))
    client = Client()
    client.force_login(user)
    return client


def choose(client: Client, said: Any = FRAMEWORK, name: str = "skills.json", **options: Any) -> Any:
    """The answer to choosing a file of `said`: bytes, or what JSON can hold."""
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content), **options})


def page_of(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def numbers(page: BeautifulSoup) -> dict[str, str]:
    """The counts of a report by their names."""
    rows = page.select(".imports__numbers tr")
    return {words(row.th): words(row.td) for row in rows}


class TestButton:
    def test_it_stands_on_the_list(self, client: Client) -> None:
        assert links(open_page(client, LIST))["Import"] == IMPORT

    def test_who_may_not_add_has_none_and_no_page(self) -> None:
        client = somebody_who_may("view", "change", "publish")

        assert "Import" not in links(open_page(client, LIST))
        open_page(client, IMPORT, status=403)
        assert choose(client).status_code == 403

    def test_visitors_are_led_to_sign_in(self) -> None:
        assert Client().get(IMPORT).status_code == 302
        assert choose(Client()).status_code == 302


class TestChoosing:
    def test_the_page_tells_formats_and_the_largest_size(self, client: Client) -> None:
        page = open_page(client, IMPORT)

        told = words(page.select_one("#id_file_helptext"))
        assert "CASE" in told and "20.0\xa0MB".replace("\xa0", " ") in told
        assert "manage.py import_framework" in told
        assert page.select_one("#id_file")["aria-describedby"] == "id_file_helptext"

    def test_every_field_has_a_label(self, client: Client) -> None:
        page = open_page(client, IMPORT)

        for field in page.select("main input[type=file], main input[type=checkbox]"):
            assert page.select_one(f"label[for={field['id']}]"), field

    def test_changing_and_publishing_are_offered_to_those_who_may(self) -> None:
        def offered(*verbs: str) -> list[str]:
            page = open_page(somebody_who_may("add", *verbs), IMPORT)
            return [box["name"] for box in page.select("input[type=checkbox]")]

        assert offered() == []
        assert offered("change") == ["update"]
        assert offered("publish") == ["publish"]

    def test_what_is_not_offered_can_not_be_asked(self) -> None:
        client = somebody_who_may("add", "view")

        there = choose(client, publish="on").url
        client.post(there)

        assert Framework.objects.get().status == "draft"

    def test_what_can_not_be_read_is_told_beside_the_field(self, client: Client) -> None:
        page = page_of(choose(client, b"%PDF-1.7", name="skills.pdf"))

        summary = page.select_one(".errornote[role=alert]")
        sentence = "This is a PDF file. Save it as text (CSV or JSON) first."
        assert sentence in words(summary)
        assert links(summary)["File"] == "#id_file"
        assert page.select_one("#id_file")["aria-invalid"] == "true"
        assert words(page.title).startswith("Error:")

    def test_nothing_is_kept_of_what_can_not_be_read(self, client: Client, folder: Path) -> None:
        choose(client, b"no JSON")

        assert list(folder.iterdir()) == []

    def test_without_a_file_it_asks_for_one(self, client: Client) -> None:
        page = page_of(client.post(IMPORT))

        assert "This field is required." in words(page.select_one(".errornote"))

    def test_a_file_too_large_goes_by_the_command(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(import_admin, "LARGEST", 10)

        page = page_of(choose(client))

        assert "with “manage.py import_framework”" in words(page.select_one(".errornote"))


class TestLooking:
    def test_it_tells_what_would_be_and_changes_nothing(self, client: Client) -> None:
        there = choose(client).url

        page = open_page(client, there)

        assert words(page.h2) == "What “skills.json” would bring"
        assert numbers(page)["Added"] == "2"
        assert not Framework.objects.exists()

    def test_what_is_here_already_can_not_be_brought_in(self, client: Client) -> None:
        client.post(choose(client).url)

        page = open_page(client, choose(client).url)

        assert "There is nothing to bring in." in words(page.main)
        assert page.select("[value='Bring it in']") == []

    def test_the_file_lies_where_nobody_else_may_look(self, client: Client, folder: Path) -> None:
        choose(client)

        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}

    def test_nobody_else_sees_it(self, client: Client) -> None:
        there = choose(client).url
        other = somebody_who_may("add", "view")

        assert other.get(there).url == IMPORT
        assert other.post(there).url == IMPORT
        assert other.get(f"{there}rejected.csv").status_code == 404
        assert not Framework.objects.exists()

    def test_an_address_that_was_never_given_leads_back(self, client: Client) -> None:
        there = f"{IMPORT}00000000-0000-4000-8000-000000000000/"

        page = page_of(client.get(there, follow=True))

        assert "That file is not kept here any more. Choose it again." in words(page)


class TestBringingIn:
    def test_it_does_what_was_told(self, client: Client) -> None:
        there = choose(client, publish="on").url

        page = page_of(client.post(there, follow=True))

        assert words(page.h2) == "What “skills.json” brought"
        assert numbers(page)["Added"] == "2"
        assert Framework.objects.get().status == "published"

    def test_the_file_goes_at_once(self, client: Client, folder: Path) -> None:
        client.post(choose(client).url)

        assert [path.suffix for path in folder.iterdir()] == [".json"]

    def test_a_second_press_does_nothing_more(self, client: Client) -> None:
        there = choose(client).url
        client.post(there)
        Framework.objects.all().delete()

        page = page_of(client.post(there, follow=True))

        assert words(page.h2) == "What “skills.json” brought"
        assert not Framework.objects.exists()

    def test_a_file_that_was_changed_meanwhile_is_refused(
        self, client: Client, folder: Path
    ) -> None:
        there = choose(client).url
        [kept] = folder.glob("*.file")
        kept.write_bytes(json.dumps({**FRAMEWORK, "title": "Another"}).encode())

        assert client.post(there).url == IMPORT
        assert not Framework.objects.exists()

    def test_after_a_day_it_is_forgotten(self, client: Client, folder: Path) -> None:
        there = choose(client).url
        for path in folder.iterdir():
            os.utime(path, (0, time.time() - import_admin.KeptFile.SECONDS - 1))

        assert client.post(there).url == IMPORT
        choose(client)

        assert len(list(folder.glob("*.file"))) == 1

    def test_who_lost_the_permission_meanwhile_may_not(self) -> None:
        client = somebody_who_may("add", "view", "publish")
        there = choose(client, publish="on").url
        Permission.objects.get(codename="publish_framework").user_set.clear()

        assert client.post(there).status_code == 403
        assert not Framework.objects.exists()

    def test_it_needs_a_token(self, cast: Cast) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(cast.admin)

        assert choose(strict).status_code == 403


class TestRejected:
    """Two hundred and one rows that stay out, one of them a formula."""

    @pytest.fixture(autouse=True)
    def rejecting(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        def import_file(
            desk: FrameworkAdmin, file: BinaryIO, name: str, *, report: Report, **options: Any
        ) -> None:
            report.added += 1
            report.note("The glossary is left out.")
            for line in range(1, 201):
                report.reject(line, "=cmd()", "This is no code.")
            report.leave_out(201, "<b>", "This is no date.")

        monkeypatch.setattr(FrameworkAdmin, "import_file", import_file)
        yield

    def test_the_first_two_hundred_are_shown(self, client: Client) -> None:
        page = open_page(client, choose(client).url)

        rows = page.select(".imports__rejected tbody tr")
        assert len(rows) == 200
        assert texts(rows[0], "td") == ["1", "=cmd()", "This is no code.", "stays out"]
        assert "These are the first 200" in words(page.main)
        assert numbers(page)["Rejected"] == "200"
        assert "The glossary is left out." in words(page.main)

    def test_all_of_them_can_be_had_without_harm(self, client: Client) -> None:
        page = open_page(client, choose(client).url)
        address = links(page)["All that stays out (CSV)"]

        response = client.get(address)

        assert response["Content-Disposition"] == 'attachment; filename="skills.rejects.csv"'
        content = b"".join(response.streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(content)))
        assert len(rows) == 202
        assert rows[1] == ["1", "'=cmd()", "This is no code.", "left out"]
        assert rows[-1] == ["201", "<b>", "This is no date.", "kept"]

    def test_they_are_told_of_the_result_too(self, client: Client) -> None:
        page = page_of(client.post(choose(client).url, follow=True))

        assert len(page.select(".imports__rejected tbody tr")) == 200
        response = client.get(links(page)["All that stays out (CSV)"])
        assert b"".join(response.streaming_content)


def test_nothing_on_the_pages_needs_what_the_policy_forbids(client: Client) -> None:
    for path in (IMPORT, choose(client).url):
        page = open_page(client, path)
        assert page.select("main [style], main style, main script, main [onclick]") == []


def test_a_framework_that_is_there_keeps_its_page_at_the_desk(client: Client) -> None:
    framework = FrameworkFactory()

    open_page(client, reverse("admin:catalogue_framework_change", args=[framework.pk]))


class TestExport:
    def test_the_page_of_a_framework_leads_to_its_file(self, client: Client) -> None:
        client.post(choose(client).url)
        framework = Framework.objects.get()
        page = open_page(client, reverse("admin:catalogue_framework_change", args=[framework.pk]))

        response = client.get(links(page)["Export"])

        assert response["Content-Disposition"] == 'attachment; filename="skills-1.0.json"'
        assert response.json()["competences"][0]["title"] == "Data"

    def test_who_may_not_look_gets_nothing(self) -> None:
        address = reverse("admin:catalogue_framework_export", args=[FrameworkFactory().pk])

        assert somebody_who_may("add").get(address).status_code == 403
        assert Client().get(address).status_code == 302

    def test_one_that_is_not_there_answers_404(self, client: Client) -> None:
        open_page(client, reverse("admin:catalogue_framework_export", args=[99]), status=404)
