"""Trying without doing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def dry_run(wanted: bool = True) -> Iterator[None]:
    """All that the block writes is taken back at its end, where that is `wanted`."""
    if not wanted:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
