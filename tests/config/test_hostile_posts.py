"""Every form of the desk, sent with what no text can hold: it is told, and never breaks the site."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from bs4 import BeautifulSoup
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse

from pathways.models import Revision
from tests.cast import Cast
from tests.walk import pages, undone, world

pytestmark = pytest.mark.django_db

NUL = "a\x00b"
# Half of a character, as a browser never sends one.
HALF = "a\ud800b"
# What is read beside the fields of a form that a page shows.
READ = (
    *("do", "to", "key", "kind", "days", "from", "reason", "stage", "links", "place", "note"),
    *("review_note", "remark-whole", "reply-1", "seen", "order", "action", "_then", "why"),
    *("_selected_action", "select_across", "publish_at_0", "publish_at_1", "password1", "file"),
)
KEPT = ("csrfmiddlewaretoken",)


def fields_of(html: bytes) -> dict[str, str]:
    """The fields of the forms of a page that are sent, with what they hold."""
    page = BeautifulSoup(html, "lxml")
    return {
        field["name"]: field.get("value", "")
        for field in page.select("form[method=post] :is(input, textarea, select, button)[name]")
        if field["name"] not in KEPT
    }


def body(fields: dict[str, str]) -> str:
    """As a form is sent, bytes that are no UTF-8 included."""
    coded = (
        (name, quote_from_bytes(value.encode("utf-8", "surrogatepass")))
        for name, value in fields.items()
    )
    return "&".join(f"{name}={value}" for name, value in coded)


# What buttons say, where a page has several.
VERBS = {
    "build": ("save", "submit", "add activity stage-x", "paste stage-x"),
    "review": ("ask", "schedule", "settle-x"),
    "preview_link": ("make", "revoke"),
}


def spoilt(fields: dict[str, str], name: str) -> Iterator[dict[str, str]]:
    """The form with a sign in every text of it that none can hold; then so that what steers it is as
    it was, and the texts are reached."""
    everything = dict.fromkeys([*fields, *READ], NUL + HALF)
    yield everything
    steers = {key: value for key, value in fields.items() if value.isdecimal() or key == "order"}
    for verb in VERBS.get(name, ("save",)):
        yield {**everything, **steers, "do": verb, "decide": "yes", "sure": "yes"}


@pytest.fixture
def sent(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("catalogue.links.desk.visit", lambda resource: None)
    client = cast.client_of("admin")

    def send(address: str, fields: dict[str, str], client: Client = client) -> int:
        with undone():
            return client.post(
                address, body(fields), content_type="application/x-www-form-urlencoded"
            ).status_code

    send.client = client
    return send


def test_no_form_of_the_desk_breaks(cast: Cast, sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = []
    own = world(cast)["own"]
    for page in pages():
        row = own.get(page.model)
        if page.is_of_a_row and row is None:
            continue
        address = page.url(row if page.is_of_a_row else None)
        shown = sent.client.get(address)
        html = shown.getvalue() if shown.status_code == 200 else b""
        with monkeypatch.context() as quick:
            quick.setattr(SimpleTemplateResponse, "rendered_content", "")
            for said in spoilt(fields_of(html), page.name):
                try:
                    if (status := sent(address, said)) >= 500:
                        broken.append((page.url_name, status))
                except Exception as error:
                    broken.append((page.url_name, said["do"], repr(error)[:200]))

    assert broken == []


@pytest.mark.parametrize("name", ["paste", "review", "preview_link"])
def test_whoever_sends_it_gets_a_page(cast: Cast, sent: Any, name: str) -> None:
    revision = world(cast)["own"][Revision]
    address = reverse(f"admin:pathways_revision_{name}", args=[revision.pk])

    for sign in (NUL, HALF):
        fields = dict.fromkeys(["links", "stage", "remark-whole", "do"], f"example.org/{sign}")
        assert sent(address, fields) in (200, 302)


def test_a_null_character_among_links_is_told(cast: Cast) -> None:
    revision = world(cast)["own"][Revision]
    address = reverse("admin:pathways_revision_paste", args=[revision.pk])

    response = cast.client_of("admin").post(address, {"links": NUL, "stage": "new"})

    assert "Null characters are not allowed." in response.content.decode()
