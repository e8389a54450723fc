"""One resource for programs: /api/v1/resources/<id>."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from catalogue.merging import merge
from catalogue.models import Resource
from tests.api import LIST, ROOT, read
from tests.factories import ResourceFactory, SkillFactory, make_pathway

pytestmark = pytest.mark.django_db


def address(resource: Resource) -> str:
    return f"{LIST}/{resource.uid}"


def test_it_is_what_the_list_tells_of_it(client: Client):
    resource = ResourceFactory(skills=[SkillFactory()], tags=["a tag"], link="works")
    make_pathway(steps=[resource])

    assert read(client, address(resource)) == read(client)["items"][0]


def test_what_was_withdrawn_says_why_and_what_takes_its_place(client: Client):
    instead = ResourceFactory(title="Another")
    resource = ResourceFactory()
    resource.withdraw(by=None, reason="Its site was closed.", replaced_by=instead)

    assert read(client, address(resource), status=410) == {
        "status": 410,
        "message": "This resource was withdrawn.",
        "reason": "Its site was closed.",
        "replaced_by": {
            "id": str(instead.uid),
            "title": "Another",
            "page": f"{ROOT}{instead.get_absolute_url()}",
        },
    }


def test_where_nothing_takes_its_place_that_is_said_too(client: Client):
    resource = ResourceFactory()
    resource.withdraw(by=None, reason="Its site was closed.")

    assert read(client, address(resource), status=410)["replaced_by"] is None


def test_what_was_merged_leads_to_what_was_kept(client: Client):
    kept, twin = ResourceFactory(), ResourceFactory()
    merge(twin, into=kept, by=None)

    response = client.get(address(twin))

    assert (response.status_code, response["Location"]) == (301, address(kept))


def test_a_draft_and_what_is_no_resource_are_not_there(client: Client):
    draft, skill = ResourceFactory(published=False), SkillFactory()

    for uid in (draft.uid, skill.uid, uuid4()):
        answer = read(client, f"{LIST}/{uid}", status=404)
        assert answer["message"] == "Nothing public has this identifier."


def test_it_costs_a_constant_number_of_queries(client: Client, count_queries: Callable):
    resource = ResourceFactory(skills=[SkillFactory(), SkillFactory()], tags=["x", "y"])

    with count_queries() as queries:
        read(client, address(resource))

    # The site's revision, its facts, pathways.
    assert len(queries) <= 3
