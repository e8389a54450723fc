"""A competence's code is part of a public address, so it stays."""

import pytest
from django.core.exceptions import ValidationError

from catalogue.models import Competence
from tests.factories import CompetenceFactory, FrameworkFactory
from tests.rules import refused

pytestmark = pytest.mark.django_db


def test_the_desk_is_told_why_it_stays() -> None:
    competence = CompetenceFactory(code="1.2")

    competence.code = "1.3"

    with pytest.raises(ValidationError) as caught:
        competence.full_clean()
    assert caught.value.messages == [
        "Its code is part of a public address: bring a new version of the framework."
    ]


@pytest.mark.parametrize(
    "change",
    [lambda: {"code": "1.3"}, lambda: {"framework": FrameworkFactory()}],
    ids=["code", "framework"],
)
def test_the_database_refuses_another_once_the_framework_was_public(change) -> None:
    competence = CompetenceFactory(code="1.2")

    with refused("catalogue_competence_keeps_code"):
        Competence.objects.filter(pk=competence.pk).update(**change())


def test_the_code_of_a_draft_can_be_mended() -> None:
    competence = CompetenceFactory(code="1.2", framework__published=False)

    competence.code = "1.3"
    competence.full_clean()
    competence.save()

    assert Competence.objects.get().code == "1.3"


def test_words_can_be_mended_at_any_time() -> None:
    competence = CompetenceFactory(title="Serching")

    Competence.objects.filter(pk=competence.pk).update(title="Searching")

    assert Competence.objects.get().title == "Searching"
