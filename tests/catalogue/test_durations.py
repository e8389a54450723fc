"""Minutes as people say them."""

import pytest

from catalogue.durations import spoken


@pytest.mark.parametrize(
    ("minutes", "said", "said_about"),
    [
        (None, "", ""),
        (1, "1 min", "about 1 min"),
        (59, "59 min", "about 59 min"),
        (60, "1 h", "about 1 h"),
        (90, "1 h 30 min", "about 1 h 30 min"),
        (600, "10 h", "about 10 h"),
        (60_000, "1000 h", "about 1000 h"),
    ],
)
def test_minutes_are_said_in_hours_and_minutes(minutes: int | None, said: str, said_about: str):
    assert spoken(minutes) == said
    assert spoken(minutes, about=True) == said_about
