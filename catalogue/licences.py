"""Licences as readers know them, by the SPDX identifiers that are stored."""

import re

_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-(\d\.\d)")
_GOVERNMENT = re.compile(r"OGL-UK-(\d)\.0")


def licence_words(identifier: str) -> str:
    """`CC-BY-SA-4.0` as “CC BY-SA 4.0”; what has no other name stands as it is."""
    if found := _COMMONS.fullmatch(identifier):
        return f"CC {found[1]} {found[2]}"
    if found := _GOVERNMENT.fullmatch(identifier):
        return f"Open Government Licence v{found[1]}.0"
    return "CC0 1.0" if identifier == "CC0-1.0" else identifier


def licence_address(identifier: str) -> str:
    """Where the licence itself may be read; "" where that isn't known."""
    if found := _COMMONS.fullmatch(identifier):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    if found := _GOVERNMENT.fullmatch(identifier):
        site = "https://www.nationalarchives.gov.uk"
        return f"{site}/doc/open-government-licence/version/{found[1]}/"
    if identifier == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    return ""
