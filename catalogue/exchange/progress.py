"""How far a long command is, for whoever waits."""

import time
from collections.abc import Callable
from typing import TextIO

from django.utils.translation import gettext as _

WIDTH = 30


class Progress:
    """Redraws one line of a terminal; where nobody watches, tells a line for every tenth."""

    def __init__(self, out: TextIO, told: Callable[[int, int, float], str] | None = None) -> None:
        """`told(done, whole, seconds left)` says it in words; else they are lines of a file."""
        self.out = out
        self.told = told or _lines
        self.started = time.monotonic()
        self._tenths = 0

    def __call__(self, done: int, whole: int) -> None:
        """`done` of `whole` are read, and what they hold is written."""
        share = min(1.0, done / whole) if whole else 1.0
        if self.out.isatty():
            filled = round(share * WIDTH)
            bar = "█" * filled + "░" * (WIDTH - filled)
            self.out.write(f"\r{bar} {self._told(done, whole, share)}\033[K")
            self.out.write("\n" if share == 1 else "")
            self.out.flush()
        elif int(share * 10) > self._tenths:
            self._tenths = int(share * 10)
            self.out.write(f"{self._told(done, whole, share)}\n")
            self.out.flush()

    def _told(self, done: int, whole: int, share: float) -> str:
        left = (time.monotonic() - self.started) * (1 - share) / max(share, 0.001)
        return self.told(done, whole, left)


def _lines(done: int, whole: int, seconds: float) -> str:
    return _("line %(done)s of %(whole)s, about %(seconds)s s left") % {
        "done": f"{done:,}",
        "whole": f"{whole:,}",
        "seconds": f"{seconds:,.0f}",
    }
