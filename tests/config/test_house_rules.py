"""No rule of the house is forgotten: constraints, triggers, and the direction of imports."""

import logging
from collections.abc import Iterator

import pghistory.models
import pgtrigger
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model, UniqueConstraint
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from catalogue.models import Identified, PublicRow
from catalogue.registry import Point, gather
from catalogue.triggers import MovesSite
from tests.catalogue import test_rules as catalogue
from tests.curators import test_rules as curators
from tests.pathways import test_rules as pathways

APPS = ["catalogue", "curators", "pathways"]
TABLED = {rule.name for rule in [*catalogue.RULES, *curators.RULES, *pathways.RULES]}
HELD_BY_KEYS = catalogue.HELD_BY_KEYS | pathways.HELD_BY_KEYS
APART = catalogue.TESTED_APART

# Tables that no page shows: who may do what, and the site's revision itself.
UNSEEN = {
    # What visits found and who was told of it; pages tell of LinkHealth.
    *("catalogue_linkvisit", "catalogue_formerlink", "pathways_toldlink"),
    *("curators_user", "curators_user_groups", "curators_user_user_permissions"),
    *("curators_suggestion", "curators_queuemark"),
    *("curators_membership", "pathways_maintainer", "catalogue_monthlycount"),
    "catalogue_unansweredsearch",
    *("pathways_previewlink", "pathways_remark", "catalogue_proposal", "curators_invitation"),
    *("catalogue_sitemove", "catalogue_siterevision", "catalogue_starteritem"),
    # What is kept of resources beside them: they move the site themselves.
    *("catalogue_chunk", "catalogue_chunkset", "catalogue_fresh"),
    *("catalogue_posting", "catalogue_chunkwords", "catalogue_vocabulary"),
}


def house_models() -> Iterator[type[Model]]:
    """Models of the apps, plain links included, without the tables of their history."""
    for model in apps.get_models(include_auto_created=True):
        is_history = issubclass(model, pghistory.models.Event)
        if model._meta.app_label in APPS and not is_history:
            yield model


def constraints() -> Iterator[tuple[type[Model], object]]:
    for model in house_models():
        for constraint in model._meta.constraints:
            yield model, constraint


class TestConstraints:
    def test_each_has_a_case_in_the_tables_and_each_case_a_constraint(self) -> None:
        named = {constraint.name for _model, constraint in constraints()}

        assert named == TABLED | HELD_BY_KEYS | APART

    def test_each_is_named_after_its_app_and_model(self) -> None:
        strangers = [
            constraint.name
            for model, constraint in constraints()
            if not constraint.name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")
        ]

        assert strangers == []

    def test_each_that_a_person_can_break_has_a_sentence(self) -> None:
        dumb = [
            constraint.name
            for _model, constraint in constraints()
            if constraint.name not in HELD_BY_KEYS | APART
            # Django makes one from the names of the fields.
            and not isinstance(constraint, UniqueConstraint)
            and constraint.violation_error_message == constraint.default_violation_error_message
        ]

        assert dumb == []

    @pytest.mark.django_db
    def test_the_database_has_each_under_its_name(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes"
            )
            there = {name for (name,) in cursor.fetchall()}

        assert {constraint.name for _model, constraint in constraints()} <= there


class TestTriggers:
    @pytest.mark.django_db
    def test_the_database_has_each_as_the_models_say(self) -> None:
        states = {
            f"{model._meta.label} {trigger.name}": trigger.get_installation_status(model)[0]
            for model, trigger in pgtrigger.registered()
            # Those of the history read otherwise in a migration, where translated fields aren't
            # there, and do the same.
            if trigger.name != "update_update"
        }

        assert {name: state for name, state in states.items() if state != "INSTALLED"} == {}

    @pytest.mark.django_db
    def test_none_is_switched_off(self) -> None:
        off = [
            f"{model._meta.label} {trigger.name}"
            for model, trigger in pgtrigger.registered()
            if trigger.get_installation_status(model)[1] is not True
        ]

        assert off == []

    def test_every_row_with_a_page_keeps_itself_and_its_address(self) -> None:
        for model in house_models():
            if issubclass(model, PublicRow):
                names = {trigger.name for trigger in model._meta.triggers}
                expected = {"keeps_published", "keeps_address", "avoids_former_address"}
                assert expected <= names, model

    def test_everything_that_a_page_shows_moves_the_site(self) -> None:
        moving = {
            model._meta.db_table
            for model, trigger in pgtrigger.registered()
            if trigger.name == MovesSite.name
        }
        tables = {model._meta.db_table for model in house_models()}

        assert tables - moving - UNSEEN == {
            # Written beside rows that move it.
            "catalogue_formeraddress",
            "catalogue_decision",
            # Changed in drafts alone; publishing one changes its pathway.
            "pathways_revision",
            "pathways_revisionskill",
            "pathways_revisionrole",
            "pathways_stage",
            "pathways_step",
        }


class TestIdentity:
    def test_everything_with_an_identifier_answers_under_it(self) -> None:
        identified = {model for model in house_models() if issubclass(model, Identified)}

        assert set(gather(Point.PUBLIC_MODELS)) == identified

    def test_each_can_say_what_visitors_may_know_of_it_and_where_it_is(self) -> None:
        for model in gather(Point.PUBLIC_MODELS):
            assert model.public_status is not Identified.public_status, model
            assert hasattr(model, "get_absolute_url"), model


@pytest.fixture
def loggers_stay() -> Iterator[None]:
    """import-linter sets up logs of its own, and with it puts all others to sleep."""
    loggers = [
        one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)
    ]
    handlers, level = [*logging.root.handlers], logging.root.level
    asleep = {one: one.disabled for one in loggers}
    yield
    for one, was in asleep.items():
        one.disabled = was
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


@pytest.mark.usefixtures("loggers_stay")
def test_imports_run_one_way(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(settings.BASE_DIR)

    status = lint_imports(no_cache=True)

    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out
