"""Which resources match and how well, held against a plain evaluation, resource by resource."""

import math
import random
from dataclasses import dataclass, field

import numpy as np
import pytest

from catalogue.search import ranking
from catalogue.search.ranking import Ground, Occurrences, Spelling, Word

WORDS = "archive backup chart data email film guide history".split()
PLACES = np.dtype(np.int32)


@dataclass
class Item:
    """What a resource says: words of its title, names and description, and of what it is named by."""

    place: int
    fields: tuple[list[str], list[str], list[str]]
    named: set[str] = field(default_factory=set)

    def holds(self, word: str) -> bool:
        return word in self.named or any(word in said for said in self.fields)


def some_items(dice: random.Random, number: int) -> list[Item]:
    """At places that are not all taken; some words are common, others rare."""
    weights = [1 / rank for rank in range(1, len(WORDS) + 1)]

    def words(most: int) -> list[str]:
        return dice.choices(WORDS, weights, k=dice.randint(0, most))

    return [
        Item(
            place, (words(3), words(1), words(30)), set(words(1)) if dice.random() < 0.2 else set()
        )
        for place in sorted(dice.sample(range(number * 2), number))
    ]


@dataclass
class Index:
    items: list[Item]

    @property
    def size(self) -> int:
        return 2 * len(self.items)

    @property
    def ground(self) -> Ground:
        lengths = np.zeros((3, self.size), np.float32)
        for item in self.items:
            lengths[:, item.place] = [len(said) for said in item.fields]
        means = [
            sum(len(one.fields[at]) for one in self.items) / len(self.items) for at in range(3)
        ]
        return Ground(self.size, lengths, means, len(self.items))

    def spelling(self, word: str, likeness: float = 1.0) -> Spelling:
        own = [item for item in self.items if any(word in said for said in item.fields)]
        counts = [
            min(item.fields[0].count(word), 3) << 6
            | min(item.fields[1].count(word), 3) << 4
            | min(item.fields[2].count(word), 15)
            for item in own
        ]
        text = Occurrences(
            np.array([item.place for item in own], PLACES), np.array(counts, np.uint8)
        )
        named = np.array([item.place for item in self.items if word in item.named], PLACES)
        return Spelling.of(self.ground, (text,), named, likeness)

    def word(self, *spellings: tuple[str, float], times: float = 1.0) -> Word:
        return Word(tuple(self.spelling(*one) for one in spellings), times)


Asked = list[tuple[list[tuple[str, float]], float]]


def some_query(dice: random.Random) -> Asked:
    """Words, each in one spelling or two, and how often it was typed."""
    chosen = dice.sample(WORDS, dice.randint(1, 5))
    return [
        (
            [(word, 1.0)] + ([(dice.choice(WORDS), 0.8)] if dice.random() < 0.2 else []),
            dice.choice([1.0, 1.0, 2.0, 0.2]),
        )
        for word in chosen
    ]


def rarity(number: int, total: int) -> float:
    return math.log(1 + (total - number + 0.5) / (number + 0.5))


class Plainly:
    """The same by hand."""

    def __init__(self, items: list[Item], asked: Asked) -> None:
        self.items, self.asked = items, asked
        self.means = [sum(len(one.fields[at]) for one in items) / len(items) for at in range(3)]

    def rarity(self, word: str, spellings: list[tuple[str, float]]) -> float:
        own = sum(item.holds(word) for item in self.items)
        every = sum(self.holds(item, spellings) for item in self.items)
        total = len(self.items)
        return rarity(own, total) ** ranking.OWN * rarity(every, total) ** (1 - ranking.OWN)

    def holds(self, item: Item, spellings: list[tuple[str, float]]) -> bool:
        return any(item.holds(word) for word, _likeness in spellings)

    def weight(self, spellings: list[tuple[str, float]], times: float) -> float:
        return times * max(like * self.rarity(word, spellings) for word, like in spellings)

    def matches(self, enough: int, plenty: int) -> tuple[set[int], float]:
        whole = {
            item.place for item in self.items if all(self.holds(item, own) for own, _ in self.asked)
        }
        if len(whole) >= enough or len(self.asked) < 2:
            return whole, 0
        total = sum(self.weight(*one) for one in self.asked)
        for share, times in ranking.SHARES:
            found = {
                item.place
                for item in self.items
                if (
                    held := sum(self.weight(*one) for one in self.asked if self.holds(item, one[0]))
                )
                and held >= share * total - ranking.ROOM
            }
            if len(found) >= plenty * times:
                break
        return (whole, 0) if found == whole else (found, share or ranking.TINY)

    def score(self, item: Item) -> float:
        return sum(
            times * max(self.one(item, word, like, spellings) for word, like in spellings)
            for spellings, times in self.asked
        )

    def one(self, item: Item, word: str, likeness: float, spellings: list) -> float:
        frequency = ranking.NAMED if word in item.named else 0.0
        for at, (said, most) in enumerate(zip(item.fields, (3, 3, 15), strict=True)):
            share = ranking.BY_LENGTH[at]
            length = 1 - share + share * len(said) / max(self.means[at], 1e-9)
            frequency += ranking.WEIGHTS[at] * min(said.count(word), most) / length
        telling = likeness * self.rarity(word, spellings) * (ranking.K1 + 1)
        return telling * frequency / (frequency + ranking.K1)


@pytest.mark.parametrize("seed", range(60))
def test_matches_and_scores_are_what_a_plain_evaluation_says(seed: int):
    dice = random.Random(seed)
    items = some_items(dice, dice.choice([1, 5, 40, 400]))
    index, asked = Index(items), some_query(dice)
    words = [index.word(*spellings, times=times) for spellings, times in asked]
    plainly = Plainly(items, asked)

    found = ranking.matches(words, index.size, enough=5, plenty=15)
    scores = ranking.scores(words, found.places, index.size)

    assert (set(found.places.tolist()), found.share) == plainly.matches(5, 15)
    assert found.places.tolist() == sorted(found.places.tolist())
    by_place = {item.place: item for item in items}
    by_hand = [plainly.score(by_place[place]) for place in found.places.tolist()]
    assert scores.tolist() == pytest.approx(by_hand, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("seed", range(20))
def test_the_best_are_those_of_a_whole_sort_and_of_equal_ones_the_first_by_rank(seed: int):
    dice = random.Random(seed)
    number = dice.randint(1, 300)
    scores = np.array([dice.choice([0, 1, 2, 2.5]) for _ in range(number)], np.float32)
    ranks = np.array(dice.sample(range(number), number), np.float64)

    whole = sorted(range(number), key=lambda one: (-scores[one], ranks[one]))

    for many in (0, 1, number // 2, number, number + 5):
        assert ranking.best(scores, ranks, many).tolist() == whole[:many]


@pytest.mark.parametrize("seed", range(30))
def test_none_of_the_best_is_left_out_before_it_is_scored(
    seed: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ranking, "FEW", 0)
    dice = random.Random(seed)
    index = Index(some_items(dice, 300))
    words = [index.word((word, 1.0), times=dice.choice([1.0, 3.0])) for word in WORDS]
    found = ranking.matches(words, index.size, enough=20, plenty=60)
    some = np.array([place for place in found.places if dice.random() < 0.8], PLACES)
    number = dice.choice([1, 10, 40])

    left = found.contenders(some, number, words, index.size, slack=1.1)

    every = ranking.scores(words, some, index.size)
    least = np.sort(every)[-min(number, len(every))] / 1.1
    assert {*some[every >= least].tolist()} <= {*left.tolist()}


def test_of_many_those_are_left_out_that_can_not_be_among_the_best():
    few = [Item(at, ([], [], ["rare", "data"])) for at in range(10)]
    index = Index([*few, *(Item(at, ([], [], ["data"])) for at in range(10, ranking.FEW + 20))])
    words = [index.word(("rare", 1.0)), index.word(("data", 1.0))]
    found = ranking.matches(words, index.size, enough=20, plenty=ranking.FEW)

    def left(places: np.ndarray) -> int:
        return len(found.contenders(places, 5, words, index.size, slack=1.1))

    assert left(found.places) == 10
    assert left(found.places[: ranking.FEW]) == ranking.FEW


def test_a_rare_word_tells_more_than_a_common_one():
    items = [Item(at, ([], [], ["data", "guide"])) for at in range(20)]
    items += [Item(20, ([], [], ["film", "guide"])), Item(21, ([], [], ["film", "data"]))]
    index = Index(items)

    scores = ranking.scores(
        [index.word(("data", 1.0)), index.word(("film", 1.0))], np.arange(22, dtype=PLACES), 44
    )

    assert np.argsort(-scores)[:2].tolist() == [21, 20]


def test_a_title_tells_more_than_a_description_and_a_short_one_more_than_a_long_one():
    items = [
        Item(0, (["film"], [], ["data"])),
        Item(1, (["film", "guide", "chart"], [], ["data"])),
        Item(2, (["guide"], [], ["film"])),
        Item(3, (["guide"], [], ["film", *["data"] * 20])),
        *(Item(at, (["guide"], [], ["data"])) for at in range(4, 20)),
    ]

    scores = ranking.scores([Index(items).word(("film", 1.0))], np.arange(4, dtype=PLACES), 40)

    assert np.argsort(-scores).tolist() == [0, 1, 2, 3]


def test_what_is_only_named_so_is_found():
    items = [Item(at, ([], [], ["data"]), {"film"} if at < 3 else set()) for at in range(9)]

    found = ranking.matches([Index(items).word(("film", 1.0))], 18, enough=1, plenty=1)

    assert found.places.tolist() == [0, 1, 2]


def test_what_may_not_match_at_all_is_left_out_before_it_is_counted():
    items = [Item(at, ([], [], ["data", "film"])) for at in range(9)]
    index = Index(items)
    words = [index.word(("data", 1.0)), index.word(("film", 1.0))]

    found = ranking.matches(words, 18, enough=3, plenty=3, keep=lambda places: places[places > 4])

    assert found.places.tolist() == [5, 6, 7, 8]


@pytest.mark.parametrize("size", [40, 40_000])
def test_a_word_that_stands_by_several_lexemes_counts_as_often_as_all_of_them(size: int):
    ground = Ground(size, np.full((3, size), 9, np.float32), (9.0, 9.0, 9.0), 20)

    def at(*places: int) -> np.ndarray:
        return np.array(places, PLACES)

    def codes(*several: tuple[int, int, int]) -> np.ndarray:
        return np.array([title << 6 | name << 4 | text for title, name, text in several], np.uint8)

    one = Occurrences(at(2, 5, 7), codes((1, 0, 2), (2, 1, 9), (0, 0, 1)))
    other = Occurrences(at(5, 9), codes((2, 0, 9), (0, 2, 0)))

    both = Spelling.of(ground, [one, other], at(7, 11))

    assert both.places.tolist() == [2, 5, 7, 9, 11]
    told = [(code >> 6 & 3, code >> 4 & 3, code & 15) for code in both.codes.tolist()]
    # No more is told than three in a title or name, and fifteen in a description.
    assert told == [(1, 0, 2), (3, 1, 15), (0, 0, 1), (0, 2, 0), (0, 0, 0)]
    named = [bool(code & ranking.IN_NAME) for code in both.codes.tolist()]
    assert named == [False, False, True, False, True]


def test_what_a_word_tells_is_the_same_of_few_as_of_all():
    dice = random.Random(7)
    index = Index(some_items(dice, 200))
    few = np.array(sorted(dice.sample([item.place for item in index.items], 12)), PLACES)

    alone = ranking.scores([index.word(("data", 1.0))], few, index.size)
    word = index.word(("data", 1.0))
    every = ranking.scores([word], np.arange(index.size, dtype=PLACES), index.size)

    assert alone.tolist() == every[few].tolist()
    assert ranking.scores([word], few, index.size).tolist() == alone.tolist()


def test_another_name_tells_less_than_a_word_in_a_text_and_that_less_than_a_name():
    ground = Ground(40, np.full((3, 40), 9, np.uint16), (9.0, 9.0, 9.0), 20)
    text = Occurrences(np.array([1], PLACES), np.array([1], np.uint8))

    spelling = Spelling.of(ground, [text], np.array([2, 3], PLACES), also=np.array([3, 4], PLACES))

    places = np.array([1, 2, 3, 4], PLACES)
    text, name, both, other = ranking.scores([Word((spelling,))], places, 40).tolist()
    assert name == both > text > other > 0
