"""Short words for tests of links and visits to them."""

from datetime import UTC, datetime

from catalogue.links import Visitor
from catalogue.models import LinkHealth, Resource
from tests.factories import ResourceFactory
from tests.web import Web

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(web: Web, number: int, path: str) -> str:
    """The same web as host `number`."""
    return f"http://host{number}.example.org:{web.root.rpartition(':')[2]}{path}"


def link_to(url: str, **fields: object) -> Resource:
    return ResourceFactory(url=url, **fields)


def health(resource: Resource) -> LinkHealth:
    return LinkHealth.objects.get(pk=resource.pk)


def hasty(**how: object) -> Visitor:
    """A visitor who waits for nobody for long."""
    return Visitor(**{"seconds": 1.0, **how})
