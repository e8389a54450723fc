"""What was typed, in words that the catalogue holds: spellings, parts, phrases, and what nobody knows."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import chain
from typing import Protocol

from catalogue.search.ranking import (
    NOWHERE,
    Ground,
    Places,
    Spelling,
    Word,
    best,
    scores,
    united,
    within,
)
from catalogue.search.reading import ASKING, MOST_WORDS, Typed, Wanted
from catalogue.search.spelling import Near, Speller

# For so many words at most that nobody knows, neighbours are looked up: this many of each. And so many
# may be two words that were typed as one.
MOST_UNKNOWN, MOST_NEAR, MOST_SPLIT = 6, 6, 1
# A word that so few have is taken for a slip where a near one is so many times as common.
RARE, TIMES_AS_COMMON, NEARLY = 2, 100, 0.8
# What is left of the likeness of a word that was typed as two, or of two typed as one.
SPACED = 0.9
# So many words are taken as one where more than so many have that: *data base*, *open street map*.
JOINED = {2: RARE, 3: 0}
# How many other spellings are offered, and how like what was typed they have to be.
OFFERED, ALIKE = 3, 0.45


# Of one word: any of these, each of all its parts, which are nearly always one; none where it is too
# common to tell anything.
Held = tuple[tuple[Spelling, ...], ...]
# Words that stand one after the other.
Way = tuple[str, ...]


class Source(Protocol):
    """Where words are looked up."""

    ground: Ground
    speller: Speller
    # Phrases are looked for in the texts of so many at most.
    most_read: int

    def held(self, words: Sequence[str]) -> Mapping[str, Held]:
        """Each of `words` as the catalogue holds it."""

    def phrases(self, among: Mapping[Way, Places]) -> Mapping[Way, Places]:
        """For each of several words, of the places `among` which it may be, those in whose texts the words
        stand one after the other. One query for all of them."""


@dataclass
class Understood:
    """`words` to match and rank by; `demanded`: sets of which a resource has to be in each; `without`:
    those that are left out.

    `instead`: for a word that was typed, what was searched instead; `meant`: what else may have been
    meant by it, the likeliest first; `ignored`, `unknown` and what is `left_out` as they were typed.
    """

    words: list[Word] = field(default_factory=list)
    demanded: list[Places] = field(default_factory=list)
    without: list[Places] = field(default_factory=list)
    instead: dict[str, str] = field(default_factory=dict)
    meant: dict[str, list[str]] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    # Whether more may have a phrase than those whose texts were read for it.
    is_more: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is left to look for, all of it being too common to tell anything."""
        return not (self.words or self.demanded or self.unknown)


def understand(typed: Typed, source: Source, *, verbatim: bool = False) -> Understood:
    """`typed` in words that `source` holds; with `verbatim`, as they are spelt."""
    return _Understanding(typed, source, verbatim).result


class _Understanding:
    def __init__(self, typed: Typed, source: Source, verbatim: bool) -> None:
        self.source, self.ground = source, source.ground
        self.result = Understood()
        loose = [one.ways[0][0] for one in typed.wanted if not one.is_exact and len(one.ways) == 1]
        self.is_verbatim = verbatim
        # For words that were typed: what they may be misspelt for, the two that one is, and the one
        # that several are.
        self.near: dict[str, list[Near]] = {}
        self.parts: dict[str, tuple[str, str]] = {}
        self.joined: dict[str, list[str]] = {}
        self._spell(loose)
        if not verbatim:
            self._join(loose)
        near = [one.word for several in self.near.values() for one in several]
        others = chain(near, *self.parts.values(), *self.joined.values())
        self.held = source.held([*dict.fromkeys(chain(typed.words, others))])
        exact = [way for one in typed.wanted if one.is_exact for way in one.ways]
        self.phrased = self._phrases([*exact, *typed.without])
        for one in typed.wanted:
            if len(self.result.words) >= MOST_WORDS:
                break
            if one.is_exact:
                self._demand(one)
            elif len(one.ways) > 1:
                self._add_either(one)
            else:
                self._add(one.ways[0][0], one.times)
        for way in typed.without:
            self._leave_out(way)

    def _spell(self, words: Sequence[str]) -> None:
        """Finds what those of `words` may be misspelt for that hardly anything has."""
        speller = self.source.speller
        rare = [word for word in words if speller.number(folded(word)) <= RARE]
        for word in rare[:MOST_UNKNOWN]:
            own = folded(word)
            near = [one for one in speller.near(own, MOST_NEAR) if _is_worth_offering(one)]
            if not near and len(rare) == 1:
                near = speller.beginning(own, MOST_NEAR)
            self.near[word] = near
            parts = speller.parts(own) if len(self.parts) < MOST_SPLIT else None
            if parts and not (near and near[0].is_sure):
                self.parts[word] = parts

    def _join(self, words: Sequence[str]) -> None:
        """Finds the words that several of `words`, one after the other, are together."""
        own = [folded(word) for word in words]
        for number, rare in JOINED.items():
            for start in range(len(own) - number + 1):
                together = "".join(own[start : start + number])
                if self.source.speller.number(together) > rare:
                    for word in words[start : start + number]:
                        self.joined.setdefault(word, []).append(together)

    def _add(self, word: str, times: float) -> None:
        """Looks for one word, and for what it is surely misspelt for."""
        held = self.held[word]
        if not held:
            self.result.ignored.append(word)
            return
        parts = max(held, key=len)
        whole = [one[0] for one in held if len(one) == 1 and len(parts) > 1]
        for part in parts:
            own = Spelling.either((part, *whole))
            spellings = [own] if len(own.places) else []
            if len(parts) == 1:
                spellings += self._near(word, own)
            if joined := self._joined(word):
                self.result.meant.pop(word, None)
                spellings += joined
            if spellings:
                self.result.words.append(Word(tuple(spellings), times))
            elif not self._add_parts(word, times) and word not in self.result.unknown:
                self.result.unknown.append(word)

    def _near(self, word: str, own: Spelling) -> list[Spelling]:
        """What `word` is surely misspelt for, if anything; what else may have been meant is told, where
        nothing has the word itself."""
        number = len(own.places)
        seen: set[str] = set()
        if number:
            seen = {lexeme for one in self.held[word] for part in one for lexeme in part.lexemes}
        found: list[Spelling] = []
        for near in self.near.get(word, ()) if number <= RARE else ():
            is_meant = near.is_sure and not found and not self.is_verbatim
            if number and not (is_meant and self._outshines(near, number)):
                continue
            spelling = self._alike(near.word, near.likeness, seen)
            if spelling and is_meant:
                found.append(spelling)
                self.result.instead[word] = near.word
            elif spelling:
                self.result.meant.setdefault(word, []).append(near.word)
        return found

    def _outshines(self, near: Near, number: int) -> bool:
        """Whether a word that `number` have is rather a slip for `near`."""
        common = self.source.speller.number(near.word) >= number * TIMES_AS_COMMON
        return common and near.likeness >= NEARLY

    def _joined(self, word: str) -> list[Spelling]:
        """What `word` is together with the one before or after it."""
        seen: set[str] = set()
        alike = (self._alike(one, SPACED, seen) for one in self.joined.get(word, ()))
        return [one for one in alike if one]

    def _alike(self, word: str, likeness: float, seen: set[str]) -> Spelling | None:
        """Another `word`, where somebody has it, and it is none of those that were `seen`."""
        held = self.held[word]
        if len(held) != 1 or len(held[0]) != 1 or held[0][0].lexemes & seen:
            return None
        seen |= held[0][0].lexemes
        spelling = held[0][0]
        return replace(spelling, likeness=likeness) if len(spelling.places) else None

    def _add_parts(self, word: str, times: float) -> bool:
        """Looks for the two words that `word` is, where they stand so somewhere; whether they do. Where
        somebody has both otherwise, or phrases were looked for, they may have been meant."""
        parts = self.parts.get(word, ())
        sets = [self._places_of_word(self.held[part]) for part in parts]
        both = reduce(self._shared, sets) if sets else NOWHERE
        if not len(both):
            return False
        may_look = not (self.is_verbatim or self.phrased)
        among = {parts: both[: self.source.most_read]}
        if not may_look or not len(self.source.phrases(among)[parts]):
            self.result.meant.setdefault(word, []).append(" ".join(parts))
            return False
        for part in parts:
            for own, *_others in self.held[part][:1]:
                self.result.words.append(Word((replace(own, likeness=SPACED),), times))
        self.result.instead[word] = " ".join(parts)
        self.result.meant.pop(word, None)
        return True

    def _add_either(self, wanted: Wanted) -> None:
        """Looks for one of several words."""
        parts = [part for (word,) in wanted.ways for one in self.held[word] for part in one]
        spellings = [part for part in parts if len(part.places)]
        words = [word for (word,) in wanted.ways]
        self.result.ignored += [word for word in words if not self.held[word]]
        if spellings:
            self.result.words.append(Word(tuple(spellings), wanted.times))
        elif parts:
            self.result.unknown += words

    def _demand(self, wanted: Wanted) -> None:
        """Looks for one of several phrases, which has to be there."""
        parts = {
            part.lexemes: part
            for way in wanted.ways
            for word in way
            for one in self.held[word]
            for part in one
        }
        if not parts:
            self.result.ignored += [" ".join(way) for way in wanted.ways]
            return
        for part in parts.values():
            if len(part.places):
                self.result.words.append(Word((part,), wanted.times))
        places = united(map(self._places_of, wanted.ways), self.ground.size)
        self.result.demanded.append(places)
        if not len(places):
            self.result.unknown += [" ".join(way) for way in wanted.ways]

    def _phrases(self, ways: Iterable[Way]) -> Mapping[Way, Places]:
        """For each of `ways` that has several words, those that hold them one after the other."""
        among = {way: self._having_all(way) for way in ways if len(self._telling(way)) > 1}
        among = {way: places for way, places in among.items() if len(places)}
        return self.source.phrases(among) if among else {}

    def _having_all(self, way: Way) -> Places:
        """Those that have all of its words somewhere, of too many those that fit them best."""
        shared = reduce(self._shared, map(self._places_of_word, self._telling(way)))
        if len(shared) <= self.source.most_read:
            return shared
        self.result.is_more = True
        return self._best(way, shared)

    def _telling(self, way: Way) -> list[Held]:
        """Its words but for those that are too common to tell anything."""
        return [self.held[word] for word in way if self.held[word]]

    def _places_of(self, way: Way) -> Places:
        """Those that hold a word, or words one after the other."""
        telling = self._telling(way)
        if len(telling) == 1:
            return self._places_of_word(telling[0])
        return self.phrased.get(way, NOWHERE)

    def _leave_out(self, way: Way) -> None:
        """Leaves out those in whose texts a word stands, or words one after the other: what teaches a
        skill that is called so need not speak of it."""
        telling = self._telling(way)
        if not telling:
            return
        is_one = len(telling) == 1
        places = self._places_of_word(telling[0], named=False) if is_one else self._places_of(way)
        self.result.without.append(places)
        self.result.left_out.append(" ".join(way))

    def _best(self, way: Way, places: Places) -> Places:
        """Those of `places` that fit the words best, as many as are read."""
        parts = [part for word in way for one in self.held[word] for part in one]
        fits = scores([Word((part,)) for part in parts], places, self.ground.size)
        return places[best(fits, places, self.source.most_read)]

    def _places_of_word(self, held: Held, *, named: bool = True) -> Places:
        """Those that hold a word: in their texts, or where `named` by a skill or tag as well."""
        ways = [
            reduce(self._shared, [part.places if named else part.in_texts for part in one])
            for one in held
        ]
        return united(ways, self.ground.size)

    def _shared(self, one: Places, other: Places) -> Places:
        return one[within(one, other, self.ground.size)]


OTHER_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i"}
)


def folded(word: str) -> str:
    """`word` in small letters, without accents and signs, as the catalogue's own words are kept."""
    letters = unicodedata.normalize("NFKD", word.lower())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", "", kept.translate(OTHER_LETTERS))


def _is_worth_offering(near: Near) -> bool:
    """Nobody who typed another word that there is, as *mould*, meant *would* or *could*."""
    return near.likeness >= ALIKE and (near.is_sure or near.word not in ASKING)
