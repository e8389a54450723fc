"""Former addresses: a slug that was public leads to its row for ever."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from catalogue.identity import Gone, Moved, find_public
from catalogue.models import FormerAddress, PublicRow, Resource
from tests.factories import PUBLIC_MODELS, ResourceFactory, SkillFactory, make_public_row
from tests.rules import refused, update_by_sql

pytestmark = pytest.mark.django_db

every_kind = pytest.mark.parametrize("model", PUBLIC_MODELS, ids=lambda model: model.noun)


def by_save(row: PublicRow, slug: str) -> None:
    row.slug = slug
    row.save()


def by_update(row: PublicRow, slug: str) -> None:
    type(row).objects.filter(pk=row.pk).update(slug=slug)


def by_bulk_update(row: PublicRow, slug: str) -> None:
    row.slug = slug
    type(row).objects.bulk_update([row], ["slug"])


def by_sql(row: PublicRow, slug: str) -> None:
    update_by_sql(row, slug=slug)


every_route = pytest.mark.parametrize(
    "rename", [by_save, by_update, by_bulk_update, by_sql], ids=lambda route: route.__name__
)
Rename = Callable[[PublicRow, str], None]


def where_leads(slug: str, model: type[PublicRow] = Resource) -> str:
    with pytest.raises(Moved) as caught:
        find_public(model.objects.all(), slug)
    return caught.value.slug


@every_kind
def test_the_old_address_of_every_kind_leads_to_the_new(model: type[PublicRow]) -> None:
    row = make_public_row(model, slug="once")

    by_save(row, "now")

    assert where_leads("once", model) == "now"
    assert find_public(model.objects.all(), "now") == row


@every_route
def test_by_whatever_route_it_was_renamed(rename: Rename) -> None:
    rename(ResourceFactory(slug="once"), "now")

    assert where_leads("once") == "now"


@every_kind
@every_route
def test_no_row_takes_a_former_address_of_another(model: type[PublicRow], rename: Rename) -> None:
    by_save(make_public_row(model, slug="once"), "now")
    other = make_public_row(model, slug="other", title="Another")

    with refused(f"{model._meta.db_table}_former_address"):
        rename(other, "once")


@every_kind
def test_no_new_row_takes_one_either(model: type[PublicRow]) -> None:
    by_save(make_public_row(model, slug="once"), "now")
    new = model(**{"slug": "once", model.title_field: "Another"})
    if model is Resource:
        new.url = "https://example.org/another"

    with refused(f"{model._meta.db_table}_former_address"):
        new.save()


@every_kind
def test_full_clean_tells_whose_it_was(model: type[PublicRow]) -> None:
    by_save(make_public_row(model, slug="once"), "now")
    other = make_public_row(model, slug="other", title="Another")

    other.slug = "once"
    with pytest.raises(ValidationError) as caught:
        other.full_clean()

    assert caught.value.message_dict == {
        "slug": ["This address was another page’s once and still leads there."]
    }


def test_a_row_renamed_twice_is_found_under_both() -> None:
    resource = ResourceFactory(slug="first")

    by_save(resource, "second")
    by_save(resource, "third")

    assert where_leads("first") == "third"
    assert where_leads("second") == "third"


def test_a_row_may_go_back_to_its_own() -> None:
    resource = ResourceFactory(slug="first")

    by_save(resource, "second")
    by_save(resource, "first")

    assert find_public(Resource.objects.all(), "first") == resource
    assert where_leads("second") == "first"


def test_a_draft_leaves_none_behind() -> None:
    draft = ResourceFactory(slug="once", published=False)

    by_save(draft, "now")

    assert not FormerAddress.objects.exists()
    assert ResourceFactory(slug="once").slug == "once"


def test_another_kind_may_have_it() -> None:
    by_save(ResourceFactory(slug="once"), "now")

    assert SkillFactory(slug="once").slug == "once"


def test_one_that_leads_to_a_withdrawn_row_goes_there_to_be_told_why() -> None:
    resource = ResourceFactory(slug="once")
    by_save(resource, "now")

    resource.withdraw(by=None, reason="It is out of date.")

    assert where_leads("once") == "now"
    with pytest.raises(Gone) as caught:
        find_public(Resource.objects.all(), "now")
    assert caught.value.row == resource


def test_an_address_that_never_was_is_not_found() -> None:
    with pytest.raises(Http404):
        find_public(Resource.objects.all(), "never")


def test_a_draft_is_not_found() -> None:
    ResourceFactory(slug="secret", published=False)

    with pytest.raises(Http404):
        find_public(Resource.objects.all(), "secret")


def test_an_address_with_a_nul_is_not_found() -> None:
    with pytest.raises(Http404):
        find_public(Resource.objects.all(), "nul\x00")
