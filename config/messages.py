"""How texts are read from the admin's templates, for `make messages`; Babel reads all others itself."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any, BinaryIO

from django.utils.translation.template import templatize


def from_django_template(
    file: BinaryIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterable[tuple]:
    """What Babel asks of an extractor: (line, function, messages, comments) of each text."""
    from babel.messages.extract import extract_javascript

    # Django writes the calls of a template as xgettext reads them: C, more or less.
    calls = templatize(file.read().decode(), origin=getattr(file, "name", None))
    return extract_javascript(
        BytesIO(calls.encode()), keywords, comment_tags, {"encoding": "utf-8"}
    )
