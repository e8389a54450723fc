"""What translators are given: every text of the templates, and none that would break a page."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates"
# Where a text begins, in Jinja2 and in Django's own language.
BEGINS = re.compile(r"(?<![\w.])(?:_|n?p?gettext)\(|{%-?\s*(?:trans|translate|blocktranslate)\b")
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
# A text that is called for, as those of attributes are: not a block, which stands between tags.
CALL = re.compile(
    r"""\b(?:_|n?p?gettext)\(\s*(?P<quote>["'])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"""
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What `make messages` writes."""
    there = tmp_path_factory.mktemp("messages") / "django.pot"
    asked = subprocess.run(
        ["make", "-n", "messages", f"pot={there}"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    line = next(line for line in asked.splitlines() if "babel" in line)
    _python, *words = shlex.split(line)
    subprocess.run([sys.executable, *words], cwd=settings.BASE_DIR, check=True)
    with there.open("rb") as file:
        return read_po(file)


def lines_of(path: Path) -> set[int]:
    """Lines of a template in which a text begins."""
    text = COMMENT.sub(
        lambda told: re.sub(r"[^\n]", " ", told[0]), path.read_text(encoding="utf-8")
    )
    return {text.count("\n", 0, match.start()) + 1 for match in BEGINS.finditer(text)}


def test_every_text_of_every_template_is_found(found: Catalog) -> None:
    places: dict[str, set[int]] = {}
    for message in found:
        for name, line in message.locations:
            places.setdefault(name, set()).add(line)

    paths = {str(path.relative_to(settings.BASE_DIR)): path for path in TEMPLATES.rglob("*.*")}
    there = {name: lines for name, path in paths.items() if (lines := lines_of(path))}

    assert len(there) > 50
    assert {name: at for name, at in places.items() if name.startswith("templates/")} == there


def test_plurals_and_contexts_come_with_them(found: Catalog) -> None:
    plurals = [one for one in found if one.pluralizable]
    contexts = {one.context for one in found if one.context}

    assert any("templates/" in name for one in plurals for name, _line in one.locations)
    assert "names under no letter" in contexts
    assert found.get(("and %(number)s more", "and %(number)s more")) is not None


def test_texts_of_python_and_of_the_desk_are_found(found: Catalog) -> None:
    # A lazy one, one of the desk, one that is trimmed to a line.
    for text in ("For colleagues: it is kept with the decision.", "Back, without it"):
        assert found.get(text) is not None, text
    assert [
        one.id
        for one in found
        if "\n" in str(one.id) and one.locations[0][0].startswith("templates/")
    ] == []


def test_no_text_of_an_attribute_would_end_it() -> None:
    """Translations are markup: nothing in them is escaped. Only blocks may hold any of it."""
    texts = [
        (path.name, match["text"])
        for path in TEMPLATES.rglob("*.html")
        if "desk" not in path.parts
        for match in CALL.finditer(COMMENT.sub("", path.read_text(encoding="utf-8")))
    ]

    assert len(texts) > 200
    assert [one for one in texts if "<" in one[1] or '"' in one[1]] == []
