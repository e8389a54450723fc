"""Slugs: the readable part of an address, which once public is true for ever."""

import re
from uuid import UUID

from catalogue.titles import fold

SLUG_LENGTH = 60

# Words that stand, or may come to stand, where a slug does.
RESERVED = frozenset(
    "add all api atom change coverage csv data delete draft edit embed export feed feeds history id "
    "import index json jsonld markdown md new preview print qr record search suggest".split()
)


def short_uid(uid: UUID) -> str:
    return uid.hex[:8]


def make_slug(title: str, *, noun: str, uid: UUID) -> str:
    """An ASCII slug of `title`, at most 60 characters, cut at a word where that is possible.

    One that leaves only a reserved word or a number has the noun after it: `history-tag`. One that leaves
    nothing (none of its letters is ASCII) gives `<noun>-<first eight digits of the uid>`.
    """
    whole = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
    slug = whole[:SLUG_LENGTH]
    if len(whole) > SLUG_LENGTH and whole[SLUG_LENGTH] != "-" and "-" in slug[30:]:
        slug = slug.rsplit("-", 1)[0]
    slug = slug.strip("-")
    if not slug:
        return f"{noun}-{short_uid(uid)}"
    if slug in RESERVED or slug.isdigit():
        return f"{slug[: SLUG_LENGTH - len(noun) - 1]}-{noun}"
    return slug


def numbered(slug: str, number: int) -> str:
    """`slug` for its `number`-th bearer: `data`, then `data-2`, never longer than 60."""
    if number == 1:
        return slug
    suffix = f"-{number}"
    return slug[: SLUG_LENGTH - len(suffix)].rstrip("-") + suffix
