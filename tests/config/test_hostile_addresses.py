"""Every public address, asked for what nobody would ask: a page that makes sense, and nothing raw.

The addresses come from the resolver and their parameters from what pages read, so that a new one is
tried without being named here; only an example of its path is needed.
"""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import get_resolver
from gunicorn.config import Config
from gunicorn.http import RequestParser
from gunicorn.http.errors import LimitRequestLine

from catalogue import tallies
from catalogue.models import Resource, Statement
from config import gunicorn
from curators.entrance import one_time_link
from curators.suggestions.models import digest_of
from pathways import previewing
from pathways.models import Confirmation
from pathways.upkeep import asking
from tests.config.hostile import (
    BREAKING_OUT,
    HEADERS,
    MARK,
    MULTIPLIED,
    OTHER_HOSTS,
    OUR_HOSTS,
    PARTS,
    SCRIPT,
    VALUES,
)
from tests.config.test_docs_addresses import Route, routes
from tests.factories import (
    CompetenceFactory,
    ConfirmationFactory,
    CuratorFactory,
    FrameworkFactory,
    InvitationFactory,
    MaintainerFactory,
    OrganisationFactory,
    QuestionFactory,
    ResourceFactory,
    RoleFactory,
    SkillFactory,
    StatementFactory,
    SuggestionFactory,
    UserFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)
from tests.pages import words

ROUTES: list[Route] = list(routes(get_resolver()))
# A page, a page elsewhere, a request that can't be understood, pages that aren't there, and parameters
# that programs are told of.
SENSIBLE = {200, 301, 302, 304, 400, 404, 410, 422}
# A page with twenty values of every filter, each link of which names them all.
HEAVIEST = 2_000_000
OTHER_METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "ÿ"]


def examples() -> dict[str, str]:
    """A path that answers for each address of the site, by the address as the resolver has it."""
    framework = FrameworkFactory(slug="digcomp-3.0")
    competence = CompetenceFactory(framework=framework, code="1.2")
    StatementFactory(competence=competence, kind=Statement.Kind.STATEMENT)
    skill = SkillFactory(slug="a-skill", competences=[competence])
    body = OrganisationFactory(slug="a-body", is_sector_body=True)
    resource = ResourceFactory(slug="a-resource", skills=[skill], tags=["a tag"], provider=body)
    RoleFactory(slug="a-role", sectors=["libraries"])
    QuestionFactory(slug="a-question").resources.add(resource)
    curator = CuratorFactory(slug="a-curator", organisation=body)
    make_pathway(slug="a-pathway", steps=[resource, "Ask a colleague"], curators=[curator])
    token = one_time_link("").split("/")[-2]
    parts = {"uid": resource.uid, "id": resource.uid, "code": "1.2", "n": 1, "token": token}
    parts |= {"kind": "pages", "number": 1, "pk": 1, "name": "tag"}
    invitation = InvitationFactory.build()
    invited = invitation.new_token()
    invitation.save()
    SuggestionFactory(token_digest=digest_of("0" * 40), about="/skills/")
    slugs = {"frameworks": "digcomp-3.0", "organisations": "a-body"}
    in_preview = {"token": preview_token(), "uid": Resource.objects.get(slug="a-draft").uid}
    in_mail = {"token": asking.link_of(a_question()).split("/")[-2]}
    made = {}
    for route in ROUTES:
        kind = route.address.split("/")[1]
        own = {**parts, "slug": slugs.get(kind, f"a-{kind.removesuffix('s')}")}
        own |= in_preview if "/preview/" in route.address else {}
        own |= in_mail if kind == "still-happy" else {}
        own |= {"token": invited} if kind == "invitation" else {}
        path = route.address
        for name, value in own.items():
            path = path.replace(f"<{name}>", str(value))
        if kind == "suggest":
            path = route.address.replace("<token>", "0" * 40)
        made[route.address] = "/admin/login/" if route.address == "/admin/" else path
    return made


def a_question() -> Confirmation:
    """Whether a pathway is still good, asked of somebody who looks after it."""
    pathway = make_pathway("Asked about")
    keeper = MaintainerFactory(pathway=pathway)
    return ConfirmationFactory(pathway=pathway, user=keeper.user)


def preview_token() -> str:
    """Of a link to a draft whose only step is a resource that is a draft itself."""
    draft = make_draft(by=UserFactory())
    add_step(add_stage(draft), ResourceFactory(slug="a-draft", published=False))
    return previewing.token_of(previewing.make_link(draft, by=draft.created_by))


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: object) -> Iterator[dict[str, str]]:
    """`examples()`, on a site that is made once for this module and rolled back after it."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            yield examples()
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def counted_once(site: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing changes here, so that resources need not be counted for each of thousands of pages."""
    known = tallies.count()
    monkeypatch.setattr("catalogue.tallies.keeping.count", lambda _before: known)


@pytest.fixture(scope="module")
def parameters(site: dict[str, str]) -> dict[str, set[str]]:
    """The parameters that the page at each path reads of its address, by the path."""
    read: dict[str, set[str]] = {}
    with pytest.MonkeyPatch.context() as patch:
        for method in ("get", "getlist", "__getitem__", "__contains__"):
            patch.setattr(QueryDict, method, noting(getattr(QueryDict, method), lambda: here))
        for path in site.values():
            here = read.setdefault(path, set())
            Client().get(path)
    return read


def noting(asked: Callable, names: Callable[[], set[str]]) -> Callable:
    def ask(data: QueryDict, name: str, *args: Any) -> Any:
        names().add(name)
        return asked(data, name, *args)

    return ask


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that are sent to the database, as they are before their values are put in."""
    sent: list[str] = []

    def note(execute: Callable, sql: str, *rest: Any) -> Any:
        sent.append(str(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield sent


def ask(path: str, query: str = "", *, method: str = "GET", **environ: Any) -> HttpResponse:
    """The answer to `path` and `query`, both as they would stand in a request, byte by byte."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    as_sent = {"QUERY_STRING": query.encode().decode("latin-1"), **environ}
    return client.generic(method, path, **as_sent)


def wrong_with(answer: HttpResponse, sent: list[str]) -> str:
    """What doesn't make sense in an answer; empty where everything does."""
    if answer.status_code not in SENSIBLE:
        return f"answers {answer.status_code}"
    body = answer.getvalue()
    if answer.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    page = BeautifulSoup(body, "lxml") if "html" in answer.get("Content-Type", "") else None
    # A piece of a page, which scripts ask for, may be empty.
    is_whole = b"<html" in body
    if (
        is_whole
        and page
        and not ((page.main and words(page.main.h1)) or page.select("#login-form"))
    ):
        return "has no text"
    if answer.status_code == 400 and page and "can’t be understood" not in words(page.h1):
        return "is not our page"
    if len(body) > HEAVIEST:
        return f"weighs {len(body)} bytes"
    for raw in (SCRIPT, BREAKING_OUT, MULTIPLIED):
        if raw.encode() in body:
            return f"shows {raw}"
    if page and any(leads_astray(link["href"]) for link in page.select("[href]")):
        return "leads where it was told to"
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items() if name != "Location")
    if MARK in headers or MARK in str(answer.cookies):
        return f"has headers of what it was given: {headers}"
    raw = [sql for sql in sent if MARK in sql]
    return f"asks the database {raw[0]}" if raw else ""


def leads_astray(address: str) -> bool:
    """Whether a link leads to the host, or runs the script, that the request named."""
    named = urlsplit(address)
    return MARK in named.netloc or named.scheme == "javascript"


def faults(asked: dict[str, tuple]) -> dict[str, str]:
    """What is wrong with the answers, by what was asked: (path, query)."""
    found = {}
    for name, (path, query) in asked.items():
        with statements() as sent:
            answer = ask(path, query)
        found[name] = wrong_with(answer, sent)
    return {name: wrong for name, wrong in found.items() if wrong}


def test_every_address_has_an_example_that_answers(site: dict[str, str]) -> None:
    strange = {address: path for address, path in site.items() if "<" in path}
    answers = {path: ask(path).status_code for path in site.values()}

    assert strange == {}
    assert {path: status for path, status in answers.items() if status not in (200, 301, 302)} == {}


def test_pages_read_the_parameters_that_are_tried_here(parameters: dict[str, set[str]]) -> None:
    assert {"q", "skill", "match", "sort", "page"} <= parameters["/resources/"]
    assert parameters["/skills/"] == {"framework"}
    assert {"skill", "role", "page"} <= parameters["/pathways/"]
    assert parameters["/contact/"] == {"about"}
    assert parameters["/suggest/"] == {"about", "skill"}


class TestParameters:
    def test_parameters_that_nobody_reads_change_nothing(self, site: dict[str, str]) -> None:
        query = "&".join(f"{MARK}={value}" for value in VALUES.values())

        assert faults({path: (path, query) for path in site.values()}) == {}

    @pytest.mark.parametrize("kind", VALUES)
    def test_those_that_are_read_may_hold_anything(
        self, parameters: dict[str, set[str]], kind: str
    ) -> None:
        asked = {
            path: (path, "&".join(f"{name}={VALUES[kind]}" for name in sorted(names)))
            for path, names in parameters.items()
        }

        assert faults(asked) == {}

    @pytest.mark.parametrize("kind", ["a NUL", "no UTF-8", "a huge number", "digits of others"])
    def test_so_may_each_by_itself(self, parameters: dict[str, set[str]], kind: str) -> None:
        asked = {
            f"{path}?{name}": (path, f"{name}={VALUES[kind]}")
            for path, names in parameters.items()
            for name in names
        }

        assert faults(asked) == {}

    @pytest.mark.parametrize("kind", ["nothing", "a lone surrogate", "SQL", "a negative number"])
    def test_so_may_each_five_hundred_times(
        self, parameters: dict[str, set[str]], kind: str
    ) -> None:
        asked = {
            f"{path}?{name}": (path, "&".join([f"{name}={VALUES[kind]}"] * 500))
            for path, names in parameters.items()
            for name in names
        }

        assert faults(asked) == {}

    def test_five_hundred_values_of_a_filter_are_a_page(
        self, parameters: dict[str, set[str]]
    ) -> None:
        asked = {
            f"{path}?{name}": (path, "&".join(f"{name}=a-skill-{n}{MARK}" for n in range(500)))
            for path, names in parameters.items()
            for name in names
        }

        assert faults(asked) == {}
        assert ask(*asked["/resources/?skill"]).status_code == 200

    def test_more_fields_than_any_page_has_are_not_understood(self, site: dict[str, str]) -> None:
        answer = ask("/resources/", "&".join(["q=a"] * 20_001))

        assert answer.status_code == 400
        assert wrong_with(answer, []) == ""

    @pytest.mark.parametrize(
        "name", ["{0}[]", "{0}[0][x]", "{0}%00", " {0}", "{0};", "%EF%BB%BF{0}"]
    )
    def test_its_name_may_be_odd_too(self, parameters: dict[str, set[str]], name: str) -> None:
        asked = {
            f"{path}?{one}": (path, f"{name.format(one)}={MARK}&{name.format(one)}=-1")
            for path, names in parameters.items()
            for one in names
        }

        assert faults(asked) == {}

    @pytest.mark.parametrize("query", ["?", "&&&", "=", "=&=", "%", "&" * 5000, MARK])
    def test_a_query_may_hold_no_parameter_at_all(self, site: dict[str, str], query: str) -> None:
        assert faults({path: (path, query) for path in ("/", "/resources/", "/tags/")}) == {}


class TestPaths:
    @pytest.mark.parametrize("kind", PARTS)
    def test_a_part_may_be_anything(self, site: dict[str, str], kind: str) -> None:
        asked = {}
        for address, path in site.items():
            named, given = address.split("/"), path.split("/")
            for place, name in enumerate(named):
                if "<" in name:
                    asked[f"{address}, {name}"] = (
                        "/".join([*given[:place], PARTS[kind], *given[place + 1 :]]),
                        "",
                    )

        assert faults(asked) == {}

    @pytest.mark.parametrize("kind", PARTS)
    def test_there_may_be_anything_where_no_page_is(self, kind: str) -> None:
        before, below = f"/{PARTS[kind]}/resources/", f"/resources/a-resource/{PARTS[kind]}/"

        assert faults({path: (path, "") for path in (before, below)}) == {}

    @pytest.mark.parametrize(
        "path",
        ["//", "//evil.example/", "/./", "/%2e/", "/\\evil.example", "/cy//", "/;/", "/a" * 5000],
    )
    def test_a_path_may_make_no_sense(self, site: dict[str, str], path: str) -> None:
        answer = ask("/", PATH_INFO=path)

        assert wrong_with(answer, []) == ""
        assert not answer.get("Location", "/").startswith(("//", "/\\"))


class TestServer:
    """What gunicorn takes before a page sees it."""

    @pytest.mark.parametrize(
        ("length", "taken"), [(10_000, True), (16_000, True), (gunicorn.limit_request_line, False)]
    )
    def test_an_address_of_ten_kilobytes_reaches_the_site(self, length: int, taken: bool) -> None:
        config = Config()
        config.set("limit_request_line", gunicorn.limit_request_line)
        sent = f"GET /resources/?q={'a' * length} HTTP/1.1\r\nHost: testserver\r\n\r\n".encode()
        requests = RequestParser(config, iter([sent]), ("127.0.0.1", 50_000))

        if taken:
            assert len(next(requests).query) > length
        else:
            with pytest.raises(LimitRequestLine):
                next(requests)


class TestRequests:
    @pytest.mark.parametrize("method", OTHER_METHODS)
    def test_only_what_takes_forms_takes_another_method(
        self, site: dict[str, str], method: str
    ) -> None:
        probes = {"/healthz", "/readyz"}
        accounts = {path for path in site.values() if path.startswith(("/account/", "/invit"))}
        addresses = ("/admin/", "/admin/enter/<token>/", "/still-happy/<token>/")
        forms = {*(site[address] for address in addresses), *accounts}
        forms |= {path for path in site.values() if path.startswith("/suggest/")}
        answers = {path: ask(path, method=method) for path in site.values()}

        api = {path for path in answers if path.startswith("/api/")}

        others = {path: one for path, one in answers.items() if path not in probes | forms | api}
        assert {one.status_code for one in others.values()} == {405}
        # Browsers ask beforehand whether a script of another site may read it.
        expected = 204 if method == "OPTIONS" else 405
        assert {answers[path].status_code for path in api} == {expected}
        assert {path: answers[path].status_code for path in probes} == dict.fromkeys(probes, 200)
        assert {answers[path].status_code for path in forms} <= {200, 302, 403, 405}

    def test_a_head_has_the_headers_of_its_page_and_no_more(self, site: dict[str, str]) -> None:
        for path in site.values():
            page, head = ask(path), ask(path, method="HEAD")

            assert head.status_code == page.status_code, path
            assert head.getvalue() == b"", path

    @pytest.mark.parametrize("kind", HEADERS)
    def test_a_header_may_hold_anything(self, site: dict[str, str], kind: str) -> None:
        name, value = HEADERS[kind]
        kinds = ("/", "/resources/", "/sitemap.xml", "/healthz", "/id/<uid>/", "/go/<uid>/")
        desk = ("/admin/", "/admin/enter/<token>/")
        paths = [site[address] for address in (*kinds, *desk)]

        found = {path: wrong_with(ask(path, **{name: value}), []) for path in paths}

        assert {path: wrong for path, wrong in found.items() if wrong} == {}

    @pytest.mark.parametrize("host", OUR_HOSTS)
    def test_a_host_may_be_written_as_browsers_do(self, site: dict[str, str], host: str) -> None:
        assert ask("/", HTTP_HOST=host).status_code == 200

    @pytest.mark.parametrize("host", OTHER_HOSTS, ids=lambda host: host[:30] or "none")
    def test_a_host_that_is_not_ours_is_refused(self, site: dict[str, str], host: str) -> None:
        # Whoever watches the process asks by any host.
        paths = {*site.values()} - {"/healthz", "/readyz"}
        answers = {path: ask(path, HTTP_HOST=host) for path in paths}

        assert {path for path, one in answers.items() if one.status_code != 400} == set()
        assert {wrong_with(one, []) for one in answers.values()} == {""}

    def test_no_language_that_a_browser_asks_for_changes_a_page(self, site: dict[str, str]) -> None:
        for path in ("/", "/resources/", "/skills/a-skill/"):
            assert ask(path, HTTP_ACCEPT_LANGUAGE="cy").content == ask(path).content
