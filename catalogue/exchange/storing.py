"""Stores what files say, and tells what can't be stored in words for whoever wrote the file."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from catalogue.exchange.errors import ExchangeError
from catalogue.models import PublicRow


def store(row: Model, *, exclude: Iterable[str] = ()) -> None:
    """Checks and saves `row`; ExchangeError where it can't be stored."""
    with told_of(row):
        row.full_clean(exclude=exclude)
    row.save()


def publish(row: PublicRow, *, by: Any) -> None:
    """Publishes `row`; ExchangeError where something is missing."""
    with told_of(row):
        row.publish(by=by)


@contextmanager
def told_of(row: Model) -> Iterator[None]:
    """What the block finds wrong with `row` is told as an ExchangeError that names it."""
    try:
        yield
    except ValidationError as error:
        raise ExchangeError(
            _("“%(row)s” can’t be stored: %(problems)s")
            % {"row": row, "problems": " ".join(problems_of(error))}
        ) from error


def problems_of(error: ValidationError) -> Iterator[str]:
    """Each message, with the field that it is about where there is one."""
    for field, messages in getattr(error, "message_dict", {"__all__": error.messages}).items():
        # Fields of modeltrans that only show the plain one again.
        if field.endswith(("_i18n", "_en")):
            continue
        for message in messages:
            yield message if field == "__all__" else f"{field}: {message}"
