"""Another row is named by typing where no script can find it: by its page’s address or its title."""

import pytest
from django.test import Client

from catalogue.desk.relations import row_named
from catalogue.models import Competence, Organisation, Resource
from curators.models import User
from tests.cast import Cast
from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    OrganisationFactory,
    ResourceFactory,
    make_draft,
)
from tests.pages import open_page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(cast: Cast) -> Client:
    return cast.client_of("editor")


class TestNaming:
    @pytest.mark.parametrize(
        "said",
        ["https://example.org/resources/a-guide/", "/resources/a-guide", "a-guide", "a GUIDE"],
    )
    def test_by_address_or_title(self, said: str) -> None:
        resource = ResourceFactory(title="A guide", slug="a-guide")

        assert row_named(Resource, said) == resource

    @pytest.mark.parametrize(
        "said",
        [
            "/frameworks/digcomp-3.0/4.2/",
            "digcomp-3.0:4.2",
            "https://a.org/frameworks/digcomp-3.0/4.2",
        ],
    )
    def test_a_competence_by_its_address_or_by_framework_and_code(self, said: str) -> None:
        competence = CompetenceFactory(framework=FrameworkFactory(slug="digcomp-3.0"), code="4.2")

        assert row_named(Competence, said) == competence

    def test_not_where_several_bear_the_title_or_none(self) -> None:
        ResourceFactory(title="Twins"), ResourceFactory(title="Twins")

        assert row_named(Resource, "Twins") is None
        assert row_named(Resource, "Nobody’s") is None
        assert row_named(User, "A guest curator") is None


class TestTheField:
    def test_it_stands_there_for_whoever_has_no_scripts_alone(self, editor: Client) -> None:
        resource = ResourceFactory()
        page = open_page(editor, f"/admin/catalogue/resource/{resource.pk}/merge/")

        [field] = page.select("noscript input[name=into__typed]")

        assert words(field.parent) == "Another: its title, or the address of its page"

    def test_what_is_typed_is_chosen(self, editor: Client) -> None:
        duplicate, kept = ResourceFactory(), ResourceFactory(title="The one to keep")
        typed = {"into": "", "into__typed": kept.get_absolute_url(), "decide": "yes"}

        editor.post(f"/admin/catalogue/resource/{duplicate.pk}/merge/", typed)

        duplicate.refresh_from_db()
        assert duplicate.status == "withdrawn"
        assert duplicate.replaced_by == kept.uid

    @pytest.mark.parametrize("said", ["Nobody’s", "a\0b", "x" * 5000, "1"])
    def test_what_is_not_found_is_told(self, editor: Client, said: str) -> None:
        duplicate = ResourceFactory()
        typed = {"into": "", "into__typed": said, "decide": "yes"}

        answer = editor.post(f"/admin/catalogue/resource/{duplicate.pk}/merge/", typed)

        assert answer.status_code == 200
        assert "Select a valid choice." in answer.content.decode()

    def test_nobody_chooses_by_it_what_they_may_not_see(self, cast: Cast) -> None:
        hidden = OrganisationFactory(name="A secret", published=False)
        draft = make_draft(by=cast.guest)
        client = cast.client_of("guest")
        there = f"/admin/pathways/pathway/{draft.pathway_id}/change/"
        sent = {"title": "Changed", "slug": draft.pathway.slug, "organisation__typed": "A secret"}
        for prefix in ("credits", "maintainer_links", "question_links", "revisions"):
            sent |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}

        answer = client.post(there, sent)

        draft.pathway.refresh_from_db()
        assert draft.pathway.organisation is None
        assert answer.status_code == 200
        assert hidden.name not in answer.content.decode()
        assert Organisation.objects.filter(pk=hidden.pk).exists()
