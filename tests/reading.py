"""Readers, as far as a request tells: who counts as one."""

from django.test import Client

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def reader(**headers: str) -> Client:
    """A browser that was never here before; `headers` as in `sec_gpc="1"`."""
    said = {"User-Agent": BROWSER} | {
        name.replace("_", "-"): text for name, text in headers.items()
    }
    return Client(headers=said)
