"""Cards draw and count a pathway by its steps in short, which has to agree with the whole."""

import pytest

from pathways.drawing import draw
from pathways.models import Pathway, Revision
from pathways.outline import Outline, outline_of
from pathways.reading import links_of, outline_for_readers
from tests.factories import ResourceFactory, add_stage, add_step, make_draft, make_pathway

pytestmark = pytest.mark.django_db


def told(outline: Outline) -> list[object]:
    return [
        draw(outline),
        links_of(outline),
        outline.minutes,
        outline.optional_minutes,
        outline.is_estimate,
        [len(stretch.entries) for stretch in outline.stretches],
    ]


def both(revision: Revision) -> tuple[list[object], list[object]]:
    """What cards and pages tell of a revision, made public as it stands."""
    Pathway.objects.filter(pk=revision.pathway_id).update(
        status="published", published_revision=revision, published_at=revision.created
    )
    card = Pathway.objects.for_listing().get(pk=revision.pathway_id)
    return told(outline_for_readers(card)), told(outline_of(revision))


@pytest.mark.parametrize("link", ["", "works", "moved", "unsure", "gone"])
@pytest.mark.parametrize("stand_in", [None, "", "works", "gone"])
@pytest.mark.parametrize(("own", "others"), [(None, 5), (9, 5), (9, None)])
def test_stand_ins_serve_alike(link: str, stand_in: str | None, own: int, others: int | None):
    draft = make_draft()
    other = None
    if stand_in is not None:
        source = "estimate" if others else ""
        other = ResourceFactory(link=stand_in, duration_minutes=others, duration_source=source)
    resource = ResourceFactory(link=link, duration_minutes=20)
    add_step(add_stage(draft), resource, stand_in=other, duration_minutes=own)

    card, page = both(draft)

    assert card == page


def test_withdrawn_resources_count_alike():
    draft = make_draft()
    resource = ResourceFactory()
    add_step(add_stage(draft), resource, stand_in=ResourceFactory(duration_minutes=7))
    resource.withdraw(by=None, reason="It is gone.")

    card, page = both(draft)

    assert card == page


def test_kinds_forks_and_stages_are_drawn_alike():
    draft = make_draft()
    first, second = add_stage(draft), add_stage(draft)
    add_step(first, "Try it", duration_minutes=15)
    add_step(first, "Think", kind="reflection", requirement="optional")
    add_step(first, make_pathway("Inner", steps=[ResourceFactory(duration_minutes=40)]))
    for minutes in (10, 20, 30):
        one = ResourceFactory(duration_minutes=minutes)
        add_step(second, one, requirement="choose-one", choice=1)
    unknown = ResourceFactory(duration_minutes=None)
    add_step(second, unknown)
    add_step(second, ResourceFactory(), duration_minutes=3, requirement="optional")

    card, page = both(draft)

    assert card == page
