"""What is known of every published pathway to find it by: what it practises, for whom it is, whose it is.

There are hundreds of pathways at most, so all of them are read at once, in one query, and kept until
something public changes: nobody may change such a row.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, JSONField, OuterRef, TextChoices, Value
from django.utils.translation import gettext_lazy as _

from catalogue.chosen import Chosen
from catalogue.identity import find_public
from catalogue.keeping import kept
from catalogue.models import Organisation, Question, Role, Skill
from catalogue.tallies import Name
from catalogue.vocabularies import Proficiency, Status
from curators.models import Curator
from pathways.models import Credit, Pathway, QuestionPathway, RevisionRole, RevisionSkill
from pathways.outline import Outline, outline_of_sketch
from pathways.reading import outline_for_readers

# A pathway of thirty steps takes some 200 KB (see catalogue.keeping.MOST).
OF_A_PATHWAY = 100
# So many skills tell what a curator knows about.
SUBJECTS = 4


class Row(Func):
    """Columns as one JSON array."""

    function = "jsonb_build_array"
    output_field = JSONField()


class Time(TextChoices):
    """How long its longest core step may take, since a pathway is followed piece by piece; each
    holds the shorter ones too, but for the last."""

    TWENTY = "20", _("In pieces of 20 minutes or less")
    HOUR = "60", _("In pieces of an hour or less")
    HALF_DAY = "240", _("In pieces of half a day or less")
    MORE = "more", _("Longer pieces")


@dataclass(frozen=True)
class Known:
    """A published `pathway`, ready for its card: `facets` has, for each filter, the values it has;
    `answers`, the key of each question it answers with its place among the answers; `credits`, (key
    of a curator, kind)."""

    pathway: Pathway
    facets: dict[str, frozenset[str]]
    answers: dict[int, int]
    credits: frozenset[tuple[int, str]]


@dataclass(frozen=True)
class Work:
    """What a curator put together: how many pathways, and the skills that most of them practise, as
    (slug, what it is called)."""

    pathway_count: int
    subjects: list[tuple[str, Name]]


def known_pathways() -> dict[int, Known]:
    """All published pathways by their keys, by title. One query, where it is not kept."""
    return kept("known pathways", _read, counts=False)


def purposes() -> dict[str, dict[str, Name]]:
    """What every public “skill” and “role” is called, by title. One query, where it is not kept."""
    return kept("purposes", _purposes, counts=False)


def pathway_at(slug: str) -> tuple[Pathway, Outline]:
    """The published pathway at `slug` with all that its pages show of it, and its outline. Four queries,
    none where it is kept. Raises as `find_public` does."""
    return kept(("pathway", slug), lambda: _read_one(slug), counts=False, weight=OF_A_PATHWAY)


def practising(skill: Skill) -> Chosen[Pathway]:
    """Published pathways that practise `skill`, by title."""
    return _with("skill", skill.slug)


def made_for(role: Role) -> Chosen[Pathway]:
    """Published pathways made for `role`, by title."""
    return _with("role", role.slug)


def answering(question: Question) -> Chosen[Pathway]:
    """Published pathways that answer `question`, in the order of the answers."""
    known = known_pathways()
    answers = [pk for pk, one in known.items() if question.pk in one.answers]
    # Sorting keeps those of one place by title.
    return chosen(sorted(answers, key=lambda pk: known[pk].answers[question.pk]), known)


def answered_for_by(organisation: Organisation) -> Chosen[Pathway]:
    """Published pathways that `organisation` answers for, by title."""
    known = known_pathways()
    own = [pk for pk, one in known.items() if one.pathway.organisation_id == organisation.pk]
    return chosen(own, known)


def credited_to(curator: Curator) -> list[tuple[str, Chosen[Pathway]]]:
    """(kind of Credit, published pathways by title) in the order of the kinds: each pathway once, by
    the first kind that credits `curator`. Kinds without any are left out."""
    sorted_out: dict[str, list[int]] = {kind: [] for kind in Credit.Kind.values}
    known = known_pathways()
    for pk, one in known.items():
        kinds = {kind for key, kind in one.credits if key == curator.pk}
        if kinds:
            sorted_out[next(kind for kind in sorted_out if kind in kinds)].append(pk)
    return [(kind, chosen(keys, known)) for kind, keys in sorted_out.items() if keys]


def work_of_curators() -> list[dict[int, Work]]:
    """For each curator whom a published pathway names as its author, what they put together."""
    made: dict[int, list[Known]] = {}
    for one in known_pathways().values():
        for key in {key for key, kind in one.credits if kind == Credit.Kind.AUTHOR}:
            made.setdefault(key, []).append(one)
    names = purposes()["skill"]
    return [{key: _work(own, names) for key, own in made.items()}]


def _work(own: list[Known], names: dict[str, Name]) -> Work:
    often = Counter(skill for one in own for skill in one.facets["skill"])
    most = sorted(often, key=lambda slug: (-often[slug], slug))[:SUBJECTS]
    return Work(len(own), [(slug, names[slug]) for slug in most if slug in names])


def newest() -> Chosen[Pathway]:
    """Published pathways, the newest first."""
    known = known_pathways()
    order = sorted(known, key=lambda pk: (known[pk].pathway.published_at, pk), reverse=True)
    return chosen(order, known)


def going_on(pathway: Pathway) -> Chosen[Pathway]:
    """Other published pathways that practise some of its skills, the most first, then by title.

    None for a pathway that is not public itself.
    """
    known = known_pathways()
    own = known[pathway.pk].facets["skill"] if pathway.pk in known else frozenset()
    shared = {pk: len(own & one.facets["skill"]) for pk, one in known.items() if pk != pathway.pk}
    some = filter(shared.get, shared)
    return chosen(sorted(some, key=shared.__getitem__, reverse=True), known)


def chosen(keys: Iterable[int], known: dict[int, Known]) -> Chosen[Pathway]:
    """These of the `known` pathways, ready for cards."""
    return Chosen(keys, lambda keys: [known[pk].pathway for pk in keys])


def _with(facet: str, value: str) -> Chosen[Pathway]:
    known = known_pathways()
    return chosen([pk for pk, one in known.items() if value in one.facets[facet]], known)


def _read() -> dict[int, Known]:
    of_it = {"revision": OuterRef("published_revision")}
    skills = RevisionSkill.objects.filter(**of_it, skill__status=Status.PUBLISHED)
    roles = RevisionRole.objects.filter(**of_it, role__status=Status.PUBLISHED)
    questions = QuestionPathway.objects.filter(pathway=OuterRef("pk"))
    credits = Credit.objects.filter(pathway=OuterRef("pk"))
    rows = Pathway.objects.for_listing().annotate(
        skill_slugs=ArraySubquery(skills.values("skill__slug")),
        role_slugs=ArraySubquery(roles.values("role__slug")),
        answers=ArraySubquery(questions.values_list(Row("question", "position"), flat=True)),
        credited=ArraySubquery(credits.values_list(Row("curator", "kind"), flat=True)),
    )
    return {row.pk: _known(row) for row in rows}


def _read_one(slug: str) -> tuple[Pathway, Outline]:
    pathway = find_public(Pathway.objects.for_detail(), slug)
    pathway.published_revision.look_up_purpose()
    return pathway, outline_for_readers(pathway)


def _purposes() -> dict[str, dict[str, Name]]:
    columns = "slug", "title", "i18n", "sort_key"
    skills = Skill.objects.published().order_by()
    roles = Role.objects.published().order_by()
    rows = skills.values_list(Value("skill"), *columns).union(
        roles.values_list(Value("role"), *columns), all=True
    )
    found: dict[str, dict[str, Name]] = {"skill": {}, "role": {}}
    for kind, slug, title, i18n, _sort_key in sorted(rows, key=lambda row: (row[4], row[1])):
        found[kind][slug] = Name(title, i18n)
    return found


def _known(row: Pathway) -> Known:
    revision = row.published_revision
    levels = _between(revision.proficiency_from, revision.proficiency_to)
    times = _times(outline_of_sketch(row.sketch).longest)
    return Known(
        pathway=row,
        facets={
            "skill": frozenset(row.skill_slugs),
            "proficiency": frozenset(levels),
            "time": frozenset(times),
            "role": frozenset(row.role_slugs),
        },
        answers=dict(row.answers),
        credits=frozenset(map(tuple, row.credited)),
    )


def _between(start: str, end: str) -> list[str]:
    """The proficiencies that a pathway leads through."""
    levels = Proficiency.values
    if not start:
        return [end] if end else []
    return levels[levels.index(start) : levels.index(end or start) + 1]


def _times(minutes: int | None) -> Iterator[str]:
    """The lengths that hold `minutes`; none where they are unknown."""
    if minutes is None:
        return
    for time in Time:
        longest = int(time) if time != Time.MORE else None
        if minutes <= longest if longest else minutes > int(Time.HALF_DAY):
            yield time.value
