"""What tests of the catalogue may ask for."""

from collections.abc import Iterator
from ipaddress import ip_network

import pytest

from tests.web import Names, Web, serving


@pytest.fixture
def web(settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A web of this machine's own, which may be fetched from, also by the names host0 to host99."""
    settings.FETCH_ALLOW_NETWORKS = [ip_network("127.0.0.0/8")]
    Names({f"host{n}.example.org": ["127.0.0.1"] for n in range(100)}).install(monkeypatch)
    with serving() as web:
        yield web
