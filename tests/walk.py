"""Walks the desk: every address of the resolver, every action, every verb, as whoever it is asked for.

`tests/config/test_who_may.py` says who may what; here stands how it is tried.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from catalogue import models as catalogue
from catalogue.merging import merge
from catalogue.models import Decision
from curators.invitations.models import Invitation
from curators.models import Curator, Membership, User
from pathways import models as pathways
from pathways import publication
from tests.cast import Cast
from tests.factories import (
    CompetenceFactory,
    CrosswalkFactory,
    CuratorFactory,
    FrameworkFactory,
    InvitationFactory,
    LevelFactory,
    OrganisationFactory,
    ProposalFactory,
    QuestionFactory,
    QuestionPathwayFactory,
    ResourceFactory,
    RevisionRoleFactory,
    RevisionSkillFactory,
    RoleFactory,
    SkillFactory,
    StatementFactory,
    SuggestionFactory,
    TagFactory,
    UserFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)

# Stands in every text of what the guest curator of the cast must never see.
SECRET = "Zyzzyva"

# Addresses


@dataclass(frozen=True)
class Page:
    """An address of a ModelAdmin: its model, its name after the model's, and what it is asked with."""

    model: type[Model]
    name: str
    keywords: tuple[str, ...]
    url_name: str

    def url(self, row: Model | None = None) -> str:
        given = {"key": uuid4()} if "key" in self.keywords else {}
        if row is not None:
            given = dict.fromkeys(self.keywords, row.pk)
        if "n" in given:
            given["n"] = 1
        if "uid" in given:
            step = row.steps.filter(resource__isnull=False).first()
            given["uid"] = step.resource.uid if step else uuid4()
        return reverse(f"admin:{self.url_name}", kwargs=given or None)

    @property
    def is_of_a_row(self) -> bool:
        return bool({*self.keywords} - {"key"})


def pages() -> list[Page]:
    """Every named address of every ModelAdmin."""
    found = []
    for model, own in admin.site._registry.items():
        prefix = f"{model._meta.app_label}_{model._meta.model_name}_"
        for pattern in own.get_urls():
            if pattern.name:
                name = pattern.name.removeprefix(prefix)
                keywords = tuple(pattern.pattern.converters)
                found.append(Page(model, name, keywords, pattern.name))
    return found


def names_of_the_site() -> set[str | None]:
    """Names of the addresses that are no ModelAdmin's."""
    own = {page.url_name for page in pages()}
    return {name for name in _names(admin.site.get_urls()) if name not in own}


def _names(patterns: list[Any]) -> Iterator[str | None]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from (name for name in _names(one.url_patterns) if name)
        elif isinstance(one, URLPattern):
            yield one.name


# Rows


def world(cast: Cast) -> dict[str, dict[type[Model], Model]]:
    """For each model of the desk a row that is the guest curator's `own`, one that is `others'`
    and no reader has seen, and one that is `public`; as far as there can be one."""
    return {
        "own": {**_pathway_of(cast.guest, "Mine"), Curator: cast.guest_curator, User: cast.guest}
        | {catalogue.Organisation: _organisation_of(cast.partner)},
        "others": {**_pathway_of(cast.other_guest, SECRET), **_drafts(), **_written()},
        "public": _public(cast),
    }


def _organisation_of(partner: User) -> Model:
    return Membership.objects.get(user=partner).organisation


def _pathway_of(user: User, title: str) -> dict[type[Model], Model]:
    draft = make_draft(f"{title} pathway", by=user)
    resource = ResourceFactory(title=f"{title} resource", published=False, added_by=user)
    stage = add_stage(draft, f"{title} stage")
    RevisionSkillFactory(revision=draft)
    RevisionRoleFactory(revision=draft)
    draft.introduction = f"{title} introduction"
    draft.save()
    return {
        pathways.Pathway: draft.pathway,
        pathways.Revision: draft,
        pathways.Stage: stage,
        pathways.Step: add_step(stage, resource, note=f"{title} note"),
        pathways.QuestionPathway: QuestionPathwayFactory(pathway=draft.pathway),
        catalogue.Resource: resource,
        catalogue.Proposal: ProposalFactory(by=user, why=f"{title} reason"),
    }


def _drafts() -> dict[type[Model], Model]:
    framework = FrameworkFactory(title=f"{SECRET} framework", published=False)
    competence = CompetenceFactory(framework=framework, title=f"{SECRET} competence")
    made = [
        framework,
        competence,
        LevelFactory(framework=framework, title=f"{SECRET} level"),
        StatementFactory(competence=competence, text=f"{SECRET} statement"),
        CrosswalkFactory(source=competence, note=f"{SECRET} note"),
        OrganisationFactory(name=f"{SECRET} organisation", published=False),
        SkillFactory(title=f"{SECRET} skill", published=False),
        RoleFactory(title=f"{SECRET} role", published=False),
        QuestionFactory(title=f"{SECRET} question", published=False),
        TagFactory(name=f"{SECRET} tag", published=False),
        CuratorFactory(name=f"{SECRET} curator", published=False),
        UserFactory(email=f"{SECRET}@example.org", name=f"{SECRET} user"),
        Group.objects.create(name=f"{SECRET} group"),
        SuggestionFactory(url=f"https://example.org/{SECRET}", text=f"{SECRET} sentence"),
    ]
    return {type(row): row for row in made}


def _written() -> dict[type[Model], Model]:
    """What the site writes by itself."""
    resource = ResourceFactory(title=f"{SECRET} resource 2", published=False, link="works")
    skill = SkillFactory(title=f"{SECRET} named once")
    skill.title = skill.slug = "named-anew"
    skill.save()
    return {
        catalogue.LinkHealth: resource.link,
        catalogue.FormerAddress: catalogue.FormerAddress.objects.latest("pk"),
        catalogue.Merge: merge(
            ResourceFactory(title=f"{SECRET} twin", published=False), into=resource, by=None
        ),
        Decision: Decision.record(resource, "noted", by=None, note=f"{SECRET} note"),
        Invitation: InvitationFactory(name=f"{SECRET} invited"),
    }


def _public(cast: Cast) -> dict[type[Model], Model]:
    pathway = make_pathway("A public pathway", by=cast.other_guest)
    # What comes next of it is nobody else's business.
    draft = publication.draft_from(pathway.published_revision, by=cast.other_guest)
    pathways.Revision.objects.filter(pk=draft.pk).update(title=f"{SECRET} next")
    shown = pathway.published_revision
    framework = FrameworkFactory()
    made = [
        pathway,
        shown,
        shown.stages.get(),
        shown.steps.first(),
        framework,
        CompetenceFactory(framework=framework),
        LevelFactory(framework=framework),
        OrganisationFactory(),
        SkillFactory(),
        RoleFactory(),
        QuestionFactory(),
        TagFactory(),
        ResourceFactory(link="works"),
        cast.other_guest.curator,
    ]
    return {type(row): row for row in made}


# Asking


@contextmanager
def undone() -> Iterator[None]:
    """What the block writes is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def edits() -> int:
    """A number that every edit moves, whichever way it is made: the history is append only."""
    tables = [
        table
        for table in connection.introspection.table_names()
        if table.endswith("event") or table in {"catalogue_decision", "catalogue_proposal"}
    ]
    counts = " + ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    answered = "(SELECT count(*) FROM catalogue_proposal WHERE status <> 'waiting')"
    people = "(SELECT count(*) FROM curators_user) + (SELECT count(*) FROM auth_group)"
    # Each that is sent again has another digest.
    invited = "SELECT hashtext(string_agg(token_digest || coalesce(revoked_at::text, ''), ''))"
    people += f" + ({invited} FROM curators_invitation)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts} + 1000 * {answered} + {people}")
        return cursor.fetchone()[0]


def is_refused(response: HttpResponse) -> bool:
    """Whether the page isn't there for who asked: no such row, or not for them."""
    away = {reverse("admin:index"), reverse("admin:login")}
    leads = response.headers.get("Location", "").partition("?")[0]
    return response.status_code in (400, 403, 404, 405) or leads in away


# Sent to every form: what a verb may ask, and what would do most harm where it isn't checked.
FORGED = {
    "post": "yes",
    "decide": "yes",
    "note": "Forged.",
    "reason": "Forged.",
    "sure": "on",
    "why": "Forged.",
    "title": "Forged",
    "name": "Forged",
    "status": "published",
    "_save": "Save",
}


def sent_to(client: Client, page: Page, row: Model | None) -> tuple[HttpResponse, int]:
    """(the answer to a POST, `edits()` after it); nothing of it stays."""
    with undone():
        return client.post(page.url(row), FORGED), edits()


def actions_of(model: type[Model]) -> list[str]:
    """Names of everything that the list of `model` does with many rows, whoever asks."""
    own = admin.site._registry[model]
    named = [one if isinstance(one, str) else one.__name__ for one in own.actions or ()]
    return ["delete_selected", *named, *(verb.name for verb in own.verbs)]


def acted(client: Client, model: type[Model], action: str, row: Model) -> int:
    """`edits()` after the action was sent with `row` chosen; nothing of it stays."""
    opts = model._meta
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    with undone():
        client.post(address, {**FORGED, "action": action, "_selected_action": [row.pk]})
        return edits()
