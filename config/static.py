"""How static files are collected: one stylesheet instead of thirty, hashed and compressed."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"

_IMPORT = re.compile(r"""^@import\s+(?:url\()?["']([^"']+)["']\)?([^;]*);\n?""", re.MULTILINE)
_URL = re.compile(r"""url\(\s*(["']?)(?!data:|https?:|[/#])([^"')]+)\1\s*\)""")

# What collectstatic hands to `post_process`: a name in the collection, where it comes from, and
# its name there.
Sources = dict[str, tuple[Storage, str]]


class SheetError(ValueError):
    """A stylesheet that can't be joined; the message names the file and what is wrong with it."""


class _Ready:
    """A storage that holds one text, in place of the file it was read from."""

    def __init__(self, text: str) -> None:
        self._text = text

    def open(self, name: str) -> File:
        return ContentFile(self._text.encode(), name=name)


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Joins the sheets that `css/site.css` imports, then hashes and compresses everything.

    Development links the same sheet with its imports as they are. The joined text lives in the
    hashed copy alone, so that collecting again always starts from the sources.
    """

    def post_process(self, paths: Sources, *args: Any, **options: Any) -> Iterator[Any]:
        if SHEET in paths:
            text, parts = join_sheet(SHEET, paths)
            paths = {name: source for name, source in paths.items() if name not in parts}
            paths[SHEET] = (_Ready(text), SHEET)
        yield from super().post_process(paths, *args, **options)


def join_sheet(name: str, sources: Sources) -> tuple[str, set[str]]:
    """The sheet `name` with the sheets it imports in their places, and the names of those.

    Relative addresses inside them are rewritten for the folder of `name`. Raises SheetError for an
    import that isn't there, that comes round to itself, or that has a condition.
    """
    parts: set[str] = set()

    def read(sheet: str, above: tuple[str, ...]) -> str:
        folder = posixpath.dirname(sheet)

        def put_in(found: re.Match) -> str:
            target, condition = (
                posixpath.normpath(posixpath.join(folder, found[1])),
                found[2].strip(),
            )
            if condition:
                raise SheetError(
                    f"{sheet} imports {target} with “{condition}”: put that in {target}."
                )
            if target in (*above, sheet):
                raise SheetError(f"{sheet} imports {target}, which leads to itself.")
            if target not in sources:
                raise SheetError(f"{sheet} imports {target}, which is not there.")
            parts.add(target)
            return read(target, (*above, sheet))

        def readdress(found: re.Match) -> str:
            target = posixpath.join(folder, found[2])
            return f'url("{posixpath.relpath(target, posixpath.dirname(name))}")'

        storage, path = sources[sheet]
        with storage.open(path) as file:
            text = file.read().decode()
        return _IMPORT.sub(put_in, _URL.sub(readdress, text) if above else text)

    return read(name, ()), parts
