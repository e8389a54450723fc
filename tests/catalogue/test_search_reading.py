"""How typed text is read: words, phrases, either of two, and what to leave out."""

import pytest

from catalogue.search.reading import ASKING_WEIGHT, LONGEST, MOST_PHRASES, MOST_WORDS, read


def ways(text: str) -> list[str]:
    """Each thing that is wanted: alternatives apart by |, phrases in quotation marks."""
    found = []
    for one in read(text).wanted:
        said = " | ".join(" ".join(way) for way in one.ways)
        found.append(f'"{said}"' if one.is_exact else said)
    return found


def left_out(text: str) -> list[str]:
    return [" ".join(way) for way in read(text).without]


@pytest.mark.parametrize(
    ("text", "wanted", "without"),
    [
        ("data cleaning", ["data", "cleaning"], []),
        ('"data cleaning" tools', ['"data cleaning"', "tools"], []),
        ("“data cleaning”", ['"data cleaning"'], []),
        ("„data cleaning“ «tools»", ['"data cleaning"', '"tools"'], []),
        ("data -excel", ["data"], ["excel"]),
        ('data -"pivot tables"', ["data"], ["pivot tables"]),
        ("data −excel", ["data"], ["excel"]),
        ("csv OR spreadsheet tools", ["csv | spreadsheet", "tools"], []),
        ("a OR b OR c", ["a | b | c"], []),
        ('maps OR "open data"', ['"maps | open data"'], []),
        # What makes no sense is read as words.
        ('"data cleaning', ["data", "cleaning"], []),
        ('""', [], []),
        ("OR", ["OR"], []),
        ("maps OR", ["maps"], []),
        ("OR maps", ["OR", "maps"], []),
        ("maps or data", ["maps", "or", "data"], []),
        ("data - excel", ["data", "excel"], []),
        ("data -", ["data"], []),
        ("--help me", ["me"], ["help"]),
        ("-maps", [], ["maps"]),
        ('-maps -"open data"', [], ["maps", "open data"]),
        # Signs stand between words, but for one hyphen.
        ("(maps), data; charts!", ["maps", "data", "charts"], []),
        ("a & b | !c <-> d:*", ["a", "b", "c", "d"], []),
        ("O’Reilly's", ["O", "Reilly", "s"], []),
        ("e-mail state-of-the-art", ["e-mail", "state", "of", "the", "art"], []),
        ("node.js C++ .NET", ["node", "js", "C", "NET"], []),
        ("'; DROP TABLE x; --", ["DROP", "TABLE", "x"], []),
        ("!!! … ???", [], []),
        ("", [], []),
        # No signs: vowels of Hindi. Without spaces: Japanese.
        ("हिन्दी सीखना", ["हिन्दी", "सीखना"], []),
        ("日本語", ["日", "本", "語"], []),
    ],
)
def test_what_is_typed_is_read_so(text: str, wanted: list[str], without: list[str]):
    assert (ways(text), left_out(text)) == (wanted, without)


def test_a_word_counts_as_often_as_it_is_typed():
    assert [one.times for one in read("maps data Maps maps").wanted] == [3, 1]


def test_in_a_sentence_words_with_which_people_ask_weigh_little():
    sentence = read("Please tell me how to find maps of towns").wanted
    few = read("find help").wanted

    times = {one.ways[0][0]: one.times for one in sentence}
    assert times["Please"] == times["tell"] == times["find"] == ASKING_WEIGHT
    assert times["maps"] == times["towns"] == 1
    assert [one.times for one in few] == [1, 1]


def test_beside_other_words_single_digits_weigh_less():
    def times(text: str) -> list[float]:
        return [one.times for one in read(text).wanted]

    assert times("wcag 2.2") == [1, ASKING_WEIGHT]
    assert times("23 things") == [1, 1]
    assert times("2 3") == [1, 1]
    assert times('things "2"') == [1, 1]


def test_prose_cites_and_demands_nothing_to_the_letter():
    prose = 'What is written of ways in which "open data" can be told to people -"old towns"'
    few = 'What is written of "open data"'

    assert ways(prose)[6:10] == ["which", "open", "data", "can"]
    assert left_out(prose) == ["old towns"]
    assert ways(few)[-1] == '"open data"'


def test_where_all_is_in_capitals_or_is_a_word():
    assert "OR" in ways("MAPS OR CHARTS OF TOWNS IN WALES")
    assert ways("MAPS OR CHARTS") == ["MAPS | CHARTS"]


def test_of_a_long_text_the_first_words_are_read():
    words = read(" ".join(f"w{number}" for number in range(1000))).wanted
    phrases = read(" ".join(f'"p{number} q"' for number in range(1000))).wanted

    assert len(words) == MOST_WORDS
    assert (len(phrases), all(one.is_exact for one in phrases)) == (MOST_PHRASES, True)
    assert [len(word) for word in read("x" * 3000).words] == [LONGEST]
