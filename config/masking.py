"""Keeps private links private: what is written of an address doesn't hold its token."""

import logging
import re

# The addresses of config.urls, curators.urls and pathways.urls that take a token. The forms under
# /suggest/ have names there, and nothing to hide.
_TOKEN = re.compile(
    r"(/(?:suggest/(?!(?:problem|curator|message)/)|invitation/|still-happy/|pathways/preview/"
    r"|admin/enter/)/*)[^/\s?#\"'<>]+",
    re.IGNORECASE,
)


def masked(text: str) -> str:
    """`text` with `…` for each token in an address of it."""
    return _TOKEN.sub(r"\1…", text)


class MaskTokens(logging.Filter):
    """Lets every record through, without the tokens of addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            said = record.getMessage()
        except (TypeError, ValueError, KeyError):
            # It can't be put together, which the handler tells.
            return True
        if (kept := masked(said)) != said:
            record.msg, record.args = kept, ()
        return True
