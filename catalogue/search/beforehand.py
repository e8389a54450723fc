"""Reading what a worker keeps before anybody asks for it."""

import logging
import threading

from django.db import connection

from catalogue.tallies import tallies
from catalogue.words import dictionary, written

log = logging.getLogger(__name__)


def begin_reading() -> None:
    """Reads, in a thread, what the first page of a worker would have to read else: what there is to count,
    and the words to spell by. A page that comes meanwhile waits for it."""
    try:
        threading.Thread(target=_read_beside, daemon=True).start()
    except RuntimeError:  # The machine has no thread left; the first page reads it.
        log.warning("nothing could be read before the first page")


def read() -> None:
    """A worker's first reading: six queries, and one more for each eight chunks beyond the first eight."""
    counted = tallies()
    dictionary(counted)
    written(counted)


def _read_beside() -> None:
    try:
        read()
    except Exception:
        # Nobody waits for it: the first page reads it, or says what is wrong.
        log.exception("nothing could be read before the first page")
    finally:
        connection.close()
