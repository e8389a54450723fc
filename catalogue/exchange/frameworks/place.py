"""Stores a framework that a file tells: new ones whole, known ones where they may be changed.

Nothing is asked of the database row by row: what is here is read once, checked in memory, and
written a thousand rows at a time. The history is kept by triggers and so misses nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import CheckConstraint, Model, Q
from django.utils.translation import gettext as _

from catalogue.exchange import storing
from catalogue.exchange.errors import ExchangeError
from catalogue.exchange.frameworks.told import Part, Relation, Told
from catalogue.exchange.report import Report, shown
from catalogue.locks import one_decision_at_a_time
from catalogue.models import Competence, Crosswalk, Framework, Level, Statement
from catalogue.registry import Point, gather
from catalogue.slugs import short_uid
from catalogue.vocabularies import Status

# Rows in one statement of SQL.
MANY = 1000
# In the history: what an import wrote, and what it may therefore change again.
BY_IMPORT = {"import": "framework"}
# Who a framework is, which no import changes.
IDENTITY = {"slug", "family", "version"}


@transaction.atomic
def place(told: Told, *, update: bool, publish: bool, by: Any, report: Report) -> Framework:
    """Brings in `told` and answers the framework. Raises ExchangeError where it can't be stored.

    A version that is here is left alone without `update`. With it, parts that are missing are added
    and fields changed that an earlier import wrote and nobody touched since. Nothing is taken away.
    """
    one_decision_at_a_time()
    framework = _here(told)
    if framework is None:
        return _new(told, public=publish, by=by, report=report)
    if framework.status == Status.WITHDRAWN:
        report.unchanged += 1
        report.note(_("“%(framework)s” is withdrawn, and stays so.") % {"framework": framework})
    elif not update:
        report.unchanged += 1
        report.note(
            _("“%(framework)s” is here already and is left alone: ask to update it.")
            % {"framework": framework}
        )
    else:
        values = {key: told.values[key] for key in told.values if key not in IDENTITY}
        placing = _Placing(framework, told, report)
        placing.change_whole(values)
        placing.all()
    return framework


def _here(told: Told) -> Framework | None:
    """The same version, if it is here: by its identifier, its address, or its name."""
    said = told.values
    bearer = Framework.objects.filter(uid=told.uid).first() if told.uid else None
    if bearer and bearer.version == said["version"]:
        return bearer
    same = Q(slug=said["slug"]) | Q(family=said["family"], version=said["version"])
    found = list(Framework.objects.filter(same))
    if found and told.is_named_here and told.uid and not bearer:
        _name_apart(told)
        return None
    if len(found) > 1:
        raise ExchangeError(
            _("Address and version are those of two frameworks here: %(frameworks)s.")
            % {"frameworks": ", ".join(sorted(str(one) for one in found))}
        )
    return found[0] if found else None


def _name_apart(told: Told) -> None:
    """Gives `told` a name that another framework with the same title and version doesn't have."""
    for key in ("family", "slug"):
        told.values[key] = f"{told.values[key][:51].strip('-.')}-{short_uid(told.uid)}"


def _new(told: Told, *, public: bool, by: Any, report: Report) -> Framework:
    values = dict(told.values)
    for key in ("licence", "date_published", "url"):
        if problem := _problem(Framework(**values), key):
            report.leave_out(told.line, values.pop(key), problem)
    framework = Framework(**values)
    if told.uid and told.uid not in _taken([told.uid]):
        framework.uid = told.uid
    storing.store(framework)
    report.added += 1
    _Placing(framework, told, report).all()
    if public:
        storing.publish(framework, by=by)
    return framework


def _problem(framework: Framework, name: str) -> str:
    """What is wrong with one field of `framework`; empty where nothing is."""
    value = getattr(framework, name)
    try:
        if value:
            framework._meta.get_field(name).clean(value, framework)
        if name == "date_published":
            rule = _constraint(Framework, "catalogue_framework_date_iso")
            rule.validate(Framework, framework)
        if name == "licence" and value and not _is_spdx(value):
            return _("This is no SPDX identifier of a licence, as CC-BY-4.0 is.")
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _is_spdx(value: str) -> bool:
    return all(char.isascii() and (char.isalnum() or char in ".-+") for char in value)


class _Placing:
    """The parts of one framework on their way in. Rows are known by their codes."""

    def __init__(self, framework: Framework, told: Told, report: Report) -> None:
        self.framework = framework
        self.told = told
        self.report = report
        parts = (*told.levels, *told.competences, *told.statements)
        self.taken = _taken(part.uid for part in parts if part.uid)
        self.keys = {part.key for part in told.competences}
        self.levels = {row.code: row for row in framework.levels.all()}
        self.competences = {row.code: row for row in framework.competences.all()}

    def all(self) -> None:
        self._tree(Level, self.told.levels, self.levels)
        competences = self._tree(Competence, self.told.competences, self.competences)
        self._statements(competences)
        self._relations()

    def _tree(self, model: type[Model], parts: list[Part], here: dict[str, Model]) -> dict:
        """Adds and changes levels or competences; answers the rows by the keys of the file."""
        missing = here.keys() - {part.code for part in parts}
        if missing:
            self.report.note(_("Something here is not in the file, and stays."))
        placed: dict[str, Model] = {}
        new, known, codes = [], [], set()
        numbers = _numbers(model, sum(part.code not in here for part in parts))
        for part in self._parents_first(parts):
            above = placed.get(part.above)
            if part.above and above is None:
                self._reject(part, _("What it stands under was rejected."))
            elif part.code in codes:
                self._reject(part, _("This code is another’s in the file already."))
            elif row := here.get(part.code):
                if row.parent_id != (above and above.pk):
                    self.report.note(_("Something stands elsewhere in the tree here, and stays."))
                codes.add(part.code)
                placed[part.key] = row
                known.append((part, row))
            else:
                row = model(framework=self.framework, code=part.code, **part.values)
                row.parent_id = above and above.pk
                if self._is_fit(part, row):
                    row.pk = next(numbers)
                    codes.add(part.code)
                    placed[part.key] = row
                    new.append(row)
        self._add(model, new)
        here |= {row.code: row for row in new}
        self._change(model, known)
        return placed

    def _parents_first(self, parts: list[Part]) -> list[Part]:
        """`parts` from the roots down; those that hang on nothing are rejected."""
        below: dict[str, list[Part]] = defaultdict(list)
        for part in parts:
            below[part.above].append(part)
        found, seen, open_ends = [], set(), [""]
        for above in open_ends:
            for part in below.get(above, []):
                found.append(part)
                if part.key not in seen:
                    seen.add(part.key)
                    open_ends.append(part.key)
        above_of = {part.key: part.above for part in parts}
        for above, hanging in below.items():
            if above and above not in seen:
                for part in hanging:
                    self._reject(part, _why_it_hangs(part, above_of))
        return found

    def _statements(self, competences: dict[str, Competence]) -> None:
        known_rows = Statement.objects.filter(competence__framework=self.framework)
        here = {(row.competence_id, row.code): row for row in known_rows}
        new, known, seen = [], [], set()
        for part in self.told.statements:
            competence, level = competences.get(part.above), self.levels.get(part.level)
            key = (competence and competence.pk, part.code)
            if competence is None:
                self._reject(part, self._why_no_competence(part))
            elif part.level and level is None:
                self._reject(part, _("There is no level “%(code)s”.") % {"code": part.level})
            elif key in seen:
                self._reject(part, _("This code is another’s in the file already."))
            elif row := here.get(key):
                seen.add(key)
                known.append((part, row))
            else:
                row = Statement(competence=competence, level=level, code=part.code, **part.values)
                if self._is_fit(part, row):
                    seen.add(key)
                    new.append(row)
        self._add(Statement, new)
        self._change(Statement, known)

    def _why_no_competence(self, statement: Part) -> str:
        if statement.above in self.keys:
            return _("What it stands under was rejected.")
        return _("There is no competence “%(code)s” for it.") % {"code": shown(statement.above)}

    def _relations(self) -> None:
        if not self.told.relations:
            return
        slugs = {str(one.target).partition(":")[0] for one in self.told.relations}
        rows = Competence.objects.filter(framework__slug__in=slugs).select_related("framework")
        others = {row.key: row for row in rows}
        mine = Crosswalk.objects.filter(source__framework=self.framework)
        here = set(mine.values_list("source", "target"))
        new = []
        for one in self.told.relations:
            source, target = self.competences.get(one.source), others.get(str(one.target))
            if source is None or target is None:
                missing = one.target if source else f"{self.framework.slug}:{one.source}"
                told = _("There is no competence “%(key)s”.") % {"key": missing}
                self.report.reject(one.line, one, told)
            elif (source.pk, target.pk) in here:
                self.report.unchanged += 1
            else:
                row = Crosswalk(source=source, target=target, relation=one.relation, **one.values)
                if self._is_fit(one, row):
                    here.add((source.pk, target.pk))
                    new.append(row)
        self._add(Crosswalk, new)

    # One row

    def _reject(self, part: Part | Relation, reason: str) -> None:
        self.report.reject(part.line, part, reason)

    def _is_fit(self, part: Part | Relation, row: Model) -> bool:
        """Whether `row` can be stored; tells why not. Gives it the identifier of the file, too."""
        if problems := _problems(row):
            self._reject(part, problems)
            return False
        if isinstance(part, Part) and part.uid:
            if part.uid in self.taken:
                self.report.note(_("An identifier is in use here already; a new one was given."))
            else:
                self.taken.add(part.uid)
                row.uid = part.uid
        return True

    # Many rows

    def _add(self, model: type[Model], rows: list[Model]) -> None:
        model._base_manager.bulk_create(rows, batch_size=MANY)
        self.report.added += len(rows)

    def _change(self, model: type[Model], known: list[tuple[Part, Model]]) -> None:
        """Changes what the file tells otherwise and an import wrote; the rest stays as it is."""
        differing = {
            row.pk: {key: new for key, new in part.values.items() if getattr(row, key) != new}
            for part, row in known
        }
        asked = [pk for pk, values in differing.items() if values]
        brought = _brought_in(model, asked) if asked else {}
        changed = []
        for part, row in known:
            wanted = self._allowed(row, differing[row.pk], brought.get(row.pk, {}))
            before = {key: getattr(row, key) for key in wanted}
            for key, value in wanted.items():
                setattr(row, key, value)
            if wanted and (problems := _problems(row)):
                for key, value in before.items():
                    setattr(row, key, value)
                self._reject(part, problems)
            elif wanted:
                changed.append(row)
            else:
                self.report.unchanged += 1
        if changed:
            columns = [field.name for field in model._meta.concrete_fields if not field.is_relation]
            columns = [name for name in columns if name not in {"id", "uid", "code"}]
            model._base_manager.bulk_update(changed, columns, batch_size=MANY)
        self.report.changed += len(changed)

    def change_whole(self, values: dict[str, Any]) -> None:
        """Changes the framework's own fields likewise."""
        row = self.framework
        differing = {
            key: new for key, new in values.items() if getattr(row, key) != _cleaned(row, key, new)
        }
        brought = _brought_in(Framework, [row.pk]) if differing else {}
        wanted = self._allowed(row, differing, brought.get(row.pk, {}))
        wanted.pop("position", None)
        for key, value in wanted.items():
            before = getattr(row, key)
            setattr(row, key, value)
            if problem := _problem(row, key):
                setattr(row, key, before)
                self.report.leave_out(self.told.line, value, problem)
        changed = any(getattr(row, key) == value for key, value in wanted.items())
        if changed:
            storing.store(row)
            self.report.changed += 1
        else:
            self.report.unchanged += 1

    def _allowed(
        self, row: Model, differing: dict[str, Any], brought: dict[str, Any]
    ) -> dict[str, Any]:
        """Those of the new values that may come in: for what is empty, or what an import wrote."""
        allowed = {
            key: value
            for key, value in differing.items()
            if getattr(row, key) in (None, "") or key in brought
        }
        if texts := differing.keys() - allowed.keys() - {"position"}:
            for _text in texts:
                self.report.note(_("A text that was written here differs, and stays."))
        return allowed


def _cleaned(row: Model, name: str, value: Any) -> Any:
    """`value` as it would be stored; as it is where it can't be."""
    try:
        return row._meta.get_field(name).to_python(value)
    except ValidationError:
        return value


def _why_it_hangs(part: Part, above_of: dict[str, str]) -> str:
    """Why the tree has no place for `part`, which leads up to no root."""
    if part.above not in above_of:
        return _("It stands under “%(above)s”, which is nothing that came in.") % {
            "above": shown(part.above)
        }
    passed, key = set(), part.above
    while key in above_of and key not in passed and key != part.key:
        passed.add(key)
        key = above_of[key]
    if key == part.key:
        return _("It stands under itself, by way of others or directly.")
    return _("What it stands under was rejected.")


def _problems(row: Model) -> str:
    """What is wrong with the row's own fields, in sentences. No query."""
    skipped = {field.name for field in row._meta.fields if field.is_relation}
    skipped |= {field.name for field in row._meta.fields if field.name.endswith(("_i18n", "_en"))}
    try:
        row.clean_fields(exclude=skipped | {"uid"})
    except ValidationError as error:
        return " ".join(storing.problems_of(error))
    for rule in row._meta.constraints:
        if isinstance(rule, CheckConstraint) and _breaks(row, rule):
            return str(rule.get_violation_error_message())
    return ""


# What the database checks of a code, checked here without asking it for each row.
PLAIN_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
BROKEN_BY = {
    "catalogue_competence_code_free": lambda row: row.code.lower() == "coverage",
    "catalogue_competence_code_plain": lambda row: not PLAIN_CODE.fullmatch(row.code),
    "catalogue_crosswalk_two_competences": lambda row: row.source_id == row.target_id,
}


def _breaks(row: Model, rule: CheckConstraint) -> bool:
    return rule.name in BROKEN_BY and BROKEN_BY[rule.name](row)


def _constraint(model: type[Model], name: str) -> Any:
    return next(rule for rule in model._meta.constraints if rule.name == name)


def _numbers(model: type[Model], many: int) -> Iterator[int]:
    """Primary keys for new rows, so that those that stand under others can be written with them."""
    if not many:
        return iter(())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, many],
        )
        return iter([number for (number,) in cursor.fetchall()])


def _taken(uids: Iterable[UUID]) -> set[UUID]:
    """Those of `uids` that a row bears already, of whatever kind. One query for each kind."""
    wanted = list(uids)
    if not wanted:
        return set()
    taken: set[UUID] = set()
    for model in gather(Point.PUBLIC_MODELS):
        taken |= set(model._base_manager.filter(uid__in=wanted).values_list("uid", flat=True))
    return taken


def _brought_in(model: type[Model], pks: list[int]) -> dict[int, dict[str, Any]]:
    """The fields of each row whose present value an import wrote, as the history tells. One query."""
    events = model.pgh_event_model.objects.filter(pgh_obj__in=pks).order_by("pgh_id")
    names = [
        field.name
        for field in model.pgh_event_model._meta.concrete_fields
        if not field.name.startswith("pgh_") and not field.is_relation and field.name != "id"
    ]
    last: dict[int, dict[str, Any]] = defaultdict(dict)
    writers: dict[int, dict[str, bool]] = defaultdict(dict)
    for event in events.values("pgh_obj_id", "pgh_context__metadata", *names):
        metadata = event["pgh_context__metadata"] or {}
        by_import = BY_IMPORT.items() <= metadata.items()
        row = event["pgh_obj_id"]
        values = {**event, **(event.get("i18n") or {})}
        for name in values.keys() - {"pgh_obj_id", "pgh_context__metadata", "i18n"}:
            if name not in last[row] or last[row][name] != values[name]:
                last[row][name] = values[name]
                writers[row][name] = by_import
    return {
        row: {name: True for name, by_import in named.items() if by_import}
        for row, named in writers.items()
    }
