"""Migrations: named for what they do, one line of them, and nothing left to make."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

APPS = ["catalogue", "curators", "pathways"]


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def own(loader: MigrationLoader) -> list[Migration]:
    return [one for (app, _name), one in loader.disk_migrations.items() if app in APPS]


@pytest.mark.parametrize("app", APPS)
def test_each_name_says_what_it_does(app: str) -> None:
    folder = Path(apps.get_app_config(app).path) / "migrations"
    names = [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]

    assert names
    for name in names:
        assert re.fullmatch(r"\d{4}(_[a-z0-9]+)+", name), name
        assert not re.search(r"initial|auto|and_more|alter_|migration", name), name


@pytest.mark.parametrize("app", APPS)
def test_each_app_has_one_line_of_them(loader: MigrationLoader, app: str) -> None:
    assert len(loader.graph.leaf_nodes(app)) == 1
    numbers = sorted(one.name[:4] for one in own(loader) if one.app_label == app)
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


@pytest.mark.django_db
def test_models_have_nothing_that_they_lack() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_a_database_that_was_migrated_waits_for_none() -> None:
    call_command("migrate", check_unapplied=True, verbosity=0)


def test_each_can_be_taken_back(loader: MigrationLoader) -> None:
    for migration in own(loader):
        assert all(operation.reversible for operation in migration.operations), migration


def test_none_needs_an_extension(loader: MigrationLoader) -> None:
    """The embedded Postgres has none, and a rented one may not allow any."""
    for migration in own(loader):
        text = Path(apps.get_app_config(migration.app_label).path, "migrations")
        assert "extension" not in (text / f"{migration.name}.py").read_text().lower(), migration


@pytest.mark.django_db
def test_every_table_is_a_model_s() -> None:
    tables = set(connection.introspection.table_names())
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}

    # Django has no model of its cache.
    assert tables - known == {"django_migrations", "shared_cache"}
