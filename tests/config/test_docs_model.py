"""docs/model.md draws the model that there is, with every vocabulary and every key of the files."""

import csv
import inspect
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Model, TextChoices
from taggit.models import TagBase

from catalogue import vocabularies
from catalogue.models import Identified, PublicRow, Resource
from tests.config.documents import codes, document, first_codes, house_models, table

MODEL = document("docs/model.md")
# What most tables have, and what Django's own base of users brings.
UNDRAWN = {"id", "i18n", "password", "last_login", "is_superuser"}

# As in `Framework ||--o{ Competence : "consists of"`.
TIE = re.compile(r'(\w+) [|}o]{2}--[|{o]{2} (\w+) : "[^"]+"')
BOX = re.compile(r"^ +(\w+) \{\n(.*?)^ +\}", re.MULTILINE | re.DOTALL)


def drawn_ties() -> set[frozenset[str]]:
    lines = (line.strip() for block in MODEL.blocks("mermaid") for line in block.splitlines())
    return {frozenset(found.groups()) for line in lines if (found := TIE.fullmatch(line))}


def drawn_fields() -> dict[str, list[str]]:
    """For each table with a box its fields, as in `text title "in its own language"`."""
    boxes = (box for block in MODEL.blocks("mermaid") for box in BOX.findall(block))
    return {name: [line.split()[1] for line in body.splitlines()] for name, body in boxes}


def ties() -> Iterator[tuple[str, str]]:
    """Pairs of tables that a key, or a link without a table of its own, ties together."""
    ours = house_models()
    for model in ours:
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            through = getattr(field.remote_field, "through", None)
            if field.related_model in ours and (through is None or through._meta.auto_created):
                yield model.__name__, field.related_model.__name__


def shared_fields(model: type[Model]) -> set[str]:
    """Fields that the page tells once for all tables that have them."""
    bases = [base for base in (Identified, PublicRow) if issubclass(model, base)]
    shared = {field.name for base in bases for field in base._meta.local_fields}
    return UNDRAWN | shared


class TestDrawings:
    def test_every_table_stands_in_one(self) -> None:
        drawn = {name for tie in drawn_ties() for name in tie} | drawn_fields().keys()

        assert drawn == {model.__name__ for model in house_models()}

    def test_every_tie_stands_in_one_and_no_other(self) -> None:
        assert drawn_ties() == {frozenset(tie) for tie in ties()}

    @pytest.mark.parametrize("model", house_models(), ids=lambda model: model.__name__)
    def test_every_field_stands_in_one_and_no_other(self, model: type[Model]) -> None:
        fields = {field.name for field in model._meta.concrete_fields if not field.is_relation}

        drawn = drawn_fields().get(model.__name__, [])

        assert sorted(drawn) == sorted(fields - shared_fields(model))

    def test_fields_that_tables_share_are_told_once_for_all(self) -> None:
        told = codes(MODEL.text.partition("## The catalogue")[0])

        assert shared_fields(TagBase) - UNDRAWN == set()
        for base in (Identified, PublicRow):
            assert {field.name for field in base._meta.local_fields} <= set(told)

    def test_fields_with_a_standards_term_are_there(self) -> None:
        rows = table(MODEL.section("Fields in their standards’ terms"))

        for name in first_codes(rows):
            assert Resource._meta.get_field(name).name == name


def choices_of(holder: object) -> list[type[TextChoices]]:
    found = [one for one in vars(holder).values() if inspect.isclass(one)]
    return [one for one in found if issubclass(one, TextChoices) and one.choices]


class TestVocabularies:
    EVERY = [
        *choices_of(vocabularies),
        *(choices for model in house_models() for choices in choices_of(model)),
    ]

    @pytest.mark.parametrize("vocabulary", EVERY, ids=lambda one: one.__qualname__)
    def test_each_value_is_told_with_its_words(self, vocabulary: type[TextChoices]) -> None:
        rows = table(MODEL.section(f"`{vocabulary.__qualname__}`"), head="value")

        told = [(codes(row[0])[0], row[1]) for row in rows]

        assert told == [(value, str(label)) for value, label in vocabulary.choices]

    def test_no_other_is_told(self) -> None:
        headings = re.findall(r"^### `(.+)`$", MODEL.section("Vocabularies"), re.MULTILINE)

        assert headings == [vocabulary.__qualname__ for vocabulary in self.EVERY]


def keys_of(said: Any) -> Iterator[str]:
    if isinstance(said, dict):
        yield from said
        said = [*said.values()]
    if isinstance(said, list):
        for one in said:
            yield from keys_of(one)


class TestStarterFiles:
    SECTION = MODEL.section("The starter files")

    def test_every_key_is_told(self) -> None:
        # A file of many says what they are, as in {"skills": […]}.
        told = set(re.findall(r"\w+", " ".join(codes(self.SECTION))))
        files = sorted(settings.BASE_DIR.glob("*/starter/**/*.json"))

        untold = {
            path.name: set(keys_of(json.loads(path.read_text(encoding="utf-8")))) - told
            for path in files
        }

        assert {name: keys for name, keys in untold.items() if keys} == {}

    def test_every_column_of_the_resources_is_told(self) -> None:
        told = first_codes(table(self.SECTION, head="column"))

        for path in settings.BASE_DIR.glob("catalogue/starter/resources/*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                assert next(csv.reader(file)) == told, path.name

    def test_every_file_is_told(self) -> None:
        patterns = [code for code in codes(self.SECTION) if "/starter/" in code]
        told = {path for pattern in patterns for path in settings.BASE_DIR.glob(pattern)}
        there = {path for path in settings.BASE_DIR.glob("*/starter/**/*") if path.is_file()}

        assert told == there
