"""Whose words of a draft resource a curator may write on the page that builds a pathway."""

import pytest

from pathways import publication
from pathways.building.finding import drafts_to_mend
from tests.factories import ResourceFactory, add_stage, add_step, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def resource(cast):
    return ResourceFactory(published=False, added_by=cast.guest)


@pytest.fixture
def draft(cast, resource):
    revision = make_draft("Reading old maps", by=cast.guest, organisation=None)
    revision.summary = "What an old map says."
    revision.save()
    add_step(add_stage(revision), resource)
    return revision


def test_those_that_only_their_drafts_use(cast, draft, resource):
    assert [*drafts_to_mend(cast.guest)] == [resource]
    assert not drafts_to_mend(cast.other_guest).exists()


def test_nothing_that_another_uses_too(cast, draft, resource):
    add_step(add_stage(make_draft("Another", by=cast.other_guest)), resource)

    assert not drafts_to_mend(cast.guest).exists()


def test_nothing_that_an_editor_is_reading_though_a_newer_draft_has_it_too(cast, draft, resource):
    publication.submit(draft, by=cast.guest)
    publication.draft_from(draft, by=cast.guest)

    assert not drafts_to_mend(cast.guest).exists()
    assert [*drafts_to_mend(cast.editor)] == [resource]
