"""What every test may ask for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.db import connections as open_connections
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases
from django.utils import translation

from catalogue import keeping, tallies, words
from config.localdb import testing
from tests import connections
from tests.cast import Cast, assemble

pytest.register_assert_rewrite("tests.rules")

# Before any test: the one that must never be a test's.
SITE_DATABASE = settings.DATABASES["default"]["NAME"]


def pytest_configure(config: pytest.Config) -> None:
    testing.begin(config)


@pytest.fixture(autouse=True)
def nothing_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page asks what is due, which would add a query to one of them or another."""
    monkeypatch.setattr("config.schedule.SECONDS", float("inf"))


def pytest_unconfigure(config: pytest.Config) -> None:
    testing.finish(config)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The tests' database, which can be dropped in the end."""
    with django_db_blocker.unblock():
        # pytest-django makes none where no test is marked as needing one, as those in a browser
        # aren't: run alone, they would fill the site's own database, and empty it.
        is_made = connection.settings_dict["NAME"] != SITE_DATABASE
        made = [] if is_made else setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        # This thread's own may have been ended too, from inside the loop.
        open_connections.close_all()
        connections.end_others()
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def in_english() -> None:
    """A test begins in English, whatever page the one before asked for last."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """A test's own rows are counted and shown, since the site's revision begins anew in another's
    database."""
    tallies.forget()
    keeping.forget()
    words.forget()


@pytest.fixture
def cast(db: None) -> Cast:
    """The named people of tests.cast."""
    return assemble()


@pytest.fixture
def count_queries(db: None) -> Callable:
    """`with count_queries() as queries: …`, then `len(queries)`; savepoints don't count."""

    @contextmanager
    def counting() -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connection) as queries:
            yield queries

    return counting


@pytest.fixture
def page_cache(settings: settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Switches the page cache on, empty, and lets each worker read the revision every time."""
    from config.page_cache import cache

    monkeypatch.setattr("config.page_cache.REVISION_SECONDS", -1)
    kept = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = {**settings.CACHES, "pages": kept}
    cache.clear()
    yield
    cache.clear()
