"""Who may do what: every address, every action and every verb of the desk, as every member of the cast.

The tables say what is allowed; all else is refused. An address, a verb or a model that stands in
none of them fails here.
"""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.template.response import SimpleTemplateResponse
from django.urls import reverse

from catalogue import models as catalogue
from curators.invitations.models import Invitation
from curators.models import Curator, Suggestion, User
from pathways import models as pathways
from tests.cast import Cast
from tests.walk import (
    SECRET,
    Page,
    acted,
    actions_of,
    edits,
    is_refused,
    names_of_the_site,
    pages,
    sent_to,
    world,
)

pytestmark = pytest.mark.django_db

# What a page of one row takes to be opened, and to be sent. A new page gets a line here.
OF_A_ROW = {
    "change": ("see", "change"),
    "history": ("keep", "keep"),
    "delete": ("delete", "delete"),
    "export": ("see", "see"),
    "propose": ("propose", "propose"),
    "auth_user_password_change": ("administer", "administer"),
    "build": ("see", "change"),
    "build_find": ("see", "change"),
    "preview": ("see", "see"),
    "preview_step": ("see", "see"),
    "preview_resource": ("see", "see"),
    "preview_link": ("see", "change"),
    "paste": ("keep", "keep"),
    # Buttons, which answer no GET.
    "link_visit": ("nothing", "change"),
    "link_move": ("nothing", "change"),
    # Verbs.
    "send-again": ("publish", "publish"),
    "revoke": ("publish", "publish"),
    "take-factors": ("administer", "administer"),
    "start_draft": ("keep", "keep"),
    "submit": ("keep", "keep"),
    "publish": ("publish", "publish"),
    "withdraw": ("publish", "publish"),
    "restore": ("publish", "publish"),
    "send_back": ("publish", "publish"),
    "accept": ("publish", "publish"),
    "decline": ("publish", "publish"),
    "review": ("keep", "keep"),
    "compare": ("keep", "keep"),
    "revisions": ("keep", "keep"),
    "evidence": ("keep", "keep"),
    "evidence_csv": ("keep", "keep"),
    "mend": ("change", "change"),
    "merge": ("publish", "publish"),
    "part": ("publish", "publish"),
    "erase": ("administer", "administer"),
}
# What a page of a whole list takes.
OF_A_LIST = {
    "changelist": "list",
    "add": "add",
    "import": "import",
    "import_report": "import",
    "import_rejects": "import",
    "sheet": "sheet",
    "sheet_report": "sheet",
    "sheet_rejects": "sheet",
    "sheet_changes": "sheet",
    "download": "sheet",
    "add_resource": "list",
}
# What isn't a ModelAdmin's, and where it is tried: all of it tells or does nothing but one's own.
OF_THE_SITE = {
    *("login", "logout", "password_change", "password_change_done", "jsi18n", "index", "app_list"),
    *("autocomplete", "view_on_site", None),
    # tests/curators/test_queue.py
    *("queue", "answer_suggestion"),
    # tests/pathways/test_evidence.py
    *("evidence", "evidence_csv"),
}

Words = dict[str, str]
Rights = dict[type[Model], Words]

TO_CHOOSE: Words = {"list": "list", "public": "see"}
OWN = "see keep change delete"

GUEST: Rights = {
    catalogue.Organisation: {"list": "list", "own": "see", "public": "see"},
    catalogue.Skill: TO_CHOOSE,
    catalogue.Role: TO_CHOOSE,
    catalogue.Question: TO_CHOOSE,
    catalogue.Tag: TO_CHOOSE,
    catalogue.Competence: TO_CHOOSE,
    catalogue.Resource: {"list": "list add sheet", "own": OWN, "public": "see propose"},
    catalogue.Proposal: {"list": "list", "own": "see keep"},
    Curator: {"list": "list", "own": "see keep change"},
    pathways.Pathway: {"list": "list add", "own": OWN},
    # A pathway's only revision stays.
    pathways.Revision: {"list": "list", "own": "see keep change"},
    pathways.Stage: {"list": "list", "own": OWN},
    pathways.Step: {"list": "list add", "own": OWN},
}
PARTNER: Rights = {
    catalogue.Organisation: {"list": "list", "own": "see keep change"},
}

DRAFT, SHOWN = f"{OWN} publish", "see keep change publish"
KEPT: Words = {"list": "list add", "own": DRAFT, "others": DRAFT, "public": SHOWN}
PART: Words = {**KEPT, "public": SHOWN}
LOOKED_AT: Words = {"list": "list", "others": "see keep"}

EDITOR: Rights = {
    **dict.fromkeys(
        [
            catalogue.Skill,
            catalogue.Role,
            catalogue.Question,
            catalogue.Tag,
            catalogue.Competence,
            catalogue.Level,
            catalogue.Statement,
            pathways.QuestionPathway,
        ],
        KEPT,
    ),
    catalogue.Organisation: {**KEPT, "own": SHOWN},
    catalogue.Framework: {**KEPT, "list": "list add import"},
    catalogue.Resource: {**KEPT, "list": "list add import sheet"},
    catalogue.Crosswalk: KEPT,
    catalogue.LinkHealth: LOOKED_AT,
    catalogue.FormerAddress: LOOKED_AT,
    catalogue.Decision: LOOKED_AT,
    catalogue.Merge: LOOKED_AT,
    catalogue.Proposal: {"list": "list", "own": "see keep publish", "others": "see keep publish"},
    pathways.Pathway: {**KEPT, "list": "list add import"},
    pathways.Revision: {"list": "list", "own": SHOWN, "others": SHOWN, "public": SHOWN},
    pathways.Stage: {**KEPT, "list": "list"},
    pathways.Step: KEPT,
    Curator: {"list": "list add", "own": SHOWN, "others": SHOWN, "public": SHOWN},
    Suggestion: {"list": "list", "others": "see keep delete"},
    User: {"list": "list", "own": "see keep", "others": "see keep"},
    Invitation: {"list": "list add", "others": "see keep delete publish"},
}
ALL = f"{OWN} administer"
ADMINISTRATOR: Rights = {
    **EDITOR,
    Curator: {
        "list": "list add",
        "own": f"{SHOWN} administer",
        "others": f"{DRAFT} administer",
        "public": f"{SHOWN} administer",
    },
    User: {"list": "list add", "own": ALL, "others": ALL},
    Group: {"list": "list add", "others": ALL},
}

MAY: dict[str, Rights] = {
    "visitor": {},
    "learner": {},
    "partner": PARTNER,
    "guest": GUEST,
    "editor": EDITOR,
    "admin": ADMINISTRATOR,
}


# Who is to be told nothing of others: for the rest it is enough to know whether a page is there.
KEPT_APART = ("guest", "partner")


@pytest.fixture
def quick(who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are answered without being written, but for those in whose pages a test looks."""
    if who not in KEPT_APART:
        monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


def may(who: str, model: type[Model], whose: str) -> set[str]:
    return set(MAY[who].get(model, {}).get(whose, "").split())


@pytest.fixture
def rows(cast: Cast) -> dict[str, dict[type[Model], Model]]:
    return world(cast)


def of_rows(rows: dict) -> Iterator[tuple[Page, str, Model]]:
    for page in pages():
        for whose, made in rows.items():
            if page.is_of_a_row and page.model in made:
                yield page, whose, made[page.model]


class TestTables:
    def test_every_page_stands_in_one(self) -> None:
        names = defaultdict(set)
        for page in pages():
            names[page.is_of_a_row].add(page.name)

        assert names[True] == {*OF_A_ROW}
        assert names[False] == {*OF_A_LIST}
        assert names_of_the_site() == OF_THE_SITE

    def test_every_model_has_a_row_that_is_another_s(self, rows: dict) -> None:
        assert {*admin.site._registry} == {*rows["others"]}

    def test_every_verb_has_a_page(self) -> None:
        assert {verb.name for own in admin.site._registry.values() for verb in own.verbs} <= {
            *OF_A_ROW
        }


@pytest.fixture
def unvisited(monkeypatch: pytest.MonkeyPatch) -> None:
    """No link is visited from here."""
    monkeypatch.setattr("catalogue.links.desk.visit", lambda resource: None)


@pytest.mark.parametrize("who", MAY)
@pytest.mark.usefixtures("quick", "unvisited")
class TestEveryone:
    def test_opens_the_pages_of_those_rows_alone_that_the_tables_say(
        self, cast: Cast, rows: dict, who: str
    ) -> None:
        client = cast.client_of(who)
        wrong = []
        for page, whose, row in of_rows(rows):
            needs = OF_A_ROW[page.name][0]
            response = client.get(page.url(row))
            is_open = not is_refused(response)
            if is_open != (needs in may(who, page.model, whose)):
                wrong.append((page.url_name, whose, response.status_code))
            told = response.content.decode() + response.headers.get("Location", "")
            if who in KEPT_APART and SECRET in told:
                wrong.append((page.url_name, whose, "tells"))

        assert wrong == []

    def test_edits_those_rows_alone_that_the_tables_say(
        self, cast: Cast, rows: dict, who: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
        client = cast.client_of(who)
        wrong = []
        before = edits()
        for page, whose, row in of_rows(rows):
            is_theirs = OF_A_ROW[page.name][1] in may(who, page.model, whose)
            response, after = sent_to(client, page, row)
            edited = after != before
            if is_refused(response) == is_theirs or (edited and not is_theirs):
                wrong.append((page.url_name, whose, response.status_code, edited))

        assert wrong == []

    def test_opens_and_sends_what_is_of_no_row_as_the_tables_say(
        self, cast: Cast, rows: dict, who: str
    ) -> None:
        client = cast.client_of(who)
        wrong = []
        before = edits()
        for page in pages():
            if page.is_of_a_row:
                continue
            is_theirs = OF_A_LIST[page.name] in may(who, page.model, "list")
            response = client.get(page.url())
            sent, after = sent_to(client, page, None)
            edited = after != before
            # A file that nobody chose is found by nobody, whoever asks.
            is_open = is_theirs and not page.name.endswith(("_rejects", "_changes"))
            if is_refused(response) == is_open or (edited and not is_theirs):
                wrong.append((page.url_name, response.status_code, sent.status_code, edited))
            if who in KEPT_APART and SECRET in response.getvalue().decode():
                wrong.append((page.url_name, "tells"))

        assert wrong == []

    def test_does_with_many_what_they_may_do_with_each(
        self, cast: Cast, rows: dict, who: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
        client = cast.client_of(who)
        wrong = []
        before = edits()
        for model in admin.site._registry:
            for action in actions_of(model):
                # No list deletes many.
                needs = OF_A_ROW[action][1] if action in OF_A_ROW else "nothing"
                for whose, made in rows.items():
                    is_theirs = needs in may(who, model, whose)
                    if model not in made or is_theirs:
                        continue
                    if acted(client, model, action, made[model]) != before:
                        wrong.append((model.__name__, action, whose))

        assert wrong == []


class TestTheSite:
    @pytest.mark.parametrize("who", KEPT_APART)
    def test_it_tells_nothing_of_others(self, cast: Cast, rows: dict, who: str) -> None:
        client = cast.client_of(who)
        for address in [
            reverse("admin:index"),
            *(
                reverse("admin:app_list", args=[app])
                for app in ("catalogue", "curators", "pathways")
            ),
            reverse("admin:jsi18n"),
            reverse("admin:password_change"),
        ]:
            told = client.get(address).content.decode()

            assert SECRET not in told and "other@example.org" not in told, address

    def test_nobody_is_led_to_the_page_of_what_they_may_not_see(
        self, cast: Cast, rows: dict
    ) -> None:
        client = cast.client_of("guest")
        led = []
        for model, row in rows["others"].items():
            kind = ContentType.objects.get_for_model(model).pk
            if not is_refused(client.get(f"/admin/r/{kind}/{row.pk}/")):
                led.append(model)

        assert led == []
