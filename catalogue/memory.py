"""Memory that comes and goes in large pieces, given back to the machine.

Nothing of Django is imported here: config/gunicorn.py asks before there is any.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

# As glibc numbers them (malloc.h).
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
# Arrays of a million resources are larger, most others smaller.
LARGE = 2**20
# How much may lie free at the end of the heap.
FREE = 16 * 2**20


def share_one_heap() -> None:
    """Has all threads of this process, and of those that it forks, take memory from one heap.

    glibc gives each thread its own, and what one has freed no other can use. Threads of Python, of
    which one runs at a time, gain nothing by that. Elsewhere this does nothing.
    """
    if libc := _glibc():
        libc.mallopt(M_ARENA_MAX, 1)


@contextmanager
def given_back() -> Iterator[None]:
    """While much is read, and from then on, large pieces are given back as soon as they are free; in the
    end small ones are too.

    glibc takes it that a large piece that was freed will be wanted again, and keeps later ones of that
    size: a worker would stay as large as it was while it read everything. Elsewhere it does nothing.
    """
    libc = _glibc()
    if libc:
        libc.mallopt(M_MMAP_THRESHOLD, LARGE)
        libc.mallopt(M_TRIM_THRESHOLD, FREE)
    yield
    if libc:
        libc.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    """None on macOS, Windows, and where libc is musl."""
    try:
        libc = ctypes.CDLL(None)
        return libc if libc.mallopt and libc.malloc_trim else None
    except (AttributeError, OSError, TypeError):
        return None
