"""A made catalogue is the same every time, and holds its words as often as it says."""

import re
import subprocess
import sys
from itertools import islice

import made
import pytest
from django.conf import settings

from catalogue.addresses import canonical_address
from catalogue.titles import sort_key
from catalogue.vocabularies import Access, Cost, LinkState, Proficiency, ResourceType

KNOWN = {"skills": 53, "competences": 120}


def rows(size: int, *, blocks: int = 1) -> list[made.Made]:
    return [row for block in range(blocks) for row in made.rows(block, size=size, **KNOWN)]


def test_the_same_row_comes_out_in_another_process() -> None:
    script = "import made; print(next(made.rows(3, size=10**6, skills=53, competences=120)))"
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR / "bench",
        # Sets and hashes of texts fall otherwise each time.
        env={"PYTHONHASHSEED": "11"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == str(next(made.rows(3, size=10**6, **KNOWN)))


def test_a_larger_catalogue_begins_with_the_smaller() -> None:
    assert rows(300) == rows(2_000)[:300]


def test_it_has_as_many_rows_as_were_asked_for_each_with_an_identity_of_its_own() -> None:
    found = rows(made.BLOCK + 10, blocks=2)
    assert [row.number for row in found] == list(range(made.BLOCK + 10))
    for name in "uid", "url":
        assert len({getattr(row, name) for row in found}) == len(found)


@pytest.mark.parametrize("word", [word for word, share in made.SHARES.items() if share > 0.005])
def test_a_word_stands_in_its_share_of_the_rows(word: str) -> None:
    found = rows(2 * made.BLOCK, blocks=2)
    holds = re.compile(rf"\b{word}\b", re.IGNORECASE)
    held = sum(bool(holds.search(f"{row.title} {row.description}")) for row in found)
    assert held / len(found) == pytest.approx(made.SHARES[word], rel=0.25)


def test_no_other_word_is_taken_for_one_with_a_share() -> None:
    stems = tuple(word[:6] for word in made.SHARES)
    named = made.provider_names() + made.tag_names() + made.author_names()
    words = {word.lower() for name in named for word in name.split()} | {*made.vocabulary()}
    assert not {word for word in words if word.startswith(stems)}


def test_texts_follow_zipf_and_are_of_sensible_length() -> None:
    found = rows(500)
    lengths = [len(row.description.split()) for row in found]
    assert 50 < sum(lengths) / len(lengths) < 70
    words = " ".join(row.description for row in found).lower().split()
    first, tenth = (words.count(word) for word in (made.vocabulary()[at] for at in (0, 9)))
    assert 6 < first / tenth < 15


def test_names_are_told_once() -> None:
    for names in made.provider_names(), made.tag_names():
        assert len({name.lower() for name in names}) == len(names)
    assert (len(made.provider_names()), len(made.tag_names())) == (made.PROVIDERS, made.TAGS)


def test_what_is_written_by_copy_is_what_the_models_would_write() -> None:
    from make_catalogue import Ids, _cells

    ids = Ids(
        1_000,
        providers=list(range(500)),
        tags=list(range(2_000)),
        skills=list(range(53)),
        competences=list(range(120)),
    )
    for row in islice(rows(200), 0, None, 7):
        resource = next(cells for table, cells in _cells(row, ids) if table == "catalogue_resource")
        assert sort_key(row.title) in resource
        assert canonical_address(row.url) in resource


def test_facts_are_of_the_vocabularies() -> None:
    assert set(made.TYPES) == set(ResourceType.values)
    assert set(made.LEVELS) == {*Proficiency.values, ""}
    assert set(made.COSTS) == set(Cost.values)
    assert set(made.ACCESS) == set(Access.values)
    assert {*made.STATES} - {None} == {*LinkState.values} - {"unchecked"}
