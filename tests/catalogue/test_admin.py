"""The desk for what there is to learn: who may publish, and what its lists cost."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from catalogue.models import Crosswalk, Resource
from catalogue.vocabularies import SkosRelation
from tests.cast import Cast
from tests.factories import CompetenceFactory, FrameworkFactory, ResourceFactory, UserFactory
from tests.pages import links, open_page, words

pytestmark = pytest.mark.django_db

RESOURCES = reverse("admin:catalogue_resource_changelist")


def somebody_who_may(*verbs: str) -> Client:
    """Staff with these permissions for resources alone."""
    user = UserFactory(is_staff=True)
    codes = [f"{verb}_resource" for verb in verbs]
    user.user_permissions.add(*Permission.objects.filter(codename__in=codes))
    client = Client()
    client.force_login(user)
    return client


def publish(client: Client, resource: Resource) -> str:
    """What the resource is after `client` chose to publish it."""
    client.post(RESOURCES, {"action": "publish", "_selected_action": [resource.pk]})
    resource.refresh_from_db()
    return resource.status


class TestPublishing:
    def test_who_may_only_change_may_not(self) -> None:
        client = somebody_who_may("view", "change")

        assert publish(client, ResourceFactory(published=False)) == "draft"
        assert open_page(client, RESOURCES).select("option[value=publish]") == []

    def test_who_may_publish_may(self) -> None:
        client = somebody_who_may("view", "change", "publish")

        assert publish(client, ResourceFactory(published=False)) == "published"


class TestCompetences:
    def page(self, cast: Cast, *, published: bool) -> object:
        competence = CompetenceFactory(framework=FrameworkFactory(published=published))
        address = reverse("admin:catalogue_competence_change", args=[competence.pk])
        return open_page(cast.client_of("admin"), address)

    def test_the_code_of_one_that_was_public_is_shown_and_not_asked(self, cast: Cast) -> None:
        page = self.page(cast, published=True)

        assert page.select("[name=code], [name=framework]") == []
        assert words(page.select_one(".field-code .readonly"))

    def test_of_a_draft_it_can_be_changed(self, cast: Cast) -> None:
        page = self.page(cast, published=False)

        assert page.select("[name=code]") and page.select("[name=framework]")


def test_more_crosswalks_cost_no_more_queries(cast: Cast, count_queries: Callable) -> None:
    def add() -> None:
        Crosswalk.objects.create(
            source=CompetenceFactory(), target=CompetenceFactory(), relation=SkosRelation.CLOSE
        )

    client = cast.client_of("admin")
    address = reverse("admin:catalogue_crosswalk_changelist")
    add()
    client.get(address)
    with count_queries() as few:
        client.get(address)

    for _more in range(5):
        add()
    with count_queries() as many:
        client.get(address)

    assert len(many) == len(few)


class TestDoor:
    def test_the_first_page_has_the_site_s_name_and_leads_to_the_account(self, cast: Cast) -> None:
        page = open_page(cast.client_of("admin"), reverse("admin:index"))

        assert links(page, "#user-tools a")["Your account"] == "/account/"
        assert words(page.title).endswith(f"| {settings.SITE_NAME}")
        assert words(page.select_one("#site-name")) == f"{settings.SITE_NAME}: the desk"
