"""What a made catalogue says: texts by Zipf's law and facts beside them, the same every time.

Nothing here knows Django or a database. Row `number` of the catalogue is the same whatever its size,
so that a catalogue of a million begins with that of a hundred thousand.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate

SEED = 7
# Rows that are drawn together.
BLOCK = 2_500
WORDS, PROVIDERS, TAGS, AUTHORS = 50_000, 500, 2_000, 3_000
# Words of their own, and the share of all resources that hold them.
SHARES = {
    "workshop": 0.31,
    "gallery": 0.10,
    "festival": 0.02,
    "textile": 0.002,
    "bookplate": 0.0001,
}
STOP = (
    "the of and to a in for is on with that by this are as it an be or from you your how will can"
)
SUBJECTS = """library collection archive learning digital story history picture record reader course guide
object material community project software video audio lesson teacher practice sound music art letter
newspaper manuscript photograph photography map drawing painting sculpture craft poem novel author
publisher printing binding paper ink conservation storage climate light insect damage repair scanning
resolution metadata standard vocabulary catalogue search index database spreadsheet chart statistics
survey interview consent copyright licence privacy password security backup format preservation emulation
website page accessibility caption transcript translation language welsh english child family school
student volunteer visitor audience event exhibition tour label panel shop cafe budget funding grant
evaluation report policy ethics artificial intelligence machine model data network phone tablet computer
keyboard printer camera microphone podcast editing animation game code program script automation robot
sensor laser workspace makerspace local heritage church castle mine railway ship farm village town city
river coast forest garden animal plant geology fossil archaeology excavation coin medal armour costume
embroidery quilt pottery glass clock instrument science medicine health wellbeing memory dementia
loneliness inclusion disability sign braille large print rights democracy election government council
service benefit form email message meeting calendar chat forum social media campaign newsletter writing
grammar spelling reading poetry speech debate drama dance film theatre costume opera orchestra choir
carnival market trade industry steel coal slate wool cotton linen leather wood stone iron
copper silver gold"""
LANGUAGES = "en cy fr de es it nl pt sv da nb fi pl cs hu ro el ru tr uk ga gd ar zh ja".split()
TYPES = (
    *("course", "tutorial", "article", "video", "podcast", "guide", "toolkit", "tool"),
    *("case-study", "recording", "book", "quiz", "community", "dataset"),
)
LEVELS, LEVEL_WEIGHTS = ("basic", "intermediate", "advanced", "expert", ""), (40, 28, 14, 6, 12)
COSTS, COST_WEIGHTS = ("free", "free-sign-up", "free-limited", "paid"), (80, 12, 5, 3)
ACCESS = ("captions", "transcript", "no-sound-needed", "phone", "pdf-only")
MINUTES = (None, 5, 10, 15, 20, 30, 45, 60, 120, 240, 600, 1200)
STATES, STATE_WEIGHTS = ("works", "moved", "unsure", "gone", None), (80, 4, 4, 2, 10)
# When the newest was published; each before it a minute earlier.
MADE = datetime(2026, 11, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    """A resource, with what it is linked to by place: provider, skills (with levels), competences and
    tags. `visit` is when its link was visited last; None where it never was."""

    number: int
    uid: str
    title: str
    description: str
    url: str
    provider: int
    author: str
    kind: str
    level: str
    languages: list[str]
    cost: str
    access: list[str]
    minutes: int | None
    published: datetime
    state: str | None
    visit: datetime | None
    skills: list[tuple[int, str]]
    competences: list[tuple[int, str]]
    tags: list[int]


@cache
def vocabulary() -> list[str]:
    """Words by how often they stand in texts, the most frequent first."""
    head = list(dict.fromkeys([*STOP.split(), *SUBJECTS.split()]))
    kept = {*head, *SHARES}
    return head + [word for word in _pronounceable("words", WORDS) if word not in kept]


@cache
def provider_names() -> list[str]:
    kinds = "Trust", "Society", "University", "Service", "Foundation"
    words = _pronounceable("providers", PROVIDERS)
    return [f"{word.capitalize()} {kinds[at % len(kinds)]}" for at, word in enumerate(words)]


@cache
def tag_names() -> list[str]:
    """A third are words that texts hold, too; the others are two words."""
    common, own = vocabulary()[25 : 25 + TAGS // 3], _pronounceable("tags", 2 * TAGS)
    return common + [" ".join(own[at : at + 2]) for at in range(0, 2 * (TAGS - len(common)), 2)]


@cache
def author_names() -> list[str]:
    words = _pronounceable("authors", 2 * AUTHORS)
    return [" ".join(words[at : at + 2]).title() for at in range(0, 2 * AUTHORS, 2)]


def rows(block: int, *, size: int, skills: int, competences: int) -> Iterator[Made]:
    """The resources of a block, of a catalogue of `size`, which has so many skills and competences."""
    dice = random.Random(f"{SEED}/{block}")
    chances = _Chances.of(skills)
    first = block * BLOCK
    # All are drawn, also what a smaller catalogue leaves out: the others stay as they are.
    words = dice.choices(vocabulary(), cum_weights=chances.words, k=BLOCK * 80)
    for at in range(BLOCK):
        row = _row(dice, first + at, words[at * 80 : at * 80 + 80], chances, competences)
        if row.number < size:
            yield row


@dataclass(frozen=True)
class _Chances:
    """Cumulative weights by place, and for each skill the words that resources for it hold."""

    words: list[float]
    languages: list[float]
    providers: list[float]
    tags: list[float]
    skills: list[float]
    topics: list[list[str]]

    @classmethod
    @cache
    def of(cls, skills: int) -> "_Chances":
        dice = random.Random(f"{SEED}/topics")
        tail = vocabulary()[25:5_000]
        return cls(
            words=_zipf(len(vocabulary())),
            languages=_zipf(len(LANGUAGES), 1.6),
            providers=_zipf(PROVIDERS),
            tags=_zipf(TAGS, 0.9),
            skills=_zipf(skills, 0.6),
            topics=[dice.sample(tail, 15) for _skill in range(skills)],
        )


def _row(
    dice: random.Random, number: int, words: list[str], chances: _Chances, competences: int
) -> Made:
    level = dice.choices(LEVELS, LEVEL_WEIGHTS)[0]
    count = dice.choices((1, 2, 3, 4), (35, 37, 20, 8))[0]
    skills = _some(dice, chances.skills, count)
    provider = _some(dice, chances.providers, 1)[0]
    minutes = dice.choice(MINUTES)
    state = dice.choices(STATES, STATE_WEIGHTS)[0]
    title, text = _texts(dice, words, [chances.topics[skill] for skill in skills])
    digits = f"{dice.getrandbits(128):032x}"
    languages = _some(dice, chances.languages, 2 if dice.random() < 0.1 else 1)
    return Made(
        number=number,
        uid=f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}",
        title=title,
        description=text,
        url=f"https://www.provider{provider}.example.org/learn/{number}",
        provider=provider,
        author=dice.choice(author_names()) if dice.random() < 0.3 else "",
        kind=TYPES[min(int(dice.expovariate(0.25)), len(TYPES) - 1)],
        level=level,
        languages=[LANGUAGES[at] for at in languages],
        cost=dice.choices(COSTS, COST_WEIGHTS)[0],
        access=dice.sample(ACCESS, dice.choice((0, 0, 1, 2))),
        minutes=minutes,
        published=MADE - timedelta(minutes=number),
        state=state,
        visit=MADE - timedelta(hours=dice.randrange(1, 1_200)) if state else None,
        # Now and then a skill is taught at another level than the resource's own.
        skills=[
            (skill, level if dice.random() < 0.8 else dice.choice(LEVELS[:4])) for skill in skills
        ],
        competences=(
            [(dice.randrange(competences), dice.choice(("", level)))] if dice.random() < 0.2 else []
        ),
        tags=_some(dice, chances.tags, dice.randint(1, 6)),
    )


def _texts(dice: random.Random, words: list[str], topics: list[list[str]]) -> tuple[str, str]:
    """A title of three to seven words, and a description of about sixty in three sentences."""
    length = dice.randint(3, 7)
    title, text = words[:length], words[7 : 52 + dice.randrange(28)]
    if dice.random() < 0.6:
        title[dice.randrange(length)] = topics[0][0]
    for topic in topics:
        for word in dice.choices(topic, k=3):
            text[dice.randrange(len(text))] = word
    # Last, so that nothing takes their places but another of them.
    for word, share in SHARES.items():
        if dice.random() < share:
            held = title if dice.random() < 0.15 else text
            held.insert(dice.randrange(len(held)), word)
    third = len(text) // 3
    parts = text[:third], text[third : 2 * third], text[2 * third :]
    return " ".join(title).capitalize(), " ".join(
        f"{' '.join(part).capitalize()}." for part in parts
    )


def _some(dice: random.Random, weights: list[float], count: int) -> list[int]:
    """Places, each once, in order: `count` or somewhat fewer."""
    return sorted(set(dice.choices(range(len(weights)), cum_weights=weights, k=count)))


def _zipf(number: int, exponent: float = 1.0) -> list[float]:
    return list(accumulate(1 / rank**exponent for rank in range(1, number + 1)))


def _pronounceable(what: str, number: int) -> list[str]:
    """So many different words that are none, but could be."""
    dice = random.Random(f"{SEED}/{what}")
    starts = (
        "b c d f g h j k l m n p r s t v w br cl dr fl gr pl pr sk sl sp st tr th ch sh qu".split()
    )
    middles = "a e i o u ai ea ee io oa ou".split()
    ends = ["", "", "", "n", "r", "s", "t", "l", "m", "nd", "st", "rk", "x"]
    found: dict[str, None] = {}
    while len(found) < number:
        syllables = dice.choice((2, 2, 3, 3, 4))
        found["".join(map(dice.choice, (starts, middles, ends) * syllables))] = None
    return list(found)
