"""Credits and duties: who is named for a pathway, and who may edit it, are two things."""

import pytest

from pathways.known import credited_to
from pathways.models import Credit, Pathway
from tests.cast import Cast
from tests.factories import CuratorFactory, MaintainerFactory, make_draft, make_pathway

pytestmark = pytest.mark.django_db


def test_curators_are_named_in_their_order() -> None:
    pathway = make_pathway()
    for position, name in ((3, "Third"), (1, "First"), (2, "Second")):
        Credit.objects.create(pathway=pathway, curator=CuratorFactory(name=name), position=position)

    found = Pathway.objects.for_detail().get()

    assert [credit.curator.name for credit in found.credits.all()] == ["First", "Second", "Third"]


def test_one_curator_may_be_named_for_two_kinds_of_work() -> None:
    pathway, curator = make_pathway(), CuratorFactory()

    for kind in Credit.Kind:
        Credit.objects.create(pathway=pathway, curator=curator, kind=kind)

    assert pathway.curators.distinct().get() == curator
    assert pathway.credits.count() == 3


def test_a_credited_curator_can_not_be_deleted() -> None:
    curator = CuratorFactory(published=False)
    make_pathway(curators=[curator])

    with pytest.raises(Exception, match="protected foreign keys"):
        curator.delete()


def test_who_maintains_a_pathway_is_not_credited_by_that(cast: Cast) -> None:
    pathway = make_draft().pathway

    MaintainerFactory(pathway=pathway, user=cast.guest)

    assert list(pathway.maintainers.all()) == [cast.guest]
    assert not pathway.credits.exists()
    assert list(cast.guest.maintained_pathways.all()) == [pathway]


def test_nor_does_who_is_credited_maintain_it(cast: Cast) -> None:
    pathway = make_pathway(curators=[cast.guest_curator])

    assert not pathway.maintainers.exists()


def test_a_maintainer_s_account_can_go_and_the_pathway_stays(cast: Cast) -> None:
    pathway = make_draft().pathway
    MaintainerFactory(pathway=pathway, user=cast.guest)

    cast.guest.delete()

    assert Pathway.objects.get().maintainers.count() == 0


def test_only_public_pathways_are_a_curator_s(cast: Cast) -> None:
    public = make_pathway("B", curators=[cast.guest_curator])
    also = make_pathway("A", curators=[cast.guest_curator])
    Credit.objects.create(pathway=make_draft("C").pathway, curator=cast.guest_curator)

    assert credited_to(cast.guest_curator) == [("author", [also, public])]
