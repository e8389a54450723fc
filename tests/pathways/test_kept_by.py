"""Whose drafts somebody may edit."""

import pytest
from django.contrib.auth.models import AnonymousUser

from pathways.models import Pathway
from tests.factories import MaintainerFactory, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(cast):
    return MaintainerFactory(
        pathway=make_draft("Reading an old map").pathway, user=cast.guest
    ).pathway


@pytest.fixture
def others(cast):
    return MaintainerFactory(
        pathway=make_draft("Saving a web page").pathway, user=cast.other_guest
    ).pathway


def test_a_guest_curator_keeps_what_they_maintain(cast, theirs, others):
    assert list(Pathway.objects.kept_by(cast.guest)) == [theirs]


def test_an_editor_and_an_administrator_keep_all(cast, theirs, others):
    assert set(Pathway.objects.kept_by(cast.editor)) == {theirs, others}
    assert set(Pathway.objects.kept_by(cast.admin)) == {theirs, others}


def test_who_may_not_use_the_desk_keeps_none(cast, theirs, others):
    cast.guest.is_staff = False

    assert not Pathway.objects.kept_by(cast.guest)
    assert not Pathway.objects.kept_by(AnonymousUser())
