"""`manage.py check_links`: which links are visited, and that nothing is lost or done twice."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from catalogue.links import AnotherRound, LineIsCut, due, rounds, visit_links
from catalogue.models import LinkHealth, LinkVisit, Resource
from tests.catalogue.link_web import at, hasty, health, link_to
from tests.factories import ResourceFactory
from tests.together import Somebody
from tests.web import Answer, Names, Web

pytestmark = pytest.mark.django_db


def check(*args: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("check_links", *args, "--pause=0", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def due_in(resource: Resource, **time: float) -> None:
    now = timezone.now()
    LinkHealth.objects.update_or_create(
        resource=resource,
        defaults={"state": "works", "checked_at": now, "due_at": now + timedelta(**time)},
    )


class TestWhichAreDue:
    def test_those_never_visited_and_those_whose_day_has_come(self) -> None:
        never, today, later = ResourceFactory.create_batch(3)
        due_in(today, hours=-1)
        due_in(later, hours=1)

        assert set(due()) == {never, today}

    def test_public_ones_first_drafts_too_and_none_that_was_withdrawn(self) -> None:
        draft, public, withdrawn = (
            ResourceFactory(published=False),
            *ResourceFactory.create_batch(2),
        )
        withdrawn.withdraw(by=None, reason="It is out of date.")

        assert [*due()] == [public, draft]

    def test_those_first_that_wait_longest(self) -> None:
        new, old, older = ResourceFactory.create_batch(3)
        due_in(old, days=-1)
        due_in(older, days=-2)

        assert [*due()] == [new, older, old]


class TestCommand:
    def test_each_answer_gets_its_state_and_the_counts_are_told(self, web: Web) -> None:
        answers = {"/200": 200, "/404": 404, "/410": 410, "/403": 403, "/500": 500}
        links = {
            path: link_to(web.put(path, Answer(status=status))) for path, status in answers.items()
        }
        links["/moved"] = link_to(web.put("/moved", Answer.to("/200", 301)))

        out, err = check()

        assert {path: health(link).state for path, link in links.items()} == {
            "/200": "works",
            "/404": "unsure",
            "/410": "unsure",
            "/403": "unsure",
            "/500": "unsure",
            "/moved": "moved",
        }
        assert out == "6 links visited: works 1, moved 1, unsure 4.\n"
        assert "6 of 6 links" in err

    def test_run_again_it_visits_none_before_its_day(self, web: Web) -> None:
        link_to(web.put("/page", "a page"))
        check()

        out, _err = check()

        assert out == "No link is due.\n"
        assert LinkVisit.objects.count() == 1

    def test_run_every_day_it_tells_in_the_end_what_is_gone(self, web: Web) -> None:
        gone, works = link_to(f"{web.root}/gone"), link_to(web.put("/page", "a page"))
        now = timezone.now()
        seen = []
        for day in range(8):
            with time_machine.travel(now + timedelta(days=day), tick=False):
                check()
                seen.append(health(gone).state)

        assert seen[:5] == ["unsure"] * 5 and seen[-1] == "gone"
        assert gone.visits.count() <= 5
        assert health(works).state == "works"

    def test_a_limit_is_kept(self, web: Web) -> None:
        for number in range(5):
            link_to(web.put(f"/{number}", "a page"))

        check("--limit", "2")

        assert LinkVisit.objects.count() == 2

    def test_all_visits_those_too_whose_day_has_not_come(self, web: Web) -> None:
        due_in(link_to(web.put("/page", "a page")), days=5)

        check("--all")

        assert LinkVisit.objects.count() == 1

    @pytest.mark.parametrize("name", ["slug", "url", "uid"])
    def test_one_is_visited_by_whatever_names_it(self, web: Web, name: str) -> None:
        wanted, _other = (link_to(web.put(f"/{n}", "a page")) for n in range(2))
        due_in(wanted, days=5)

        check("--resource", str(getattr(wanted, name)))

        assert [*LinkVisit.objects.values_list("resource", flat=True)] == [wanted.pk]

    @pytest.mark.parametrize(
        ("args", "told"),
        [
            (["--resource", "nothing"], "There is no resource “nothing”."),
            (["--limit", "0"], "--limit takes a number from 1 on."),
            (["--at-once", "0"], "--at-once takes a number from 1 on."),
            (["--every", "0"], "Seconds are a number; --every takes 1 or more."),
            (
                ["--every", "9", "--all"],
                "--every visits what is due, so --all and --resource go without it.",
            ),
        ],
    )
    def test_what_makes_no_sense_is_told(self, args: list[str], told: str) -> None:
        with pytest.raises(CommandError) as error:
            check(*args)

        assert str(error.value) == told


class TestWorker:
    @pytest.fixture
    def naps(self, monkeypatch) -> list[float]:
        """How long it rested; the third time it is told to stop."""
        naps: list[float] = []

        def rest(seconds: float) -> None:
            naps.append(seconds)
            if len(naps) == 3:
                raise KeyboardInterrupt

        monkeypatch.setattr("catalogue.management.commands.check_links.sleep", rest)
        monkeypatch.setattr("catalogue.management.commands.check_links.close_old_connections", int)
        return naps

    def test_it_goes_on_until_it_is_told_to_stop(self, web: Web, naps: list[float]) -> None:
        link_to(web.put("/page", "a page"))

        with pytest.raises(SystemExit) as error:
            check("--every", "600")

        assert error.value.code == 130
        assert naps == [600, 600, 600]
        assert LinkVisit.objects.count() == 1

    def test_a_line_that_is_cut_does_not_end_it(self, naps: list[float], monkeypatch) -> None:
        def fail(*args: object, **how: object) -> None:
            raise LineIsCut("No host answers.")

        monkeypatch.setattr("catalogue.management.commands.check_links.visit_links", fail)

        with pytest.raises(SystemExit):
            check("--every", "600")

        assert len(naps) == 3


class TestHosts:
    def test_each_one_at_a_time_and_several_at_once(self, web: Web) -> None:
        for number in range(12):
            web.put(f"/{number}", Answer(after=0.05))
            link_to(at(web, number % 3, f"/{number}"))

        visit_links(pause=0)

        assert 1 < web.most_at_once <= 3
        assert web.paths.count("/robots.txt") == 3

    def test_one_that_has_enough_is_left_and_its_links_stay_as_they_are(self, web: Web) -> None:
        web.put("/busy", Answer(status=429, headers={"Retry-After": "1000"}))
        busy = [link_to(at(web, 1, "/busy")), *(link_to(at(web, 1, f"/{n}")) for n in range(3))]
        due_in(busy[-1], days=-1)

        tally = visit_links(pause=0)

        assert (tally.visited, tally.postponed) == (1, 3)
        assert health(busy[0]).state == "unsure"
        waits = health(busy[-1]).due_at - timezone.now()
        assert timedelta(seconds=900) < waits <= timedelta(seconds=1000)
        assert health(busy[-1]).state == "works"
        assert LinkVisit.objects.count() == 1


class TestInterrupted:
    def test_what_was_visited_is_kept_and_the_rest_is_visited_next(self, web: Web) -> None:
        for number in range(6):
            link_to(web.put(f"/{number}", Answer(after=0.05)))

        def stop(done: int, whole: int) -> None:
            if done >= 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            visit_links(pause=0, progress=stop)
        kept = LinkVisit.objects.count()
        tally = visit_links(pause=0)

        assert kept == 2
        assert tally.visited == 4
        assert {resource.visits.count() for resource in Resource.objects.all()} == {1}

    def test_a_link_that_went_meanwhile_harms_nobody(self, web: Web) -> None:
        first, second = (
            link_to(web.put(f"/{n}", Answer(after=0.1)), published=False) for n in range(2)
        )

        def delete(done: int, whole: int) -> None:
            if done == 1:
                second.delete()

        tally = visit_links(pause=0, progress=delete)

        assert (tally.visited, tally.dropped) == (1, 1)
        assert health(first).state == "works"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_visit_the_same(web: Web) -> None:
    link_to(web.put("/page", "a page"))
    met = []

    def meanwhile(done: int, whole: int) -> None:
        with Somebody(lambda: visit_links(pause=0)) as other:
            other.starts()
        met.append(other.error)

    visit_links(pause=0, every=True, progress=meanwhile)
    tally = visit_links(pause=0)

    assert [type(error) for error in met] == [AnotherRound]
    assert tally.visited == 0
    assert LinkVisit.objects.count() == 1


def test_the_second_tells_why_it_does_nothing(web: Web, monkeypatch) -> None:
    def refuse(*args: object, **how: object) -> None:
        raise AnotherRound("Links are being visited already.")

    monkeypatch.setattr("catalogue.management.commands.check_links.visit_links", refuse)

    out, _err = check()

    assert out == "Links are being visited already.\n"


def test_a_link_that_was_never_visited_can_be_put_off_too(db: None) -> None:
    resource = link_to("https://example.org/page")

    rounds._put_off(resource.pk, 3600)

    assert resource not in due()
    assert LinkHealth.objects.get(pk=resource.pk).state == "unchecked"


def test_a_round_that_fails_lets_the_next_begin(web: Web) -> None:
    link_to(web.put("/page", "a page"))

    def fail(done: int, whole: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        visit_links(pause=0, progress=fail)

    with connection.cursor() as cursor:
        # Those of this database: other tests have theirs.
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
            "WHERE locktype = 'advisory' AND datname = current_database()"
        )
        assert cursor.fetchone() == (0,)


class TestLineThatIsCut:
    @pytest.fixture
    def silent(self, web: Web, monkeypatch) -> Web:
        """A machine without a line: every name is unknown, but those of a few hosts."""
        Names({"up.example.org": ["127.0.0.1"]}).install(monkeypatch)
        return web

    def worked(self, web: Web, host: str) -> Resource:
        resource = link_to(f"http://{host}:{web.root.rpartition(':')[2]}/page")
        due_in(resource, days=5)
        return resource

    def test_nothing_is_noted_where_nobody_answers_that_answered_before(self, silent: Web) -> None:
        self.worked(silent, "down.example.org")
        links = [link_to(f"https://dead{n}.example.org/") for n in range(3)]

        with pytest.raises(LineIsCut):
            visit_links(pause=0, visitor=hasty())

        assert not LinkVisit.objects.exists()
        assert set(due()) == set(links)

    def test_it_is_noted_where_somebody_does(self, silent: Web) -> None:
        self.worked(silent, "up.example.org")
        link_to("https://dead.example.org/")

        tally = visit_links(pause=0, visitor=hasty())

        assert tally.states == {"unsure": 1}

    def test_and_where_nobody_ever_did(self, silent: Web) -> None:
        link_to("https://dead.example.org/")

        assert visit_links(pause=0, visitor=hasty()).states == {"unsure": 1}

    def test_but_not_of_many_hosts(self, silent: Web) -> None:
        for number in range(rounds.SILENT_HOSTS):
            link_to(f"https://dead{number}.example.org/")

        with pytest.raises(LineIsCut) as error:
            visit_links(pause=0, visitor=hasty())

        assert str(error.value) == (
            "No host answers at all, so nothing was noted: is this machine’s line cut?"
        )
        assert not LinkVisit.objects.exists()

    def test_many_are_noted_as_soon_as_one_answers(self, silent: Web) -> None:
        for number in range(5):
            link_to(f"https://dead{number}.example.org/")
        link_to(f"http://up.example.org:{silent.root.rpartition(':')[2]}/page")

        assert visit_links(pause=0, visitor=hasty()).visited == 6

    def test_the_command_ends_with_a_failure(self, silent: Web) -> None:
        self.worked(silent, "down.example.org")
        link_to("https://dead.example.org/")

        with pytest.raises(CommandError):
            check()
