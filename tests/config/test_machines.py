"""What machines ask: robots, browsers' search fields, the canonical address of each page."""

from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.factories import FrameworkFactory, ResourceFactory, SkillFactory
from tests.pages import open_page

SITE = "http://127.0.0.1:8000"


class TestRobots:
    def rules(self, client: Client) -> list[str]:
        response = client.get("/robots.txt")
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        return response.content.decode().splitlines()

    @pytest.mark.parametrize(
        ("path", "may"),
        [
            *(("/", True), ("/resources/", True), ("/resources/a/", True), ("/static/a.css", True)),
            *(("/resources/?page=2", True), ("/pathways/?page=3", True)),
            ("/skills/?framework=none", True),
            *(("/resources/?type=video", False), ("/resources/?type=video&page=2", False)),
            *(("/go/00000000-0000-4000-8000-000000000000/", False), ("/tags/?letter=b", True)),
            *(("/contact/?about=/skills/", False), ("/admin/", False), ("/admin/login/", False)),
        ],
    )
    @pytest.mark.django_db
    def test_they_may_read_everything_but_the_desk_and_narrowed_lists(
        self, client: Client, path: str, may: bool
    ):
        rules = [line.split(": ", 1) for line in self.rules(client) if ": /" in line]
        fitting = [(len(rule), verb) for verb, rule in rules if fits(rule, path)]

        assert (max(fitting, default=(0, "Allow"))[1] == "Allow") is may

    @pytest.mark.django_db
    def test_they_hear_of_the_sitemap(self, client: Client):
        parser = RobotFileParser()
        parser.parse(self.rules(client))

        assert parser.site_maps() == [f"{SITE}/sitemap.xml"]


def fits(rule: str, path: str) -> bool:
    """Whether a rule with stars fits the beginning of `path` (RFC 9309, section 2.2.3)."""
    start, *rest = rule.split("*")
    if not path.startswith(start):
        return False
    at = len(start)
    for part in rest:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


@pytest.mark.django_db
class TestOpenSearch:
    def test_it_says_where_to_search(self, client: Client, settings: object):
        settings.SITE_NAME = "Learning & more for everybody"
        response = client.get("/opensearch.xml")
        root = ElementTree.fromstring(response.content)
        space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}

        assert response["Content-Type"] == "application/opensearchdescription+xml"
        assert root.findtext("o:ShortName", namespaces=space) == "Learning & more "
        assert root.find("o:Url", space).attrib == {
            "type": "text/html",
            "template": f"{SITE}/resources/?q={{searchTerms}}",
        }

    def test_every_page_leads_to_it(self, client: Client):
        link = open_page(client, "/about/").select_one("link[rel=search]")

        assert link["href"] == "/opensearch.xml"
        assert link["title"] == "Waymark"


@pytest.mark.django_db
class TestCanonical:
    @pytest.mark.parametrize(
        ("asked", "own"),
        [
            ("/", "/"),
            ("/skills/?utm_source=news", "/skills/"),
            ("/contact/?about=/skills/", "/contact/"),
            ("/resources/?utm_source=news&page=1", "/resources/"),
            # There is no second page.
            ("/resources/?page=2", "/resources/"),
            (
                "/resources/?type=video&x=1&q=a+b&type=course",
                "/resources/?q=a+b&type=course&type=video",
            ),
            ("/skills/?framework=none", "/skills/?framework=none"),
            ("/skills/?framework=second-1.0", "/skills/?framework=second-1.0"),
            ("/skills/?framework=first-1.0", "/skills/"),
            ("/skills/?framework=nonsense", "/skills/"),
        ],
    )
    def test_one_content_has_one_address(self, client: Client, asked: str, own: str):
        FrameworkFactory(family="first", position=1)
        FrameworkFactory(family="second", position=2)
        page = open_page(client, asked)

        assert [link["href"] for link in page.select("link[rel=canonical]")] == [f"{SITE}{own}"]

    def test_each_page_of_a_list_is_one_of_its_own(self, client: Client):
        ResourceFactory.create_batch(21, provider=None)
        page = open_page(client, "/resources/?x=1&page=2")

        assert page.select_one("link[rel=canonical]")["href"] == f"{SITE}/resources/?page=2"

    def test_without_frameworks_a_to_z_is_the_list_of_skills(self, client: Client):
        page = open_page(client, "/skills/?framework=none")

        assert page.select_one("link[rel=canonical]")["href"] == f"{SITE}/skills/"

    def test_what_is_not_there_has_none(self, client: Client):
        skill = SkillFactory()
        skill.withdraw(by=None, reason="Nobody does it.")

        for path, status in (("/no-such-page/", 404), (skill.get_absolute_url(), 410)):
            assert open_page(client, path, status=status).select("link[rel=canonical]") == []

    @pytest.mark.parametrize(
        ("path", "is_listed"),
        [
            ("/resources/?page=2", True),
            ("/resources/?type=video", False),
            ("/resources/?q=a", False),
        ],
    )
    def test_pages_of_a_whole_list_may_be_found_and_narrowed_ones_not(
        self, client: Client, path: str, is_listed: bool
    ):
        ResourceFactory.create_batch(21, provider=None)

        assert (open_page(client, path).select("meta[name=robots]") == []) is is_listed
