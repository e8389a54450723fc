"""Facets: what a list can be narrowed by, with how many resources each value has."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain, islice

from django.db.models import TextChoices
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from catalogue.keeping import kept
from catalogue.languages import Text, language_name
from catalogue.search.matching import Matching
from catalogue.search.query import LONG, MATCHED, SOUGHT, Curated, ResourceQuery, Time
from catalogue.tallies import Tallies
from catalogue.titles import fold
from catalogue.vocabularies import Access, Cost, LinkState, Proficiency, ResourceType

# How many values a long facet shows beside those that are chosen.
SHOWN = 8
# How many one shows that is unfolded.
MOST = 300
# Letters of the typed words that a chip shows.
WORDS_SHOWN = 100
# How many one shows that was looked through.
FOUND = 50
# How many chosen values a facet names of a question whose address is long; and of one that has MANY in all.
NAMED, FEW_NAMED, MANY = 20, 8, 100
# How long all addresses of chips may be together.
LINKS = 10_000
WORD = re.compile(r"\w+")
# Filters of which one value holds, wherever a list has them.
SINGLE = ("time", "curated")


@dataclass(frozen=True)
class FacetValue:
    """One value: how many resources have it under all other filters, and what a click asks.

    `label` is a Text where it may be in another language than the page. `is_below`: a competence
    that stands under its area; `framework`: what it is of, where the facet offers another’s.
    """

    value: str
    label: str
    count: int
    is_chosen: bool
    address: str
    is_below: bool = False
    framework: str = ""


@dataclass(frozen=True)
class Facet:
    """`name` is the parameter of the address, `label` the heading.

    `is_cut`: whether it has values that are not shown; `unfold`: what asks for all of them, or for
    few again where all are shown (`is_whole`); empty where they are too many, or few anyway.
    `takes_match`: whether `match` tells if one of several chosen values is enough. `can_seek`: whether
    its values can be looked for by name; `sought`: what is.
    """

    name: str
    label: str
    values: list[FacetValue]
    is_cut: bool = False
    is_whole: bool = False
    unfold: str = ""
    takes_match: bool = False
    can_seek: bool = False
    sought: str = ""
    # Competences alone: each framework of which anything is taught, as (title, slug, address, whether
    # it is offered).
    frameworks: tuple[tuple[str, str, str, bool], ...] = ()
    # Whether its values are fields of the page’s form, because the address is long; then they have none.
    has_fields: bool = False
    # So many chosen ones are shown then.
    named: int = NAMED

    @property
    def is_single(self) -> bool:
        """Whether a value takes the place of the one that is chosen."""
        return self.name in SINGLE

    @property
    def chosen(self) -> list[FacetValue]:
        return [value for value in self.values if value.is_chosen]

    @property
    def unnamed(self) -> list[FacetValue]:
        """Chosen values that are too many to be shown."""
        return self.chosen[self.named :] if self.has_fields else []

    @property
    def ticked(self) -> list[str]:
        """Values that are said by a field which is ticked."""
        unnamed = {value.value for value in self.unnamed}
        chosen = [] if self.is_single else self.chosen
        return [value.value for value in chosen if value.value not in unnamed]

    @property
    def shown(self) -> list[FacetValue]:
        if not self.unnamed:
            return self.values
        unnamed = {value.value for value in self.unnamed}
        return [value for value in self.values if value.value not in unnamed]


@dataclass(frozen=True)
class Chip:
    """A filter that is on, or the typed words as `q`: what it is, and the address without it, which is empty
    where it would be too long."""

    name: str
    value: str
    label: str
    address: str


# In the order of the page.
LABELS = {
    "proficiency": gettext_lazy("Level"),
    "time": pgettext_lazy("facet", "Time"),
    "skill": gettext_lazy("Skill"),
    "competence": gettext_lazy("Competence"),
    "type": gettext_lazy("Type"),
    "cost": gettext_lazy("Cost"),
    "language": gettext_lazy("Language"),
    "access": gettext_lazy("Accessibility"),
    "provider": gettext_lazy("Provider"),
    "tag": gettext_lazy("Tag"),
    "curated": pgettext_lazy("facet", "Pathways"),
    "link": pgettext_lazy("facet", "Link"),
}
CHOICES: dict[str, type[TextChoices]] = {
    "proficiency": Proficiency,
    "time": Time,
    "type": ResourceType,
    "cost": Cost,
    "access": Access,
    "curated": Curated,
    "link": LinkState,
}
# Shown whole, also what nothing would be left of: a scale with a gap would be misread.
SCALES = ("proficiency", "time")


def facets_of(matching: Matching) -> list[Facet]:
    """The facets that narrow anything, with the counts that the other filters leave. No query."""
    facets = (_facet(name, matching) for name in LABELS)
    return [
        facet
        for facet in facets
        if facet.sought or any(value.count or value.is_chosen for value in facet.values)
    ]


def _facet(name: str, matching: Matching) -> Facet:
    query, tallies = matching.query, matching.tallies
    is_long = query.without_seeking.is_long
    is_whole = query.more == name
    sought = query.sought(name)
    if sought:
        counts, is_cut = _found(name, sought, matching)
    elif name in CHOICES:
        counts, is_cut = _choices(name, matching), False
    elif name == "competence":
        counts, is_cut = _competences(matching, MOST if is_whole else SHOWN)
    else:
        counts, is_cut = _most(name, matching, MOST if is_whole else SHOWN)
    can_unfold = (
        name in LONG and not sought and (is_whole or (is_cut and len(tallies.sizes(name)) <= MOST))
    )
    frameworks = _frameworks(matching, counts) if name == "competence" else ()
    values = [
        FacetValue(
            value=value,
            label=label_of(name, value, tallies),
            count=count,
            is_chosen=query.has(name, value),
            address="" if is_long else query.toggling(name, value),
            is_below=name == "competence" and bool(_area(value, tallies)),
            framework=_of_another(value, frameworks),
        )
        for value, count in counts.items()
    ]
    return Facet(
        name=name,
        label=str(LABELS[name]),
        values=values,
        is_cut=is_cut,
        is_whole=is_whole,
        unfold=query.but(more="" if is_whole else name, page=query.page).address
        if can_unfold
        else "",
        takes_match=name in MATCHED,
        can_seek=name in SOUGHT and bool(is_cut or is_whole or sought),
        sought=sought,
        frameworks=frameworks,
        has_fields=is_long,
        named=FEW_NAMED if len(query.parameters) > MANY else NAMED,
    )


def _found(name: str, sought: str, matching: Matching) -> tuple[dict[str, int], bool]:
    """The values that have `sought` in their names and would leave anything, and those chosen, in the
    order of their names; competences with their areas. Whether there are more than FOUND of them."""
    words = [f" {word}" for word in _spaced(sought).split()]
    counts = dict(matching.counts(name))
    names = _spaced_names(name, matching.tallies)
    own = [
        value
        for value, spaced in names.items()
        if counts.get(value) and all(word in spaced for word in words)
    ]
    shown = {*own[:FOUND], *matching.query.chosen(name)}
    if name == "competence":
        shown |= {_area(value, matching.tallies) for value in shown} - {""}
    known = {value: counts.get(value, 0) for value in names if value in shown}
    return known | {value: 0 for value in shown if value not in known}, len(own) > FOUND


def _spaced_names(name: str, tallies: Tallies) -> dict[str, str]:
    """What values are called, ready to look for beginnings of words in."""
    return kept(
        ("names to look in", name),
        lambda: {value: _spaced(label_of(name, value, tallies)) for value in tallies.names[name]},
        weight=len(tallies.names[name]) // 20,
    )


def _spaced(text: str) -> str:
    return " " + " ".join(WORD.findall(fold(text)))


def _choices(name: str, matching: Matching) -> dict[str, int]:
    """Counts of a facet whose values are few and known, in their own order."""
    found = dict(matching.counts(name))
    return {
        value: found.get(value, 0)
        for value in CHOICES[name].values
        if name in SCALES or found.get(value) or matching.query.has(name, value)
    }


def _most(name: str, matching: Matching, number: int) -> tuple[dict[str, int], bool]:
    """The `number` values that most have, and after them what is chosen besides; whether there are
    others. All of them stand in the order of their names."""
    most = matching.most(name, number + 1)
    is_cut = len(most) > number
    most = dict(islice(most.items(), number))
    chosen = [value for value in matching.query.chosen(name) if value not in most]
    if chosen:
        most |= matching.of(name, chosen)
    if matching.query.more == name:
        places = {value: place for place, value in enumerate(matching.tallies.names.get(name, ()))}
        most = dict(sorted(most.items(), key=lambda one: places.get(one[0], len(places))))
    return most, is_cut


def _competences(matching: Matching, number: int) -> tuple[dict[str, int], bool]:
    """The areas of one framework, and under them the `number` competences that most have; whether
    there are others.

    The framework is the one that was asked for, else that of the first chosen competence, else the one
    that pages arrange by.
    """
    names = matching.tallies.names["competence"]
    chosen = matching.query.competence
    framework = _offered(matching)
    own = {key: name for key, name in names.items() if _framework(key) == framework}
    found = matching.of("competence", {**own, **dict.fromkeys(chosen)})
    below = [key for key, name in own.items() if name.above and found[key]]
    shown = {*sorted(below, key=found.__getitem__, reverse=True)[:number], *chosen}
    shown |= {key for key, name in own.items() if not name.above and found[key]}
    return {key: count for key, count in found.items() if key in shown}, not shown.issuperset(below)


def _framework(key: str) -> str:
    return key.partition(":")[0]


def _offered(matching: Matching) -> str:
    """The slug of the framework whose competences are offered."""
    query, names = matching.query, matching.tallies.names["competence"]
    if any(_framework(key) == query.framework for key in names):
        return query.framework
    return _framework(next(chain(query.competence, names), ""))


def _frameworks(
    matching: Matching, shown: Collection[str]
) -> tuple[tuple[str, str, str, bool], ...]:
    """Frameworks of which anything is taught, as Facet.frameworks."""
    offered = _offered(matching)
    found = {_framework(key) for key in chain(matching.tallies.sizes("competence"), shown)}
    return tuple(
        (
            name.words.title,
            slug,
            matching.query.but(framework=slug, more="", in_competence="").address,
            slug == offered,
        )
        for slug, name in matching.tallies.named.frameworks.items()
        if slug in found
    )


def _of_another(value: str, frameworks: Iterable[tuple[str, str, str, bool]]) -> str:
    """The title of the framework of a competence, where others are offered."""
    slug = _framework(value)
    return next((title for title, own, _to, holds in frameworks if own == slug and not holds), "")


def _area(key: str, tallies: Tallies) -> str:
    name = tallies.names["competence"].get(key)
    return name.above if name else ""


def within_quotes(typed: str) -> str:
    """What was typed as it stands between quotation marks: its own are single ones, or left out where one
    pair holds all of it."""
    plain = re.sub("[“”„]", '"', typed)
    if re.fullmatch('"[^"]+"', plain):
        return plain[1:-1]
    return re.sub('"([^"]*)"', r"‘\1’", plain)


def chips_of(query: ResourceQuery, tallies: Tallies) -> list[Chip]:
    """The typed words and the filters that are on, in the order of the page. No query."""
    said = Truncator(within_quotes(query.q)).chars(WORDS_SHOWN)
    words = gettext("“%(words)s”") % {"words": said}
    chosen = [(name, value) for name in LABELS for value in query.chosen(name)]
    has_links = len(query.address) * len(chosen) <= LINKS
    typed = [Chip("q", query.q, words, query.but(q="").address if has_links else "")]
    return (typed if query.q else []) + [
        Chip(
            name=name,
            value=value,
            label=_chip_label(name, value, tallies),
            address=query.toggling(name, value) if has_links else "",
        )
        for name, value in chosen
    ]


def _chip_label(name: str, value: str, tallies: Tallies) -> str:
    """As `label_of`; a competence with its framework, since codes are alike."""
    label = label_of(name, value, tallies)
    if name != "competence" or value not in tallies.names[name]:
        return label
    known = tallies.named.frameworks.get(_framework(value))
    framework = known.words.title if known else ""
    said = gettext("%(competence)s (%(framework)s)") % {"competence": label, "framework": framework}
    return Text(said, label.language)


def label_of(name: str, value: str, tallies: Tallies) -> str:
    """What a value is called, as a Text where it is translated; what nobody knows, as it was asked."""
    if name == "language":
        return language_name(value)
    labels = tallies.made(("labels", get_language()), dict[tuple[str, str], str])
    label = labels.get((name, value))
    if label is None:
        if value not in (CHOICES[name].values if name in CHOICES else tallies.names.get(name, ())):
            return value
        label = labels[name, value] = _label(name, value, tallies)
    return label


def _label(name: str, value: str, tallies: Tallies) -> str:
    if name in CHOICES:
        return str(CHOICES[name](value).label)
    title = tallies.names[name][value].words.title
    if name in ("provider", "tag"):
        return str(title)
    if name == "competence":
        code = value.partition(":")[2]
        said = gettext("%(code)s %(title)s") % {"code": code, "title": title}
        return Text(said, title.language)
    return title
