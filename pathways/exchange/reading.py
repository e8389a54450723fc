"""Reads a pathway of Waymark's own JSON (docs/importing-pathways.md describes the keys)."""

import re
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalogue.addresses import canonical_address
from catalogue.languages import language_tag
from catalogue.models.resources import LONGEST_MINUTES
from catalogue.vocabularies import (
    Access,
    Cost,
    DescriptionSource,
    DurationSource,
    Proficiency,
    ResourceType,
)
from pathways.exchange.contents import (
    Frame,
    PathwayContent,
    ResourceContent,
    StageContent,
    StepContent,
    outcomes_in,
    usual_licence,
)
from pathways.exchange.findings import Findings
from pathways.exchange.keys import Keys
from pathways.models import Credit, Revision, Step
from pathways.models.steps import MOST_STEPS

HIGHEST_NUMBER = 100_000
TITLE, SUMMARY = 200, 400
DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")

# Other names for keys of a resource, as other files have them.
ALIASES = {"language": "languages", "type": "resource_type"}


def read_pathway(said: Any, findings: Findings) -> PathwayContent:
    """What `said`, one parsed object, says; `findings` get what is wrong with it.

    The answer is whole only where there is no fault; what is wrong is left out of it.
    """
    keys = Keys(said, "", findings)
    stages = [_stage(one) for one in keys.objects("stages")]
    number = sum(len(stage.steps) for stage in stages)
    if number > MOST_STEPS:
        told = _(
            "A pathway has at most %(most)d steps, and this one has %(number)d: make two of it."
        )
        keys.wrong(None, told % {"most": MOST_STEPS, "number": number})
    uid = keys.uid()
    content = PathwayContent(
        slug=keys.text("slug", longest=60, needed=uid is None),
        uid=uid,
        frame=_frame(keys),
        words=_words(keys),
        outcomes=[line for one in keys.lines("outcomes") for line in outcomes_in(one)],
        i18n=_i18n(keys, title=TITLE, summary=SUMMARY, introduction=None, audience=None)
        | _i18n(keys, change_summary=SUMMARY)
        | _outcomes_i18n(keys),
        skills=_skills(keys),
        roles=_once(keys, "roles", keys.texts("roles")),
        stages=stages,
        line=keys.line,
    )
    keys.leave_the_rest()
    return content


def _words(keys: Keys) -> dict[str, str]:
    words = {
        "title": keys.text("title", longest=TITLE, needed=True),
        "summary": keys.text("summary", longest=SUMMARY),
        "introduction": keys.text("introduction"),
        "audience": keys.text("audience"),
        "licence": _licence(keys),
        "proficiency_from": keys.choice("proficiency_from", Proficiency.values),
        "proficiency_to": keys.choice("proficiency_to", Proficiency.values),
        "change_summary": keys.text("change_summary", longest=SUMMARY),
    }
    if words["proficiency_to"] and not _climbs(words):
        keys.wrong(
            words["proficiency_to"],
            _("A pathway leads to a higher proficiency than “proficiency_from”, or says no other."),
        )
    return words


def _licence(keys: Keys) -> str:
    said = usual_licence(keys.text("licence", longest=300))
    # Only who leaves the key out takes the usual one.
    return said if keys.has("licence") else Revision._meta.get_field("licence").default


def _climbs(words: dict[str, str]) -> bool:
    levels = ["", *Proficiency.values]
    start, end = levels.index(words["proficiency_from"]), levels.index(words["proficiency_to"])
    return 0 < start < end


def _frame(keys: Keys) -> Frame:
    credits = [_credit(one) for one in keys.objects("credits")] if keys.has("credits") else None
    _once(keys, "credits", credits or [])
    return Frame(
        ordered=keys.truth("ordered"),
        organisation=keys.text("organisation") if keys.has("organisation") else None,
        credits=credits,
    )


def _credit(keys: Keys) -> tuple[str, str]:
    curator = keys.text("curator", needed=True)
    kind = keys.choice("kind", Credit.Kind.values) or Credit.Kind.AUTHOR.value
    keys.leave_the_rest()
    return curator, kind


def _skills(keys: Keys) -> dict[str, str]:
    pairs = []
    for one in keys.objects("skills"):
        proficiency = one.choice("proficiency", Proficiency.values, needed=True)
        pairs.append((one.text("skill", needed=True), proficiency))
        one.leave_the_rest()
    _once(keys, "skills", [slug for slug, _proficiency in pairs])
    return {slug: proficiency for slug, proficiency in pairs if slug}


def _once(keys: Keys, name: str, values: list) -> set:
    """`values` as a set; those that stand there twice are told of."""
    for value in [value for value, times in Counter(values).items() if times > 1]:
        keys.wrong(value, _("This stands twice in “%(key)s”.") % {"key": name})
    return set(values)


def _i18n(keys: Keys, **longest: int | None) -> dict[str, str]:
    """Translations of the keys that `longest` names, as in `title_cy`."""
    found = {
        f"{name}_{language}": keys.text(f"{name}_{language}", **({"longest": most} if most else {}))
        for language in settings.MODELTRANS_AVAILABLE_LANGUAGES
        for name, most in longest.items()
    }
    return {name: text for name, text in found.items() if text}


def _outcomes_i18n(keys: Keys) -> dict[str, str]:
    found = {}
    for language in settings.MODELTRANS_AVAILABLE_LANGUAGES:
        name = f"outcomes_{language}"
        lines = [line for one in keys.lines(name) for line in outcomes_in(one)]
        if lines:
            found[name] = "\n".join(lines)
    return found


def _stage(keys: Keys) -> StageContent:
    stage = StageContent(
        uid=keys.uid(),
        words={
            "title": keys.text("title", longest=TITLE, needed=True),
            "introduction": keys.text("introduction"),
        },
        i18n=_i18n(keys, title=TITLE, introduction=None),
        steps=[_step(one) for one in keys.objects("steps")],
        line=keys.line,
    )
    keys.leave_the_rest()
    return stage


def _step(keys: Keys) -> StepContent:
    kind = _kind(keys)
    # A resource or a pathway has a title of its own.
    is_titled = kind in (Step.Kind.ACTIVITY, Step.Kind.REFLECTION)
    step = StepContent(
        uid=keys.uid(),
        n=keys.number("n", most=HIGHEST_NUMBER),
        words={
            "kind": kind,
            "requirement": keys.choice("requirement", Step.Requirement.values)
            or Step.Requirement.CORE.value,
            "choice": keys.number("choice", most=1_000),
            "title": keys.text("title", longest=TITLE, needed=is_titled),
            "note": keys.text("note"),
            "instructions": keys.text("instructions"),
            "duration_minutes": keys.number("duration_minutes", most=LONGEST_MINUTES),
        },
        i18n=_i18n(keys, title=TITLE, note=None, instructions=None),
        resource=_resource(keys, "resource", "url"),
        stand_in=_resource(keys, "stand_in"),
        pathway=keys.text("pathway") or None,
        line=keys.line,
    )
    _check_what(keys, step)
    _check_choice(keys, step)
    keys.leave_the_rest()
    return step


def _kind(keys: Keys) -> str:
    said = keys.choice("kind", Step.Kind.values)
    plain = Step.Kind.PATHWAY if keys.has("pathway") else Step.Kind.RESOURCE
    return said or plain.value


def _check_what(keys: Keys, step: StepContent) -> None:
    kind = step.words["kind"]
    names_resource = keys.has("url") or keys.has("resource")
    if kind == Step.Kind.RESOURCE and not names_resource:
        keys.wrong(step.words["title"], _("A step that is a resource needs its “url”."))
    if kind == Step.Kind.PATHWAY and not keys.has("pathway"):
        keys.wrong(step.words["title"], _("A step that is a pathway needs its slug in “pathway”."))
    too_much = names_resource and kind != Step.Kind.RESOURCE
    if too_much or (keys.has("pathway") and kind != Step.Kind.PATHWAY):
        keys.wrong(
            kind,
            _("A step is one thing: a resource, another pathway, an activity or a reflection."),
        )
    if step.stand_in and (kind != Step.Kind.RESOURCE or step.stand_in == step.resource):
        keys.wrong(
            step.stand_in.url, _("A stand-in is another resource, for a step that is a resource.")
        )


def _check_choice(keys: Keys, step: StepContent) -> None:
    is_one_of_several = step.words["requirement"] == Step.Requirement.CHOOSE_ONE
    if is_one_of_several and not keys.has("choice"):
        keys.wrong(None, _("A step that is “choose-one” needs the number of its set in “choice”."))
    if not is_one_of_several and keys.has("choice"):
        keys.wrong(step.words["choice"], _("Only a step that is “choose-one” has a “choice”."))


def _resource(step: Keys, name: str, short: str = "") -> ResourceContent | None:
    """The resource in key `name`, an object or an address, or in key `short`, an address."""
    said = step.raw(name)
    if said is None or isinstance(said, str):
        url = step.address(name) or (step.address(short) if short else "")
        return ResourceContent(canonical_address(url), url, line=step.line) if url else None
    keys = step.object(name)
    url = keys.address("url") or (step.address(short) if short else "")
    facts = _facts(keys)
    keys.leave_the_rest()
    if not url:
        if not keys.has("url") and not (short and step.has(short)):
            keys.wrong(None, _("“%(key)s” is missing or empty.") % {"key": "url"})
        return None
    if (
        short
        and step.has(short)
        and canonical_address(step.address(short)) != canonical_address(url)
    ):
        keys.wrong(url, _("“url” of the step and of its resource are two addresses."))
    return ResourceContent(canonical_address(url), url, facts, keys.line)


def _facts(keys: Keys) -> dict[str, Any]:
    """What an object tells of a resource, without what it leaves out."""
    facts = {
        "title": keys.text("title", longest=300),
        "description": keys.text("description"),
        "description_language": _language(keys, keys.text("description_language")),
        "description_source": keys.choice("description_source", DescriptionSource.values),
        "provider": keys.text("provider", longest=200),
        "authors": keys.texts("authors", longest=200),
        "resource_type": keys.choice(_name(keys, "resource_type"), ResourceType.values),
        "proficiency": keys.choice("proficiency", Proficiency.values),
        "languages": _languages(keys, _name(keys, "languages")),
        "licence": keys.text("licence"),
        "duration_minutes": keys.number("duration_minutes", most=LONGEST_MINUTES),
        "duration_source": keys.choice("duration_source", DurationSource.values),
        "published": _date(keys, keys.text("published")),
        "access": keys.choices("access", Access.values),
        "skills": keys.texts("skills"),
        "competences": keys.texts("competences"),
        "tags": keys.texts("tags", longest=100),
    }
    said = {name: fact for name, fact in facts.items() if fact}
    # An empty cost says that it isn't known; without the key, the resource is free.
    cost = keys.choice("cost", Cost.values)
    return {**said, "cost": cost} if keys.has("cost") else said


def _name(keys: Keys, name: str) -> str:
    """The key under which the file gives `name`."""
    others = [other for other, meant in ALIASES.items() if meant == name and keys.has(other)]
    return others[0] if others and not keys.has(name) else name


def _languages(keys: Keys, name: str) -> list[str]:
    """Tags from a list, or from one text."""
    said = [keys.text(name)] if isinstance(keys.raw(name), str) else keys.texts(name)
    return [tag for one in said if (tag := _language(keys, one))]


def _language(keys: Keys, said: str) -> str:
    try:
        return language_tag(said) if said else ""
    except ValidationError as error:
        keys.wrong(said, " ".join(error.messages))
        return ""


def _date(keys: Keys, said: str) -> str:
    if said and not DATE.fullmatch(said):
        keys.wrong(said, _("Write the date as in 2025, 2025-11 or 2025-11-03."))
        return ""
    return said
