"""Sends the forms of /suggest/ as people do: opened, filled in, sent a minute later."""

from datetime import timedelta
from typing import Any

import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from curators.suggestions.models import Suggestion
from tests.pages import open_page

SUGGEST, REPORT = "/suggest/", "/suggest/problem/"
CURATE, WRITE = "/suggest/curator/", "/suggest/message/"

LINK = {"url": "https://example.org/course", "text": "Afterwards one can mend a chair."}


def opened(client: Client, path: str = SUGGEST) -> dict[str, str]:
    """The hidden fields of the form at `path`."""
    form = open_page(client, path).select_one("form.suggest")
    return {field["name"]: field["value"] for field in form.select("input[type=hidden]")}


def send(
    client: Client | None = None,
    path: str = SUGGEST,
    *,
    after: timedelta = timedelta(minutes=1),
    hidden: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    **said: Any,
) -> HttpResponse:
    """The answer to the form at `path`, sent some time `after` it was opened."""
    client = client or Client()
    form = opened(client, path) if hidden is None else hidden
    address = path.partition("?")[0]
    with time_machine.travel(timezone.now() + after):
        return client.post(address, {**form, **said}, headers=headers)


def sent(path: str = SUGGEST, **said: Any) -> tuple[Suggestion, str]:
    """(what is kept of what was sent, the address of its private page)."""
    response = send(None, path, **(said or LINK))
    assert response.status_code == 302, response.content.decode()
    return Suggestion.objects.latest("pk"), response["Location"]
