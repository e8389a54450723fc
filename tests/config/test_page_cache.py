"""The page cache: one public page for everyone without a cookie, and an edit shows at once."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from catalogue.models import Resource, SiteRevision
from config import page_cache
from config.page_cache import PageCacheMiddleware, release, takes_gzip
from tests.config import pages
from tests.factories import ResourceFactory
from tests.rules import settle

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.config.pages"),
    pytest.mark.usefixtures("page_cache", "resource"),
]


@pytest.fixture
def resource() -> Resource:
    resource = ResourceFactory(title="As it was")
    settle()
    pages.made.clear()
    return resource


def directives(response: HttpResponse, header: str) -> set[str]:
    return {part.strip() for part in response[header].split(",")}


def visitor(*, packed: bool = False, **cookies: str) -> Client:
    client = Client(headers={"Accept-Encoding": "gzip, deflate"} if packed else {})
    client.cookies.load(cookies)
    return client


def visit(path: str = "/titles/", **headers: str) -> HttpResponse:
    """What a visitor who was never here before gets, from a worker that was just started."""
    return visitor().get(path, headers=headers)


class TestPublic:
    def test_it_is_the_same_for_everyone_and_says_so(self) -> None:
        response = visit()

        assert directives(response, "Cache-Control") == {"public", "max-age=0", "must-revalidate"}
        assert directives(response, "Vary") == {"Cookie", "Accept-Encoding"}
        assert not response.cookies

    def test_it_is_made_once_for_all_workers(self) -> None:
        first, second = visit(), visit()

        assert first.content == second.content
        assert first.headers == second.headers
        assert pages.made == ["/titles/"]

    def test_it_tells_its_length(self) -> None:
        response = visit()

        assert response["Content-Length"] == str(len(response.content))

    def test_a_cookie_of_somebody_else_s_changes_nothing(self) -> None:
        visit()

        response = visitor(_ga="tracked elsewhere").get("/titles/")

        assert "public" in directives(response, "Cache-Control")
        assert pages.made == ["/titles/"]


class TestValidators:
    def test_who_has_the_page_is_told_so(self) -> None:
        etag = visit()["ETag"]

        response = visit(if_none_match=etag)

        assert (response.status_code, response.content) == (304, b"")
        assert response["ETag"] == etag
        assert "public" in directives(response, "Cache-Control")
        assert "Cookie" in directives(response, "Vary")

    def test_who_has_another_gets_this_one(self) -> None:
        assert visit(if_none_match='"another"').status_code == 200

    def test_it_is_so_for_the_first_as_for_the_last(self) -> None:
        etag = visit()["ETag"]
        Resource.objects.update(provider=None)
        settle()

        assert visit(if_none_match=etag).status_code == 304
        assert len(pages.made) == 2

    def test_the_packed_page_has_one_of_its_own(self) -> None:
        plain, packed = visit(), visitor(packed=True).get("/titles/")

        assert plain["ETag"] != packed["ETag"]
        again = visitor(packed=True).get("/titles/", headers={"If-None-Match": packed["ETag"]})
        assert again.status_code == 304


class TestPacked:
    def test_a_browser_that_can_unpack_gets_it_packed(self) -> None:
        plain, packed = visit(), visitor(packed=True).get("/titles/")

        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
        assert packed["Content-Length"] == str(len(packed.content))
        assert len(packed.content) < len(plain.content)
        assert not plain.has_header("Content-Encoding")
        assert pages.made == ["/titles/"]

    def test_a_short_page_is_not_worth_it(self) -> None:
        response = visitor(packed=True).get("/short/")

        assert not response.has_header("Content-Encoding")
        assert response.content == b"short"


class TestHead:
    def test_it_has_the_headers_of_the_page_alone(self) -> None:
        page = visit()

        head = visitor().head("/titles/")

        assert (head.status_code, head.content) == (200, b"")
        assert (head["ETag"], head["Content-Length"]) == (page["ETag"], page["Content-Length"])
        assert pages.made == ["/titles/"]

    def test_nothing_is_kept_of_it(self) -> None:
        visitor().head("/titles/")

        assert b"As it was" in visit().content
        assert len(pages.made) == 2


class TestEdits:
    def test_an_edit_shows_at_once_on_every_worker(self, resource: Resource) -> None:
        one, other = visitor(), visitor()
        for worker in (one, other):
            assert b"As it was" in worker.get("/titles/").content

        resource.title = "As it is"
        resource.save()
        settle()

        for worker in (one, other):
            assert b"As it is" in worker.get("/titles/").content

    def test_and_the_old_page_is_no_longer_valid(self, resource: Resource) -> None:
        etag = visit()["ETag"]

        Resource.objects.update(title="As it is")
        settle()

        assert visit(if_none_match=etag).status_code == 200

    def test_one_that_was_taken_back_changes_nothing(self) -> None:
        visit()

        with transaction.atomic():
            Resource.objects.update(title="Never")
            transaction.set_rollback(True)
        settle()

        assert b"As it was" in visit().content
        assert pages.made == ["/titles/"]

    def test_a_page_that_is_kept_costs_one_query_for_the_revision(
        self, count_queries: Callable
    ) -> None:
        visit()

        with count_queries() as queries:
            visit()

        assert len(queries) == 1
        assert "catalogue_siterevision" in queries[0]["sql"]

    def test_which_a_worker_asks_for_twice_a_second_at_most(
        self, monkeypatch: pytest.MonkeyPatch, count_queries: Callable
    ) -> None:
        monkeypatch.setattr("config.page_cache.REVISION_SECONDS", 1000)
        worker = visitor()
        worker.get("/titles/")

        with count_queries() as queries:
            worker.get("/titles/")

        assert len(queries) == 0


class TestRevision:
    """What a worker knows of the site's revision."""

    @pytest.fixture
    def worker(self) -> PageCacheMiddleware:
        return PageCacheMiddleware(lambda request: HttpResponse())

    def test_it_is_as_old_as_the_question_not_the_answer(
        self, worker: PageCacheMiddleware, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clock = SimpleNamespace(now=100.0, monotonic=lambda: clock.now)
        monkeypatch.setattr(page_cache, "time", clock)

        def slowly() -> int:
            clock.now += 1
            return 7

        monkeypatch.setattr(SiteRevision, "current", slowly)
        worker.revision()

        assert worker.known == (7, 100.0)

    def test_it_never_goes_back(
        self, worker: PageCacheMiddleware, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def late() -> int:
            # Meanwhile another thread asked later, and was answered sooner.
            worker.known = (8, float("inf"))
            return 7

        monkeypatch.setattr(SiteRevision, "current", late)

        assert worker.revision()[0] == 8
        assert worker.known == (8, float("inf"))


class TestRelease:
    @pytest.fixture(autouse=True)
    def afresh(self) -> Iterator[None]:
        page_cache._digest.cache_clear()
        yield
        page_cache._digest.cache_clear()

    def changes(self) -> bool:
        """Whether the release is another now; a process that was just started would say."""
        before = release()
        page_cache._digest.cache_clear()
        return release() != before

    def test_it_stays_while_nothing_changes(self) -> None:
        assert self.changes() is False

    @pytest.mark.parametrize("name", ["SITE_NAME", "SITE_URL", "OPERATOR_NAME", "OPERATOR_CONTACT"])
    def test_a_setting_that_pages_show_is_part_of_it(self, settings: object, name: str) -> None:
        release()
        setattr(settings, name, "another")

        assert self.changes()

    def test_templates_and_translations_are_part_of_it(
        self, settings: object, tmp_path: Path
    ) -> None:
        settings.BASE_DIR = tmp_path
        for name in ("templates/page.html", "locale/cy/LC_MESSAGES/django.mo"):
            path = tmp_path / name
            path.parent.mkdir(parents=True)
            path.write_text("before")
            release()
            path.write_text("afterwards")

            assert self.changes()

    @pytest.mark.parametrize("is_debug", [False, True])
    def test_it_is_taken_once_but_where_templates_are_edited(
        self, settings: object, tmp_path: Path, is_debug: bool
    ) -> None:
        settings.BASE_DIR, settings.DEBUG = tmp_path, is_debug
        before = release()
        (tmp_path / "templates").mkdir()
        (tmp_path / "templates" / "page.html").write_text("new")

        assert (release() != before) is is_debug

    def test_static_files_and_the_form_of_what_is_kept_are_part_of_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        release()
        monkeypatch.setattr(staticfiles_storage, "manifest_hash", "another", raising=False)
        assert self.changes()

        monkeypatch.setattr(page_cache, "FORMAT", page_cache.FORMAT + 1)
        assert self.changes()

    def test_another_release_has_pages_of_its_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        visit()
        monkeypatch.setattr(page_cache, "release", lambda: "another")
        visit()

        assert len(pages.made) == 2


class TestSomebody:
    """With a session or learner cookie the same page comes private and afresh."""

    @pytest.mark.parametrize("cookie", ["session", "csrftoken", "learner", "messages"])
    def test_the_page_is_theirs_alone(self, cookie: str) -> None:
        visit()

        response = visitor(**{cookie: "theirs"}).get("/titles/")

        assert directives(response, "Cache-Control") == {"private", "no-cache"}
        assert "Cookie" in directives(response, "Vary")
        assert not response.has_header("ETag")
        assert len(pages.made) == 2

    def test_nobody_else_gets_it(self) -> None:
        visitor(learner="theirs").get("/titles/")

        assert "public" in directives(visit(), "Cache-Control")
        assert len(pages.made) == 2


class TestNeverKept:
    def test_a_page_that_is_heavier_than_any_should_be(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("config.page_cache.KEPT_UP_TO_BYTES", len(visit().content) - 1)

        answers = [visit("/titles/?again") for _ in range(2)]

        assert pages.made == ["/titles/", "/titles/?again", "/titles/?again"]
        assert ["public" in answer["Cache-Control"] for answer in answers] == [True, True]

    @pytest.mark.parametrize("path", ["/cookie/", "/form/", "/message/"])
    def test_a_page_that_sets_a_cookie(self, path: str) -> None:
        response = visit(path)
        visit(path)

        assert response.cookies
        assert directives(response, "Cache-Control") >= {"private", "no-cache"}
        assert len(pages.made) == 2

    def test_a_page_that_says_it_is_private(self) -> None:
        assert visit("/mine/")["Cache-Control"] == "private, max-age=60"
        assert visit("/mine/")["Cache-Control"] == "private, max-age=60"
        assert len(pages.made) == 2

    def test_a_page_that_says_never(self) -> None:
        assert "no-store" in directives(visit("/never/"), "Cache-Control")
        visit("/never/")
        assert len(pages.made) == 2

    @pytest.mark.parametrize(("path", "status"), [("/missing/", 404), ("/moved/", 301)])
    def test_what_is_not_there_may_be_public_but_is_asked_for_anew(
        self, path: str, status: int
    ) -> None:
        response = visit(path)
        visit(path)

        assert response.status_code == status
        assert "public" in directives(response, "Cache-Control")
        assert not response.has_header("ETag")
        assert len(pages.made) == 2

    @pytest.mark.parametrize("path", ["/broken/", "/streamed/", "/admin/"])
    def test_what_went_wrong_what_has_no_end_and_the_desk(self, path: str) -> None:
        response = visit(path)
        visit(path)

        assert "private" in directives(response, "Cache-Control")
        assert len(pages.made) == 2

    def test_what_was_sent(self) -> None:
        visit()

        response = visitor().post("/titles/")

        assert response.status_code == 405
        assert "private" in directives(response, "Cache-Control")
        assert len(pages.made) == 1


class TestApart:
    def test_languages(self) -> None:
        assert visit("/titles/").content.startswith(b"en ")
        assert visit("/cy/titles/").content.startswith(b"cy ")
        assert visit("/titles/").content.startswith(b"en ")

    def test_what_a_browser_prefers_is_not_asked(self) -> None:
        response = visit("/titles/", accept_language="cy")

        assert response.content.startswith(b"en ")
        assert "Accept-Language" not in directives(response, "Vary")

    def test_hosts(self) -> None:
        visit()

        assert b" localhost " in visitor().get("/titles/", headers={"Host": "localhost"}).content
        assert b" testserver " in visit().content

    @pytest.mark.parametrize("query", ["?q=data", "?q=", "?", "?q=data&page=2", "?page=2&q=data"])
    def test_queries(self, query: str) -> None:
        visit()
        visit("/titles/?q=privacy")

        visit(f"/titles/{query}")

        # An empty query is none.
        assert len(pages.made) == (2 if query == "?" else 3)

    def test_a_host_that_is_not_ours_is_refused(self) -> None:
        response = visitor().get("/titles/", headers={"Host": "evil.example"})

        assert response.status_code == 400
        assert pages.made == []


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("GZIP", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("x-gzip-not", False),
        ("br", False),
        ("", False),
    ],
)
def test_gzip_is_sent_to_those_who_take_it(accepted: str, taken: bool) -> None:
    assert takes_gzip(accepted) is taken
