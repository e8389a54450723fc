"""Pages that say that something went wrong, and how to go on."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.test import Client, RequestFactory
from django.views.csrf import csrf_failure

from config import views
from tests.factories import SkillFactory
from tests.pages import links, main, open_page, words


@pytest.mark.django_db
def test_a_page_that_is_not_there_leads_on(client: Client):
    page = open_page(client, "/no-such-page/", status=404)

    assert words(page.h1) == "There is no page here"
    assert page.select_one("main form[role=search]")["action"] == "/resources/"
    assert {"skills", "pathways", "questions"} <= set(links(main(page)))
    assert page.select_one("meta[name=robots]")["content"] == "noindex"


@pytest.mark.django_db
def test_a_withdrawn_page_without_replacement_leads_on_too(client: Client):
    skill = SkillFactory(title="Faxing")
    skill.withdraw(by=None, reason="Nobody does it.")
    page = open_page(client, skill.get_absolute_url(), status=410)

    assert "Why: Nobody does it." in words(main(page))
    assert page.select(".notice") == []
    assert "skills" in links(main(page))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "error", "status", "heading"),
    [
        (views.bad_request, BadRequest(), 400, "This request can’t be understood"),
        (views.forbidden, PermissionDenied(), 403, "You may not see this page"),
    ],
)
def test_what_was_refused_is_explained(view, error: Exception, status: int, heading: str):
    response = view(RequestFactory().get("/"), error)

    assert response.status_code == status
    assert heading in response.content.decode()


@pytest.mark.django_db
def test_a_form_that_was_too_old_says_what_to_do():
    response = csrf_failure(RequestFactory().post("/"))

    assert response.status_code == 403
    assert "Go back, load the page again" in response.content.decode()


def test_a_failure_of_the_site_needs_nothing_that_may_have_failed():
    """Without the `db` mark a query would fail the test."""
    response = views.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()
