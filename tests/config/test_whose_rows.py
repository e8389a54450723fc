"""Two guest curators at the desk: neither reaches anything of the other's, however they ask."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from catalogue.models import Resource
from curators.models import Curator
from pathways import publication
from pathways.models import Credit, Maintainer, Pathway, Revision, Step
from tests.cast import Cast
from tests.config.test_desk import change, filled_in, of
from tests.factories import (
    CuratorFactory,
    OrganisationFactory,
    QuestionFactory,
    ResourceFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)
from tests.pages import links, open_page, texts, words
from tests.walk import SECRET, Page, is_refused, pages, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(cast: Cast) -> dict[str, dict[type[Model], Any]]:
    return world(cast)


@pytest.fixture
def guest(cast: Cast, rows: dict) -> Client:
    return cast.client_of("guest")


def sent_back(client: Client, address: str, **changed: Any) -> str:
    """Opens the form, sends it with `changed` in it, and answers what the site says."""
    sent = {**filled_in(open_page(client, address)), **changed}
    return client.post(address, sent, follow=True).content.decode()


class TestForgedRelations:
    """A form takes what its owner may choose, and nothing else that exists."""

    def test_a_step_takes_no_resource_that_is_another_s_draft(
        self, guest: Client, rows: dict
    ) -> None:
        step, secret = rows["own"][Step], rows["others"][Resource]

        told = sent_back(guest, change(step), resource=secret.pk)

        step.refresh_from_db()
        assert step.resource == rows["own"][Resource]
        assert SECRET not in told

    def test_nor_another_s_draft_as_its_stand_in(self, guest: Client, rows: dict) -> None:
        step = rows["own"][Step]

        told = sent_back(guest, change(step), stand_in=rows["others"][Resource].pk)

        step.refresh_from_db()
        assert step.stand_in is None and SECRET not in told

    def test_nor_a_pathway_that_is_another_s_draft(self, guest: Client, rows: dict) -> None:
        step = rows["own"][Step]
        changed = {"kind": "pathway", "resource": "", "pathway": rows["others"][Pathway].pk}

        told = sent_back(guest, change(step), **changed)

        step.refresh_from_db()
        assert step.pathway is None and SECRET not in told

    def test_it_takes_what_is_public(self, guest: Client, rows: dict) -> None:
        step, public = rows["own"][Step], rows["public"][Resource]

        sent_back(guest, change(step), resource=public.pk)

        step.refresh_from_db()
        assert step.resource == public

    @pytest.mark.parametrize("name", ["revision", "stage"])
    def test_a_new_step_goes_to_no_draft_of_another(
        self, guest: Client, rows: dict, name: str
    ) -> None:
        own, others = rows["own"], rows["others"]
        query = {"revision": own[Revision].pk, "stage": own[type(own[Step].stage)].pk}
        row = others[Revision] if name == "revision" else others[Step].stage
        before = Step.objects.count()

        told = sent_back(
            guest,
            reverse("admin:pathways_step_add", query=query),
            kind="activity",
            title="Forged",
            **{name: row.pk},
        )

        assert Step.objects.count() == before
        assert SECRET not in told

    def test_nor_does_its_form_offer_one(self, guest: Client, rows: dict) -> None:
        row = rows["others"][Step]
        query = {"revision": row.revision_id, "stage": row.stage_id}

        told = guest.get(reverse("admin:pathways_step_add", query=query)).content.decode()

        assert SECRET not in told

    def test_steps_of_another_are_no_rows_of_one_s_own_form(
        self, guest: Client, rows: dict
    ) -> None:
        secret = rows["others"][Step]
        address = change(rows["own"][Revision])
        own_stage = rows["own"][Step].stage_id

        told = sent_back(
            guest,
            address,
            **{
                "steps-0-id": secret.pk,
                "steps-0-stage": own_stage,
                "steps-0-duration_minutes": "7",
            },
        )
        sent_back(guest, address, **{"steps-0-id": secret.pk, "steps-0-DELETE": "on"})

        secret.refresh_from_db()
        assert secret.duration_minutes is None
        assert secret.revision == rows["others"][Revision]
        assert SECRET not in told

    def test_a_step_moves_to_no_stage_of_another(self, guest: Client, rows: dict) -> None:
        step, stage = rows["own"][Step], rows["others"][Step].stage

        told = sent_back(guest, change(step), stage=stage.pk)
        sent_back(guest, change(step.revision), **{"steps-0-stage": stage.pk})

        assert Step.objects.get(pk=step.pk).stage == step.stage
        assert SECRET not in told

    def test_nobody_is_credited_whose_page_is_not_public(self, guest: Client, rows: dict) -> None:
        hidden = CuratorFactory(name=f"{SECRET} person", published=False)
        pathway = rows["own"][Pathway]
        new = {"credits-TOTAL_FORMS": "2", "credits-1-kind": "author", "credits-1-id": ""}

        told = sent_back(guest, change(pathway), **new, **{"credits-1-curator": hidden.pk})

        assert not Credit.objects.filter(curator=hidden).exists()
        assert SECRET not in told

    def test_no_draft_organisation_answers_for_a_pathway(self, guest: Client, rows: dict) -> None:
        hidden = OrganisationFactory(name=f"{SECRET} body", published=False)
        pathway = rows["own"][Pathway]

        told = sent_back(guest, change(pathway), organisation=hidden.pk)

        pathway.refresh_from_db()
        assert pathway.organisation is None and SECRET not in told

    def test_a_forged_copy_is_none(self, guest: Client, rows: dict) -> None:
        before = Revision.objects.count()

        guest.post(change(rows["others"][Revision]), {"_saveasnew": "1", "title": "Mine now"})

        assert Revision.objects.count() == before


def said_of(client: Client, page: Page, row: Model) -> list[Any]:
    """What a page answers to GET and POST: status, where it leads, and its messages."""
    found = [ask(page.url(row), follow=True) for ask in (client.get, client.post)]
    told = [
        [str(one).replace(str(row.pk), "#") for one in get_messages(answer.wsgi_request)]
        for answer in found
    ]
    return [(answer.status_code, answer.redirect_chain) for answer in found] + told


class TestForgedAddresses:
    def test_another_s_row_answers_as_one_that_never_was(self, guest: Client, rows: dict) -> None:
        """By no address can a guest tell a number that is taken from one that is free."""
        differs = []
        for page in pages():
            row = rows["others"][page.model]
            if not page.is_of_a_row or "password" in page.name:
                continue
            free = type(row)(pk=row.pk + 100_000)
            if said_of(guest, page, row) != said_of(guest, page, free):
                differs.append(page.url_name)

        assert differs == []

    @pytest.mark.parametrize(
        "query",
        [
            "_popup=1",
            "_to_field=uid",
            "_popup=1&_to_field=id",
            "_changelist_filters=status__exact%3Ddraft",
            "e=1",
        ],
    )
    def test_nothing_behind_an_address_shows_another_s_row(
        self, guest: Client, rows: dict, query: str
    ) -> None:
        for model in (Pathway, Revision, Step, Resource):
            told = guest.get(f"{of(model, 'changelist')}?{query}", follow=True).content.decode()
            assert SECRET not in told, model
            row = rows["others"][model]
            told = guest.get(f"{change(row)}?{query}").content.decode()
            assert SECRET not in told, model

    def test_an_identifier_is_no_way_around(self, guest: Client, rows: dict) -> None:
        row = rows["others"][Resource]

        response = guest.get(f"{of(Resource, 'change', row.uid)}?_to_field=uid")

        assert is_refused(response)

    @pytest.mark.parametrize(
        ("model", "lookup"),
        [
            (Resource, "steps__revision__title__startswith=Z"),
            (Resource, "steps__isnull=False"),
            (Resource, "stand_in_steps=1"),
            (Resource, "added_by=1"),
            (Resource, "link__state__exact=works"),
            (Resource, "proposals__why__contains=Z"),
            (Pathway, "maintainers__email__startswith=a"),
            (Pathway, "maintainer_links__user=1"),
            (Pathway, "revisions__title__startswith=Z"),
            (Revision, "created_by__email__startswith=o"),
            (Revision, "pathway__maintainers=1"),
            (Step, "resource__steps__note__startswith=Z"),
            (Step, "revision__status__exact=draft"),
            (Curator, "user__email__startswith=o"),
        ],
    )
    def test_no_list_answers_questions_about_others(
        self, guest: Client, rows: dict, model: type[Model], lookup: str
    ) -> None:
        assert guest.get(f"{of(model, 'changelist')}?{lookup}").status_code == 400

    def test_it_can_be_narrowed_by_what_its_filters_offer(self, guest: Client, rows: dict) -> None:
        address = f"{of(Resource, 'changelist')}?status__exact=draft"

        assert texts(open_page(guest, address), "#result_list .field-title a") == ["Mine resource"]

    def test_a_search_finds_one_s_own_only(self, guest: Client, rows: dict) -> None:
        for model in (Pathway, Revision, Step, Resource, Curator):
            page = open_page(guest, f"{of(model, 'changelist')}?q={SECRET}")
            assert page.select("#result_list tbody tr") == [], model

    def test_all_of_a_list_are_all_of_one_s_own(self, guest: Client, rows: dict) -> None:
        secret = rows["others"][Revision]
        add_step(add_stage(secret), "An activity")
        sent = {"action": "submit", "select_across": "1", "_selected_action": [secret.pk]}

        guest.post(of(Revision, "changelist"), sent)

        secret.refresh_from_db()
        assert secret.status == "draft"


def relations() -> list[Any]:
    """Every field, backwards too, that leads to what stands at the desk."""
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    return [field for field in fields if field.related_model in admin.site._registry]


class TestFoundByTyping:
    """Every relation there is, asked for what it offers."""

    @pytest.mark.parametrize("who", ["guest", "partner"])
    def test_it_offers_nothing_that_is_another_s(self, cast: Cast, rows: dict, who: str) -> None:
        client = cast.client_of(who)
        told = []
        for field in relations():
            asked = {
                "app_label": field.model._meta.app_label,
                "model_name": field.model._meta.model_name,
                "field_name": field.name,
            }
            for term in (SECRET, "example.org"):
                response = client.get(reverse("admin:autocomplete"), {**asked, "term": term})
                if term in response.content.decode():
                    told.append((field, term))

        assert told == []

    def test_a_partner_finds_nobody_else_s_organisation(self, cast: Cast, rows: dict) -> None:
        asked = {"app_label": "catalogue", "model_name": "resource", "field_name": "provider"}

        page = open_page(
            cast.client_of("partner"), of(type(rows["public"][Resource].provider), "changelist")
        )

        assert texts(page, "#result_list tbody th a") == ["A sector body"]
        assert cast.client_of("partner").get(reverse("admin:autocomplete"), {**asked, "term": ""})


class TestWhatIsTold:
    def test_history_names_nobody_by_address(self, cast: Cast, guest: Client, rows: dict) -> None:
        cast.editor.name = ""
        cast.editor.save()
        pathway = rows["own"][Pathway]
        sent_back(cast.client_of("editor"), change(pathway), title="Mended")

        page = open_page(guest, of(Pathway, "history", pathway.pk))

        assert "a colleague" in texts(page, "#change-history td")
        assert "editor@example.org" not in str(page)

    def test_nor_does_what_goes_with_a_pathway(self, cast: Cast, guest: Client, rows: dict) -> None:
        cast.other_guest.name = ""
        cast.other_guest.save()
        pathway = rows["own"][Pathway]
        Maintainer.objects.create(pathway=pathway, user=cast.other_guest)

        for address in (of(Pathway, "delete", pathway.pk), change(pathway)):
            assert "other@example.org" not in guest.get(address).content.decode()

    def test_nor_what_was_done_last(self, cast: Cast, guest: Client, rows: dict) -> None:
        other = cast.client_of("other_guest")
        sent_back(other, change(rows["others"][Revision]), title=f"{SECRET} again")

        assert LogEntry.objects.filter(object_repr__contains=SECRET).exists()
        assert SECRET not in guest.get(reverse("admin:index")).content.decode()

    def test_a_count_of_what_waits_is_of_one_s_own(self, guest: Client, rows: dict) -> None:
        waiting = links(open_page(guest, reverse("admin:index")), ".desk-waiting a")

        assert {*waiting} == {"Resources: 1 draft", "Pathways: 1 draft"}

    def test_filters_name_no_other_row(self, guest: Client, rows: dict) -> None:
        for model in admin.site._registry:
            response = guest.get(of(model, "changelist"))
            if response.status_code == 200:
                assert SECRET not in response.content.decode(), model

    def test_where_a_resource_is_used_is_not_told(self, cast: Cast, guest: Client) -> None:
        """Pasting a known address attaches the row and tells nothing of where else it is used."""
        resource = ResourceFactory(title="Shared", published=False, added_by=cast.other_guest)
        hidden = make_draft(f"{SECRET} way", by=cast.other_guest)
        add_step(add_stage(hidden, f"{SECRET} stage"), resource)
        add_step(add_stage(make_draft("Mine too", by=cast.guest)), resource)

        page = open_page(guest, change(resource))

        assert page.select("[name=_save]") == []
        assert SECRET not in str(page)
        assert guest.get(of(Resource, "delete", resource.pk)).status_code == 403


class TestWithoutAnEditor:
    """What readers see at once is no guest's to change."""

    @pytest.fixture
    def public(self, cast: Cast) -> Pathway:
        pathway = make_pathway("A public one", by=cast.guest)
        assert pathway.maintainers.get() == cast.guest
        return pathway

    def test_a_public_pathway_keeps_its_address_order_and_body(
        self, guest: Client, public: Pathway
    ) -> None:
        body = OrganisationFactory()
        forged = {"title": "Mine", "slug": "mine", "organisation": body.pk, "ordered": ""}

        sent_back(guest, change(public), **forged)

        now = Pathway.objects.get(pk=public.pk)
        assert (now.title, now.slug, now.organisation, now.ordered) == (
            "A public one",
            public.slug,
            None,
            True,
        )

    def test_its_credits_and_questions_stay(
        self, cast: Cast, guest: Client, public: Pathway
    ) -> None:
        question = QuestionFactory()
        forged = {
            **{f"credits-{name}": "2" for name in ("TOTAL_FORMS",)},
            "credits-INITIAL_FORMS": "1",
            "credits-0-id": public.credits.get().pk,
            "credits-0-DELETE": "on",
            "credits-1-curator": cast.other_guest.curator.pk,
            "credits-1-kind": "author",
            "question_links-TOTAL_FORMS": "1",
            "question_links-INITIAL_FORMS": "0",
            "question_links-0-question": question.pk,
            "question_links-0-position": "1",
        }

        sent_back(guest, change(public), **forged)

        assert [one.curator for one in public.credits.all()] == [cast.guest_curator]
        assert not public.question_links.exists()

    def test_no_pathway_answers_a_question_by_way_of_the_list_of_answers(
        self, guest: Client, public: Pathway
    ) -> None:
        response = guest.get(reverse("admin:pathways_questionpathway_add"))

        assert response.status_code == 403

    def test_what_is_in_review_is_locked_with_its_resources(
        self, cast: Cast, guest: Client, rows: dict
    ) -> None:
        draft, resource = rows["own"][Revision], rows["own"][Resource]
        publication.submit(draft, by=cast.guest)

        guest.post(change(resource), {"title": "Something else"})

        page = open_page(guest, change(resource))
        assert page.select("[name=_save]") == []
        assert Resource.objects.get(pk=resource.pk).title == "Mine resource"
        assert "in review" in words(open_page(guest, change(draft)).select_one(".desk-standing"))

    def test_a_guest_reads_no_resource_as_an_editor_does(self, guest: Client, rows: dict) -> None:
        resource = rows["own"][Resource]

        sent_back(
            guest,
            change(resource),
            reviewed_at_0="2026-01-01",
            reviewed_at_1="00:00",
            status="published",
        )

        resource.refresh_from_db()
        assert (resource.reviewed_at, resource.status) == (None, "draft")
