"""A real browser (Debian's Chromium) before a real server with the starter catalogue."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.db import connection
from django.db import connections as open_connections
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from config import starter
from tests import connections
from tests.conftest import SITE_DATABASE

CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
# A machine that has a lot else to do needs some of it; no test waits for it to pass.
PATIENCE_SECONDS = 60
# Chromium looks for its maker's hosts otherwise; a sandbox of its own is refused to root.
QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


# As long as tests of this folder run: other tests count on an empty database.
@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: object) -> Iterator[str]:
    """The address of a server that shows the starter catalogue, in the tests' own database."""
    with django_db_blocker.unblock():
        # It is emptied in the end.
        assert connection.settings_dict["NAME"] != SITE_DATABASE
        starter.load()
        # Playwright's event loop gives this thread connections of its own from here on: what is
        # left open on either side would keep the database from being dropped.
        open_connections.close_all()
        server = LiveServer("127.0.0.1")
        try:
            yield server.url
        finally:
            server.stop()
            connections.end_others()
            # With what follows a migration: content types and permissions come back, and Django
            # forgets the numbers that they had.
            call_command("flush", interactive=False, verbosity=0)
            open_connections.close_all()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright keeps an event loop in this thread, in which Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    if CHROMIUM is None:
        missing = "Chromium is not installed: apt-get install chromium, or name it by CHROMIUM="
        # On a bare machine the rest can be tested; where it counts, all has to be.
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
    yield browser
    browser.close()


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """`visit("/skills/", width=320, scripts=False, scheme="dark")` is a fresh visitor's page.

    `by_name` asks the server by a name instead of its bare address.

    At the end of the test, nothing may have been asked of another host, and no page may have
    complained in its console.
    """
    contexts, foreign, complaints = [], [], []

    def open_page(
        path: str = "/",
        *,
        width: int = 1280,
        scripts: bool = True,
        scheme: str = "light",
        by_name: bool = False,
        **more: str,
    ) -> Page:
        context = chromium.new_context(
            base_url=_by_name(site) if by_name else site,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            color_scheme=scheme,
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_SECONDS * 1000)
        page.on(
            "request",
            lambda request: foreign.append(request.url) if _is_foreign(request.url, site) else None,
        )
        page.on(
            "console", lambda line: complaints.append(line.text) if line.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert foreign == []
    assert complaints == []


def _is_foreign(url: str, site: str) -> bool:
    return not url.startswith((site, _by_name(site), "data:", "about:"))


def _by_name(site: str) -> str:
    return site.replace("127.0.0.1", "localhost")


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """The violations of WCAG and of good practice that axe finds on a page, a line each."""

    def violations(page: Page) -> list[str]:
        # axe would fetch imported stylesheets again, from the wrong folder.
        found = Axe().run(page, options={"preload": False}).response["violations"]
        return [
            f"{one['id']}: {node['target']} {node['html'][:120]}"
            for one in found
            for node in one["nodes"]
        ]

    return violations
