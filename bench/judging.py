"""How good an answer is, and what is asked: judged queries, and queries made for known items.

Pure: nothing here knows Django, a database or a search.
"""

import csv
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from pathlib import Path

DEPTH = 10
STOP = frozenset(
    "about after all and any are but can does for from get has have her his how into its just more "
    "not our out she that the their them they this use using was what when where which who why will "
    "with you your".split()
)
WORD = re.compile(r"[^\W\d_]{3,}")
# Words of a query that is made: more than this nobody types for a thing they know.
TITLE_WORDS, DESCRIPTION_WORDS = 6, 5


@dataclass
class Judged:
    """A query with how good each answer is, by its key, the best highest; what is missing is no
    answer. `kind` says what is hard about it."""

    query: str
    kind: str = ""
    grades: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """What a search finds: title and text, by a key of its own."""

    key: str
    title: str
    text: str = ""


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain of the first `depth`, 0 to 1, with grades as gains, as
    trec_eval has it. What is found twice counts once."""
    gains = [grades.get(key, 0) for key in dict.fromkeys(found)]
    best = _discounted(sorted(grades.values(), reverse=True)[:depth])
    return _discounted(gains[:depth]) / best if best else 0.0


def _discounted(gains: Iterable[int]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, start=1))


def succeeds(found: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> bool:
    """Whether one of the first `depth` is a good help (2), or as good as there is."""
    enough = min(2, max(grades.values(), default=1))
    return any(grades.get(key, 0) >= enough for key in found[:depth])


# Collections


def read_judgements(path: Path) -> list[Judged]:
    """Judgements as judgements.txt has them: a line `kind: query`, then a line `grade key` for each
    answer; `#` opens a remark."""
    judged: list[Judged] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line[0].isdigit():
            grade, key = line.split(" ", 1)
            judged[-1].grades[key] = int(grade)
        else:
            kind, query = line.split(": ", 1)
            judged.append(Judged(query, kind))
    return judged


def read_collection(folder: Path) -> tuple[list[Document], list[Judged]]:
    """A judged collection: docs.jsonl and queries.jsonl with `id` (or `_id`), `text` and of documents
    a `title`; qrels.tsv with query, document and grade. Only queries that have an answer."""
    documents = [
        Document(key, said.get("title", ""), said["text"])
        for key, said in _lines(folder / "docs.jsonl")
    ]
    judged = {key: Judged(said["text"]) for key, said in _lines(folder / "queries.jsonl")}
    with (folder / "qrels.tsv").open(encoding="utf-8") as file:
        for query, document, grade in (line.split() for line in file if line.strip()):
            # Others begin with a line of headings.
            if grade.isdecimal() and query in judged and int(grade) > 0:
                judged[query].grades[document] = int(grade)
    return documents, [one for one in judged.values() if one.grades]


def _lines(path: Path) -> Iterator[tuple[str, dict]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                said = json.loads(line)
                yield str(said["id"] if "id" in said else said["_id"]), said


def read_links(path: Path) -> list[Document]:
    """Links of a CSV with `title`, `url` and perhaps `description`; each by its address."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["url"]: row for row in csv.DictReader(file) if row["url"] and row["title"]}
    return [Document(url, row["title"], row.get("description") or "") for url, row in rows.items()]


# Known items


def known_items(documents: Sequence[Document], number: int, seed: int = 7) -> list[Judged]:
    """Queries by people who look for one document that they know: words of its title, these with a
    slip of the keyboard, these inflected, and words of its description. The same every time.

    `number` documents are asked for, of those whose titles have two words or more that no other title
    has together.
    """
    dice = random.Random(seed)
    said: dict[frozenset[str], int] = {}
    for one in documents:
        words = frozenset(content_words(one.title))
        said[words] = said.get(words, 0) + 1
    known = [
        one
        for one in documents
        if len(words := frozenset(content_words(one.title))) > 1 and said[words] == 1
    ]
    ways: dict[str, Callable[[Document, random.Random], str]] = {
        "title words": lambda one, dice: " ".join(_title(one)),
        "one typo": lambda one, dice: " ".join(_one_changed(_title(one), slip, dice)),
        "inflected": lambda one, dice: " ".join(_one_changed(_title(one), inflect, dice)),
        "description": _description,
    }
    made = []
    for one in dice.sample(known, min(number, len(known))):
        for kind, way in ways.items():
            if query := way(one, dice):
                made.append(Judged(query, kind, {one.key: 1}))
    return made


def content_words(text: str) -> list[str]:
    """Words that say what a text is about, small, each once, in order."""
    found = (word.lower() for word in WORD.findall(text))
    return list(dict.fromkeys(word for word in found if word not in STOP))


def _title(one: Document) -> list[str]:
    return content_words(one.title)[:TITLE_WORDS]


def _description(one: Document, dice: random.Random) -> str:
    words = [word for word in content_words(one.text) if len(word) > 3]
    if len(words) < DESCRIPTION_WORDS:
        return ""
    return " ".join(words[at] for at in sorted(dice.sample(range(len(words)), DESCRIPTION_WORDS)))


def _one_changed(
    words: list[str], change: Callable[[str, random.Random], str], dice: random.Random
) -> list[str]:
    """`words` with one of them changed, of those that are long enough; nothing where none is."""
    places = [at for at, word in enumerate(words) if len(word) > 4 and word.isascii()]
    if not places:
        return []
    at = dice.choice(places)
    return [*words[:at], change(words[at], dice), *words[at + 1 :]]


def slip(word: str, dice: random.Random) -> str:
    """`word` with one slip of the keyboard: two letters swapped, or one missing, doubled or wrong."""
    at = dice.randrange(1, len(word) - 1)
    slips = {
        "swapped": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        "missing": word[:at] + word[at + 1 :],
        "doubled": word[: at + 1] + word[at:],
        "wrong": word[:at] + dice.choice("aeinorst".replace(word[at], "")) + word[at + 1 :],
    }
    made = slips[dice.choice(list(slips))]
    return made if made != word else slips["missing"]


def inflect(word: str, dice: random.Random) -> str:
    """`word` as one of many, or one of them where it says many; or as something that is done."""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    if word.endswith("ing"):
        return f"{word[:-3]}ed"
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"
