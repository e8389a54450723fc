"""What is typed on the page: the pathway's words, stages, steps, and draft resources of steps.

Each form tells what it showed (`shown`), so that the page can tell what somebody changed from what
only stood there. Rules stand here in words for people; the database holds them all the same.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.desk.relations import label_of, numbers_only
from catalogue.durations import spoken
from catalogue.freshness import Freshness, freshness_of
from catalogue.languages import language_name
from catalogue.licences import licence_words
from catalogue.models import Resource, Role, Skill
from catalogue.models.resources import LONGEST_MINUTES
from catalogue.vocabularies import (
    Cost,
    DescriptionSource,
    DurationSource,
    Proficiency,
    ResourceType,
    Status,
)
from pathways.building.finding import Finder, NotFound
from pathways.models import Revision, Stage, Step

LICENCES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC0-1.0")
LANGUAGES = ("en", "cy", "ga", "gd", "fr", "de", "es", "it", "nl", "pt", "pl", "uk", "ar")
# New skills that can be named at once.
NEW_SKILLS = 3
# What says nothing where nothing else is written.
CHOICES_ALONE = ("delete", "optional")


class Line(forms.CharField):
    """One line. Too long a text is told and kept, where a browser would cut it off unseen."""

    def __init__(self, *, longest: int, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput())
        super().__init__(max_length=longest, **options)
        self.error_messages["max_length"] = gettext_lazy(
            "It has %(show_value)d characters, and %(limit_value)d fit: shorten it."
        )
        for one in self.validators:
            if getattr(one, "code", "") == "max_length":
                one.message = self.error_messages["max_length"]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


def text(rows: int, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "cols": False})
    return forms.CharField(required=False, widget=widget, **options)


class Minutes(forms.IntegerField):
    def __init__(self, **options: Any) -> None:
        told = gettext_lazy("Minutes are a number from 1 to 60,000; leave it empty if unknown.")
        super().__init__(
            required=False,
            min_value=1,
            max_value=LONGEST_MINUTES,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "build-minutes"}),
            error_messages={"invalid": told},
            **options,
        )
        for one in self.validators:
            one.message = told


class ChosenInput(forms.MultiWidget):
    """What is typed to find a row, and the key of the row that it was found to be."""

    def __init__(self, **attrs: Any) -> None:
        typed = forms.TextInput(attrs={"autocomplete": "off", **attrs})
        super().__init__({"": typed, "row": forms.HiddenInput()})

    def decompress(self, value: Any) -> list[Any]:
        return [label_of(value), value.pk] if isinstance(value, Model) else ["", ""]

    def value_from_datadict(self, data: QueryDict, files: Any, name: str) -> list[str]:
        typed, row = super().value_from_datadict(data, files, name)
        # Of several that were offered.
        return [typed or "", data.get(f"{name}_picked") or row or ""]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


class Chosen(forms.Field):
    """A row that is found by typing; `finder` is given by the page."""

    widget = ChosenInput
    finder: Finder

    def __init__(self, *, kind: str, **options: Any) -> None:
        self.kind = kind
        self.offered: list[Model] = []
        super().__init__(widget=ChosenInput(**{"data-find": kind}), required=False, **options)

    def clean(self, value: list[str]) -> Model | None:
        typed, row = value
        pk = next((int(one) for one in numbers_only([row])), None)
        picked = self.finder.known.get(pk)
        if picked is not None and self.was_picked:
            return picked
        try:
            return self.finder.choose(pk, typed.strip())
        except NotFound as error:
            self.offered = [(one.pk, label_of(one)) for one in error.offered]
            raise ValidationError(str(error)) from error

    def has_changed(self, initial: Any, data: list[str]) -> bool:
        shown = [str(one) for one in self.widget.decompress(initial)]
        return [one.strip() for one in data] != shown

    was_picked = False


class BuildForm(forms.Form):
    """A part of the page. `prefix` names it, `row` is what it writes, or None for a new one."""

    # Where the page leads to it.
    anchor = ""

    def __init__(
        self, data: QueryDict | None, *, prefix: str, row: Any = None, **more: Any
    ) -> None:
        self.row = row
        super().__init__(data, prefix=prefix, auto_id="%s", use_required_attribute=False, **more)
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"{self.add_prefix(name)}-help"

    def shown(self) -> dict[str, str]:
        """What stands in each field before anybody types, as a browser would send it back."""
        return {
            name: _plain(field.widget, self.get_initial_for_field(field, name))
            for name, field in self.fields.items()
        }

    def typed(self, data: QueryDict) -> dict[str, str]:
        """What was sent of each field, to be compared with what was shown."""
        return {
            name: _one_text(field.widget.value_from_datadict(data, {}, self.add_prefix(name)))
            for name, field in self.fields.items()
        }

    def put(self, data: QueryDict, name: str) -> None:
        """Writes what is shown of the field into `data`, as a browser would send it."""
        field, said = self.fields[name], self.add_prefix(name)
        value = self.get_initial_for_field(field, name)
        if isinstance(field.widget, ChosenInput):
            data[said], data[f"{said}_row"] = (str(one) for one in field.widget.decompress(value))
            data.pop(f"{said}_picked", None)
        elif isinstance(field.widget, forms.CheckboxInput):
            data.setlist(said, ["on"] if value else [])
        elif isinstance(field.widget, forms.CheckboxSelectMultiple):
            data.setlist(said, [str(one) for one in value or []])
        else:
            data[said] = "" if value is None else str(value)

    @property
    def is_marked(self) -> bool:
        """Whether it is to be deleted by saving."""
        return "delete" in self.fields and bool(self["delete"].value())

    @property
    def is_blank(self) -> bool:
        """Whether it is a new part into which nobody wrote anything."""
        if self.row is not None:
            return False
        typed = self.typed(self.data) if self.is_bound else {}
        return not any(typed.get(name) for name in self.fields if name not in CHOICES_ALONE)

    def problems(self) -> Iterator[tuple[str, str, str]]:
        """(where, what, why) of each mistake, for the list above the page."""
        for name, errors in self.errors.items():
            for error in errors:
                label = self.fields[name].label if name in self.fields else ""
                at = self.add_prefix(name) if name in self.fields else self.anchor
                yield at, str(label), str(error)


def _plain(widget: forms.Widget, value: Any) -> str:
    """A value that is shown, as one text."""
    return _one_text(widget.decompress(value) if isinstance(widget, ChosenInput) else value)


def _one_text(value: Any) -> str:
    """A value as one text, alike whether it was shown or sent back."""
    if value is None or value is False:
        return ""
    if isinstance(value, list | tuple):
        # Boxes come back in the order of the page; of what was found, the title comes first.
        return "|".join(sorted(str(one).strip() for one in value if one != ""))
    return "on" if value is True else str(value).replace("\r\n", "\n").strip()


def levels(nothing: str) -> list[tuple[str, str]]:
    return [("", nothing), *Proficiency.choices]


class WordsForm(BuildForm):
    """The pathway's own words, what it practises, and for whom it is."""

    WRITTEN = (
        *("title", "summary", "introduction", "outcomes", "audience"),
        *("proficiency_from", "proficiency_to", "licence", "change_summary"),
    )
    anchor = "words"

    title = Line(
        longest=200,
        label=gettext_lazy("Title"),
        error_messages={"required": gettext_lazy("Give the pathway a title.")},
    )
    summary = Line(
        longest=400,
        required=False,
        label=gettext_lazy("Summary"),
        help_text=gettext_lazy("One or two sentences: they stand on the pathway’s card."),
        widget=forms.Textarea(attrs={"rows": 2, "cols": False}),
    )
    introduction = text(
        5,
        label=gettext_lazy("Introduction"),
        help_text=gettext_lazy(
            "A few paragraphs that open the pathway. Leave a line free between them."
        ),
    )
    outcomes = text(
        4,
        label=gettext_lazy("What people can do afterwards"),
        help_text=gettext_lazy("One on each line, as in “Record an interview on a phone”."),
    )
    audience = text(3, label=gettext_lazy("Who it is for"))
    proficiency_from = forms.ChoiceField(
        required=False,
        label=gettext_lazy("From level"),
        choices=levels(gettext_lazy("Not said")),
    )
    proficiency_to = forms.ChoiceField(
        required=False,
        label=gettext_lazy("To level"),
        help_text=gettext_lazy("Leave it empty if the pathway stays at one level."),
        choices=levels(gettext_lazy("The same")),
    )
    licence = forms.ChoiceField(
        label=gettext_lazy("Licence of your words"),
        help_text=gettext_lazy("It says how others may use what you write here."),
    )
    change_summary = Line(
        longest=400,
        required=False,
        label=gettext_lazy("What changed"),
        help_text=gettext_lazy("For readers who know the pathway already, in a sentence."),
    )
    roles = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Roles it is made for"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        row: Revision,
        levels_of: dict[int, str],
        role_ids: Iterable[int],
        skills: list[Skill],
        roles: list[Role],
    ) -> None:
        initial = {name: getattr(row, name) for name in self.WRITTEN} | {"roles": [*role_ids]}
        super().__init__(data, prefix="words", row=row, initial=initial)
        said = dict.fromkeys([*LICENCES, row.licence or LICENCES[0]])
        self.fields["licence"].choices = [(one, licence_words(one)) for one in said]
        self.fields["roles"].choices = [(role.pk, str(role)) for role in roles]
        if row.pathway.published_revision_id is None:
            del self.fields["change_summary"]
        titles = {skill.pk: str(skill) for skill in skills}
        self.practised = [pk for pk in titles if pk in levels_of]
        for pk in self.practised:
            self.fields[f"level_{pk}"] = forms.ChoiceField(
                required=False,
                label=titles[pk],
                initial=levels_of[pk],
                choices=levels(gettext_lazy("Not any more")),
            )
        more = [
            ("", _("Choose a skill")),
            *((pk, t) for pk, t in titles.items() if pk not in levels_of),
        ]
        for number in range(1, NEW_SKILLS + 1):
            self.fields[f"skill_{number}"] = forms.ChoiceField(
                required=False, label=_("Another skill"), choices=more
            )
            self.fields[f"skill_level_{number}"] = forms.ChoiceField(
                required=False, label=_("Its level"), choices=levels(gettext_lazy("Level"))
            )

    @property
    def skill_fields(self) -> list[forms.BoundField]:
        return [self[f"level_{pk}"] for pk in self.practised]

    @property
    def new_skill_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [
            (self[f"skill_{number}"], self[f"skill_level_{number}"])
            for number in range(1, NEW_SKILLS + 1)
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        start, end = said.get("proficiency_from"), said.get("proficiency_to")
        order = Proficiency.values
        if end and not start:
            self.add_error("proficiency_from", _("Say from which level it leads there."))
        elif end and order.index(end) < order.index(start):
            told = _("It leads from a level to a higher one; leave this empty if it stays at one.")
            self.add_error("proficiency_to", told)
        for number in range(1, NEW_SKILLS + 1):
            skill, level = said.get(f"skill_{number}"), said.get(f"skill_level_{number}")
            if skill and not level:
                self.add_error(f"skill_level_{number}", _("Say how far the skill is brought."))
            if level and not skill:
                self.add_error(f"skill_{number}", _("Choose the skill of this level."))
        return said

    def write(self) -> bool:
        """Puts the words on the revision; whether any is another than before."""
        said = self.cleaned_data
        if said.get("proficiency_to") == said.get("proficiency_from"):
            said["proficiency_to"] = ""
        before = {name: getattr(self.row, name) for name in self.WRITTEN}
        for name in self.WRITTEN:
            if name in said:
                setattr(self.row, name, said[name])
        return before != {name: getattr(self.row, name) for name in self.WRITTEN}

    def skill_levels(self) -> dict[int, str]:
        """What it practises from now on: levels by the key of the skill."""
        said = self.cleaned_data
        kept = {pk: said[f"level_{pk}"] for pk in self.practised if said[f"level_{pk}"]}
        numbers = range(1, NEW_SKILLS + 1)
        new = {
            int(said[f"skill_{n}"]): said[f"skill_level_{n}"] for n in numbers if said[f"skill_{n}"]
        }
        return new | kept

    def role_ids(self) -> set[int]:
        return {int(pk) for pk in self.cleaned_data["roles"]}


class StageForm(BuildForm):
    title = Line(
        longest=200,
        label=gettext_lazy("Title of the stage"),
        error_messages={"required": gettext_lazy("Give the stage a title.")},
    )
    introduction = text(2, label=gettext_lazy("A few words to open it"))
    delete = forms.BooleanField(
        required=False,
        label=gettext_lazy("Delete this stage with all its steps when I save"),
        widget=forms.CheckboxInput(attrs={"data-delete": "stage"}),
    )

    def __init__(self, data: QueryDict | None, *, key: str, row: Stage | None) -> None:
        self.key = key
        initial = {"title": row.title, "introduction": row.introduction} if row else {}
        super().__init__(data, prefix=f"stage-{key}", row=row, initial=initial)
        self.anchor = self.prefix

    @property
    def name(self) -> str:
        return str(self["title"].value() or _("New stage"))

    @property
    def pasted(self) -> str:
        """Addresses that somebody pasted, to be looked at once all else is saved."""
        return self.data.get(f"{self.prefix}-paste", "") if self.is_bound else ""

    def write(self, stage: Stage) -> None:
        stage.title = self.cleaned_data["title"]
        stage.introduction = self.cleaned_data["introduction"]


class StepForm(BuildForm):
    """A step of one kind, which it keeps; fields of other kinds aren't there."""

    resource = Chosen(
        kind="resource",
        label=gettext_lazy("Resource"),
        help_text=gettext_lazy("Type a word of its title or its address."),
    )
    pathway = Chosen(
        kind="pathway",
        label=gettext_lazy("Pathway"),
        help_text=gettext_lazy("Type a word of its title. It has to be public."),
    )
    title = Line(longest=200, required=False, label=gettext_lazy("Title"))
    instructions = text(4, label=gettext_lazy("What to do"))
    note = text(
        3,
        label=gettext_lazy("Why this"),
        help_text=gettext_lazy(
            "In your own voice, for everyone to read: it is what people come to you for."
        ),
    )
    stand_in = Chosen(
        kind="resource",
        label=gettext_lazy("Stand-in"),
        help_text=gettext_lazy("Another resource that takes over when this one dies."),
    )
    minutes = Minutes(label=gettext_lazy("Minutes"))
    optional = forms.BooleanField(
        required=False,
        label=gettext_lazy("Optional: the pathway is complete without it"),
        widget=forms.CheckboxInput(attrs={"data-optional": ""}),
    )
    delete = forms.BooleanField(
        required=False,
        label=gettext_lazy("Delete this step when I save"),
        widget=forms.CheckboxInput(attrs={"data-delete": "step"}),
    )

    HAS = {
        Step.Kind.RESOURCE: ("resource", "stand_in"),
        Step.Kind.PATHWAY: ("pathway",),
        Step.Kind.ACTIVITY: ("instructions",),
        Step.Kind.REFLECTION: ("instructions",),
    }

    def __init__(
        self,
        data: QueryDict | None,
        *,
        key: str,
        kind: str,
        row: Step | None,
        finders: dict[str, Finder],
        draft: "ResourceForm | None" = None,
    ) -> None:
        self.key, self.kind, self.draft = key, Step.Kind(kind), draft
        # Of a set; given by the page when it is drawn.
        self.is_way = False
        super().__init__(data, prefix=f"step-{key}", row=row, initial=_of_step(row))
        self.anchor = self.prefix
        own = {*self.HAS[self.kind], *(["instructions"] if row and row.instructions else [])}
        for name in ("resource", "stand_in", "pathway", "instructions"):
            if name not in own:
                del self.fields[name]
            elif isinstance(self.fields[name], Chosen):
                field = self.fields[name]
                field.finder = finders[field.kind]
                field.was_picked = bool(data and data.get(f"{self.prefix}-{name}_picked"))
        if self.kind in (Step.Kind.RESOURCE, Step.Kind.PATHWAY):
            self.fields["title"].label = _("Another title, if its own doesn’t serve here")
            self.fields["minutes"].help_text = _("Only if they differ from its own.")
        if self.kind == Step.Kind.REFLECTION:
            self.fields["instructions"].label = _("What to think about")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.is_marked or self.is_blank:
            return said
        kind = self.kind
        if (
            kind == Step.Kind.RESOURCE
            and not said.get("resource")
            and "resource" not in self.errors
        ):
            self.add_error("resource", _("Choose the resource of this step, or delete the step."))
        if kind == Step.Kind.PATHWAY and not said.get("pathway") and "pathway" not in self.errors:
            self.add_error("pathway", _("Choose the pathway of this step, or delete the step."))
        if (
            kind in (Step.Kind.ACTIVITY, Step.Kind.REFLECTION)
            and not said.get("title")
            and "title" not in self.errors
        ):
            self.add_error("title", _("Give the step a title, or delete it."))
        if said.get("stand_in") and said["stand_in"] == said.get("resource"):
            self.add_error("stand_in", _("A stand-in is another resource than the step’s own."))
        return said

    def write(self, step: Step) -> None:
        said = self.cleaned_data
        step.kind = self.kind
        for name in ("title", "note", "instructions", "resource", "stand_in", "pathway"):
            if name in self.fields:
                setattr(step, name, said[name])
        step.duration_minutes = said["minutes"]

    # What a folded step tells in its line

    @property
    def name(self) -> str:
        """Its title as readers will see it, as far as it is known."""
        own = self["title"].value()
        chosen = "resource" if "resource" in self.fields else "pathway"
        typed = self[chosen].value() if chosen in self.fields else None
        return str(own or _typed(typed) or _("New step"))

    @property
    def goal(self) -> Resource | None:
        """The resource that it leads to, of what is loaded."""
        return self._goal("resource")

    def _goal(self, name: str) -> Any:
        if name not in self.fields:
            return None
        if not self.is_bound:
            return self.initial.get(name)
        _typed, row = self.fields[name].widget.value_from_datadict(
            self.data, {}, self.add_prefix(name)
        )
        pk = next((int(one) for one in numbers_only([row])), None)
        return self.fields[name].finder.known.get(pk)

    @property
    def what(self) -> str:
        """Its kind, of a resource the type."""
        goal = self.goal
        return str((goal and goal.get_resource_type_display()) or self.kind.label)

    @property
    def own_minutes(self) -> int | None:
        """Of the resource or pathway itself, which count where the curator gives none."""
        goal = self.goal or self._goal("pathway")
        return goal.duration_minutes if goal else None

    @property
    def shown_minutes(self) -> int | None:
        typed = str(self["minutes"].value() or "")
        return (
            int(typed)
            if typed.isascii() and typed.isdecimal() and len(typed) < 7
            else self.own_minutes
        )

    @property
    def spoken(self) -> str:
        """Its minutes as people say them; empty where nobody knows them."""
        return spoken(self.shown_minutes)

    @property
    def is_optional(self) -> bool:
        return bool(self["optional"].value()) and not self.is_way

    @property
    def requirement(self) -> str:
        if self.is_way:
            return Step.Requirement.CHOOSE_ONE
        return Step.Requirement.OPTIONAL if self.is_optional else Step.Requirement.CORE

    @property
    def requirement_label(self) -> str:
        return str(Step.Requirement(self.requirement).label)

    @property
    def freshness(self) -> Freshness | None:
        return freshness_of(self.goal) if self.goal else None

    @property
    def is_draft(self) -> bool:
        return self.goal is not None and self.goal.status in (Status.DRAFT, Status.IN_REVIEW)


def _of_step(step: Step | None) -> dict[str, Any]:
    if step is None:
        return {}
    names = ("title", "note", "instructions", "resource", "stand_in", "pathway")
    return {name: getattr(step, name) for name in names} | {
        "minutes": step.duration_minutes,
        "optional": step.requirement == Step.Requirement.OPTIONAL,
    }


def _typed(value: Any) -> str:
    if isinstance(value, Model):
        return str(value)
    return str(value[0]) if value else ""


class ResourceForm(BuildForm):
    """A draft resource whose words are to be mended before it is public."""

    title = Line(
        longest=300,
        label=gettext_lazy("Its title"),
        error_messages={"required": gettext_lazy("Give the resource’s title.")},
    )
    description = text(
        3,
        label=gettext_lazy("Description"),
        help_text=gettext_lazy(
            "One or two sentences in your own words: what people will be able to do."
        ),
    )
    rewritten = forms.BooleanField(
        required=False, label=gettext_lazy("I wrote this description in my own words")
    )
    resource_type = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Type"),
        choices=[("", gettext_lazy("Choose a type")), *ResourceType.choices],
    )
    cost = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Cost"),
        choices=[("", gettext_lazy("Choose the cost")), *Cost.choices],
    )
    language = forms.ChoiceField(required=False, label=gettext_lazy("Language"))
    minutes = Minutes(label=gettext_lazy("How many minutes it takes"))

    def __init__(self, data: QueryDict | None, *, row: Resource) -> None:
        initial = {
            name: getattr(row, name)
            for name in ("title", "description", "resource_type", "cost", "language")
        }
        initial["minutes"] = row.duration_minutes
        super().__init__(data, prefix=f"resource-{row.pk}", row=row, initial=initial)
        self.anchor = self.prefix
        tags = dict.fromkeys([*([row.language] if row.language else []), *LANGUAGES])
        self.fields["language"].choices = [
            ("", _("Choose a language")),
            *((tag, language_name(tag)) for tag in tags),
        ]
        if not self.is_scraped:
            del self.fields["rewritten"]

    @property
    def is_scraped(self) -> bool:
        return self.row.description_source == DescriptionSource.SCRAPED

    def write(self) -> None:
        row, said = self.row, self.cleaned_data
        row.title, row.description = said["title"], said["description"]
        row.resource_type, row.cost = said["resource_type"], said["cost"]
        if said["language"] != row.language:
            row.languages = [*([said["language"]] if said["language"] else []), *row.languages[1:]]
        if said["minutes"] != row.duration_minutes:
            row.duration_minutes = said["minutes"]
            row.duration_source = DurationSource.ESTIMATE if said["minutes"] else ""
        if said.get("rewritten"):
            row.description_source = DescriptionSource.EDITOR
