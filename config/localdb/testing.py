"""For tests/conftest.py: a test run stops the embedded server that it started, and no other.

def pytest_configure(config):
    testing.begin(config)

def pytest_unconfigure(config):
    testing.finish(config)
"""

import pytest
from django.conf import settings
from django.db import connections

from config.localdb.places import Place, place_of

_found_stopped = pytest.StashKey[Place]()


def begin(config: pytest.Config) -> None:
    """Remembers whether the server was stopped when the tests began."""
    # A worker of pytest-xdist leaves it to the process that started it.
    if hasattr(config, "workerinput") or not _is_in_use():
        return
    from config.localdb import server

    place = place_of(settings.BASE_DIR)
    if not server.status(place).running:
        config.stash[_found_stopped] = place


def finish(config: pytest.Config) -> None:
    """Stops the server if `begin` found it stopped, unless others are connected by now."""
    place = config.stash.get(_found_stopped, None)
    if place:
        from config.localdb import server

        connections.close_all()
        server.stop(place, only_if_idle=True)


def _is_in_use() -> bool:
    return settings.DATABASES["default"]["ENGINE"] == "config.localdb.backend"
