"""References to a resource, to be copied."""

from datetime import date

import pytest

from catalogue.citing import cite
from catalogue.models import Organisation, Resource

SEEN = date(2026, 3, 9)
END = "Available at: https://example.org/a (accessed 9 March 2026)."


@pytest.mark.parametrize(
    ("authors", "provider", "published", "told"),
    [
        (["Ann Lee"], "Tate", "2024-05", f"Ann Lee (2024) Maps. Tate. {END}"),
        (["Ann Lee"], "", "2024", f"Ann Lee (2024) Maps. {END}"),
        (["A", "B"], "", "2024", f"A and B (2024) Maps. {END}"),
        (["A", "B", "C"], "", "2024", f"A, B and C (2024) Maps. {END}"),
        (["A", "B", "C", "D"], "", "2024", f"A and others (2024) Maps. {END}"),
        ([], "Tate", "", f"Tate (no date) Maps. {END}"),
        ([], "", "2024", f"Maps (2024). {END}"),
        ([], "", "", f"Maps (no date). {END}"),
    ],
)
def test_it_tells_what_is_known(authors: list[str], provider: str, published: str, told: str):
    resource = Resource(
        title="Maps",
        url="https://example.org/a",
        authors=authors,
        provider=Organisation(name=provider) if provider else None,
        date_published=published,
    )

    assert cite(resource, seen=SEEN) == told


def test_a_percent_sign_in_a_title_is_no_placeholder():
    resource = Resource(title="100%(who)s %", url="https://example.org/a")

    assert cite(resource, seen=SEEN).startswith("100%(who)s % (no date).")
