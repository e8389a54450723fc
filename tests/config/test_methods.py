"""Pages are there to be read, under addresses that forgive capital letters."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.factories import SkillFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("path", ["/", "/resources/", "/robots.txt", "/cy/skills/"])
def test_a_page_takes_no_other_method(path: str, method: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(path)

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/account/sign-in/", "/cy/account/sign-in/"])
def test_the_page_to_sign_in_takes_a_form(client: Client, path: str) -> None:
    assert client.post(path, {"login": "nobody@example.org", "password": "no"}).status_code == 200


def test_the_desk_goes_on_taking_forms(cast: Cast) -> None:
    client = cast.client_of("admin")

    assert client.post("/admin/catalogue/skill/add/", {"title": ""}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("/Resources/", "/resources/"),
        ("/skills/CLEANING-Data/", "/skills/cleaning-data/"),
        ("/CY/Skills/?q=A", "/cy/skills/?q=A"),
    ],
)
def test_capital_letters_lead_to_the_address_in_small_ones(
    client: Client, typed: str, there: str
) -> None:
    SkillFactory(title="Cleaning data")

    answer = client.get(typed)

    assert (answer.status_code, answer["Location"]) == (301, there)


def test_a_permanent_identifier_may_be_written_in_capitals(client: Client) -> None:
    skill = SkillFactory()

    there = client.get(f"/id/{str(skill.uid).upper()}/")["Location"]

    assert client.get(there)["Location"] == skill.get_absolute_url()


def test_what_is_nowhere_in_small_letters_either_is_not_found(client: Client) -> None:
    assert client.get("/No/Such/Page/").status_code == 404
