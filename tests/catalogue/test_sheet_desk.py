"""At the desk the list of resources is downloaded as a spreadsheet, and its changes are brought back."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from catalogue.models import Resource
from tests.cast import Cast
from tests.catalogue.sheets import changed, rows_of
from tests.factories import ResourceFactory
from tests.pages import links, open_page, words

pytestmark = pytest.mark.django_db

LIST = reverse("admin:catalogue_resource_changelist")
DOWNLOAD = reverse("admin:catalogue_resource_download")
SHEET = reverse("admin:catalogue_resource_sheet")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client_of("editor")


def download(client: Client, query: str = "") -> str:
    return client.get(f"{DOWNLOAD}?{query}").getvalue().decode()


def send(client: Client, sheet: str, **options: Any) -> Any:
    file = SimpleUploadedFile("mended.csv", sheet.encode())
    return client.post(SHEET, {"file": file, **options}, follow=True)


def table_of(response: Any) -> list[str]:
    page = BeautifulSoup(response.content, "lxml")
    return [words(row) for row in page.select(".imports__cells tbody tr")]


class TestDownloading:
    def test_the_link_has_the_list_as_it_is_narrowed(self, client: Client) -> None:
        ResourceFactory(resource_type="video", title="Seen")
        ResourceFactory(resource_type="guide")

        page = open_page(client, f"{LIST}?resource_type__exact=video")
        there = links(page)["Download as a spreadsheet"]

        sheet = client.get(there).getvalue().decode()
        assert [row["title"] for row in rows_of(sheet)] == ["Seen"]

    def test_a_search_narrows_it_as_well(self, client: Client) -> None:
        ResourceFactory(title="Maps")
        ResourceFactory(title="Data")

        assert [row["title"] for row in rows_of(download(client, "q=maps"))] == ["Maps"]

    def test_it_has_all_pages(self, client: Client) -> None:
        for _number in range(60):
            ResourceFactory(provider=None)

        assert len(rows_of(download(client, "p=2"))) == 60

    def test_the_chosen_ones_can_be_had_alone(self, client: Client) -> None:
        chosen, _other = ResourceFactory(), ResourceFactory()

        response = client.post(LIST, {"action": "download_chosen", "_selected_action": [chosen.pk]})

        assert "resources-" in response["Content-Disposition"]
        [row] = rows_of(response.getvalue().decode())
        assert row["uid"] == str(chosen.uid)

    def test_a_guest_gets_only_what_they_may_change(self, cast: Cast) -> None:
        own = ResourceFactory(published=False, added_by=cast.guest)
        ResourceFactory()
        ResourceFactory(published=False, added_by=cast.other_guest)

        [row] = rows_of(download(cast.client_of("guest")))

        assert row["uid"] == str(own.uid)

    def test_an_address_that_asks_for_nonsense_leads_to_the_list(self, client: Client) -> None:
        assert client.get(f"{DOWNLOAD}?status__exact=1&foo__bar=2").status_code == 302


class TestBringingBack:
    def test_a_look_lists_each_cell_before_and_after(self, client: Client) -> None:
        ResourceFactory(title="Old", cost="free")

        looked = send(client, changed(download(client), title="New", cost="paid"))

        assert table_of(looked) == ["Old title Old New", "Old cost free paid"]
        assert Resource.objects.get().title == "Old"

    def test_then_it_is_done(self, client: Client, cast: Cast) -> None:
        resource = ResourceFactory(title="Old")
        looked = send(client, changed(download(client), title="New"), why="Plainer.")

        done = client.post(looked.request["PATH_INFO"], follow=True)

        resource.refresh_from_db()
        assert resource.title == "New"
        assert table_of(done) == ["Old title Old New"]
        entry = LogEntry.objects.get()
        assert (entry.user, entry.change_message) == (cast.editor, "By a spreadsheet: title.")

    def test_what_somebody_changed_between_the_look_and_the_deed_stays(
        self, client: Client
    ) -> None:
        resource = ResourceFactory(title="Old")
        looked = send(client, changed(download(client), title="Mine"))
        Resource.objects.filter(pk=resource.pk).update(title="Theirs")

        done = client.post(looked.request["PATH_INFO"], follow=True)

        resource.refresh_from_db()
        assert resource.title == "Theirs"
        assert "it says “Theirs” by now" in done.content.decode()

    def test_all_changes_can_be_had_as_a_list(self, client: Client) -> None:
        ResourceFactory(title="Old")
        looked = send(client, changed(download(client), title="=New"))
        page = BeautifulSoup(looked.content, "lxml")

        told = client.get(links(page)["All changes (CSV)"]).getvalue().decode("utf-8-sig")

        assert told.splitlines() == ["line,title,column,before,after", "2,Old,title,Old,'=New"]

    def test_a_long_text_is_shown_where_it_differs(self, client: Client) -> None:
        same = "The same words. " * 40
        ResourceFactory(description=f"{same}Old end.")

        looked = send(client, changed(download(client), description=f"{same}New end."))

        [told] = table_of(looked)
        assert "Old end." in told and "New end." in told and len(told) < 300

    def test_empty_cells_empty_only_where_that_is_ticked(self, client: Client) -> None:
        ResourceFactory(description="Stays or goes.")
        sheet = changed(download(client), description="")

        assert table_of(send(client, sheet)) == []
        assert len(table_of(send(client, sheet, clear="on"))) == 1

    def test_a_guest_changes_their_own_drafts(self, cast: Cast) -> None:
        client = cast.client_of("guest")
        own = ResourceFactory(published=False, added_by=cast.guest, title="Old")
        public = ResourceFactory(title="Public")
        row = {**rows_of(download(client))[0]}
        sheet = changed(download(client), title="New") + ",".join(
            str(public.uid) if name == "uid" else "Forged" if name == "title" else ""
            for name in row
        )

        looked = send(client, sheet)
        client.post(looked.request["PATH_INFO"])

        own.refresh_from_db()
        public.refresh_from_db()
        assert (own.title, public.title) == ("New", "Public")

    def test_another_file_is_refused_in_a_sentence(self, client: Client) -> None:
        response = send(client, "url,title\nhttps://example.org,One\n")

        assert "no column “uid”" in response.content.decode()
