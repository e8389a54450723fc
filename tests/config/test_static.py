"""Collecting static files: one stylesheet, whose addresses still lead somewhere."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import override_settings

from config.static import SheetError, join_sheet

SOURCE = settings.BASE_DIR / "static"


class Shelf:
    """A storage over a dictionary of names and texts."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts

    def open(self, name: str) -> ContentFile:
        return ContentFile(self.texts[name].encode(), name=name)


def join(texts: dict[str, str]) -> tuple[str, set[str]]:
    shelf = Shelf(texts)
    return join_sheet("css/site.css", {name: (shelf, name) for name in texts})


def collect(source: Path, target: Path) -> None:
    """Collects `source` into `target` as production does, without the apps' own files."""
    with override_settings(
        DEBUG=False,
        STATIC_ROOT=target,
        STATICFILES_DIRS=[source],
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
        STORAGES={"staticfiles": {"BACKEND": "config.static.JoinedStaticFilesStorage"}},
    ):
        call_command("collectstatic", interactive=False, verbosity=0)


def joined_sheet(folder: Path) -> str:
    """The sheet that pages link, as the manifest names it."""
    manifest = json.loads((folder / "staticfiles.json").read_text())
    return (folder / manifest["paths"]["css/site.css"]).read_text()


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own static files, collected."""
    target = tmp_path_factory.mktemp("static")
    collect(SOURCE, target)
    return target


def test_it_puts_imports_in_their_places():
    text, parts = join(
        {
            "css/site.css": '@layer a, b;\n@import "a.css";\n@import url("more/b.css");\n.z {}\n',
            "css/a.css": "@layer a { .a {} }\n",
            "css/more/b.css": "@layer b { .b {} }\n",
        }
    )

    assert text == "@layer a, b;\n@layer a { .a {} }\n@layer b { .b {} }\n.z {}\n"
    assert parts == {"css/a.css", "css/more/b.css"}


def test_it_rewrites_relative_addresses_for_the_folder_of_the_sheet():
    text, _ = join(
        {
            "css/site.css": '@import "more/b.css";\n',
            "css/more/b.css": (
                ".a { src: url('../../fonts/a.woff2') }\n"
                ".b { background: url(data:image/png;base64,AA) }\n"
                '.c { fill: url("#pattern") }\n'
            ),
        }
    )

    assert 'url("../fonts/a.woff2")' in text
    assert "url(data:image/png;base64,AA)" in text
    assert 'url("#pattern")' in text


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        ('@import "gone.css";', "css/site.css imports css/gone.css, which is not there."),
        ('@import "site.css";', "css/site.css imports css/site.css, which leads to itself."),
        (
            '@import "a.css" print;',
            "css/site.css imports css/a.css with “print”: put that in css/a.css.",
        ),
    ],
)
def test_it_refuses_an_import_it_cannot_put_in_place(sheet: str, sentence: str):
    with pytest.raises(SheetError) as caught:
        join({"css/site.css": sheet, "css/a.css": ""})

    assert str(caught.value) == sentence


def test_production_serves_one_stylesheet(collected: Path):
    text = joined_sheet(collected)

    assert "@import" not in text
    assert ".trail__stone" in text
    assert not list((collected / "css" / "components").glob("*.*.css"))


def test_addresses_in_the_joined_sheet_lead_to_collected_files(collected: Path):
    targets = re.findall(r'url\("([^"#]+)"\)', joined_sheet(collected))

    assert targets
    for target in targets:
        assert (collected / "css" / target).resolve().is_file(), target


def test_collecting_again_notices_a_changed_part(tmp_path: Path):
    css, target = tmp_path / "source" / "css", tmp_path / "out"
    css.mkdir(parents=True)
    (css / "site.css").write_text('@import "a.css";\n')
    (css / "a.css").write_text(".a { color: red }\n")
    collect(css.parent, target)

    (css / "a.css").write_text(".a { color: green }\n")
    collect(css.parent, target)

    assert joined_sheet(target) == ".a { color: green }\n"


def test_every_sheet_is_imported_by_the_one_that_pages_link():
    css = SOURCE / "css"
    sheets = {str(path.relative_to(css)) for path in css.rglob("*.css")} - {"site.css"}

    assert set(re.findall(r'@import "([^"]+)"', (css / "site.css").read_text())) == sheets
