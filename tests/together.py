"""A second person at the same time: on a thread and a connection of their own."""

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from django.db import connection, connections

# Long enough for any statement here; a test that needs it all has failed.
PATIENCE_SECONDS = 60


class Somebody:
    """Runs `act` on another connection; leave the block to wait until they are done.

    `error` is what it raised, `answer` what it answered. Tests that use it need transaction=True,
    so that the other connection sees their rows.
    """

    def __init__(self, act: Callable[[], object]) -> None:
        self.act = act
        self.answer: object = None
        self.error: BaseException | None = None
        self._backend: int | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self._backend = cursor.fetchone()[0]
            self.answer = self.act()
        except BaseException as error:
            self.error = error
        finally:
            connections.close_all()

    def starts(self) -> None:
        self._thread.start()

    def starts_and_waits(self) -> None:
        """Starts them, and returns when they wait for a lock that somebody else holds, or are done."""
        self.starts()
        until = time.monotonic() + PATIENCE_SECONDS
        while self._thread.is_alive() and not self._waits():
            assert time.monotonic() < until, "neither waiting nor done"
            time.sleep(0.005)

    def _waits(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s",
                [self._backend],
            )
            found = cursor.fetchone()
        return bool(found and found[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._thread.ident is not None:
            self._thread.join(PATIENCE_SECONDS)
            assert not self._thread.is_alive(), "they wait for ever"
