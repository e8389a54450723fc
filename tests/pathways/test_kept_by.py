"""Whose drafts somebody may edit."""

import pytest
from django.contrib.auth.models import AnonymousUser

from pathways.models import Maintainer, Pathway
from tests.factories import make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(cast):
    pathway = make_draft("Reading an old map").pathway
    Maintainer.objects.create(pathway=pathway, user=cast.guest)
    return pathway


@pytest.fixture
def others(cast):
    pathway = make_draft("Saving a web page").pathway
    Maintainer.objects.create(pathway=pathway, user=cast.other_guest)
    return pathway


def test_a_guest_curator_keeps_what_they_maintain(cast, theirs, others):
    assert list(Pathway.objects.kept_by(cast.guest)) == [theirs]


def test_an_editor_and_an_administrator_keep_all(cast, theirs, others):
    assert set(Pathway.objects.kept_by(cast.editor)) == {theirs, others}
    assert set(Pathway.objects.kept_by(cast.admin)) == {theirs, others}


def test_who_may_not_use_the_desk_keeps_none(cast, theirs, others):
    cast.guest.is_staff = False

    assert not Pathway.objects.kept_by(cast.guest)
    assert not Pathway.objects.kept_by(AnonymousUser())
