"""What a worker process does with memory (catalogue.memory), where glibc gives it."""

import platform
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="Another C library has heaps of its own."
)

# Takes memory in four threads at once, each piece too small to be mapped by itself; prints how many
# heaps it came from.
HEAPS = """
import ctypes, threading
{first}
gate = threading.Barrier(4)
def take():
    gate.wait()
    kept.append([bytearray(60_000) for _ in range(200)])
    gate.wait()
kept = []
threads = [threading.Thread(target=take) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, out)
libc.fflush(out)
"""


def heaps(first: str) -> int:
    told = subprocess.run(
        [sys.executable, "-c", HEAPS.format(first=first)],
        check=True,
        capture_output=True,
        text=True,
    )
    return told.stdout.count("<heap nr=")


def test_all_threads_of_a_worker_take_memory_from_one_heap():
    assert heaps("") > 1
    assert heaps("import config.gunicorn") == 1


def test_what_gunicorn_reads_before_there_are_workers_is_no_django():
    loaded = "import config.gunicorn, sys; print('django' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", loaded], check=True, capture_output=True)

    assert told.stdout == b"False\n"
