"""What guest curators and partners may write of their own public pages, and nothing else."""

import pytest

from curators.models import Membership
from curators.standing import Standing, let_in
from tests.cast import Cast
from tests.config.test_desk import change, filled_in
from tests.factories import OrganisationFactory
from tests.pages import open_page, words

pytestmark = pytest.mark.django_db

FORGED = {
    "slug": "forged",
    "status": "withdrawn",
    "is_team": "on",
    "is_sector_body": "",
    "withdrawn_reason": "forged",
}


def test_a_guest_curator_writes_what_their_page_says(cast: Cast) -> None:
    client, curator = cast.client_of("guest"), cast.guest_curator
    body = OrganisationFactory()
    before = curator.slug
    page = open_page(client, change(curator))
    said = {"headline": "Knows maps", "headline_cy": "Mapiau", "biography": "Of paper and pixels."}

    client.post(
        change(curator),
        {**filled_in(page), **said, **FORGED, "organisation": body.pk, "user": cast.editor.pk},
    )

    curator.refresh_from_db()
    assert (curator.headline, curator.headline_cy) == ("Knows maps", "Mapiau")
    assert (curator.slug, curator.status, curator.is_team) == (before, "published", False)
    assert (curator.organisation, curator.user) == (None, cast.guest)
    assert "You may change what your page says." in words(page.select_one(".desk-standing"))


def test_nobody_s_account_stands_on_it(cast: Cast) -> None:
    cast.guest.name = ""
    cast.guest.save()

    page = open_page(cast.client_of("guest"), change(cast.guest_curator))

    assert page.select("[name=user], [name=slug], [name=organisation]") == []


def test_a_partner_writes_what_the_page_of_their_organisation_says(cast: Cast) -> None:
    client = cast.client_of("partner")
    body = cast.partner.memberships.get().organisation
    before = body.slug
    page = open_page(client, change(body))

    client.post(change(body), {**filled_in(page), **FORGED, "summary": "It speaks for museums."})

    body.refresh_from_db()
    assert body.summary == "It speaks for museums."
    assert (body.slug, body.status, body.is_sector_body) == (before, "published", True)
    assert "you look after this organisation" in words(page.select_one(".desk-standing"))


def test_of_other_organisations_there_is_nothing(cast: Cast) -> None:
    other = OrganisationFactory()

    assert cast.client_of("partner").get(change(other)).status_code == 302


def test_who_is_partner_and_guest_finds_their_own_and_chooses_among_all(cast: Cast) -> None:
    body, other = OrganisationFactory(), OrganisationFactory()
    let_in(cast.guest, Standing.PARTNERS)
    Membership.objects.create(user=cast.guest, organisation=body)
    client = cast.client_of("guest")

    assert client.get(change(body)).status_code == 200
    assert client.get(change(other)).status_code == 302
