"""docs/addresses.md promises every address that there is, and its examples are true."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from catalogue.addresses import AddressError, canonical_address, clean_address
from catalogue.search import PAGE_SIZE, ResourceQuery
from catalogue.search.query import MATCHED, Curated, Match, Sort, Time
from tests.config.documents import codes, document, first_codes, table

ADDRESSES = document("docs/addresses.md")


@dataclass(frozen=True)
class Route:
    """An address as the page writes it; `name` is "" where it has none."""

    address: str
    name: str
    is_translated: bool


def routes(
    resolver: URLResolver, *, before: str = "/", namespace: str = "", is_translated: bool = False
) -> Iterator[Route]:
    """Every address; those within the desk count as one."""
    for one in resolver.url_patterns:
        has_languages = isinstance(one.pattern, LocalePrefixPattern)
        own = "" if has_languages else re.sub(r"<\w+:(\w+)>", r"<\1>", str(one.pattern))
        if isinstance(one, URLPattern):
            yield Route(before + own, f"{namespace}{one.name or ''}", is_translated)
        elif one.namespace == "admin":
            yield Route(before + own, "", is_translated)
        else:
            yield from routes(
                one,
                before=before + own,
                namespace=f"{namespace}{one.namespace}:" if one.namespace else namespace,
                is_translated=is_translated or has_languages,
            )


class TestPublicAddresses:
    ROWS = table(ADDRESSES.section("Public addresses"))

    def test_each_is_told_under_its_name_and_each_told_is_there(self) -> None:
        told = {codes(row[0])[0]: "".join(codes(row[1])) for row in self.ROWS}

        assert told == {route.address: route.name for route in routes(get_resolver())}

    def test_each_is_marked_that_has_no_welsh_form(self) -> None:
        unmarked = {codes(row[0])[0] for row in self.ROWS if not row[0].endswith("*")}

        assert unmarked == {
            route.address for route in routes(get_resolver()) if route.is_translated
        }


class TestSearch:
    ROWS = table(ADDRESSES.section("Searching by address"))

    def test_each_parameter_is_told(self) -> None:
        assert first_codes(self.ROWS) == list(inspect.signature(ResourceQuery).parameters)

    def test_values_are_told(self) -> None:
        takes = {codes(row[0])[0]: row[1] for row in self.ROWS}

        assert codes(takes["time"]) == Time.values
        assert codes(takes["sort"]) == Sort.values
        assert codes(takes["match"]) == Match.values
        assert codes(takes["curated"]) == Curated.values
        assert f"{PAGE_SIZE} resources each" in takes["page"]

    def test_those_that_match_all_are_told(self) -> None:
        told = {codes(row[0])[0] for row in self.ROWS if "match" in codes(row[2])}

        assert told == {*MATCHED}

    def test_those_that_may_repeat_are_told(self) -> None:
        told = {codes(row[0])[0] for row in self.ROWS if row[2] != "no"}
        empty = ResourceQuery()

        assert told == {
            name for name in first_codes(self.ROWS) if isinstance(getattr(empty, name), tuple)
        }


class TestRobots:
    ROWS = table(ADDRESSES.section("What robots may read"))

    @pytest.mark.django_db
    def test_each_query_that_stays_open_is_told(self, client: Client) -> None:
        said = client.get("/robots.txt").content.decode().splitlines()
        is_open = [line.removeprefix("Allow: /*") for line in said if line.startswith("Allow: ")]

        assert first_codes(self.ROWS) == is_open


class TestExamples:
    @pytest.mark.parametrize("row", table(ADDRESSES.text, head="the same"), ids=lambda row: row[0])
    def test_two_that_are_called_one_share_a_key(self, row: list[str]) -> None:
        one, other = codes(" ".join(row[1:]))

        assert canonical_address(one) == canonical_address(other)

    @pytest.mark.parametrize(
        "row", table(ADDRESSES.text, head="not the same"), ids=lambda row: row[0]
    )
    def test_two_that_are_called_different_share_none(self, row: list[str]) -> None:
        one, other = codes(" ".join(row[1:]))

        assert canonical_address(one) != canonical_address(other)

    def test_what_is_entered_is_mended_as_told(self) -> None:
        rows = table(ADDRESSES.section("What is taken for an address"))
        told = [codes(" ".join(row)) for row in rows]

        assert [[entered, clean_address(entered)] for entered, _kept in told] == told

    def test_what_is_refused_is_told_as_it_is_said(self) -> None:
        section = ADDRESSES.section("What is taken for an address")
        for entered, told in table(section.partition("refused with a sentence")[2]):
            with pytest.raises(AddressError) as caught:
                clean_address(codes(entered)[0])

            assert str(caught.value) == told
