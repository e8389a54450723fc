"""Changing many resources at the desk: what all of the chosen are to say, on one page."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from catalogue.changing import Link, Wanted, change
from catalogue.desk import Verb, VerbForm
from catalogue.errors import CatalogueError
from catalogue.exchange import tag_rows
from catalogue.exchange.resources.cleaning import Unusable, read_language, read_licence
from catalogue.locks import one_decision_at_a_time, one_writer_at_a_time
from catalogue.models import Resource, ResourceSkill, Skill, Tag
from catalogue.standing import is_editor, offered
from catalogue.vocabularies import Cost, Proficiency, ResourceType, Status

LEAVE = ("", gettext_lazy("Leave as it is"))


class UnchangedResource(CatalogueError):
    """It says all of it already."""


def _choice(label: Any, choices: list) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[LEAVE, *choices], required=False)


def _text(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class MendForm(VerbForm):
    """What all of them are to say; what is left alone stays as it is in each."""

    resource_type = _choice(gettext_lazy("Type"), ResourceType.choices)
    proficiency = _choice(gettext_lazy("Level"), Proficiency.choices)
    cost = _choice(gettext_lazy("Cost"), Cost.choices)
    languages = _text(
        gettext_lazy("Languages"),
        gettext_lazy("Tags or English names, as in “cy; en”: the main one first."),
    )
    licence = _text(gettext_lazy("Licence"), gettext_lazy("As in CC-BY-4.0."))
    add_skill = forms.ModelChoiceField(
        label=gettext_lazy("Add a skill"),
        queryset=Skill.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    at_level = forms.ChoiceField(
        label=gettext_lazy("At the level"),
        choices=[("", gettext_lazy("The resource’s own")), *Proficiency.choices],
        required=False,
    )
    remove_skill = forms.ChoiceField(label=gettext_lazy("Take away a skill"), required=False)
    add_tags = _text(gettext_lazy("Add tags"), gettext_lazy("Semicolons part them."))
    remove_tag = forms.ModelChoiceField(
        label=gettext_lazy("Take away a tag"),
        queryset=Tag.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    why = _text(gettext_lazy("Why"), gettext_lazy("For colleagues: it is kept with each change."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pks = [row.pk for row in self.rows]
        self.fields["add_skill"].queryset = offered(
            Skill.objects.order_by("sort_key", "pk"), self.by
        )
        self.fields["remove_skill"].choices = [("", _("None")), *_skills_that_go(pks)]
        tags = Tag.objects.filter(resource_links__content_object__in=pks)
        self.fields["remove_tag"].queryset = tags.order_by("sort_key", "pk").distinct()

    def clean_languages(self) -> list[str]:
        said = self.cleaned_data["languages"].split(";")
        return [_read(read_language, one.strip()) for one in said if one.strip()]

    def clean_licence(self) -> str:
        said = self.cleaned_data["licence"].strip()
        return _read(read_licence, said) if said else ""

    def clean_add_tags(self) -> list[str]:
        said = self.cleaned_data["add_tags"].split(";")
        names = list(dict.fromkeys(" ".join(one.split()) for one in said if one.strip()))
        if too_long := [
            name for name in names if len(name) > Tag._meta.get_field("name").max_length
        ]:
            raise forms.ValidationError(
                _("“%(name)s…” is too long for a tag.") % {"name": too_long[0][:60]}
            )
        if not is_editor(self.by):
            _check_offered(names, self.by)
        return names

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        asks = {name for name, value in said.items() if value} - {"why", "at_level"}
        if not asks and not self.errors:
            raise forms.ValidationError(_("Say what should change."))
        return said


def _skills_that_go(pks: list[int]) -> Iterator[tuple[str, str]]:
    """What the resources `pks` have: each skill as a whole, then at its levels."""
    links = ResourceSkill.objects.filter(resource__in=pks).order_by("skill__sort_key", "skill")
    met = set()
    for pk, title, level in links.values_list("skill", "skill__title", "proficiency").distinct():
        if pk not in met:
            met.add(pk)
            yield str(pk), title
        if level:
            yield (
                f"{pk}@{level}",
                _("%(skill)s, only at %(level)s")
                % {
                    "skill": title,
                    "level": Proficiency(level).label,
                },
            )


def _read(read: Any, said: str) -> str:
    try:
        return read(said)
    except Unusable as error:
        raise forms.ValidationError(str(error)) from None


def _check_offered(names: list[str], user: Any) -> None:
    known = tag_rows(names)
    may = set(
        offered(Tag.objects.filter(pk__in=[*known.values()]), user).values_list("pk", flat=True)
    )
    for name in names:
        if known.get(name) not in may:
            raise forms.ValidationError(
                _("There is no tag “%(name)s” yet, and an editor makes it.") % {"name": name}
            )


FIELDS = ("resource_type", "proficiency", "cost", "languages", "licence")


def _fields(resource: Resource, said: dict[str, Any]) -> dict[str, Any]:
    return {
        name: said[name] for name in FIELDS if said[name] and getattr(resource, name) != said[name]
    }


def _skills(resource: Resource, here: set[Link], said: dict[str, Any]) -> set[Link]:
    """The skills that it has afterwards."""
    links = set(here)
    if gone := said["remove_skill"]:
        pk, _at, level = gone.partition("@")
        links = {link for link in links if link[0] != int(pk) or (level and link[1] != level)}
    if skill := said["add_skill"]:
        own = said["proficiency"] or resource.proficiency
        has_it = any(pk == skill.pk for pk, _level in links)
        if said["at_level"] or not has_it:
            links.add((skill.pk, said["at_level"] or own))
    return links


def mend(resource: Resource, *, by: Any, **said: Any) -> None:
    """Makes `resource` say what the form asked. Raises UnchangedResource where it does already."""
    with transaction.atomic():
        if said["add_tags"]:
            one_writer_at_a_time()
        one_decision_at_a_time()
        row = Resource.objects.select_for_update(of=["self"]).get(pk=resource.pk)
        links = set(row.skill_links.values_list("skill_id", "proficiency"))
        tags = set(row.tag_links.values_list("tag_id", flat=True))
        skills = _skills(row, links, said)
        kept = tags - ({said["remove_tag"].pk} if said["remove_tag"] else set())
        if said["add_tags"]:
            kept |= set(tag_rows(said["add_tags"], make=True).values())
        wanted = Wanted(
            fields=_fields(row, said),
            skills=skills if skills != links else None,
            tags=kept if kept != tags else None,
        )
        if wanted == Wanted():
            raise UnchangedResource(_("It says so already."))
        change(row, wanted, by=by, note=said["why"] or _("One of many."))


def foretell(rows: list[Resource], **said: Any) -> Iterator[tuple[str, list[str]]]:
    """(title, what changes, a sentence each) of each resource. Four queries."""
    links = _by_row(ResourceSkill.objects, "resource", rows, "skill", "proficiency")
    tags = _by_row(Resource.tags.through.objects, "content_object", rows, "tag")
    asked = tag_rows(said["add_tags"])
    titles = dict(
        Skill.objects.filter(resource_links__resource__in=rows).values_list("pk", "title")
    )
    if said["add_skill"]:
        titles[said["add_skill"].pk] = said["add_skill"].title
    for row in rows:
        here = links.get(row.pk, set())
        after = _skills(row, here, said)
        own = {pk for (pk,) in tags.get(row.pk, ())}
        told = [_field(row, name, value) for name, value in _fields(row, said).items()]
        told += [_("takes away the skill %(skill)s") % _named(titles, one) for one in here - after]
        told += [_("adds the skill %(skill)s") % _named(titles, one) for one in after - here]
        if said["remove_tag"] and said["remove_tag"].pk in own:
            told.append(_("takes away the tag “%(tag)s”") % {"tag": said["remove_tag"].name})
        told += [
            _("adds the tag “%(tag)s”") % {"tag": name}
            for name in said["add_tags"]
            if asked.get(name) not in own
        ]
        yield str(row), told


def _field(row: Resource, name: str, value: Any) -> str:
    field = Resource._meta.get_field(name)
    before, after = (_words(field, one) for one in (getattr(row, name), value))
    told = _("%(field)s: %(before)s → %(after)s")
    return told % {"field": field.verbose_name, "before": before, "after": after}


def _words(field: Any, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "–"
    return str(dict(field.flatchoices).get(value, value) or "–")


def _named(titles: dict[int, str], link: Link) -> dict[str, str]:
    pk, level = link
    title = f"“{titles.get(pk, pk)}”"
    return {"skill": f"{title} ({Proficiency(level).label})" if level else title}


def _by_row(links: Any, owner: str, rows: list[Resource], *names: str) -> dict[int, set]:
    found: dict[int, set] = {}
    for pk, *said in links.filter(**{f"{owner}__in": rows}).values_list(owner, *names):
        found.setdefault(pk, set()).add(tuple(said))
    return found


MEND = Verb(
    name="mend",
    label=gettext_lazy("Change them"),
    action=gettext_lazy("Change the chosen: type, level, skills, tags…"),
    explains=gettext_lazy(
        "What you choose here, all of them say afterwards. What you leave alone stays as it is in "
        "each. The next page tells what will change, row by row."
    ),
    one=gettext_lazy("“%(row)s” is changed."),
    many=ngettext_lazy(
        "%(number)d resource is changed.", "%(number)d resources are changed.", "number"
    ),
    starts=frozenset(Status.values),
    do=mend,
    permission="change",
    form=MendForm,
    asks=True,
    for_many=True,
    foretells=foretell,
)
