"""When a link dies its stand-in takes its turn, and pathways count the stand-in's minutes."""

import pytest
from django.utils import timezone

from catalogue.models import LinkHealth
from pathways.models import Pathway
from tests.factories import ResourceFactory, make_pathway

pytestmark = pytest.mark.django_db


def minutes() -> int | None:
    return Pathway.objects.get().duration_minutes


def test_minutes_follow_when_a_link_dies_and_when_it_comes_back() -> None:
    first = ResourceFactory(duration_minutes=20)
    stand_in = ResourceFactory(duration_minutes=45)
    make_pathway(steps=[(first, {"stand_in": stand_in})])
    assert minutes() == 20

    link = LinkHealth(resource=first, state="gone", checked_at=timezone.now())
    link.save()
    assert minutes() == 45

    link.state = "works"
    link.save()
    assert minutes() == 20


def test_minutes_follow_a_row_that_was_read_again() -> None:
    resource = ResourceFactory(duration_minutes=20)
    make_pathway(steps=[resource])
    type(resource).objects.filter(pk=resource.pk).update(duration_minutes=500)
    resource.refresh_from_db()

    resource.duration_minutes = 20
    resource.save()
    assert minutes() == 20
