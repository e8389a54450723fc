"""Every form of the desk, sent with what no text can hold: it is told, and never breaks the site."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from bs4 import BeautifulSoup
from django.test import Client

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


def forms_of(html: bytes) -> Iterator[dict[str, str]]:
    """The fields of each form of a page that is sent, with what they hold."""
    for form in BeautifulSoup(html, "lxml").select("form[method=post]"):
        yield {
            field["name"]: field.get("value", "")
            for field in form.select("input[name], textarea[name], select[name], button[name]")
            if field["name"] not in KEPT
        }


def body(fields: dict[str, str]) -> str:
    """As a form is sent, bytes that are no UTF-8 included."""
    coded = (
        (name, quote_from_bytes(value.encode("utf-8", "surrogatepass")))
        for name, value in fields.items()
    )
    return "&".join(f"{name}={value}" for name, value in coded)


def spoilt(fields: dict[str, str], sign: str) -> Iterator[dict[str, str]]:
    """The form with `sign` in every text of it; and in those that are no number or button alone."""
    everything = dict.fromkeys([*fields, *READ], sign)
    yield everything
    # What steers the form is as it was, so that the texts are reached.
    steers = {name: value for name, value in fields.items() if value.isdecimal() or name == "do"}
    yield {**everything, **steers, "decide": "yes"}
    for verb in ("save", "submit", "preview", "ask", "revoke", f"paste stage-{sign}"):
        yield {**everything, **steers, "do": verb}


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


@pytest.mark.parametrize("sign", [NUL, HALF], ids=["NUL", "half a character"])
def test_no_form_of_the_desk_breaks(cast: Cast, sent: Any, sign: str) -> None:
    broken = []
    own = world(cast)["own"]
    for page in pages():
        row = own.get(page.model)
        if page.is_of_a_row and row is None:
            continue
        address = page.url(row if page.is_of_a_row else None)
        shown = sent.client.get(address)
        html = shown.getvalue() if shown.status_code == 200 else b""
        for fields in [*forms_of(html)] or [{}]:
            for said in spoilt(fields, sign):
                try:
                    status = sent(address, said)
                except Exception as error:
                    broken.append((page.url_name, said.get("do"), repr(error)[:200]))
                    break
                if status >= 500:
                    broken.append((page.url_name, status))

    assert broken == []
