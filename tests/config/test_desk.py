"""The desk as a whole: every model is kept there, tidily, and whatever comes in gets an answer."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse

from catalogue import models as catalogue
from catalogue.desk import PublicAdmin
from catalogue.merging import merge
from catalogue.models import (
    Decision,
    FormerAddress,
    LinkHealth,
    Merge,
    Proposal,
    Resource,
)
from catalogue.vocabularies import LinkState
from curators.models import Invitation, Suggestion, User
from pathways import models as pathways
from tests.cast import Cast
from tests.config.documents import house_models
from tests.factories import (
    PUBLIC_MODELS,
    CompetenceFactory,
    CreditFactory,
    CrosswalkFactory,
    InvitationFactory,
    LevelFactory,
    MaintainerFactory,
    MembershipFactory,
    ProposalFactory,
    QuestionPathwayFactory,
    ResourceCompetenceFactory,
    ResourceFactory,
    ResourceSkillFactory,
    RevisionRoleFactory,
    RevisionSkillFactory,
    RoleSkillFactory,
    SkillFactory,
    SkillStatementFactory,
    StatementFactory,
    SuggestionFactory,
    UserFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
    make_public_row,
)
from tests.pages import links, open_page, texts, words

pytestmark = pytest.mark.django_db

# What the site writes for itself, and what only ties two rows together in a field of one of them.
BEHIND = {
    *("SiteRevision", "SiteMove", "StarterItem", "QueueMark", "UnansweredSearch"),
    # Told on pages of the desk of what it was counted of.
    "MonthlyCount",
    *("Chunk", "ChunkSet", "ChunkWords", "Vocabulary", "Posting", "Fresh"),
    # Said and answered on the page of a review.
    "Remark",
    # Shown with the link on a resource's form; what mails are remembered by; links to drafts.
    *("LinkVisit", "FormerLink", "ToldLink", "Confirmation", "PreviewLink"),
    *("RelatedSkills", "QuestionSkill", "QuestionResource", "ResourceTag"),
}
# Names are facts as soon as they are known.
BORN_PUBLIC = {catalogue.Organisation, catalogue.Tag}
# Chosen from a short list of the same framework or revision.
SHORT = {"parent", "level", "stage", "revision", "permissions"}


def make_link() -> LinkHealth:
    return ResourceFactory(link=LinkState.WORKS).link


def make_former() -> FormerAddress:
    skill = SkillFactory()
    skill.slug = f"{skill.slug}-anew"
    skill.save()
    return FormerAddress.objects.order_by("pk").last()


def make_decision() -> Decision:
    return Decision.record(SkillFactory(), "published", by=UserFactory())


def make_step() -> pathways.Step:
    return add_step(add_stage(make_draft()), ResourceFactory(), stand_in=ResourceFactory())


# A row of each kind that has a form of its own, with all it leads to its own too.
MAKERS: dict[type[Model], Callable[[], Model]] = {
    **{model: lambda model=model: make_public_row(model) for model in PUBLIC_MODELS},
    catalogue.Competence: lambda: CompetenceFactory(parent=None),
    catalogue.Level: LevelFactory,
    catalogue.Statement: StatementFactory,
    catalogue.Crosswalk: CrosswalkFactory,
    LinkHealth: make_link,
    FormerAddress: make_former,
    Merge: lambda: merge(ResourceFactory(), into=ResourceFactory(), by=None),
    Decision: make_decision,
    Proposal: ProposalFactory,
    pathways.Pathway: make_pathway,
    pathways.Revision: make_draft,
    pathways.Stage: lambda: add_stage(make_draft()),
    pathways.Step: make_step,
    pathways.QuestionPathway: QuestionPathwayFactory,
    Suggestion: SuggestionFactory,
    User: UserFactory,
    Invitation: InvitationFactory,
    Group: lambda: Group.objects.create(name=f"Group {Group.objects.count()}"),
}

# A part of a row, by the form that it stands in: (form's row from the part, a maker of parts of it).
PARTS = {
    "levels": lambda: (make_public_row(catalogue.Framework), LevelFactory, "framework"),
    "sentences": lambda: (CompetenceFactory(), StatementFactory, "competence"),
    "skills of a resource": lambda: (ResourceFactory(), ResourceSkillFactory, "resource"),
    "competences of one": lambda: (ResourceFactory(), ResourceCompetenceFactory, "resource"),
    "skills of a role": lambda: (make_public_row(catalogue.Role), RoleSkillFactory, "role"),
    "credits": lambda: (make_draft().pathway, CreditFactory, "pathway"),
    "maintainers": lambda: (make_draft().pathway, MaintainerFactory, "pathway"),
    "memberships": lambda: (UserFactory(), MembershipFactory, "user"),
    "skills practised": lambda: (make_draft(), RevisionSkillFactory, "revision"),
    "roles it is for": lambda: (make_draft(), RevisionRoleFactory, "revision"),
    "steps": lambda: (make_draft(), add_a_step, "revision"),
}


def add_a_step(*, revision: pathways.Revision, position: int = 1) -> pathways.Step:
    stage = revision.stages.first() or add_stage(revision)
    return add_step(stage, ResourceFactory(), stand_in=ResourceFactory())


def of(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def change(row: Model) -> str:
    return of(type(row), "change", row.pk)


@pytest.fixture
def desk(cast: Cast) -> Client:
    return cast.client_of("admin")


def named(model: type) -> str:
    return model.__name__


class TestEveryModel:
    def test_each_has_a_form_of_its_own_or_stands_in_another_s(self) -> None:
        site = admin.site._registry
        kept = {*site, *(inline.model for one in site.values() for inline in one.inlines)}

        assert {model.__name__ for model in {*house_models()} - kept} <= BEHIND

    def test_each_with_a_form_is_tested_here(self) -> None:
        assert {*admin.site._registry} == {*MAKERS}

    @pytest.mark.parametrize("model", MAKERS, ids=named)
    def test_its_list_can_be_searched_and_costs_the_same_however_long(
        self, desk: Client, count_queries: Callable, model: type[Model]
    ) -> None:
        for _one in range(2):
            MAKERS[model]()
        address = of(model, "changelist")
        desk.get(address)
        with count_queries() as few:
            page = open_page(desk, address)

        for _more in range(5):
            MAKERS[model]()
        with count_queries() as many:
            desk.get(address)

        assert page.select_one("#searchbar")
        assert len(many) == len(few)

    @pytest.mark.parametrize("model", MAKERS, ids=named)
    def test_its_form_opens_and_sends_back_what_it_shows(
        self, desk: Client, model: type[Model]
    ) -> None:
        row = MAKERS[model]()
        page = open_page(desk, change(row))
        if not page.select("[name=_save]"):
            return

        response = desk.post(change(row), filled_in(page))

        assert response.status_code == 302, texts(page, ".errorlist")

    @pytest.mark.parametrize("model", MAKERS, ids=named)
    def test_its_relations_are_found_by_typing(self, rf: RequestFactory, model: type) -> None:
        request = rf.get("/")
        request.user = UserFactory(is_superuser=True, is_staff=True)
        row = MAKERS[model]()
        request.resolver_match = type("Match", (), {"kwargs": {}, "url_name": "x"})
        own = admin.site.get_model_admin(model)

        asked = {
            name: field
            for fields in forms_of(own, request, row)
            for name, field in fields.items()
            if hasattr(field, "queryset") and name not in SHORT
        }

        plain = [
            name
            for name, field in asked.items()
            if not isinstance(getattr(field.widget, "widget", field.widget), AutocompleteMixin)
            and not field.widget.is_hidden
        ]
        assert plain == []

    @pytest.mark.parametrize("parts", PARTS)
    def test_more_parts_cost_a_form_no_more_queries(
        self, desk: Client, count_queries: Callable, parts: str
    ) -> None:
        whole, make, name = PARTS[parts]()

        def add(position: int) -> None:
            more = {"position": position} if make in (RoleSkillFactory, CreditFactory) else {}
            make(**{name: whole}, **more)

        add(1)
        desk.get(change(whole))
        with count_queries() as few:
            desk.get(change(whole))
        for position in range(2, 6):
            add(position)
        with count_queries() as many:
            desk.get(change(whole))

        assert len(many) == len(few)


def forms_of(own: Any, request: Any, row: Model) -> Iterator[Any]:
    """Fields by name: of the row's form, then of each of its parts, without the way back to it."""
    if own.has_change_permission(request, row):
        yield own.get_form(request, row, change=True).base_fields
    for inline in own.get_inline_instances(request, row):
        formset = inline.get_formset(request, row)
        fields = formset.form.base_fields
        yield {name: field for name, field in fields.items() if name != formset.fk.name}


def filled_in(page: Any) -> dict[str, Any]:
    """What the form on the page sends when nobody changes anything."""
    form = page.select_one("#content-main form")
    sent: dict[str, Any] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        kind = field.get("type", field.name)
        if kind in ("submit", "button") or (
            kind in ("checkbox", "radio") and "checked" not in field.attrs
        ):
            continue
        if field.name == "select":
            chosen = [one.get("value", "") for one in field.select("option[selected]")]
            value = chosen or ([] if field.has_attr("multiple") else [""])
        elif field.name == "textarea":
            value = [field.get_text().removeprefix("\n")]
        else:
            value = [field.get("value", "")]
        sent.setdefault(field["name"], []).extend(value)
    return {name: value for name, value in sent.items() if "__prefix__" not in name} | {
        "_save": "Save"
    }


class TestWhatWasPublicStays:
    @pytest.mark.parametrize("model", PUBLIC_MODELS, ids=named)
    def test_no_button_deletes_it_and_no_forged_request(
        self, desk: Client, model: type[Model]
    ) -> None:
        row = make_public_row(model)

        page = open_page(desk, change(row))
        asked = desk.post(of(model, "delete", row.pk), {"post": "yes"})

        assert page.select(".deletelink") == []
        assert asked.status_code == 403
        assert model.objects.filter(pk=row.pk).exists()

    @pytest.mark.parametrize("model", MAKERS, ids=named)
    def test_no_list_deletes_many(self, desk: Client, model: type[Model]) -> None:
        row = MAKERS[model]()
        count = model.objects.count()

        page = open_page(desk, of(model, "changelist"))
        asked = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        desk.post(of(model, "changelist"), asked)

        assert page.select("option[value=delete_selected]") == []
        assert model.objects.count() == count

    def test_a_user_s_work_outlives_the_account(self, desk: Client, cast: Cast) -> None:
        resource = ResourceFactory(published=False)
        resource.publish(by=cast.guest)

        desk.post(of(User, "delete", cast.guest.pk), {"post": "yes"})

        assert not User.objects.filter(pk=cast.guest.pk).exists()
        assert Decision.objects.get(verb="published").by is None
        assert cast.guest_curator.__class__.objects.filter(name="A guest curator").exists()

    @pytest.mark.parametrize(
        "make",
        [CompetenceFactory, LevelFactory, StatementFactory],
        ids=["competence", "level", "statement"],
    )
    def test_nor_is_a_part_of_a_public_framework(self, desk: Client, make: Any) -> None:
        part = make()

        response = desk.post(of(type(part), "delete", part.pk), {"post": "yes"})

        assert response.status_code == 403
        assert type(part).objects.filter(pk=part.pk).exists()

    def test_nor_a_sentence_in_the_form_of_its_skill(self, desk: Client) -> None:
        sentence = SkillStatementFactory()
        sent = filled_in(open_page(desk, change(sentence.skill)))

        desk.post(change(sentence.skill), {**sent, "statements-0-DELETE": "on"})

        assert catalogue.SkillStatement.objects.filter(pk=sentence.pk).exists()

    def test_nor_link_health_but_with_its_draft(self, desk: Client) -> None:
        public, draft = (ResourceFactory(published=is_, link="works") for is_ in (True, False))

        for link in (public.link, draft.link):
            assert desk.post(of(LinkHealth, "delete", link.pk), {"post": "yes"}).status_code == 403
        desk.post(of(Resource, "delete", draft.pk), {"post": "yes"})

        assert [link.resource for link in LinkHealth.objects.all()] == [public]
        assert [*Resource.objects.all()] == [public]


class TestStatus:
    """Nobody gets around the verbs by a form."""

    FORGED = {
        "status": "published",
        "published_at_0": "2025-01-01",
        "published_at_1": "00:00",
        "withdrawn_reason": "forged",
        "uid": "00000000-0000-4000-8000-000000000000",
        "pathway_count": "99",
    }

    @pytest.mark.parametrize(
        "model", [one for one in PUBLIC_MODELS if one not in BORN_PUBLIC], ids=named
    )
    def test_a_draft_stays_one(self, desk: Client, model: type[Model]) -> None:
        row = make_public_row(model, published=False)
        sent = filled_in(open_page(desk, change(row)))

        response = desk.post(change(row), {**sent, **self.FORGED})

        uid = row.uid
        row.refresh_from_db()
        assert response.status_code == 302
        assert (row.status, row.published_at, row.withdrawn_reason) == ("draft", None, "")
        assert row.uid == uid

    def test_a_new_one_is_a_draft(self, desk: Client) -> None:
        sent = filled_in(open_page(desk, of(Resource, "add")))

        desk.post(
            of(Resource, "add"),
            {**sent, **self.FORGED, "title": "New", "url": "https://example.org/new"},
        )

        assert Resource.objects.get().status == "draft"

    def test_a_revision_stays_a_draft(self, desk: Client) -> None:
        draft = make_draft()
        sent = filled_in(open_page(desk, change(draft)))

        desk.post(change(draft), {**sent, **self.FORGED, "publish_at_0": "2025-01-01"})

        draft.refresh_from_db()
        assert (draft.status, draft.published_at, draft.publish_at) == ("draft", None, None)


class TestFirstPage:
    def test_it_tells_what_waits_and_leads_there(self, desk: Client) -> None:
        ResourceFactory(published=False)
        ResourceFactory(link="gone")
        SkillFactory.create_batch(2, published=False)
        make_draft()

        waiting = links(open_page(desk, reverse("admin:index")), ".desk-waiting a")

        assert set(waiting) == {
            "Resources: 1 draft",
            "Skills: 2 drafts",
            "Pathways: 1 draft",
            "1 link of a public resource is gone",
        }
        for what, where in waiting.items():
            rows = open_page(desk, where).select("#result_list tbody tr")
            assert len(rows) == int(next(word for word in what.split() if word.isdigit()))

    def test_it_says_so_when_nothing_waits(self, desk: Client) -> None:
        page = open_page(desk, reverse("admin:index"))

        assert words(page.select_one(".desk-waiting p")) == (
            "Nothing waits: no draft, nothing to review."
        )

    def test_nobody_is_told_of_what_they_may_not_change(self, cast: Cast) -> None:
        ResourceFactory(published=False)
        make_draft()
        ResourceFactory(link="gone")

        page = open_page(cast.client_of("partner"), reverse("admin:index"))

        assert page.select(".desk-waiting a") == []

    def test_more_drafts_cost_no_more_queries(self, desk: Client, count_queries: Callable) -> None:
        SkillFactory(published=False)
        desk.get(reverse("admin:index"))
        with count_queries() as few:
            desk.get(reverse("admin:index"))

        SkillFactory.create_batch(5, published=False)
        with count_queries() as many:
            desk.get(reverse("admin:index"))

        assert len(many) == len(few)

    def test_groups_stand_among_the_people_and_no_table_of_taggit(self, desk: Client) -> None:
        page = open_page(desk, reverse("admin:index"))

        assert texts(page, "#content-main caption") == ["Catalogue", "Pathways", "People"]
        assert "Groups" in links(page, "#content-main .app-curators a")


class TestViewOnSite:
    """`/admin/r/<kind>/<number>/`, as old links and other pages of the desk may have it."""

    @staticmethod
    def address(model: type[Model], pk: object) -> str:
        kind = ContentType.objects.get_for_model(model).pk
        return f"/admin/r/{kind}/{pk}/"

    def test_it_leads_to_the_page(self, desk: Client) -> None:
        skill = SkillFactory()

        response = desk.get(self.address(type(skill), skill.pk))

        assert response.headers["Location"] == skill.get_absolute_url()

    @pytest.mark.parametrize("path", ["x/1", "0/1", "99999999999999999999/1", "1/x", "²/1"])
    def test_what_is_no_row_is_not_found(self, desk: Client, path: str) -> None:
        open_page(desk, f"/admin/r/{path}/", status=404)

    def test_a_draft_has_no_page(self, desk: Client) -> None:
        draft = SkillFactory(published=False)

        open_page(desk, self.address(type(draft), draft.pk), status=404)
        assert "View on site" not in links(open_page(desk, change(draft)))

    def test_nor_has_history(self, desk: Client) -> None:
        SkillFactory()
        event = catalogue.Skill.pgh_event_model.objects.first()

        open_page(desk, self.address(type(event), event.pk), status=404)

    def test_who_may_not_look_at_the_row_is_refused(self, cast: Cast) -> None:
        skill = SkillFactory()

        open_page(cast.client_of("partner"), self.address(type(skill), skill.pk), status=403)


class TestFoundByTyping:
    def find(self, client: Client, model: str, field: str, term: str) -> list[str]:
        asked = {"app_label": "catalogue", "model_name": model, "field_name": field, "term": term}
        response = client.get(reverse("admin:autocomplete"), asked)
        return [one["text"] for one in response.json()["results"]]

    def test_a_competence_names_its_framework(self, desk: Client) -> None:
        CompetenceFactory(code="1.2", title="Evaluating data", framework__title="DigComp 9")

        found = self.find(desk, "skillcompetence", "competence", "evaluating")

        assert found == ["DigComp 9: 1.2 Evaluating data"]

    def test_what_is_not_public_says_so(self, desk: Client) -> None:
        SkillFactory(title="Cleaning data", published=False)

        assert self.find(desk, "resourceskill", "skill", "clean") == ["Cleaning data (Draft)"]


class TestGroups:
    def test_permissions_are_those_of_what_the_desk_keeps(self, desk: Client) -> None:
        page = open_page(desk, of(Group, "add"))

        offered = " ".join(texts(page, "#id_permissions option"))
        assert "Can publish resource" in offered
        assert "event" not in offered and "session" not in offered


class TestForgedLists:
    @pytest.mark.parametrize("chosen", ["x", "", "1 OR 1=1", "9" * 40, "-1", "٣"])
    def test_what_is_no_row_changes_nothing(self, desk: Client, chosen: str) -> None:
        ResourceFactory(published=False)

        response = desk.post(
            of(Resource, "changelist"), {"action": "publish", "_selected_action": [chosen]}
        )

        assert response.status_code in (200, 302)
        assert Resource.objects.get().status == "draft"

    @pytest.mark.parametrize("pk", ["x", "9" * 40, "0", "%00", "_5F"])
    @pytest.mark.parametrize("page", ["publish", "withdraw", "change"])
    def test_an_address_without_a_row_leads_back(self, desk: Client, pk: str, page: str) -> None:
        response = desk.get(f"/admin/catalogue/resource/{pk}/{page}/", follow=True)

        assert response.status_code in (200, 404)


def somebody_who_may(*codes: str) -> Client:
    user = UserFactory(is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=codes))
    client = Client()
    client.force_login(user)
    return client


def test_who_may_only_look_changes_nothing() -> None:
    client = somebody_who_may("view_resource")
    resource = ResourceFactory()

    page = open_page(client, change(resource))

    assert page.select("[name=_save], .desk-verb") == []
    assert client.post(change(resource), {"title": "Forged"}).status_code == 403


def test_the_states_of_rows_with_a_page_are_in_every_form(desk: Client) -> None:
    for model, own in admin.site._registry.items():
        if isinstance(own, PublicAdmin):
            page = open_page(desk, change(MAKERS[model]()))
            assert words(page.select_one(".desk-state")) == "Published"
