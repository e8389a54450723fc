"""What was typed, read into what is looked for: words, phrases, alternatives, and what to leave out.

    data cleaning          both words, else most of them
    "data cleaning"        the words as a phrase
    data -excel            without a word
    csv OR spreadsheet     either of two

Whatever makes no sense as that is read as words; so are quotation marks in prose, and OR where all is
in capitals.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

# Of more words, phrases and what is left out, the first are looked for.
MOST_WORDS = 200
MOST_PHRASES = 8
# From so many words on, it is a sentence: those then weigh less with which people ask.
SENTENCE = 6
# From so many beside those in quotation marks it is prose, which only cites.
PROSE = 10
ASKING_WEIGHT = 0.2
ASKING = frozenset(
    """
    advice advise anybody anyone anything appreciate ask asking could describe described describing
    discuss discussed discussing especially exist existing exists explain find finding get getting
    give gives giving glad grateful hear help hello hope interest interested interesting interests
    know like likes look looking mention mentioned mentions need needed needing needs please pleased
    question questions receive receiving recommend seek seeking show somebody someone something
    start suggest tell telling thank thanks thing things try trying understand want wanted wanting
    wants welcome wish wonder wondering would
    """.split()
)
# What people type for one sign and another.
SAME = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″＂", '"'),
        **dict.fromkeys("‘’‚‛′＇`´", "'"),
        **dict.fromkeys("‐‑‒–−", "-"),
    }
)
PIECE = re.compile(r'(?P<without>(?<!\S)-+(?=[^\s-]))?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
# Of one word, so many letters are read.
LONGEST = 100
# Chinese, Japanese and Korean are written without spaces: each character is a word.
APART = re.compile(
    "([\u2e80-\u2fdf\u3005-\u3007\u3031-\u318f\u31a0-\u4dbf\u4e00-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U0001b000-\U0001b16f\U00020000-\U0003ffff])"
)
EITHER = "OR"


@dataclass(frozen=True)
class Wanted:
    """One thing that is looked for: any of `ways` to say it, each the words of it in order.

    `is_exact`: as it stands in quotation marks: as a phrase, and spelt so. `times`: how often it was
    typed, less for a word with which people ask.
    """

    ways: tuple[tuple[str, ...], ...]
    is_exact: bool = False
    times: float = 1.0


@dataclass(frozen=True)
class Typed:
    """`wanted` in the order they were typed, each once; `without`: words or phrases to leave out."""

    wanted: tuple[Wanted, ...] = ()
    without: tuple[tuple[str, ...], ...] = ()

    @property
    def words(self) -> dict[str, None]:
        """All words there are, each once."""
        ways = [way for one in self.wanted for way in one.ways]
        return dict.fromkeys(word for way in (*ways, *self.without) for word in way)


# A page reads its words several times.
@lru_cache(64)
def read(text: str) -> Typed:
    """What `text` looks for. Never raises; empty where there are no words in it."""
    wanted: dict[tuple[str, bool], Wanted] = {}
    without: dict[tuple[str, ...], None] = {}
    for one, is_left_out in _joined(text.translate(SAME)):
        if is_left_out:
            without.update(dict.fromkeys(one.ways))
            continue
        same = str(one.ways).lower(), one.is_exact
        before = wanted.setdefault(same, replace(one, times=0.0))
        wanted[same] = replace(before, times=before.times + 1)
    return Typed(_weighed(_first([*wanted.values()])), tuple(without)[:MOST_PHRASES])


def _first(wanted: list[Wanted]) -> list[Wanted]:
    phrases = [one for one in wanted if one.is_exact]
    few = set(phrases[:MOST_PHRASES])
    return [one for one in wanted if not one.is_exact or one in few][:MOST_WORDS]


def _weighed(wanted: list[Wanted]) -> tuple[Wanted, ...]:
    """Words that hardly tell what is looked for weigh less beside others: those with which people ask in
    a sentence, and single digits, as in “wcag 2.2”."""
    light = [
        one for one in wanted if _is_digit(one) or (len(wanted) >= SENTENCE and _is_asking(one))
    ]
    if len(light) == len(wanted):
        return tuple(wanted)
    return tuple(replace(one, times=ASKING_WEIGHT) if one in light else one for one in wanted)


def _is_digit(one: Wanted) -> bool:
    return not one.is_exact and all(len(word) == 1 and word.isdecimal() for (word, *_) in one.ways)


def _is_asking(one: Wanted) -> bool:
    return not one.is_exact and all(word.lower() in ASKING for way in one.ways for word in way)


def _joined(text: str) -> Iterator[tuple[Wanted, bool]]:
    """Each thing in `text`, and whether it is left out; what stands on both sides of OR is one."""
    last: Wanted | None = None
    joins = False
    # Where all is in capitals, OR is a word among others.
    is_loud = text.isupper() and len(text.split()) >= SENTENCE
    for word, one, is_left_out in _pieces(text):
        if word == EITHER and not is_loud and last is not None and not joins:
            joins = True
            continue
        if is_left_out:
            yield one, True
            continue
        if joins and last is not None:
            last = Wanted((*last.ways, *one.ways), last.is_exact or one.is_exact)
            joins = False
            continue
        if last is not None:
            yield last, False
        last = one
    if last is not None:
        yield last, False


def _pieces(text: str) -> Iterator[tuple[str, Wanted, bool]]:
    """(as typed, what it wants, whether it is left out), one after the other."""
    pieces = [*PIECE.finditer(text)]
    # Nobody who writes so much wants to the letter what stands in quotation marks.
    is_prose = sum(found["word"] is not None for found in pieces) >= PROSE
    for found in pieces:
        is_left_out, is_phrase = bool(found["without"]), found["word"] is None
        words = _words(found["phrase"] if is_phrase else found["word"])
        if words and (is_left_out or (is_phrase and not is_prose)):
            yield "", Wanted((words,), is_exact=True), is_left_out
        else:
            for word in words:
                yield found["word"] or "", Wanted(((word,),)), False


def _words(text: str) -> tuple[str, ...]:
    """The words in `text`: what signs stand between, but for one hyphen in a word."""
    said = "".join(letter if _is_of_word(letter) else " " for letter in text)
    words = (word.strip("-") for word in APART.sub(r" \1 ", said).split())
    several = (word.split("-") if word.count("-") > 1 else [word] for word in words)
    return tuple(one[:LONGEST] for word in several for one in word if one)


def _is_of_word(letter: str) -> bool:
    """Whether it is no sign, space or control character. Marks of vowels are of words."""
    return letter == "-" or unicodedata.category(letter)[0] not in "PSZC"
