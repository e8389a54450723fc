"""How often pages are opened: counted also from the page cache, of readers alone, and never one by one."""

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from catalogue import evidence
from catalogue.evidence import sums
from catalogue.models import MonthlyCount, SiteRevision
from catalogue.vocabularies import Use
from tests.cast import Cast
from tests.factories import MonthlyCountFactory, ResourceFactory, SkillFactory, make_pathway
from tests.reading import BROWSER, reader
from tests.rules import settle
from tests.together import Somebody


def opened(uid: UUID) -> int:
    evidence.write()
    rows = MonthlyCount.objects.filter(uid=uid, kind=Use.VIEW)
    return sum(rows.values_list("number", flat=True))


@pytest.mark.django_db
class TestWhatIsCounted:
    def test_a_resource_a_pathway_and_a_step_each_for_itself(self) -> None:
        pathway = make_pathway()
        step = pathway.published_revision.steps.order_by("n")[0]
        there = pathway.get_absolute_url()

        for address in [there, there, f"{there}1/", step.resource.get_absolute_url()]:
            reader().get(address)

        assert (opened(pathway.uid), opened(step.uid), opened(step.resource.uid)) == (2, 1, 1)
        assert MonthlyCount.objects.count() == 3

    def test_both_languages_are_one_page(self) -> None:
        pathway = make_pathway()

        reader().get(pathway.get_absolute_url())
        reader().get(f"/cy{pathway.get_absolute_url()}")

        assert opened(pathway.uid) == 2

    def test_no_list_and_nothing_that_is_not_there(self) -> None:
        gone = ResourceFactory()
        gone.withdraw(by=None, reason="It closed.")
        draft = ResourceFactory(published=False)
        skill = SkillFactory()

        for row, status in [(gone, 410), (draft, 404), (skill, 200)]:
            assert reader().get(row.get_absolute_url()).status_code == status
        assert reader().get("/resources/").status_code == 200
        evidence.write()

        assert MonthlyCount.objects.count() == 0

    def test_the_month_is_that_of_the_site_s_own_clock(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        resource = ResourceFactory()
        late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: late)

        reader().get(resource.get_absolute_url())
        evidence.write()

        assert MonthlyCount.objects.get().month == date(2026, 7, 1)


@pytest.mark.django_db
@pytest.mark.usefixtures("page_cache")
class TestFromThePageCache:
    def test_the_first_and_every_later_one(self, count_queries: Callable) -> None:
        resource = ResourceFactory()
        settle()
        there = resource.get_absolute_url()
        reader().get(there)

        with count_queries() as queries:
            reader().get(there)

        assert [one["sql"] for one in queries if "siterevision" not in one["sql"]] == []
        assert opened(resource.uid) == 2

    def test_also_where_the_browser_has_it_already(self) -> None:
        resource = ResourceFactory()
        settle()
        etag = reader().get(resource.get_absolute_url())["ETag"]

        again = reader(if_none_match=etag).get(resource.get_absolute_url())

        assert again.status_code == 304
        assert opened(resource.uid) == 2

    def test_also_where_a_page_is_made_for_somebody_alone(self) -> None:
        resource = ResourceFactory()
        learner = reader()
        learner.cookies["learner"] = "somebody"

        learner.get(resource.get_absolute_url())

        assert opened(resource.uid) == 1

    def test_no_page_is_made_anew_for_it(self) -> None:
        resource = ResourceFactory()
        settle()
        before, revision = reader().get(resource.get_absolute_url()), SiteRevision.current()
        evidence.write()
        settle()

        assert SiteRevision.current() == revision
        assert reader().get(resource.get_absolute_url()).headers == before.headers


@pytest.mark.django_db
class TestWhoIsLeftOut:
    @pytest.mark.parametrize(
        ("header", "said"),
        [
            ("sec_purpose", "prefetch"),
            ("sec_purpose", "prefetch;prerender"),
            ("purpose", "prefetch"),
            ("x_moz", "prefetch"),
            ("dnt", "1"),
            ("sec_gpc", "1"),
        ],
    )
    def test_what_is_fetched_ahead_of_time_and_who_asks_for_it(
        self, header: str, said: str
    ) -> None:
        resource = ResourceFactory()

        assert reader(**{header: said}).get(resource.get_absolute_url()).status_code == 200
        assert opened(resource.uid) == 0

        reader(**{header: "0"}).get(resource.get_absolute_url())
        assert opened(resource.uid) == 1

    @pytest.mark.parametrize(
        "name",
        [
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)",
            "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
            "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/126.0.0.0 Safari/537.36",
            "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
            "WhatsApp/2.23.20.0",
            "curl/8.5.0",
            "python-requests/2.32",
            "Go-http-client/2.0",
            "Java/17.0.1",
            "",
        ],
    )
    def test_programs_that_say_what_they_are(self, name: str) -> None:
        resource = ResourceFactory()

        reader(user_agent=name).get(resource.get_absolute_url())

        assert opened(resource.uid) == 0

    @pytest.mark.parametrize(
        "name",
        [
            BROWSER,
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/126.0 Mobile",
            "Lynx/2.9.2 libwww-FM/2.14",
        ],
    )
    def test_and_no_browser(self, name: str) -> None:
        resource = ResourceFactory()

        reader(user_agent=name).get(resource.get_absolute_url())

        assert opened(resource.uid) == 1

    def test_who_only_looks_whether_it_is_there(self) -> None:
        resource = ResourceFactory()

        reader().head(resource.get_absolute_url())

        assert opened(resource.uid) == 0

    def test_whoever_works_at_the_desk(self, cast: Cast) -> None:
        pathway = make_pathway(by=cast.guest)
        step = pathway.published_revision.steps.first()

        for name in ("guest", "editor", "admin"):
            client = cast.client_of(name)
            client.defaults["HTTP_USER_AGENT"] = BROWSER
            assert client.get(pathway.get_absolute_url()).status_code == 200
            assert client.get(f"/go/{step.uid}/").status_code == 302
        evidence.write()

        assert settings.SESSION_COOKIE_NAME in client.cookies
        assert MonthlyCount.objects.count() == 0


@pytest.mark.django_db(transaction=True)
class TestWriting:
    def test_what_several_workers_counted_adds_up(self) -> None:
        uid, month = uuid4(), date(2026, 11, 1)
        counted = {
            sums.Counted(str(uid), "view", month): 2,
            sums.Counted(str(uuid4()), "view", month): 1,
        }

        with (
            Somebody(lambda: MonthlyCount.objects.add(counted)) as other,
            transaction.atomic(),
        ):
            MonthlyCount.objects.add(counted)
            other.starts_and_waits()

        assert other.error is None
        assert opened(uid) == 4
        assert MonthlyCount.objects.count() == 2

    def test_all_of_it_is_one_statement(self, count_queries: Callable) -> None:
        for _ in range(30):
            evidence.count(Use.VIEW, uuid4(), uuid4())

        with count_queries() as queries:
            evidence.write()

        assert [one["sql"].split()[0] for one in queries] == ["BEGIN", "SET", "INSERT", "COMMIT"]
        assert MonthlyCount.objects.count() == 60

    def test_threads_lose_nothing(self) -> None:
        uid = uuid4()

        def many() -> None:
            for _ in range(500):
                evidence.count(Use.VIEW, uid)

        threads = [threading.Thread(target=many) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

        assert opened(uid) == 2000

    def test_what_can_t_be_written_is_written_the_next_time(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        uid = uuid4()
        evidence.count(Use.VIEW, uid)

        with monkeypatch.context() as broken:
            broken.setattr("catalogue.models.counts.ADD", "SELECT 1 / 0, %s, %s, %s, %s")
            evidence.write()
            evidence.count(Use.VIEW, uid)

        assert "could not be written" in caplog.text
        assert opened(uid) == 2

    def test_nothing_to_write_asks_nothing(self, count_queries: Callable) -> None:
        with count_queries() as queries:
            evidence.write()

        assert len(queries) == 0

    def test_a_timer_writes_what_is_held(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The first that is counted starts it, no other does until it has written."""
        begun: list[int] = []
        monkeypatch.setattr(sums, "_write_later", lambda: begun.append(1))
        evidence.forget()

        evidence.count(Use.VIEW, uuid4())
        evidence.count(Use.VIEW, uuid4())
        assert len(begun) == 1

        with Somebody(sums._write_beside) as timer:
            timer.starts()
        assert timer.error is None
        assert MonthlyCount.objects.count() == 2

        evidence.count(Use.VIEW, uuid4())
        assert len(begun) == 2

    def test_a_process_that_ends_writes_what_it_holds(self) -> None:
        uid = uuid4()
        program = f"""
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = {connection.settings_dict["NAME"]!r}
django.setup()
from catalogue import evidence
evidence.count("view", __import__("uuid").UUID({str(uid)!r}))
"""

        done = subprocess.run([sys.executable, "-c", program], cwd=settings.BASE_DIR, check=True)

        assert done.returncode == 0
        assert opened(uid) == 1


@pytest.mark.django_db
class TestForgetting:
    def test_numbers_go_after_five_years(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 21, 12, tzinfo=UTC))
        for month in (date(2021, 10, 1), date(2021, 11, 1), date(2026, 11, 1)):
            MonthlyCountFactory(month=month)

        assert MonthlyCount.objects.forget_old() == 1
        assert MonthlyCount.objects.order_by("month").first().month == date(2021, 11, 1)


@pytest.mark.django_db
class TestReading:
    @pytest.fixture(autouse=True)
    def in_november(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 21, 12, tzinfo=UTC))

    def test_the_last_twelve_months_end_with_this_one(self) -> None:
        months = evidence.last_months()

        assert (len(months), months[0], months[-1]) == (12, date(2025, 12, 1), date(2026, 11, 1))

    def test_months_before_anything_was_counted_are_not_nought(self) -> None:
        uid = uuid4()
        MonthlyCountFactory(month=date(2026, 9, 1))
        MonthlyCountFactory(uid=uid, month=date(2026, 10, 1), number=7)

        numbers = evidence.numbers_of([uid], evidence.last_months(4))

        assert numbers.of(Use.VIEW, uid) == [None, 0, 7, 0]
        assert numbers.sum_of(Use.VIEW, uid) == 7
        assert numbers.sum_of(Use.DEPARTURE, uid) == 0

    def test_several_things_add_up(self) -> None:
        one, other = uuid4(), uuid4()
        MonthlyCountFactory(uid=one, number=2)
        MonthlyCountFactory(uid=other, number=3)
        MonthlyCountFactory(uid=other, kind="departure", number=9)

        numbers = evidence.numbers_of([one, other], evidence.last_months(1))

        assert numbers.of(Use.VIEW, one, other) == [5]

    def test_it_costs_two_queries(self, count_queries: Callable) -> None:
        with count_queries() as queries:
            evidence.numbers_of([uuid4(), uuid4()])

        assert len(queries) == 2
