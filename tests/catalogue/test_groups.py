"""The groups that come with Waymark, and what they let their members do with kinds of rows."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.management import call_command

from catalogue import permissions as catalogue
from catalogue.groups import Standing, codes
from catalogue.models import Crosswalk, Organisation, Resource, Skill
from catalogue.standing import is_editor, keeps, visible
from curators import permissions as curators
from pathways import permissions as pathways
from tests.cast import Cast
from tests.factories import CrosswalkFactory, ResourceFactory, UserFactory

pytestmark = pytest.mark.django_db

TABLES = {
    "catalogue": catalogue.PERMISSIONS,
    "curators": curators.PERMISSIONS,
    "pathways": pathways.PERMISSIONS,
}


def codes_of(group: str, app: str) -> set[str]:
    kept = Permission.objects.filter(group__name=group, content_type__app_label=app)
    return {*kept.values_list("codename", flat=True)}


@pytest.mark.parametrize("app", TABLES)
@pytest.mark.parametrize("standing", Standing)
def test_each_has_what_each_app_lists(standing: Standing, app: str) -> None:
    listed = codes(TABLES[app].get(standing, ()))

    assert codes_of(standing.value, app) == listed


def test_a_migration_brings_back_what_was_taken_and_takes_what_was_given() -> None:
    guests = Group.objects.get(name="Guest curators")
    guests.permissions.clear()
    guests.permissions.add(Permission.objects.get(codename="publish_resource"))
    own = Permission.objects.exclude(content_type__app_label__in=TABLES).first()
    guests.permissions.add(own)

    call_command("migrate", verbosity=0)

    assert codes_of("Guest curators", "catalogue") == codes(
        TABLES["catalogue"][Standing.GUEST_CURATORS]
    )
    # What other apps allow is not Waymark's to say.
    assert own in guests.permissions.all()


def test_a_group_that_was_taken_away_comes_back() -> None:
    Group.objects.filter(name="Partners").delete()

    call_command("migrate", verbosity=0)

    assert codes_of("Partners", "catalogue") == {"view_organisation", "change_organisation"}


def test_nobody_but_an_editor_may_publish() -> None:
    for standing in (Standing.GUEST_CURATORS, Standing.PARTNERS):
        found = Permission.objects.filter(group__name=standing.value)
        assert not [one.codename for one in found if one.codename.startswith("publish")]


def test_an_editor_has_to_do_with_neither_accounts_nor_groups(cast: Cast) -> None:
    for code in ("curators.change_user", "curators.delete_curator", "auth.change_group"):
        assert not cast.editor.has_perm(code)
    assert cast.editor.has_perm("pathways.publish_revision")


def test_every_model_of_the_desk_is_listed_for_editors() -> None:
    listed = {code for table in TABLES.values() for code in codes(table[Standing.EDITORS])}
    lacking = {
        model._meta.model_name
        for app in TABLES
        for model in apps.get_app_config(app).get_models()
        if f"view_{model._meta.model_name}" not in listed
    }

    # What the site keeps for itself, and whom an organisation's page is in the hands of.
    assert {name for name in lacking if not name.endswith("event")} == {
        *("sitemove", "siterevision", "starteritem", "resourcetag", "membership"),
        *(
            "unansweredsearch",
            "monthlycount",
            "chunk",
            "chunkset",
            "chunkwords",
            "vocabulary",
            "posting",
            "fresh",
        ),
        *("relatedskills", "questionskill", "questionresource"),
        # Kept by rules of their own: editors invite, and who keeps a draft talks about it and shows it.
        *("invitation", "remark", "previewlink"),
        # Shown with what they are about, and nowhere by themselves.
        *("linkvisit", "formerlink", "queuemark", "confirmation", "toldlink"),
    }


class TestWhoseRows:
    def test_who_is_no_colleague_keeps_and_sees_nothing_but_what_is_public(self) -> None:
        public, draft = ResourceFactory(), ResourceFactory(published=False)

        for user in (AnonymousUser(), UserFactory()):
            assert not Resource.objects.kept_by(user).exists()
            assert [*Resource.objects.visible_to(user)] == [public]
            assert not keeps(user, draft)

    def test_an_account_that_was_closed_keeps_nothing(self, cast: Cast) -> None:
        ResourceFactory(published=False, added_by=cast.guest)
        assert Resource.objects.kept_by(cast.guest).exists()

        cast.guest.is_active = False

        assert not Resource.objects.kept_by(cast.guest).exists()

    def test_a_model_that_says_nothing_is_for_editors_alone(self, cast: Cast) -> None:
        relation = CrosswalkFactory()

        assert [*visible(Crosswalk.objects.all(), cast.editor)] == [relation]
        assert not visible(Crosswalk.objects.all(), cast.guest)
        assert keeps(cast.editor, relation) and not keeps(cast.guest, relation)

    def test_a_partner_keeps_the_page_of_their_organisation(self, cast: Cast) -> None:
        assert [one.name for one in Organisation.objects.kept_by(cast.partner)] == ["A sector body"]
        assert not Skill.objects.kept_by(cast.partner)

    def test_editors_and_administrators_edit(self, cast: Cast) -> None:
        assert [name for name, user in cast.signed_in.items() if is_editor(user)] == [
            "editor",
            "admin",
        ]
