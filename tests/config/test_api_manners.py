"""How the API behaves towards programs, browsers and caches, whatever it is asked."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.test import Client, override_settings

from tests.api import LIST
from tests.factories import ResourceFactory, SkillFactory
from tests.pages import links, main, open_page, texts, words

pytestmark = pytest.mark.django_db

OPENAPI, PAGE = "/api/v1/openapi.json", "/api/v1/docs"
NOBODY = "00000000-0000-0000-0000-000000000000"
# One of each kind of answer.
ANSWERS = [LIST, f"{LIST}?limit=0", f"{LIST}/{NOBODY}", "/api/v1/nothing", "/api/", OPENAPI, PAGE]


class TestFromAnySite:
    @pytest.mark.parametrize("path", ANSWERS)
    def test_scripts_may_read_every_answer(self, client: Client, path: str):
        response = client.get(path, headers={"origin": "https://elsewhere.example"})

        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Access-Control-Expose-Headers"] == "ETag"
        assert "Access-Control-Allow-Credentials" not in response

    def test_a_browser_that_asks_beforehand_is_told_so(self, client: Client, count_queries):
        with count_queries() as queries:
            response = client.options(
                LIST, headers={"origin": "https://elsewhere.example"}, secure=settings.HTTPS
            )

        assert (response.status_code, response.content) == (204, b"")
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD"
        assert response["Access-Control-Allow-Headers"] == "*"
        assert len(queries) == 0

    def test_pages_for_people_stay_closed_to_them(self, client: Client):
        assert "Access-Control-Allow-Origin" not in client.get("/resources/")


class TestMethods:
    @pytest.mark.parametrize("path", [LIST, f"{LIST}?limit=0", PAGE])
    def test_head_answers_as_get_without_a_body(self, client: Client, path: str):
        ResourceFactory()
        whole, head = client.get(path), client.head(path)

        assert (head.status_code, head.content) == (whole.status_code, b"")
        for name in ("Content-Type", "Content-Length", "ETag", "Access-Control-Allow-Origin"):
            assert head.get(name) == whole.get(name)

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_what_would_write_is_refused(self, client: Client, method: str):
        response = getattr(client, method)(LIST)

        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert response.json() == {
            "status": 405,
            "message": "This address can only be read, by GET.",
        }


class TestEverybodyAlike:
    @pytest.mark.usefixtures("page_cache")
    def test_whoever_is_signed_in_gets_the_same_without_being_looked_at(
        self, client: Client, admin_client: Client, count_queries: Callable
    ):
        ResourceFactory()
        anonymous = client.get(LIST)

        with count_queries() as queries:
            signed_in = admin_client.get(LIST)

        assert signed_in.content == anonymous.content
        assert signed_in["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert signed_in["Vary"] == anonymous["Vary"] == "Accept-Encoding"
        assert not signed_in.cookies and not anonymous.cookies
        # The site's revision, by which the kept answer is known.
        assert len(queries) == 1

    # Only what is committed moves the site's revision.
    @pytest.mark.django_db(transaction=True)
    @pytest.mark.usefixtures("page_cache")
    def test_what_has_not_changed_costs_a_304_until_it_does(self, client: Client):
        resource = ResourceFactory(title="Before")
        first = client.get(LIST)

        again = client.get(LIST, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"

        resource.title = "After"
        resource.save()
        assert b"After" in client.get(LIST, headers={"if-none-match": first["ETag"]}).content

    def test_it_is_packed_for_those_who_take_that(self, client: Client):
        ResourceFactory.create_batch(3)

        assert client.get(LIST, headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"

    def test_letters_stand_as_themselves(self, client: Client):
        ResourceFactory(title="Ŵyn")

        response = client.get(LIST)

        assert "Ŵyn" in response.content.decode()
        assert response["Content-Type"] == "application/json; charset=utf-8"

    def test_what_makes_no_sense_is_kept_by_nobody(self, client: Client):
        assert client.get(f"{LIST}?limit=0")["Cache-Control"] == "private, no-cache"


class TestWhereNothingIs:
    @pytest.mark.parametrize(
        "path",
        [
            *("/api/", "/api/v2/resources", f"{LIST}/", f"{LIST}/1"),
            *("/api/v1/skills", f"{LIST}/%00", "/api/v1/docs/"),
        ],
    )
    def test_it_says_so_in_a_form_for_programs(self, client: Client, path: str):
        response = client.get(path)

        assert response.status_code == 404
        assert response.json() == {"status": 404, "message": "There is nothing at this address."}

    def test_the_root_leads_to_the_page_that_explains_it(self, client: Client):
        response = client.get("/api/v1/")

        assert (response.status_code, response["Location"]) == (302, PAGE)

    def test_nothing_that_was_asked_can_pass_for_html(self, client: Client):
        answer = client.get(f"{LIST}?type=<script>").content.decode()

        assert r"“type” doesn’t take “\u003cscript>”" in answer

    def test_an_address_in_capitals_leads_on(self, client: Client):
        response = client.get("/API/v1/Resources?limit=1")

        assert (response.status_code, response["Location"]) == (301, f"{LIST}?limit=1")

    def test_so_does_what_fails_here(self, client: Client, monkeypatch: pytest.MonkeyPatch):
        from catalogue.api import routes

        def fail(*args: object, **kwargs: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(routes, "search", fail)
        client.raise_request_exception = False

        response = client.get(LIST)

        assert response.status_code == 500
        assert response.json()["message"] == "Something went wrong here. Try again in a while."

    def test_so_does_a_host_that_is_none_of_the_site_s(self, client: Client):
        response = client.get(LIST, headers={"host": "elsewhere.example"})

        assert (response.status_code, response.json()["status"]) == (400, 400)


class TestThePageForDevelopers:
    def test_every_parameter_and_every_field_stands_on_it(self, client: Client):
        page = main(open_page(client, PAGE))
        schema = client.get(OPENAPI).json()

        asked = schema["paths"][LIST]["get"]["parameters"]
        told = texts(page, "table th[scope=row]")
        fields = schema["components"]["schemas"]["Resource"]["properties"]
        assert {one["name"] for one in asked} | set(fields) <= set(told)

    def test_a_parameter_s_values_and_what_it_means(self, client: Client):
        page = main(open_page(client, PAGE))

        asked, resource = (table_of(table) for table in page.select("table")[:2])
        assert asked["cost"].startswith("What it costs.")
        assert "One of: any, all." in asked["match"]
        assert "One or several of: basic, intermediate, advanced, expert." in asked["proficiency"]
        assert asked["provider"].endswith("One value or several, 500 at most.")
        assert "From 1 to 100; 20 unless it is named." in asked["limit"]
        assert resource["skills"] == "Any number. TaughtSkill"

    @override_settings(SITE_URL="https://waymark.example")
    def test_its_examples_are_addresses_of_this_site_that_answer(self, client: Client):
        page = main(open_page(client, PAGE))

        examples = [text for text in texts(page, "pre") if text.startswith("curl ")]
        found = [example.split("'")[1] for example in examples]
        assert all(address.startswith("https://waymark.example/api/v1/") for address in found)
        paths = [address.removeprefix("https://waymark.example") for address in found]
        assert [client.get(path).status_code for path in paths] == [200, 200, 404]

    def test_the_foot_of_every_page_and_pages_about_the_site_lead_to_it(self, client: Client):
        for path in ("/", "/licence/"):
            assert links(open_page(client, path))["For developers"] == PAGE

    def test_it_names_the_description_for_programs(self, client: Client):
        page = open_page(client, PAGE)

        assert page.select_one("link[rel=service-desc]")["href"] == OPENAPI
        assert links(main(page))["openapi.json"] == OPENAPI


def table_of(table: Tag) -> dict[str, str]:
    return {words(row.th): words(row.td) for row in table.select("tbody tr")}


class TestPagesNameTheirForm:
    def test_a_resource_s(self, client: Client):
        resource = ResourceFactory()

        page = open_page(client, resource.get_absolute_url())

        assert json_of(page) == f"{LIST}/{resource.uid}"

    def test_a_list_s(self, client: Client):
        SkillFactory(title="A skill")

        whole, narrowed = (
            json_of(open_page(client, f"/resources/{query}"))
            for query in ("", "?q=word&skill=a-skill&page=3")
        )

        assert (whole, narrowed) == (LIST, f"{LIST}?q=word&skill=a-skill")
        assert client.get(narrowed).status_code == 200


def json_of(page: BeautifulSoup) -> str:
    return page.select_one("link[rel=alternate][type='application/json']")["href"]
