"""Licences by the names that people know."""

import pytest

from catalogue.licences import licence_address, licence_words
from tests.pages import render

COMMONS = "https://creativecommons.org"


@pytest.mark.parametrize(
    ("identifier", "words", "address"),
    [
        ("CC-BY-4.0", "CC BY 4.0", f"{COMMONS}/licenses/by/4.0/"),
        ("CC-BY-NC-SA-3.0", "CC BY-NC-SA 3.0", f"{COMMONS}/licenses/by-nc-sa/3.0/"),
        ("CC0-1.0", "CC0 1.0", f"{COMMONS}/publicdomain/zero/1.0/"),
        (
            *("OGL-UK-3.0", "Open Government Licence v3.0"),
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        ),
        ("CC-BY", "CC-BY", ""),
        ("MIT", "MIT", ""),
        ("", "", ""),
    ],
)
def test_it_has_a_name_and_where_known_an_address(identifier: str, words: str, address: str):
    assert licence_words(identifier) == words
    assert licence_address(identifier) == address


def test_it_is_linked_to_its_text():
    page = render("{{ components.licence_name(name) }}", name="CC-BY-4.0")

    assert page.a["href"] == f"{COMMONS}/licenses/by/4.0/"
    assert {"license", "external"} <= set(page.a["rel"])
