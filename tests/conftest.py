"""What every test may ask for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.db import connections as open_connections
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from config.localdb import testing
from tests import connections
from tests.cast import Cast, assemble

pytest.register_assert_rewrite("tests.rules")


def pytest_configure(config: pytest.Config) -> None:
    testing.begin(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    testing.finish(config)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: object,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """The tests' database, whichever tests are run, which can be dropped in the end.

    pytest-django's own makes it for tests that are marked alone: the browser's have a server
    instead, and would otherwise show, and in the end empty, the database of this very site.
    """
    how = {"verbosity": request.config.option.verbose, "interactive": False}
    with django_db_blocker.unblock():
        before = setup_databases(**how)
    yield
    with django_db_blocker.unblock():
        # This thread's own may have been ended too, from inside the loop.
        open_connections.close_all()
        connections.end_others()
        teardown_databases(before, verbosity=how["verbosity"])


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
    from django.core.cache import cache

    monkeypatch.setattr("config.page_cache.REVISION_SECONDS", -1)
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()
