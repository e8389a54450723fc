"""How pathways are used: what the desk tells those who keep them, and readers where a curator lets it."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from catalogue.models import MonthlyCount
from curators.models import Curator
from pathways import publication
from pathways.models import Pathway
from tests.cast import Cast
from tests.factories import (
    CreditFactory,
    CuratorFactory,
    MonthlyCountFactory,
    ResourceFactory,
    make_draft,
    make_pathway,
)
from tests.pages import open_page, texts, words

pytestmark = pytest.mark.django_db

NOVEMBER, OCTOBER, SEPTEMBER = (date(2026, month, 1) for month in (11, 10, 9))


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 21, 12, tzinfo=UTC))


def counted(row: object, number: int, month: date = OCTOBER, kind: str = "view") -> None:
    MonthlyCountFactory(uid=row.uid, number=number, month=month, kind=kind)


@pytest.fixture
def pathway(cast: Cast) -> Pathway:
    """The guest curator's own, public since the summer, counted since September."""
    guide = ResourceFactory(title="=A guide")
    pathway = make_pathway("A way", steps=[guide, "Try it"], by=cast.guest)
    Pathway.objects.filter(pk=pathway.pk).update(published_at=datetime(2026, 7, 1, tzinfo=UTC))
    pathway.refresh_from_db()
    first, second = pathway.published_revision.steps.order_by("n")
    counted(pathway, 20, SEPTEMBER)
    counted(pathway, 120)
    counted(pathway, 7, NOVEMBER)
    counted(first, 30)
    counted(second, 10)
    counted(first, 9, kind="departure")
    return pathway


def page_of(pathway: Pathway) -> str:
    return f"/admin/pathways/pathway/{pathway.pk}/evidence/"


def rows_of(page: object, caption: str) -> list[list[str]]:
    [table] = [one for one in page.select("table") if words(one.caption) == caption]
    return [texts(row, "th, td") for row in table.select("tbody tr")]


class TestThePageOfAPathway:
    def test_a_row_for_each_month_in_which_anything_was_counted(
        self, cast: Cast, pathway: Pathway
    ) -> None:
        page = open_page(cast.client_of("guest"), page_of(pathway))

        assert rows_of(page, "Month by month, the latest first") == [
            ["November 2026", "7", "0", "0"],
            ["October 2026", "120", "40", "9"],
            ["September 2026", "20", "0", "0"],
        ]
        assert "Counted since September 2026." in words(page)

    def test_a_picture_with_the_same_in_words(self, cast: Cast, pathway: Pathway) -> None:
        page = open_page(cast.client_of("guest"), page_of(pathway))
        [picture] = page.select("svg[role=img]")

        assert picture["aria-label"] == (
            "Opened 187 times since September 2026, most often in October 2026 (160). 9 went out."
        )
        assert texts(picture, ".use__opened title") == [
            "September 2026: opened 20 times",
            "October 2026: opened 160 times",
            "November 2026: opened 7 times",
        ]
        assert picture.select("[style]") == []

    def test_a_row_for_each_step_also_one_that_was_left_out(
        self, cast: Cast, pathway: Pathway
    ) -> None:
        draft = publication.draft_from(pathway.published_revision, by=cast.guest)
        draft.steps.get(n=1).delete()
        publication.publish(draft, by=cast.editor)

        page = open_page(cast.client_of("guest"), page_of(pathway))

        assert rows_of(page, "In the last twelve months") == [
            ["Try it", "10", "– leads nowhere"],
            ["=A guide left out since", "30", "9"],
        ]

    def test_before_anything_is_counted_it_says_so(self, cast: Cast) -> None:
        page = open_page(cast.client_of("guest"), page_of(make_pathway(by=cast.guest)))

        assert "Nothing has been counted yet." in words(page)
        assert page.select("#content-main table, svg.use") == []

    def test_the_pathway_s_form_leads_there(self, cast: Cast, pathway: Pathway) -> None:
        form = open_page(cast.client_of("guest"), f"/admin/pathways/pathway/{pathway.pk}/change/")

        assert form.select(f'a[href="{page_of(pathway)}"]')

    @pytest.mark.parametrize("who", ["other_guest", "partner", "visitor"])
    def test_it_is_not_there_for_anybody_else(self, cast: Cast, pathway: Pathway, who: str) -> None:
        client = cast.client_of(who)

        for address in (page_of(pathway), f"{page_of(pathway)[:-1]}.csv"):
            answer = client.get(address)

            assert answer.status_code in (302, 403, 404)
            assert "October" not in answer.content.decode()

    def test_it_takes_as_many_queries_however_many_steps(
        self, cast: Cast, count_queries: Callable
    ) -> None:
        client = cast.client_of("guest")
        pathway = make_pathway(by=cast.guest)
        with count_queries() as few:
            client.get(page_of(pathway))
        more = make_pathway(by=cast.guest, steps=[None] * 8)

        with count_queries() as many:
            client.get(page_of(more))

        assert len(many) == len(few)


class TestTheFile:
    def test_a_row_for_each_page_and_month(self, cast: Cast, pathway: Pathway) -> None:
        answer = cast.client_of("guest").get(f"{page_of(pathway)[:-1]}.csv")

        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert answer["Content-Disposition"] == 'attachment; filename="a-way-use.csv"'
        rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[0] == ["month", "pathway", "step", "title", "opened", "went_out"]
        assert ["2026-10", "a-way", "", "A way", "120", ""] in rows
        # No spreadsheet takes a title for a formula.
        assert ["2026-10", "a-way", "1", "'=A guide", "30", "9"] in rows
        assert len(rows) == 1 + 3 * 3


class TestTheOverview:
    def test_a_guest_curator_finds_what_they_keep(self, cast: Cast, pathway: Pathway) -> None:
        make_pathway("Another's", by=cast.other_guest)
        client = cast.client_of("guest")

        page = open_page(client, "/admin/evidence/")

        assert words(page.select_one("#content h1")) == "How your pathways are used"
        assert rows_of(page, "In the last twelve months") == [["A way", "147", "40", "9"]]
        assert "another" not in client.get("/admin/evidence.csv").content.decode().lower()

    def test_an_editor_finds_all_what_is_opened_most_first(
        self, cast: Cast, pathway: Pathway
    ) -> None:
        counted(make_pathway("Another's", by=cast.other_guest), 1000)
        make_draft("Not public yet")

        page = open_page(cast.client_of("editor"), "/admin/evidence/")

        assert words(page.select_one("#content h1")) == "How pathways are used"
        assert [row[:2] for row in rows_of(page, "In the last twelve months")] == [
            ["Another's", "1000"],
            ["A way", "147"],
        ]

    def test_who_has_none_is_told_what_it_is_for(self, cast: Cast) -> None:
        page = open_page(cast.client_of("guest"), "/admin/evidence/")

        assert "None of your pathways is public yet." in words(page)

    @pytest.mark.parametrize("address", ["/admin/evidence/", "/admin/evidence.csv"])
    def test_others_have_none(self, cast: Cast, address: str) -> None:
        assert cast.client_of("partner").get(address).status_code == 403
        assert cast.client_of("visitor").get(address).status_code == 302

    def test_it_takes_as_many_queries_however_many_pathways(
        self, cast: Cast, pathway: Pathway, count_queries: Callable
    ) -> None:
        client = cast.client_of("guest")
        with count_queries() as few:
            client.get("/admin/evidence/")
        for _ in range(5):
            make_pathway(by=cast.guest)

        with count_queries() as many:
            client.get("/admin/evidence/")

        assert len(many) == len(few)


def test_the_first_page_of_the_desk_tells_the_latest_two_months(
    cast: Cast, pathway: Pathway
) -> None:
    page = open_page(cast.client_of("guest"), "/admin/")

    assert texts(page, ".desk-own__use span:not(.visually-hidden)") == [
        "Opened 7 times in November 2026",
        "Opened 120 times in October 2026",
    ]
    assert page.select('.desk-board a[href="/admin/evidence/"]')


class TestWhatReadersAreTold:
    @pytest.fixture
    def curator(self, pathway: Pathway) -> Curator:
        curator = CuratorFactory(name="A curator", shows_use=True)
        CreditFactory(pathway=pathway, curator=curator)
        return curator

    def told(self, client: Client, curator: Curator) -> list[str]:
        page = open_page(client, curator.get_absolute_url())
        return texts(page, "section[aria-labelledby=use] li")

    def test_how_often_each_was_opened_in_the_last_whole_month(
        self, client: Client, curator: Curator
    ) -> None:
        assert self.told(client, curator) == ["A way Opened 120 times in October 2026"]

    def test_nothing_unless_the_curator_wants_it(self, client: Client, pathway: Pathway) -> None:
        curator = CuratorFactory()
        CreditFactory(pathway=pathway, curator=curator)

        assert not curator.shows_use
        assert self.told(client, curator) == []

    @pytest.mark.parametrize(
        ("number", "sentence"),
        [
            (0, "Opened fewer than 5 times in October 2026"),
            (4, "Opened fewer than 5 times in October 2026"),
            (5, "Opened 5 times in October 2026"),
        ],
    )
    def test_small_numbers_are_not_told(
        self, client: Client, curator: Curator, pathway: Pathway, number: int, sentence: str
    ) -> None:
        MonthlyCount.objects.filter(uid=pathway.uid, month=OCTOBER).update(number=number)

        assert self.told(client, curator) == [f"A way {sentence}"]

    def test_nothing_of_a_month_before_it_was_public(
        self, client: Client, curator: Curator, pathway: Pathway
    ) -> None:
        Pathway.objects.update(published_at=datetime(2026, 11, 2, tzinfo=UTC))

        assert self.told(client, curator) == []

    def test_nothing_of_a_month_before_anything_was_counted(
        self, client: Client, curator: Curator
    ) -> None:
        MonthlyCount.objects.exclude(month=NOVEMBER).delete()

        assert self.told(client, curator) == []

    def test_curators_choose_for_themselves(self, cast: Cast) -> None:
        curator = cast.guest_curator
        there = f"/admin/curators/curator/{curator.pk}/change/"

        own = open_page(cast.client_of("guest"), there)
        editors = open_page(cast.client_of("editor"), there)

        assert own.select("input[name=shows_use]")
        assert not own.select_one("input[name=shows_use]").has_attr("checked")
        assert editors.select("input[name=shows_use]") == []

    def test_an_editor_chooses_for_whoever_has_no_account(self, cast: Cast) -> None:
        team = CuratorFactory(is_team=True)

        form = open_page(cast.client_of("editor"), f"/admin/curators/curator/{team.pk}/change/")

        assert form.select("input[name=shows_use]")


class TestAResource:
    def test_editors_see_its_numbers_with_those_of_what_was_merged_into_it(
        self, cast: Cast
    ) -> None:
        resource = ResourceFactory()
        counted(resource, 3)
        counted(resource, 2, kind="departure")
        there = f"/admin/catalogue/resource/{resource.pk}/change/"

        form = open_page(cast.client_of("editor"), there)

        assert words(form.select_one(".desk-use p")) == (
            "Opened 3 times since October 2026, most often in October 2026 (3). 2 went out."
        )
        assert open_page(cast.client_of("guest"), there).select(".desk-use") == []


def test_old_numbers_are_forgotten_by_cron(capsys: pytest.CaptureFixture) -> None:
    MonthlyCountFactory(month=date(2021, 10, 1))

    call_command("forget_addresses")

    assert MonthlyCount.objects.count() == 0
    assert "Numbers of more than five years ago deleted: 1" in capsys.readouterr().out
