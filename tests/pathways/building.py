"""The page to build a pathway as a browser without scripts has it: open, type, press a button."""

from collections.abc import Iterable
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from curators.models import User
from pathways.models import Maintainer, Revision, Step
from tests.pages import words

# Who builds must be able to look at and change revisions; whose is another matter.
NEEDED = ["view_revision", "change_revision"]


def let_build(user: User, *drafts: Revision) -> User:
    user.user_permissions.add(*Permission.objects.filter(codename__in=NEEDED))
    for draft in drafts:
        Maintainer.objects.create(pathway=draft.pathway, user=user)
    return user


def address(draft: Revision) -> str:
    return reverse("admin:pathways_revision_build", args=[draft.pk])


class Sheet:
    """What stands in the form on a page, to be typed into and sent."""

    def __init__(self, client: Client, response: HttpResponse) -> None:
        assert response.status_code == 200, response.status_code
        self.client, self.response = client, response
        self.page = BeautifulSoup(response.content, "lxml")
        self.form = self.page.select_one("form#build")
        self.data: dict[str, list[str]] = {}
        for field in self.form.select("input[name], textarea[name], select[name]"):
            self._take(field)

    def _take(self, field: Tag) -> None:
        values = self.data.setdefault(field["name"], [])
        if field.name == "select":
            chosen = field.select("option[selected]") or field.select("option")[:1]
            values += [one["value"] for one in chosen]
        elif field.name == "textarea":
            # The newline that opens it is none of the text.
            values.append(field.text.removeprefix("\n").replace("\n", "\r\n"))
        elif field.get("type") not in ("checkbox", "radio"):
            values.append(field.get("value", ""))
        elif field.has_attr("checked"):
            values.append(field.get("value", "on"))

    def type(self, name: str, *values: Any) -> "Sheet":
        assert name in self.data, f"no field {name}"
        self.data[name] = [str(one) for one in values]
        return self

    def press(self, button: str = "save") -> HttpResponse:
        assert self.form.select(f'button[name=do][value="{button}"]'), f"no button {button}"
        return self.client.post(self.form["action"], {**self.data, "do": button})

    def press_on(self, button: str = "save") -> "Sheet":
        """Presses, and follows to the page that comes then."""
        response = self.press(button)
        if response.status_code == 302:
            response = self.client.get(response["Location"].partition("#")[0])
        return Sheet(self.client, response)

    def new(self, kind: str) -> str:
        """The name of the new part on the page, as in `step-new…`."""
        parts = [one["data-key"] for one in self.form.select(f"[data-part={kind}]")]
        return next(f"{kind}-{key}" for key in reversed(parts) if key.startswith("new"))

    @property
    def mistakes(self) -> list[str]:
        return [words(one) for one in self.page.select(".errornote li")]

    @property
    def told(self) -> str:
        return words(self.page.select_one("#content"))

    @property
    def order(self) -> list[str]:
        """The titles of the steps as they stand, those of a set in one line."""
        return [
            " / ".join(words(one) for one in place.select("[data-title]"))
            for place in self.form.select("[data-steps] > li")
        ]


def open_sheet(client: Client, draft: Revision) -> Sheet:
    return Sheet(client, client.get(address(draft)))


def name_of(part: Any) -> str:
    return f"{part._meta.model_name}-{part.uid.hex}"


def steps_of(draft: Revision) -> list[str]:
    return [str(step) for step in in_order(draft)]


def in_order(draft: Revision) -> Iterable[Step]:
    return Step.objects.filter(revision=draft).with_card()
