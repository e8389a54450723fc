"""What was ever public can't be deleted, by whatever route; drafts can."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from catalogue.models import Competence, Framework, Level, PublicRow, SkillStatement, Statement
from tests.factories import (
    PUBLIC_MODELS,
    CompetenceFactory,
    FrameworkFactory,
    LevelFactory,
    SkillStatementFactory,
    StatementFactory,
    make_public_row,
)
from tests.rules import delete_by_sql, refused, update_by_sql

pytestmark = pytest.mark.django_db

every_kind = pytest.mark.parametrize("model", PUBLIC_MODELS, ids=lambda model: model.noun)


def by_queryset(row: Model) -> None:
    type(row).objects.filter(pk=row.pk).delete()


def by_sql(row: Model) -> None:
    delete_by_sql(row)


@contextmanager
def still_there(row: Model) -> Iterator[None]:
    """The block is refused: by the row's own trigger, or by what hangs on a pathway before it."""
    with pytest.raises(IntegrityError):
        yield
    assert type(row).objects.filter(pk=row.pk).exists()


every_route = pytest.mark.parametrize("delete", [by_queryset, by_sql], ids=lambda one: one.__name__)


@every_kind
def test_a_public_row_stays(model: type[PublicRow]) -> None:
    row = make_public_row(model)

    with still_there(row), transaction.atomic():
        row.delete()


@every_kind
def test_a_queryset_of_public_rows_stays(model: type[PublicRow]) -> None:
    row = make_public_row(model)

    with still_there(row), transaction.atomic():
        model.objects.filter(pk=row.pk).delete()


@every_kind
def test_raw_sql_takes_no_public_row(model: type[PublicRow]) -> None:
    row = make_public_row(model)

    with refused(f"{model._meta.db_table}_keeps_published"):
        delete_by_sql(row)


@every_kind
def test_a_withdrawn_row_stays_too(model: type[PublicRow]) -> None:
    row = make_public_row(model)
    row.withdraw(by=None, reason="It is out of date.")

    with refused(f"{model._meta.db_table}_keeps_published"):
        delete_by_sql(row)


@every_kind
def test_a_draft_can_go(model: type[PublicRow]) -> None:
    row = make_public_row(model, published=False)

    row.delete()

    assert not model.objects.exists()


@every_kind
def test_what_was_public_is_never_made_a_draft_again(model: type[PublicRow]) -> None:
    row = make_public_row(model)

    with refused(f"{model._meta.db_table}_keeps_published"):
        update_by_sql(row, status="draft", published_at=None)


@every_kind
def test_what_was_public_keeps_its_identifier(model: type[PublicRow]) -> None:
    row = make_public_row(model)

    with refused(f"{model._meta.db_table}_keeps_published"):
        model.objects.filter(pk=row.pk).update(uid=uuid4())


# Parts that others may point at, each in a whole that is public, and in a draft.
PARTS = {
    Level: partial(LevelFactory, framework__published=True),
    Competence: partial(CompetenceFactory, framework__published=True),
    Statement: partial(StatementFactory, competence__framework__published=True),
    SkillStatement: partial(SkillStatementFactory, skill__published=True),
}
IN_DRAFT = {
    Level: partial(LevelFactory, framework__published=False),
    Competence: partial(CompetenceFactory, framework__published=False),
    Statement: partial(StatementFactory, competence__framework__published=False),
    SkillStatement: partial(SkillStatementFactory, skill__published=False),
}

Delete = Callable[[Model], object]
every_part = pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)


@every_part
@every_route
def test_a_part_of_something_public_stays(model: type[Model], delete: Delete) -> None:
    part = PARTS[model]()

    with refused(f"{model._meta.db_table}_keeps_published"):
        delete(part)


@every_part
@every_route
def test_a_part_of_a_draft_can_go(model: type[Model], delete: Delete) -> None:
    part = IN_DRAFT[model]()

    delete(part)

    assert not model.objects.exists()


def test_a_draft_framework_goes_with_all_its_parts() -> None:
    framework = FrameworkFactory(published=False)
    competence = CompetenceFactory(framework=framework)
    StatementFactory(competence=competence, level=LevelFactory(framework=framework))

    Statement.objects.all().delete()
    framework.delete()

    assert not Framework.objects.exists()
    assert not Competence.objects.exists()
