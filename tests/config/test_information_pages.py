"""What people look for in a footer: about, how we choose, contact, accessibility, privacy, licence."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from curators.suggestions.pages import page_at
from tests.factories import FrameworkFactory, ResourceFactory, make_pathway
from tests.pages import links, main, open_page, texts, words

pytestmark = pytest.mark.django_db

PAGES = {
    "/about/": "About Waymark",
    "/about/selection/": "How we choose",
    "/contact/": "Contact",
    "/accessibility/": "Accessibility statement",
    "/privacy/": "Privacy",
    "/licence/": "Licences",
}


class TestAll:
    @pytest.mark.parametrize(("path", "heading"), PAGES.items())
    def test_each_says_what_it_is_in_heading_title_and_description(
        self, client: Client, path: str, heading: str
    ):
        page = open_page(client, path)

        assert words(page.h1) == heading
        assert words(page.title) == f"{heading} – Waymark"
        assert len(page.select_one("meta[name=description]")["content"]) > 40

    @pytest.mark.parametrize("path", PAGES)
    def test_each_leads_to_the_others_and_marks_itself(self, client: Client, path: str):
        beside = open_page(client, path).select_one("nav[aria-labelledby=about-pages]")

        assert set(links(beside).values()) == {*PAGES, "/api/v1/docs"}
        assert [link["href"] for link in beside.select("[aria-current=page]")] == [path]

    def test_every_page_leads_to_all_of_them(self, client: Client):
        foot = open_page(client, "/skills/").select_one(".site-footer")

        assert set(PAGES) <= set(links(foot).values())

    @pytest.mark.parametrize("path", PAGES)
    def test_a_fuller_site_costs_no_more_queries(
        self, client: Client, count_queries: Callable, path: str
    ):
        def furnish(number: int) -> None:
            for _ in range(number):
                FrameworkFactory()
                ResourceFactory()
                make_pathway()

        furnish(1)
        with count_queries() as few:
            client.get(path)
        furnish(4)
        with count_queries() as many:
            client.get(path)

        assert len(many) <= len(few) <= 8


class TestAbout:
    def test_it_counts_what_there_is(self, client: Client):
        make_pathway(steps=[ResourceFactory(), ResourceFactory()])
        ResourceFactory(published=False)
        text = words(main(open_page(client, "/about/")))

        assert "2 resources: courses" in text
        assert "One pathway: steps" in text

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("The library", "The library runs this site, and answers for what stands on it."),
            ("", "Whoever runs this site has not put their name here yet."),
        ],
    )
    def test_it_says_who_runs_it(self, client: Client, settings: object, name: str, said: str):
        settings.OPERATOR_NAME = name

        assert said in words(main(open_page(client, "/about/")))

    @pytest.mark.parametrize("path", ["/about/", "/licence/"])
    def test_the_code_is_linked_where_it_is_known(
        self, client: Client, settings: object, path: str
    ):
        without = links(main(open_page(client, path)))
        settings.SOURCE_URL = "https://code.example/waymark"
        found = links(main(open_page(client, path)))

        assert "Its code is open to read" not in without
        assert found["Its code is open to read"] == "https://code.example/waymark"


class TestContact:
    @pytest.mark.parametrize(
        ("name", "address", "said", "link"),
        [
            (
                *("The library", "mailto:desk@example.org"),
                "The library runs this site. Write to desk@example.org.",
                {"desk@example.org": "mailto:desk@example.org"},
            ),
            (
                *("", "mailto:desk@example.org"),
                "Write to desk@example.org.",
                {"desk@example.org": "mailto:desk@example.org"},
            ),
            (
                *("The library", "https://example.org/contact"),
                "Their page at example.org says how to reach them.",
                {"Their page at example.org": "https://example.org/contact"},
            ),
            (
                *("", "https://example.org/contact"),
                "A page at example.org says how to reach the people who run this site.",
                {"A page at example.org": "https://example.org/contact"},
            ),
            ("The library", "", "The library runs this site, but has not said here", {}),
            ("", "", "Whoever runs this site has not said yet how to be reached.", {}),
        ],
    )
    def test_it_says_how_to_reach_whoever_runs_the_site(
        self, client: Client, settings: object, name: str, address: str, said: str, link: dict
    ):
        settings.OPERATOR_NAME, settings.OPERATOR_CONTACT = name, address

        text = open_page(client, "/contact/").select_one(".about")

        assert said in words(text)
        assert link.items() <= links(text).items()

    def test_it_names_the_page_that_the_reader_came_from(self, client: Client, settings: object):
        settings.OPERATOR_CONTACT = "mailto:desk@example.org"
        resource = ResourceFactory(title="A <b>bold</b> course")
        path = resource.get_absolute_url()
        text = open_page(client, f"/contact/?about={path}").select_one(".about")

        assert links(text)["A <b>bold</b> course"] == path
        assert f"http://127.0.0.1:8000{path}" in words(text)
        assert (
            links(text)["desk@example.org"]
            == f"mailto:desk@example.org?subject=Waymark%3A%20{path}"
        )

    def test_of_a_page_without_a_title_it_names_the_address_alone(self, client: Client):
        text = open_page(client, "/contact/?about=/skills/").select_one(".about")

        assert links(text)["Back to it"] == "/skills/"

    def test_a_draft_is_not_told(self, client: Client):
        resource = ResourceFactory(title="A secret", published=False)
        page = open_page(client, f"/contact/?about={resource.get_absolute_url()}")

        assert "A secret" not in words(page)

    @pytest.mark.parametrize(
        "said",
        [
            *("", "skills", "//evil.example/", "https://evil.example/", "javascript:alert(1)"),
            *("/\\evil.example", "/no-such-page/", "/skills/?q=<script>", "/skills/#x", "/admin/"),
            *("/admin/enter/token/", "/resources/<b>/", "/resources/" + "a" * 300 + "/", "/%00/"),
            *("/skills/\n", "\x00", "/\u202e/"),
        ],
    )
    def test_nothing_but_a_path_of_this_site_is_shown(self, client: Client, said: str):
        assert page_at(said) is None

        response = client.get("/contact/", {"about": said})
        assert response.status_code == 200
        assert b"You came from this page" not in response.content


class TestAccessibility:
    def test_it_claims_no_more_than_somebody_looked_at(self, client: Client):
        text = words(main(open_page(client, "/accessibility/")))

        assert "This site is partially compliant with" in text
        assert "no person has audited the whole site yet" in text
        assert "Not yet: an audit by a person" in text

    @pytest.mark.parametrize(("state", "claim"), [("full", "fully"), ("partial", "partially")])
    def test_it_tells_what_an_audit_found_and_when(
        self, client: Client, settings: object, state: str, claim: str
    ):
        settings.ACCESSIBILITY_STATE = state
        settings.ACCESSIBILITY_AUDITED = date(2026, 10, 5)
        text = words(main(open_page(client, "/accessibility/")))

        assert f"This site is {claim} compliant with" in text
        assert "That is what a person found who audited it on 5 October 2026." in text
        assert "Not yet: an audit" not in text

    def test_it_says_how_to_complain_and_to_whom(self, client: Client):
        found = links(main(open_page(client, "/accessibility/")))

        assert found["write to us"] == "/contact/"
        assert "Equality Advisory and Support Service" in found


class TestPrivacy:
    def test_it_names_every_cookie(self, client: Client, settings: object):
        named = texts(open_page(client, "/privacy/"), ".table tbody th")

        assert named == [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"]

    def test_nobody_else_gets_any_of_it(self, client: Client):
        assert "Nothing of it is handed to anybody else." in words(open_page(client, "/privacy/"))


class TestLicence:
    def test_it_lists_frameworks_with_their_terms(self, client: Client):
        FrameworkFactory(title="DigComp 3.0", licence="CC-BY-4.0", attribution="© A publisher.")
        FrameworkFactory(title="A draft", published=False)
        page = main(open_page(client, "/licence/"))

        assert texts(page, "h3") == ["DigComp 3.0"]
        assert links(page)["CC BY 4.0"] == "https://creativecommons.org/licenses/by/4.0/"
        assert "© A publisher." in words(page)

    def test_it_counts_pathways_by_their_licences(self, client: Client):
        make_pathway()
        make_pathway()
        page = open_page(client, "/licence/")

        assert "CC BY 4.0: 2 pathways" in texts(page, ".about li")
