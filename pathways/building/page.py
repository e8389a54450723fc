"""A draft on its one page: what it shows, what somebody sent, and what becomes of the rows.

Two people at once lose nothing. A page carries a digest of all it showed. When it comes back, what
only the other changed is taken over, what only this one changed is saved, and where both changed
the same, nothing is saved until they have seen the other's words beside their own.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import connection
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.durations import spoken
from catalogue.identity import find_by_uid
from catalogue.models import Role, Skill
from catalogue.vocabularies import Status
from curators.models import User
from pathways.building import order as moves
from pathways.building.finding import Finder, drafts_to_mend, resources_for
from pathways.building.forms import BuildForm, ResourceForm, StageForm, StepForm, WordsForm
from pathways.building.order import Order, Place, Stretch
from pathways.models import Pathway, Revision, RevisionRole, RevisionSkill, Stage, Step
from pathways.models.steps import MOST_STEPS
from pathways.outline import arrange

# What the script calls a part that it copies, and puts a new key in the place of.
TEMPLATE = "newtemplate"

# What is drawn and counted of a page.


@dataclass
class ShownPlace:
    steps: list[StepForm]
    is_set: bool

    @property
    def minutes(self) -> int:
        """Of the step, or of the shortest way."""
        known = [step.shown_minutes for step in self.steps if step.shown_minutes is not None]
        return min(known, default=0)

    @property
    def is_optional(self) -> bool:
        return not self.is_set and self.steps[0].is_optional


@dataclass
class ShownStretch:
    form: StageForm
    places: list[ShownPlace] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return sum(place.minutes for place in self.places if not place.is_optional)

    @property
    def spoken(self) -> str:
        return spoken(self.minutes)

    @property
    def steps(self) -> Iterator[StepForm]:
        return chain.from_iterable(place.steps for place in self.places)


class BuildPage:
    """The forms of one draft. `data` is what somebody sent, or None."""

    def __init__(self, revision: Revision, *, by: User, data: QueryDict | None = None) -> None:
        self.revision, self.user = revision, by
        self.data = data.copy() if data is not None else None
        # Where both changed the same, and what only others changed: sentences.
        self.conflicts: list[str] = []
        self.taken_over: list[str] = []
        self._load()
        self.now = self._order_now()
        self.order = self.now
        if self.data is None:
            self._make_forms(None)
            return
        self.order = Order.read(self.data.getlist("order"))
        self._know_what_was_chosen()
        self._merge()
        self._make_forms(self.data)

    # Rows

    @staticmethod
    def finders_for(revision: Revision, user: User) -> dict[str, Finder]:
        """What finds the rows that a step may lead to, by their kind. No query."""
        others = Pathway.objects.published().exclude(pk=revision.pathway_id)
        return {
            "resource": Finder(resources_for(user), title="title", also=("provider__name",)),
            "pathway": Finder(others, title="title"),
        }

    def _load(self) -> None:
        revision = self.revision
        self.stages = {row.uid.hex: row for row in revision.stages.order_by("position", "pk")}
        steps = Step.objects.filter(revision=revision).with_card()
        self.steps = {row.uid.hex: row for row in steps}
        for row in chain(self.stages.values(), self.steps.values()):
            row.revision = revision
        self.levels = dict(revision.skill_links.values_list("skill_id", "proficiency"))
        self.role_ids = set(revision.role_links.values_list("role_id", flat=True))
        seen = Q(status=Status.PUBLISHED)
        self.skills = list(Skill.objects.filter(seen | Q(pk__in=self.levels)).order_by("sort_key"))
        self.roles = list(Role.objects.filter(seen | Q(pk__in=self.role_ids)).order_by("sort_key"))
        self.finders = self.finders_for(revision, self.user)
        for step in self.steps.values():
            self.finders["resource"].know([step.resource, step.stand_in])
            self.finders["pathway"].know([step.pathway])
        in_steps = {step.resource_id for step in self.steps.values()}
        self.drafts = {row.pk: row for row in drafts_to_mend(self.user).filter(pk__in=in_steps)}

    def _order_now(self) -> Order:
        outline = arrange(self.stages.values(), self.steps.values())
        return Order(
            Stretch(
                stretch.stage.uid.hex,
                [
                    Place(
                        [step.uid.hex for step in entry.steps],
                        entry.first.requirement == Step.Requirement.CHOOSE_ONE,
                    )
                    for entry in stretch.entries
                ],
            )
            for stretch in outline.stretches
        )

    def _know_what_was_chosen(self) -> None:
        """Loads what was found for all steps together. Two queries at most."""
        rows: dict[str, set[int]] = {"resource": set(), "pathway": set()}
        for name, value in self.data.items():
            asked = re.fullmatch(r"step-\w+-(resource|stand_in|pathway)_(row|picked)", name)
            if asked and re.fullmatch(r"[0-9]{1,18}", value):
                rows["pathway" if asked[1] == "pathway" else "resource"].add(int(value))
        for kind, pks in rows.items():
            self.finders[kind].load(pks)

    # Forms

    def _make_forms(self, data: QueryDict | None) -> None:
        self.words = self._words(data)
        self.stage_forms = {key: self._stage(key, data) for key in self.order.stages}
        self.draft_forms: dict[int, ResourceForm] = {}
        self.step_forms = {key: self._step(key, data) for key in self.order.steps}

    def _words(self, data: QueryDict | None) -> WordsForm:
        return WordsForm(
            data,
            row=self.revision,
            levels_of=self.levels,
            role_ids=self.role_ids,
            skills=self.skills,
            roles=self.roles,
        )

    def _stage(self, key: str, data: QueryDict | None) -> StageForm:
        # A part that a button has just added was not sent.
        sent = data if data is not None and f"stage-{key}-title" in data else None
        return StageForm(sent, key=key, row=self.stages.get(key))

    def _step(self, key: str, data: QueryDict | None) -> StepForm:
        row = self.steps.get(key)
        kind = row.kind if row else self._kind_sent(key)
        sent = data if data is not None and f"step-{key}-minutes" in data else None
        form = StepForm(sent, key=key, kind=kind, row=row, finders=self.finders)
        draft = self.drafts.get(row.resource_id) if row else None
        if draft and draft.pk not in self.draft_forms:
            has = data is not None and f"resource-{draft.pk}-title" in data
            form.draft = self.draft_forms[draft.pk] = ResourceForm(data if has else None, row=draft)
        return form

    def _kind_sent(self, key: str) -> str:
        kind = self.data.get(f"step-{key}-kind") if self.data is not None else None
        return kind if kind in Step.Kind.values else Step.Kind.RESOURCE

    @property
    def forms(self) -> Iterator[BuildForm]:
        yield self.words
        for stretch in self.order:
            yield self.stage_forms[stretch.stage]
            for key in stretch.steps:
                step = self.step_forms[key]
                yield step
                if step.draft:
                    yield step.draft

    # What is shown

    @cached_property
    def stretches(self) -> list[ShownStretch]:
        shown = []
        for stretch in self.order:
            places = []
            for place in stretch.places:
                steps = [self.step_forms[key] for key in place.steps]
                for step in steps:
                    step.is_way = place.is_set
                places.append(ShownPlace(steps, place.is_set))
            shown.append(ShownStretch(self.stage_forms[stretch.stage], places))
        return shown

    @property
    def blank_steps(self) -> list[StepForm]:
        """A new step of each kind, for the script that adds them."""
        return [
            StepForm(None, key=TEMPLATE, kind=kind, row=None, finders=self.finders)
            for kind in Step.Kind.values
        ]

    @property
    def blank_stretch(self) -> ShownStretch:
        return ShownStretch(StageForm(None, key=TEMPLATE, row=None))

    @property
    def minutes(self) -> int:
        """Core steps, and the shortest way of each set."""
        return sum(stretch.minutes for stretch in self.stretches)

    @property
    def optional_minutes(self) -> int:
        places = chain.from_iterable(stretch.places for stretch in self.stretches)
        return sum(place.minutes for place in places if place.is_optional)

    @property
    def spoken(self) -> str:
        return spoken(self.minutes)

    @property
    def optional_spoken(self) -> str:
        return spoken(self.optional_minutes)

    @cached_property
    def seen(self) -> str:
        """Digests of what stands in the rows now, for the next time that the page comes back."""
        return json.dumps(self._digests(), separators=(",", ":"))

    def _digests(self) -> dict[str, str]:
        shown = {
            f"{form.prefix}-{name}": digest(value)
            for form in self._forms_now
            for name, value in form.shown().items()
            if name != "delete"
        }
        return shown | {"order": digest(self.now.lines())}

    @cached_property
    def _forms_now(self) -> list[BuildForm]:
        """Forms of the rows as they stand in the database."""
        stages = [StageForm(None, key=key, row=row) for key, row in self.stages.items()]
        steps = [
            StepForm(None, key=key, kind=row.kind, row=row, finders=self.finders)
            for key, row in self.steps.items()
        ]
        drafts = [ResourceForm(None, row=row) for row in self.drafts.values()]
        return [self._words(None), *stages, *steps, *drafts]

    # Two people at once

    def _merge(self) -> None:
        """Takes over into `data` and `order` what only others changed, and notes what both did."""
        seen = _read(self.data.get("seen"))
        known = {name.split("-")[1] for name in seen if name.startswith(("stage-", "step-"))}
        sent = self.order.keys
        self._merge_order(seen, known)
        for form in self._forms_now:
            key = getattr(form, "key", None)
            if key and key not in sent:
                self._show_as_it_is(form, is_new=bool(seen) and key not in known)
            else:
                self._merge_form(form, seen)
        self._drop_what_others_took_away(seen, known)

    def _merge_order(self, seen: dict[str, str], known: set[str]) -> None:
        is_mine = digest(self.order.only(known).lines()) != seen.get("order")
        is_theirs = bool(seen) and digest(self.now.lines()) != seen["order"]
        if is_theirs and not is_mine:
            mine, self.order = self.order, Order.read(self.now.lines())
            self.order.add_missing(mine)
        else:
            if is_theirs:
                self.taken_over.append(_("The order: both moved something, and yours stands now."))
            self.order.add_missing(self.now)

    def _show_as_it_is(self, form: BuildForm, *, is_new: bool) -> None:
        """A part that the page didn't send: somebody else's new one, or a form cut short."""
        for name in form.fields:
            form.put(self.data, name)
        if is_new:
            told = _("“%(part)s” is new.")
            self.taken_over.append(told % {"part": form.name})

    def _merge_form(self, form: BuildForm, seen: dict[str, str]) -> None:
        shown, typed = form.shown(), form.typed(self.data)
        is_sent = any(form.add_prefix(name) in self.data for name in form.fields)
        for name, value in shown.items():
            then = seen.get(f"{form.prefix}-{name}")
            if not is_sent:
                form.put(self.data, name)
            if not is_sent or then is None or digest(value) == then or typed[name] == value:
                continue
            told = {"part": _name_of(form), "field": form.fields[name].label}
            if digest(typed[name]) == then:
                form.put(self.data, name)
                self.taken_over.append(_("%(field)s of “%(part)s”.") % told)
            else:
                self.conflicts.append(_("%(field)s of “%(part)s”.") % told)
                self._others[f"{form.prefix}-{name}"] = value

    @cached_property
    def _others(self) -> dict[str, str]:
        """What others wrote where both did, by the name of the field."""
        return {}

    def _drop_what_others_took_away(self, seen: dict[str, str], known: set[str]) -> None:
        gone = {key for key in self.order.keys & known if key not in self.stages | self.steps}
        touched = {key for key in gone if self._is_touched(key, seen)}
        # A stage stays as long as something of this page's stands in it.
        for stretch in self.order:
            if stretch.stage in gone and {*stretch.steps} - gone | {*stretch.steps} & touched:
                touched.add(stretch.stage)
        self.order = self.order.only(self.order.keys - (gone - touched))
        for key in touched & gone:
            name = self.data.get(f"stage-{key}-title") or self.data.get(f"step-{key}-title")
            name = name or self.data.get(f"step-{key}-resource") or _("A step")
            told = _("“%(part)s” was deleted. Save again to bring it back with what you wrote.")
            self.conflicts.append(told % {"part": name})
        if gone - touched:
            self.taken_over.append(_("Something was deleted that you had not changed."))

    def _is_touched(self, key: str, seen: dict[str, str]) -> bool:
        """Whether this page changed anything of a part that is not there any more."""
        for kind in ("stage", "step"):
            prefix = f"{kind}-{key}-"
            if any(name.startswith(prefix) for name in seen):
                form = (
                    StageForm(None, key=key, row=None)
                    if kind == "stage"
                    else StepForm(
                        None, key=key, kind=self._kind_sent(key), row=None, finders=self.finders
                    )
                )
                typed = form.typed(self.data)
                return not typed.get("delete") and any(
                    digest(value) != seen.get(prefix + name, digest(""))
                    for name, value in typed.items()
                    if name != "delete"
                )
        return False

    def told_of_others(self) -> str:
        """Who saved last, for the sentence above what they changed. One query or two."""
        return last_to_change(self.revision, besides=self.user) or _("Somebody else")

    # Moving and adding

    def act(self, said: str) -> str:
        """Does what a button says: `up step-…`, `add activity stage-…`, `way resource step-…`.

        Answers which part of the page to go on from; empty where it made no sense.
        """
        verb, *rest = said.split() or [""]
        keys = [one.partition("-")[2] for one in rest]
        if verb in moves.MOVES and len(keys) == 1 and self._is_here(verb, keys[0]):
            moves.MOVES[verb](self.order, keys[0])
            return f"{verb}-{keys[0]}" if verb in ("up", "down") else rest[0]
        if verb == "to" and len(keys) == 1 and self.order.find(keys[0]):
            stage = self.data.get(f"step-{keys[0]}-to", "").removeprefix("stage-")
            moves.to_stage(self.order, keys[0], stage)
            return rest[0]
        if verb == "stage":
            return f"stage-{self.add_stage()}"
        if verb in ("add", "way") and len(rest) == 2:
            key = self.add_step(rest[0], keys[1], is_way=verb == "way")
            return f"step-{key}" if key else ""
        return ""

    def _is_here(self, verb: str, key: str) -> bool:
        is_stage = key in self.order.stages and verb in ("up", "down")
        return is_stage or self.order.find(key) is not None

    def add_stage(self) -> str:
        key = new_key()
        self.order.append(Stretch(key))
        self.stage_forms[key] = StageForm(None, key=key, row=None)
        return key

    def add_step(self, kind: str, where: str, *, is_way: bool) -> str:
        """A new empty step at the end of the stage `where`, or beside the step `where`."""
        if kind not in Step.Kind.values:
            return ""
        key = new_key()
        (moves.add_way if is_way else moves.add_step)(self.order, key, where)
        if key not in self.order.keys:
            return ""
        self.step_forms[key] = StepForm(None, key=key, kind=kind, row=None, finders=self.finders)
        return key

    # Judging and saving

    @cached_property
    def live(self) -> list[BuildForm]:
        """The forms that have something to save."""
        doomed = {
            key
            for stretch in self.order
            if self.stage_forms[stretch.stage].is_marked
            for key in stretch.steps
        }
        return [
            form
            for form in self.forms
            if form.is_bound
            and not form.is_marked
            and getattr(form, "key", None) not in doomed
            and not (form.is_blank and not self._holds_something(form))
        ]

    def _holds_something(self, form: BuildForm) -> bool:
        """Whether a new stage without words has steps, and so needs a title."""
        if not isinstance(form, StageForm):
            return False
        if form.pasted:
            return True
        steps = self.order[self.order.stages.index(form.key)].steps
        return any(not self.step_forms[key].is_blank for key in steps)

    def is_valid(self) -> bool:
        for form in self.forms:
            for name, part in form.fields.items():
                part.is_disputed = f"{form.prefix}-{name}" in self._others
                part.others = self._others.get(f"{form.prefix}-{name}")
        is_valid = all([form.is_valid() for form in self.live])
        return is_valid and not self.conflicts and not self.is_too_long

    @cached_property
    def is_too_long(self) -> bool:
        """Whether there are more steps than may be, and more than there were."""
        number = sum(isinstance(form, StepForm) for form in self.live)
        return number > max(MOST_STEPS, len(self.steps))

    def problems(self) -> list[tuple[str, str, str, str]]:
        """(where, of what, field, why) of each mistake."""
        found = [
            (at, _name_of(form), label, why)
            for form in self.live
            for at, label, why in form.problems()
        ]
        if self.is_too_long:
            told = _("A pathway has at most %(most)d steps: make two of it.") % {"most": MOST_STEPS}
            found.insert(0, ("build", _("The pathway"), _("Steps"), told))
        return found

    def save(self) -> None:
        """Writes what changed, and takes away what was marked. Expects a transaction, and that the
        revision is held. A few queries, and as many as parts changed."""
        live = {form.prefix for form in self.live}
        if self.words.write():
            self.revision.save()
        self._save_purpose()
        self._save_drafts(live)
        stages = self._save_stages(live)
        self._save_steps(live, stages)
        self._delete()
        # Whoever has it open elsewhere is to know.
        Revision.objects.filter(pk=self.revision.pk).update(modified=timezone.now())
        connection.check_constraints()

    def _save_purpose(self) -> None:
        levels = self.words.skill_levels()
        links = RevisionSkill.objects.filter(revision=self.revision)
        if gone := self.levels.keys() - levels.keys():
            links.filter(skill__in=gone).delete()
        for pk, level in levels.items():
            if self.levels.get(pk) != level:
                links.update_or_create(
                    revision=self.revision, skill_id=pk, defaults={"proficiency": level}
                )
        roles = self.words.role_ids()
        made_for = RevisionRole.objects.filter(revision=self.revision)
        if gone := self.role_ids - roles:
            made_for.filter(role__in=gone).delete()
        new = roles - self.role_ids
        RevisionRole.objects.bulk_create(
            RevisionRole(revision=self.revision, role_id=pk) for pk in sorted(new)
        )

    def _save_drafts(self, live: set[str]) -> None:
        for form in self.draft_forms.values():
            if form.prefix in live and form.has_changed():
                form.write()
                form.row.save()

    def _save_stages(self, live: set[str]) -> dict[str, Stage]:
        """Stages by their keys, at their places."""
        kept, moved = {}, []
        for key in self.order.stages:
            form = self.stage_forms[key]
            stage = self.stages.get(key)
            if form.prefix not in live and stage is None:
                continue
            position = len(kept) + 1
            if stage is None:
                stage = self.stages.get(self.uid_of(key).hex)
            if stage is None:
                stage = Stage(revision=self.revision, uid=self._free_uid(key))
            is_new = stage.pk is None
            if form.prefix in live:
                form.write(stage)
            if is_new or (form.prefix in live and form.has_changed()):
                stage.position = position
                stage.save()
            elif stage.position != position:
                stage.position = position
                moved.append(stage)
            kept[key] = stage
        Stage.objects.bulk_update(moved, ["position"])
        return kept

    def _save_steps(self, live: set[str], stages: dict[str, Stage]) -> None:
        moved = []
        for stretch in self.order:
            stage, position, choice = stages.get(stretch.stage), 0, 0
            for place in stretch.places:
                kept = [key for key in place.steps if self._stays(key, live)]
                choice += place.is_set and bool(kept)
                for key in kept:
                    position += 1
                    if stage is not None:
                        number = choice if place.is_set else None
                        moved += self._save_step(key, live, stage, position, number)
        Step.objects.bulk_update(moved, ["stage", "position", "requirement", "choice"])

    def _stays(self, key: str, live: set[str]) -> bool:
        return key in self.steps or self.step_forms[key].prefix in live

    def _save_step(
        self, key: str, live: set[str], stage: Stage, position: int, choice: int | None
    ) -> list[Step]:
        """Saves a step whose words changed; answers one that only stands elsewhere now."""
        form = self.step_forms[key]
        step = self.steps.get(key) or self.steps.get(self.uid_of(key).hex)
        step = step or self._new_step(key)
        before = (step.stage_id, step.position, step.requirement, step.choice)
        is_live = form.prefix in live
        form.is_way = choice is not None
        step.stage, step.position, step.choice = stage, position, choice
        step.requirement = form.requirement if is_live else step.requirement
        if not is_live and (choice is None) == (step.requirement == Step.Requirement.CHOOSE_ONE):
            step.requirement = form.requirement
        if is_live:
            form.write(step)
        if step.pk is None or (is_live and form.has_changed()):
            step.save()
            return []
        now = (step.stage_id, step.position, step.requirement, step.choice)
        return [step] if now != before else []

    def _new_step(self, key: str) -> Step:
        step = Step(revision=self.revision, uid=self._free_uid(key))
        known = Step.objects.filter(uid=step.uid).order_by("-pk").first()
        if known is not None:
            # It was deleted from this draft and stands in another revision: its number stays.
            step.n = known.n
        return step

    def uid_of(self, key: str) -> UUID:
        """The identifier of a part by what the page calls it: a page that is sent twice makes it
        once."""
        if key.startswith("new"):
            return uuid5(self.revision.pathway.uid, f"{self.revision.pk} {key}")
        return UUID(key)

    def saved_stage(self, at: str) -> Stage | None:
        """The row of the stage that the page calls `at`; None where nothing is called that."""
        key = at.removeprefix("stage-")
        if not moves.KEY.fullmatch(key):
            return None
        return self.revision.stages.filter(uid=self.uid_of(key)).first()

    def saved_name(self, at: str) -> str:
        """What the page calls a part once it is saved: `step-new…` is `step-<uid>` then."""
        kind, _dash, key = at.partition("-")
        return f"{kind}-{self.uid_of(key).hex}" if moves.KEY.fullmatch(key) else at

    def _free_uid(self, key: str) -> UUID:
        """That of a new part. One that the page brought is taken only where the pathway had it."""
        uid = self.uid_of(key)
        if key.startswith("new"):
            return uid
        bearer = find_by_uid(uid)
        is_ours = isinstance(bearer, Stage | Step) and (
            bearer.revision.pathway_id == self.revision.pathway_id
        )
        return uid if is_ours else uuid5(self.revision.pathway.uid, key)

    def _delete(self) -> None:
        """Takes away what was marked; a stage goes with the steps that still stand in it."""
        for key in self.order.steps:
            if key in self.steps and self.step_forms[key].is_marked:
                self.steps[key].delete()
        for key in self.order.stages:
            if key in self.stages and self.stage_forms[key].is_marked:
                self.stages[key].delete()


def new_key() -> str:
    return f"new{uuid4().hex}"[:35]


def digest(value: Any) -> str:
    return blake2b(repr(value).encode(), digest_size=5).hexdigest()


def _read(seen: str | None) -> dict[str, str]:
    """What a page said that it showed; nothing where it was forged."""
    try:
        read = json.loads(seen or "{}")
    except (ValueError, RecursionError):
        return {}
    is_ours = isinstance(read, dict) and all(isinstance(one, str) for one in read.values())
    return read if is_ours and "order" in read else {}


def _name_of(form: BuildForm) -> str:
    if isinstance(form, WordsForm):
        return _("The pathway")
    return form.row.title if isinstance(form, ResourceForm) else form.name


def last_to_change(revision: Revision, *, besides: User) -> str:
    """The name of who last changed a draft or a part of it, of others than `besides`; empty where
    nobody is known. Two queries."""
    events = [
        model.pgh_event_model.objects.filter(**{of: revision.pk}, pgh_context__isnull=False)
        .exclude(pgh_context__metadata__user=besides.pk)
        .order_by()
        .values_list("pgh_created_at", "pgh_context__metadata__user")
        for model, of in ((Revision, "pgh_obj"), (Stage, "revision"), (Step, "revision"))
    ]
    found = events[0].union(*events[1:], all=True).order_by("-pgh_created_at").first()
    user = User.objects.filter(pk=found[1]).first() if found and found[1] else None
    return str(user) if user else ""
