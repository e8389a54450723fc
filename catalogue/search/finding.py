"""Finding the resources that typed words speak of, and putting them in order."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np
from django.db import connection
from pyroaring import BitMap

from catalogue.addresses import canonical_address, is_address
from catalogue.search import feedback, prior, ranking
from catalogue.search.feedback import Group
from catalogue.search.names import SCATTERED, named_by, scattered
from catalogue.search.query import PAGE_SIZE, ResourceQuery
from catalogue.search.ranking import (
    NOWHERE,
    Ground,
    Matches,
    Occurrences,
    Places,
    Scores,
    Spelling,
    Word,
)
from catalogue.search.reading import SAME
from catalogue.search.spelling import Speller
from catalogue.search.told import Reading
from catalogue.search.understanding import OFFERED, Held, Part, Understood, Way, understand
from catalogue.tallies import Tallies
from catalogue.tallies.sets import in_order, keys_of, set_of
from catalogue.words import Asked, dictionary, lexemes, postings_and_names, written
from catalogue.words.recent import Recent

# Where fewer than a page have every word, so many are looked for that have most of them.
PLENTY = 3 * PAGE_SIZE
# Phrases are looked for in the texts of so many at most that hold their words.
MOST_READ = 5_000
# Resources of a host that was typed, at most.
MOST_OF_HOST = 1_000

PHRASE = """
    SELECT %s AS phrase, id FROM catalogue_resource
    WHERE id = ANY (%s) AND status = 'published' AND found_by @@ %s::tsquery
"""
# In the order of the index that knows what an address begins with.
AT_ADDRESS = """
    SELECT id FROM catalogue_resource WHERE canonical_url = %(key)s
    UNION ALL SELECT resource_id FROM catalogue_formerlink WHERE canonical_url = %(key)s
    UNION ALL (
        SELECT id FROM catalogue_resource
        WHERE canonical_url LIKE %(below)s AND status = 'published'
        ORDER BY canonical_url USING ~<~ LIMIT %(most)s
    )
"""
# What workers keep of where words stand, in bytes, and what keeping one costs beside its arrays.
MOST_HELD, KEEPING = 12 * 2**20, 1_000
# The weights of titles, names and descriptions: no phrase begins in one and ends in another.
FIELDS = "ABC"


@dataclass(frozen=True)
class Found:
    """`every`: the set of resources that were found; `reading`: how the words were read; `widened`
    and `is_more`, see Results."""

    tallies: Tallies
    words: Sequence[Word]
    matches: Matches
    # Those that have the address that was typed.
    first: tuple[int, ...] = ()
    # Those that have every word only by chance (catalogue.search.names).
    scattered: Places = field(default_factory=lambda: NOWHERE)
    # Whether the first are ordered again by their texts (catalogue.search.feedback).
    by_texts: bool = False
    reading: Reading = field(default_factory=Reading)
    widened: float = 0.0
    is_more: bool = False

    @cached_property
    def every(self) -> BitMap:
        return self._matched | BitMap(self.first) if self.first else self._matched

    @cached_property
    def _matched(self) -> BitMap:
        return set_of(in_order(self.tallies.keys(self.matches.places)))

    def whole(self, left: BitMap) -> int:
        """How many of those in `left` have every word that was typed."""
        if self.reading.unknown_words:
            return 0
        if self.matches.share:
            whole = set_of(in_order(self.tallies.keys(self.matches.whole)))
        else:
            whole = self._matched
        return left.intersection_cardinality(whole)

    def in_order(self, left: BitMap, number: int) -> list[int]:
        """The first `number` primary keys of those in `left`, the best first: those with the address
        that was typed, those with every word, the others; after all of them likewise those whose
        link is gone. One query where the search widened."""
        tallies = self.tallies
        keys = [key for key in self.first if key in left]
        # However many are asked for, the same are ordered again.
        wanted = max(number - len(keys), feedback.READ if self.by_texts else 0)
        gone = left & tallies.gone
        groups: list[Group] = []
        for some in (left - gone, gone) if gone else (left,):
            by_wholeness = self._by_wholeness(some - BitMap(keys) if keys else some)
            for number_of_group, places in enumerate(by_wholeness):
                if len(places) and wanted > 0:
                    groups.append(Group(*self._best(places, wanted), is_whole=not number_of_group))
                    wanted -= len(groups[-1].places)
        if groups and self.by_texts:
            keys += tallies.keys(feedback.reordered(groups, self.words, tallies)).tolist()
        else:
            keys += [key for group in groups for key in tallies.keys(group.places).tolist()]
        return keys[:number]

    def _by_wholeness(self, some: BitMap) -> tuple[Places, ...]:
        """The places of those in `some` that have every word, then of the others."""
        if len(some) == len(self.matches.places) and not self.first:
            places = self.matches.places
        else:
            places = in_order(self.tallies.places(keys_of(some)))
        if not self.matches.share:
            return (places,)
        whole = ranking.within(places, self.matches.whole, self.tallies.size)
        return places[whole], places[~whole]

    def _best(self, places: Places, number: int) -> tuple[Places, Scores]:
        """The best `number` of `places`, the best first, with their scores; of two that are alike, by
        title."""
        tallies, slack = self.tallies, 1 + prior.MOST
        least = number + int(ranking.within(places, self.scattered, tallies.size).sum())
        places = self.matches.contenders(places, least, self.words, tallies.size, slack=slack)
        scores = ranking.scores(self.words, places, tallies.size)
        scores[ranking.within(places, self.scattered, tallies.size)] *= np.float32(SCATTERED)
        if number < len(scores):
            # What speaks for them beside the words can't bring others up.
            least = np.partition(scores, len(scores) - number)[len(scores) - number]
            near = np.flatnonzero(scores * np.float32(slack) >= least)
            places, scores = places[near], scores[near]
        scores = scores * (1 + prior.prior(places, tallies))
        first = ranking.best(scores, tallies.columns.ranks[places], number)
        return places[first], scores[first]


def find(query: ResourceQuery, tallies: Tallies) -> Found:
    """What the words of `query` find among all that `tallies` have. Two queries where nobody asked for
    these words lately, none where somebody did; one or two more where something changed since, one for
    all phrases, or where the search widened, and one for an address."""
    first = _at_address(query.q, tallies)
    if first:
        # Whoever types an address means it, and not its words: “org” is no word of anybody’s.
        nobody = np.zeros(0, np.int32)
        return Found(tallies, (), Matches(nobody, 0.0, nobody), first)
    catalogue = _Catalogue(tallies)
    understood = understand(query.typed, catalogue, verbatim=bool(query.verbatim))
    by_chance = scattered(understood.words, tallies)
    found = _matches(understood, tallies, by_chance)
    return Found(
        tallies=tallies,
        words=understood.words,
        matches=found,
        first=first,
        scattered=by_chance,
        by_texts=bool(found.share) and _tells_by_texts(query, understood, catalogue),
        reading=_told(understood, query),
        widened=_widened(found, understood),
        is_more=understood.is_more,
    )


def _tells_by_texts(query: ResourceQuery, understood: Understood, catalogue: "_Catalogue") -> bool:
    """Whether texts are read to order what was found. For a phrase some were read, and the words of an
    address make no sentence."""
    return not (understood.demanded or catalogue.has_read_texts or is_address(query.q))


def _matches(understood: Understood, tallies: Tallies, by_chance: Places) -> Matches:

    def every() -> Places:
        return in_order(tallies.places(keys_of(tallies.every)))

    keep = partial(_kept, understood, tallies.size)
    if understood.is_nothing:
        places = keep(every())
        return Matches(places, 0.0, places)
    if not understood.words:
        places = keep(every()) if understood.demanded else np.zeros(0, np.int32)
        return Matches(places, 0.0, places)
    return ranking.matches(
        understood.words,
        tallies.size,
        enough=PAGE_SIZE,
        plenty=PLENTY,
        keep=keep,
        scattered=by_chance,
    )


def _kept(understood: Understood, size: int, places: Places) -> Places:
    """Those of `places` that have what is demanded, and nothing that is left out."""
    for own in understood.demanded:
        places = places[ranking.within(places, own, size)]
    for own in understood.without:
        places = places[~ranking.within(places, own, size)]
    return places


def _widened(found: Matches, understood: Understood) -> float:
    """The share of the words that each match has at least; 0 where that is all of them."""
    if found.share or not understood.unknown or not understood.words:
        return found.share
    # A word that stands nowhere is one that none of them has.
    held = len(understood.words) / (len(understood.words) + len(understood.unknown))
    return next(share or ranking.TINY for share, _times in ranking.SHARES if share <= held)


def _told(understood: Understood, query: ResourceQuery) -> Reading:
    """What a page tells of how the words of `query` were read."""
    shown_for = query.q
    for word, other in understood.instead.items():
        shown_for = _with(shown_for, word, other)
    meant = [
        _with(shown_for, understood.instead.get(word, word), other)
        for word, others in understood.meant.items()
        for other in others
    ]
    return Reading(
        shown_for=shown_for if understood.instead else "",
        verbatim_address=query.but(verbatim="1").address if understood.instead else "",
        did_you_mean=tuple(
            (words, query.but(q=words, verbatim="").address) for words in meant[:OFFERED]
        ),
        # Beside other words, nobody misses “the”.
        ignored=tuple(dict.fromkeys(understood.ignored)) if understood.is_nothing else (),
        unknown_words=tuple(dict.fromkeys(understood.unknown)),
        left_out=tuple(understood.left_out) if understood.is_nothing else (),
    )


def _with(words: str, word: str, other: str) -> str:
    """`words`, as they were typed, with `other` in place of `word`."""
    pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
    return re.sub(pattern, other.replace("\\", r"\\"), words.translate(SAME))


def _at_address(text: str, tallies: Tallies) -> tuple[int, ...]:
    """Resources at the address that was typed, that itself first, then what is below it. One query
    where it is an address."""
    if not is_address(text):
        return ()
    key = canonical_address(text)
    below = re.sub(r"([%_\\])", r"\\\1", key.rstrip("/")) + "/%"
    with connection.cursor() as cursor:
        cursor.execute(AT_ADDRESS, {"key": key, "below": below, "most": MOST_OF_HOST})
        found = dict.fromkeys(key for (key,) in cursor.fetchall())
    return tuple(key for key in found if key in tallies.every)


@dataclass
class _Catalogue:
    """Where words are looked up: understanding.Source."""

    tallies: Tallies
    has_read_texts: bool = False

    @property
    def most_read(self) -> int:
        return MOST_READ

    @cached_property
    def ground(self) -> Ground:
        own = self.tallies
        # Read first, it reads of what is fresh all that the ground is made of.
        dictionary(own)
        return own.made("ground", lambda: Ground(own.size, own.lengths, own.averages, own.total))

    @cached_property
    def speller(self) -> Speller:
        return Speller(dictionary(self.tallies))

    def held(self, words: Sequence[str]) -> Mapping[str, Held]:
        self.asked = dict(zip(words, lexemes(words, written(self.tallies)), strict=True))
        kept = self.tallies.made("held", lambda: Recent[str, Held](MOST_HELD))
        found = kept.those_of(words)
        if new := {word: own for word, own in self.asked.items() if word not in found}:
            for word, held in self._looked_up(new).items():
                found[word] = held
                kept.keep(
                    word, held, sum(KEEPING + part.spelling.nbytes for one in held for part in one)
                )
        return found

    def _looked_up(self, asked: Mapping[str, Asked]) -> dict[str, Held]:
        every = sorted({lexeme for one in asked.values() for lexeme in one.lexemes})
        held, names = postings_and_names(every, self.tallies)
        texts = {
            lexeme: self._occurrences(own.keys, own.counts)
            for lexeme, own in held.items()
            if len(own.keys)
        }

        def part(group: frozenset[str]) -> Part:
            own = [texts[one] for one in sorted(group) if one in texts]
            # Names of providers stand in texts.
            by, also = (
                frozenset(name for one in some for name in one if name[0] != "provider")
                for some in zip(*((names[one].own, names[one].also) for one in group), strict=True)
            )
            return Part(
                Spelling.of(
                    self.ground,
                    own,
                    named_by(by, self.tallies),
                    also=named_by(also, self.tallies),
                    lexemes=group,
                    names=by | also,
                )
            )

        return {
            word: tuple(tuple(map(part, alternative)) for alternative in one.alternatives)
            for word, one in asked.items()
        }

    def _occurrences(self, keys: np.ndarray, counts: np.ndarray) -> Occurrences:
        places = self.tallies.places(keys)
        if len(places) > 1 and (places[1:] < places[:-1]).any():
            order = np.argsort(places)
            places, counts = places[order], counts[order]
        return Occurrences(places, counts)

    def phrases(self, among: Mapping[Way, Places]) -> dict[Way, Places]:
        self.has_read_texts = True
        said: list[object] = []
        for number, (way, places) in enumerate(among.items()):
            pattern = _pattern([self.asked[word].alternatives for word in way])
            said += [number, self.tallies.keys(places).tolist(), pattern]
        found: list[list[int]] = [[] for _way in among]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([PHRASE] * len(among)), said)
            for number, key in cursor:
                found[number].append(key)
        own = (np.sort(self.tallies.places(np.array(keys, np.uint32))) for keys in found)
        return dict(zip(among, own, strict=True))


def commonest(beginning: str, tallies: Tallies) -> str:
    """The commonest word of the catalogue that begins so, unless this is one itself; else "". No query
    where nothing changed."""
    own = dictionary(tallies)
    return "" if own.number(beginning) else own.commonest(beginning)


def _pattern(words: Iterable[tuple[tuple[frozenset[str], ...], ...]]) -> str:
    """A tsquery of words that follow each other, in one field. What says nothing leaves a gap."""
    steps: list[str] = []
    gap = 1
    for alternatives in words:
        if not alternatives:
            gap += 1
            continue
        for group in max(alternatives, key=len):
            either = " | ".join(f"{_quoted(lexeme)}:{{field}}" for lexeme in sorted(group))
            steps.append(f"<{gap}> ({either})" if steps else f"({either})")
            gap = 1
    phrase = " ".join(steps)
    return " | ".join("(" + phrase.replace("{field}", field) + ")" for field in FIELDS)


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
