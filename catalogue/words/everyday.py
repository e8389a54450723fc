"""Everyday words of English: whoever types one means it, whether or not the catalogue has it."""

import re
from functools import cache
from itertools import chain
from pathlib import Path

WORDS = Path(__file__).with_name("everyday.txt")
# What is put after a word as it is; after one that drops its last e; or y, which becomes i.
AFTER = ("ed", "er", "ers", "ing", "ings", "ly", "ness")
AFTER_E = ("ed", "er", "ers", "ing", "ings")
AFTER_I = ("es", "ed", "er", "ers", "est", "ly", "ness")
# So many letters less than a regular form of it a word has at most.
SHORTER = 5
HISSING = re.compile("(?:s|x|z|ch|sh)$")
# One syllable with one vowel before its last sound, which is doubled: stop, stopping.
DOUBLED = re.compile("[^aeiou]*(?:qu)?[aeiouy][^aeiouwxy]")
# Where there are several syllables, it is doubled after the one that is stressed.
STRESSED = frozenset(
    """
    admit begin commit equip expel forbid forget format occur omit permit prefer recur refer regret
    submit transfer
    """.split()
)


def is_everyday(word: str) -> bool:
    """Whether `word`, in small letters without accents, is one that hardly any reader of English doesn't
    know, or a regular form of one. No query."""
    known = _known()
    for length in range(max(len(word) - SHORTER, 2), len(word) + 1):
        for base in (word[:length], f"{word[:length]}e", f"{word[:length]}y"):
            if base in known and word in _forms(base):
                return True
    return False


@cache
def _known() -> frozenset[str]:
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(chain(*(line.split() for line in lines if not line.startswith("#"))))


def _forms(word: str) -> set[str]:
    """`word` and its regular forms, and some that nobody uses."""
    if word.endswith("e"):
        found = {f"{word}ly", f"{word}ness", *(word[:-1] + end for end in AFTER_E)}
        if word.endswith("le"):
            found.add(f"{word[:-1]}y")
    elif re.search("[^aeiou]y$", word):
        return {word, f"{word}ing", f"{word}ings", *(f"{word[:-1]}i{end}" for end in AFTER_I)}
    elif DOUBLED.fullmatch(word) or word in STRESSED:
        found = {f"{word}ly", f"{word}ness", *(word + word[-1] + end for end in AFTER_E)}
    else:
        found = {word + end for end in AFTER}
        if re.search("[^l]l$", word):
            found.update(f"{word}l{end}" for end in AFTER_E)
        if word.endswith("ic"):
            found.add(f"{word}ally")
    if not HISSING.search(word):
        found.add(f"{word}s")
    if HISSING.search(word) or word.endswith("o"):
        found.add(f"{word}es")
    return found | {word}
