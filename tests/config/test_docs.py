"""The documentation says what is: it fails here when the code has gone on without it.

Addresses and the model have modules of their own: test_docs_addresses.py, test_docs_model.py.
"""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.management import get_commands, load_command_class
from pghistory.trigger import Event

from catalogue.registry import Point
from tests.config.documents import (
    APPS,
    Document,
    codes,
    document,
    documents,
    first_codes,
    house_models,
    table,
)

README = document("README.md")
OPERATORS = document("docs/operators.md")
ARCHITECTURE = document("docs/architecture.md")
EDITORS = document("docs/editors.md")


class TestLinks:
    @pytest.mark.parametrize("page", documents(), ids=str)
    def test_each_within_the_project_leads_somewhere(self, page: Document) -> None:
        dead = []
        for link in page.links:
            if re.match(r"[a-z]+:", link):
                continue
            path, _hash, anchor = link.partition("#")
            target = Document((page.path.parent / path).resolve()) if path else page
            if not target.path.is_file() or (anchor and anchor not in target.anchors):
                dead.append(link)

        assert dead == []

    def test_every_page_of_docs_is_linked_from_the_readme(self) -> None:
        pages = {page.path.name for page in documents() if page.path.parent.name == "docs"}

        assert {Path(link.partition("#")[0]).name for link in README.links} >= pages

    @pytest.mark.parametrize("page", documents(), ids=str)
    def test_no_page_names_a_place_on_somebodys_machine(self, page: Document) -> None:
        assert re.findall(r"(?<![\w.>])/(?:home|root|tmp|work|Users|mnt)/\w+", page.text) == []


class TestSettings:
    ROWS = table(OPERATORS.section("Settings"))

    def test_each_that_is_read_is_described_and_each_described_is_read(self) -> None:
        assert set(first_codes(self.ROWS)) == set(read_settings())

    def test_each_text_that_is_a_default_is_told(self) -> None:
        told = {codes(row[0])[0]: row[1] for row in self.ROWS}
        untold = {
            name: default
            for name, defaults in read_settings().items()
            for default in defaults
            if default not in told[name]
        }

        assert untold == {}

    def test_each_refusal_is_quoted_as_it_is_said(self) -> None:
        section = OPERATORS.section("What refuses to start")
        rows = [*table(section), *table(section.partition("in the same way:")[2])]
        said = {text for tree in config_sources() for text in texts(tree)}
        unsaid = [
            code for code in first_codes(rows) if not any(code.strip(" .") in text for text in said)
        ]

        assert len(rows) > 15
        assert unsaid == []


def config_sources() -> Iterator[ast.Module]:
    for path in sorted((settings.BASE_DIR / "config").rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def read_settings() -> dict[str, list[str]]:
    """Names that config/ reads from the environment, each with those defaults that are texts."""
    readers = r"environment\.(env\.)?\w+|os\.environ\.get|text|env\.\w+"
    read: dict[str, list[str]] = {}
    for tree in config_sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not re.fullmatch(readers, ast.unparse(node.func)):
                continue
            given = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            given += [
                one.value.value for one in node.keywords if isinstance(one.value, ast.Constant)
            ]
            if ast.unparse(node.func) == "environment.site_url":
                given.insert(0, "SITE_URL")
            if given and re.fullmatch(r"[A-Z][A-Z_]+", str(given[0])):
                defaults = [value for value in given[1:] if isinstance(value, str) and value]
                read.setdefault(given[0], []).extend(defaults)
    # The search path of programs is the system's, no setting of Waymark's.
    del read["PATH"]
    return read


class TestCommands:
    ROWS = table(OPERATORS.section("Commands").partition("can be run by hand")[2])

    def test_each_of_ours_is_described_and_each_described_is_there(self) -> None:
        described = {code.split()[1] for code in first_codes(self.ROWS)}

        assert described == own_commands()

    def test_each_action_of_localdb_is_described_and_no_other(self) -> None:
        parser = load_command_class("config", "localdb").create_parser("manage.py", "localdb")
        actions = next(
            list(action.choices)
            for action in parser._actions
            if isinstance(action, argparse._SubParsersAction)
        )
        described = [code.split()[2] for code in first_codes(self.ROWS) if " localdb " in code]

        assert sorted(described) == sorted(actions)

    @pytest.mark.parametrize("page", documents(), ids=str)
    def test_each_that_a_page_names_is_there(self, page: Document) -> None:
        named = set(re.findall(r"manage\.py ([a-z_]+)", page.text))

        assert named - set(get_commands()) == set()

    def test_each_target_of_make_is_described(self) -> None:
        helped = re.findall(r"^([a-z]+):.*##", makefile(), re.MULTILINE)
        described = first_codes(table(OPERATORS.section("Commands")))

        assert described and sorted(f"make {name}" for name in helped) == sorted(described)

    @pytest.mark.parametrize("page", documents(), ids=str)
    def test_each_target_that_a_page_names_is_there(self, page: Document) -> None:
        said = [*codes(page.prose), *page.blocks("")]
        named = {name for text in said for name in re.findall(r"\bmake ([a-z][a-z-]+)", text)}
        targets = set(re.findall(r"^([a-z][a-z-]+):", makefile(), re.MULTILINE))

        assert named - targets == set()


def own_commands() -> set[str]:
    return {name for name, app in get_commands().items() if app in {"config", *APPS}}


def makefile() -> str:
    return (settings.BASE_DIR / "Makefile").read_text(encoding="utf-8")


class TestArchitecture:
    def test_every_point_of_the_registry_is_told(self) -> None:
        rows = table(ARCHITECTURE.section("The registry"))

        assert first_codes(rows) == [point.name for point in Point]

    def test_every_trigger_is_told(self) -> None:
        ours = {
            trigger.name
            for model in house_models()
            for trigger in getattr(model._meta, "triggers", [])
            if not isinstance(trigger, Event)
        }

        assert set(first_codes(table(ARCHITECTURE.section("What the database keeps")))) == ours

    def test_every_middleware_of_ours_is_told(self) -> None:
        ours = [path.rpartition(".")[2] for path in settings.MIDDLEWARE if path[:7] == "config."]

        assert first_codes(table(ARCHITECTURE.section("How a request travels"))) == ours

    def test_every_folder_that_is_told_is_there(self) -> None:
        for folder in first_codes(table(ARCHITECTURE.section("Folders"))):
            assert folder == "var/" or (settings.BASE_DIR / folder).is_dir(), folder


class TestDesk:
    def test_every_list_is_told(self) -> None:
        rows = table(EDITORS.section("What stands where"))
        told = {name.strip() for row in rows for name in row[0].split(",")}

        lists = {model._meta.verbose_name_plural for model in admin.site._registry}
        assert told == {name[:1].upper() + name[1:] for name in lists}

    def test_every_verb_is_told_by_the_name_of_its_button(self) -> None:
        labels = {
            str(verb.label)
            for model_admin in admin.site._registry.values()
            for verb in model_admin.verbs
        }

        assert len(labels) > 5
        assert {label for label in labels if f"**{label}**" not in EDITORS.text} == set()
