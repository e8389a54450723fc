"""A step: where it is, what to do, and on to the next."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from catalogue.vocabularies import LinkState
from pathways import publication
from pathways.models import Pathway
from tests.factories import CuratorFactory, ResourceFactory, SkillFactory, add_step
from tests.pages import links, main, open_page, texts, words
from tests.trails import publish_pathway

pytestmark = pytest.mark.django_db

WAY = {"requirement": "choose-one", "choice": 1}


def step_page(client: Client, pathway: Pathway, n: int, *, status: int = 200):
    return open_page(client, f"{pathway.get_absolute_url()}{n}/", status=status)


def turns(page) -> dict[str, str]:
    """Where back and on lead, by what the links say."""
    return links(page, ".turns a")


def without_step(pathway: Pathway, n: int) -> None:
    """Publishes a new revision of the pathway that has no step `n`."""
    draft = publication.draft_from(pathway.published_revision, by=None)
    draft.steps.get(n=n).delete()
    publication.publish(draft, by=None)


class TestWhere:
    def test_it_says_which_step_of_how_many_and_in_which_stage(self, client: Client):
        pathway = publish_pathway("A way", {"First": ["One", "Two"], "Second": ["Three"]})
        page = step_page(client, pathway, 3)

        assert words(page.select_one(".where p")) == "Step 3 of 3 Stage 2, Second"
        assert links(page.select_one(".breadcrumb"))["A way"] == pathway.get_absolute_url()

    def test_every_step_is_one_link_away_and_the_present_one_is_marked(self, client: Client):
        pathway = publish_pathway(
            stages={"A": ["One", ("Two", {"requirement": "optional"})], "B": ["Three"]}
        )
        page = step_page(client, pathway, 2)

        assert texts(page, ".step-row a") == [
            "Step 1: One, Activity at work",
            "Step 2: Two, Activity at work, Optional",
            "Step 3: Three, Activity at work",
        ]
        assert texts(page, "[aria-current=step]") == ["Step 2: Two, Activity at work, Optional"]
        assert page.select(".step-row li")[1].a["class"][1:] == ["is-activity", "is-optional"]
        assert [li for li in page.select(".step-row li") if "begins-stage" in li["class"]] == [
            page.select(".step-row li")[2]
        ]

    def test_each_way_of_a_fork_is_a_link_of_its_own(self, client: Client):
        pathway = publish_pathway(stages={"A": ["One", ("Left", WAY), ("Right", WAY), "Four"]})
        page = step_page(client, pathway, 3)

        assert links(page, ".step-row__place--fork a") == {
            "Step 2a: Left, Activity at work": f"{pathway.get_absolute_url()}2/",
            "Step 2b: Right, Activity at work": f"{pathway.get_absolute_url()}3/",
        }
        assert texts(page, "[aria-current=step]") == ["Step 2b: Right, Activity at work"]
        assert len(page.select(".step-row > li")) == 3

    def test_a_way_of_a_fork_has_its_letter_wherever_it_is_named(self, client: Client):
        pathway = publish_pathway("A way", {"A": ["One", ("Left", WAY), ("Right", WAY), "Four"]})
        way, after = step_page(client, pathway, 3), step_page(client, pathway, 4)

        assert words(way.select_one(".where b")) == "Step 2b of 3"
        assert words(way.title).startswith("Step 2b: Right – A way")
        assert words(way.select_one(".breadcrumb [aria-current=page]")) == "Step 2b"
        assert words(after.select_one(".where b")) == "Step 3 of 3"

    def test_the_titles_of_step_and_stage_tell_their_language(self, client: Client):
        stage = {"Stage": [ResourceFactory(title="Canllaw", languages=["cy"])], "B": ["Two"]}
        pathway = publish_pathway(stages=stage)
        english = step_page(client, pathway, 1)
        with translation.override("en"):
            welsh = open_page(client, f"/cy{pathway.get_absolute_url()}1/")

        assert english.select_one(".step-row [lang=cy]").get_text() == "Canllaw"
        assert welsh.select_one(".where p [lang=en]").get_text() == "Stage"


class TestOnwards:
    def test_a_pathway_is_followed_by_plain_links_to_its_end(self, client: Client):
        pathway = publish_pathway(
            stages={
                "A": ["One", ("Left", WAY), ("Right", WAY)],
                "B": [ResourceFactory(title="Three"), ("Four", {"requirement": "optional"})],
            }
        )
        walked, address = [], f"{pathway.get_absolute_url()}1/"
        while True:
            page = open_page(client, address)
            walked.append(words(page.h1))
            [*_, (said, address)] = turns(page).items()
            if said == "Next The top of the trail":
                break

        assert walked == ["One", "Left", "Three", "Four"]
        assert address == f"{pathway.get_absolute_url()}#end"
        assert page.select("a[rel=next]") == []
        assert open_page(client, address).select_one("#end")

    def test_back_and_on_say_where_they_lead(self, client: Client):
        pathway = publish_pathway(
            stages={"A": ["One", "Two", ("Three", {"requirement": "optional"})]}
        )

        assert turns(step_page(client, pathway, 1)) == {
            "Next, step 2 Two": f"{pathway.get_absolute_url()}2/"
        }
        assert list(turns(step_page(client, pathway, 2))) == [
            "Previous, step 1 One",
            "Next, step 3, optional Three",
        ]

    def test_a_fork_is_turned_to_as_one(self, client: Client):
        pathway = publish_pathway(stages={"A": [("Left", WAY), ("Right", WAY), "Afterwards"]})

        # From either way the next is what follows the fork.
        for n in (1, 2):
            assert turns(step_page(client, pathway, n)) == {
                "Next, step 2 Afterwards": f"{pathway.get_absolute_url()}3/"
            }
        assert turns(step_page(client, pathway, 3))["Previous, step 1 Choose one of 2 ways"] == (
            f"{pathway.get_absolute_url()}1/"
        )


class TestWhatToDo:
    def test_a_resource_is_one_button_away_and_its_host_is_named(self, client: Client):
        resource = ResourceFactory(
            title="A quiz", resource_type="quiz", url="https://quiz.example.org/start"
        )
        pathway = publish_pathway(stages={"A": [resource]})
        page = step_page(client, pathway, 1)

        assert words(page.h1) == "A quiz"
        step = pathway.published_revision.steps.get()
        assert links(page, ".do .button") == {"Open the quiz": f"/go/{step.uid}/"}
        assert "Leads to quiz.example.org" in words(page.select_one(".do"))
        assert links(page, ".do a")["quiz.example.org"] == "https://quiz.example.org/start"

    def test_all_about_its_resource_is_told_on_a_page_that_knows_the_way_back(self, client: Client):
        resource = ResourceFactory(title="A quiz")
        pathway = publish_pathway("A way", {"A": ["One", resource]})
        address = links(step_page(client, pathway, 2), ".do a")["All about this resource"]

        assert address == "/resources/a-quiz/?step=a-way.2"

    def test_an_activity_says_what_to_do(self, client: Client):
        step = ("Look around", {"instructions": "1. Stand up.\n2. Look.", "duration_minutes": 15})
        page = step_page(client, publish_pathway(stages={"A": [step]}), 1)

        assert words(page.select_one(".title__kind")) == "Activity at work"
        assert texts(page, ".step__todo ol li") == ["Stand up.", "Look."]
        assert texts(page, ".title__facts li") == ["Activity at work", "15 min"]
        assert page.select(".do") == []

    def test_a_reflection_is_named_as_one(self, client: Client):
        page = step_page(
            client, publish_pathway(stages={"A": [("Think", {"kind": "reflection"})]}), 1
        )

        assert words(page.select_one(".title__kind")) == "Reflection"

    def test_another_pathway_is_led_to(self, client: Client):
        other = publish_pathway("The other", summary="From there to yonder.")
        page = step_page(client, publish_pathway(stages={"A": [other]}), 1)

        assert words(page.select_one(".title__lead")) == "From there to yonder."
        assert links(page, ".do a") == {"Go to that pathway": other.get_absolute_url()}

    def test_another_pathway_that_was_withdrawn_is_told(self, client: Client):
        other = publish_pathway("The other")
        pathway = publish_pathway(stages={"A": [other]})
        other.withdraw(by=None, reason="It is out of date.")
        page = step_page(client, pathway, 1)

        assert words(page.select_one(".do .notice")) == (
            "That pathway was withdrawn Why: It is out of date."
        )
        assert "Go on with the next step." in words(page.select_one(".do"))
        assert links(page, ".do a") == {}

    def test_the_curator_says_why_in_their_own_voice(self, client: Client):
        pathway = publish_pathway(
            stages={"A": [(None, {"note": "Short & to the point."})]},
            credits=[(CuratorFactory(name="A guest curator"), "author")],
        )

        assert words(step_page(client, pathway, 1).select_one(".note")) == (
            "Short & to the point. A guest curator: why this step"
        )

    def test_it_lists_what_one_practises(self, client: Client):
        resource = ResourceFactory(
            skills=[(SkillFactory(title="Cleaning"), "basic"), SkillFactory(published=False)]
        )
        page = step_page(client, publish_pathway(stages={"A": [resource]}), 1)

        assert texts(page.aside, ".links li") == ["Basic Cleaning"]

    def test_a_title_in_another_language_says_so(self, client: Client):
        resource = ResourceFactory(title="Gweithio hybrid", languages=["cy"])
        page = step_page(client, publish_pathway(stages={"A": [resource]}), 1)

        assert page.h1["lang"] == "cy"
        assert "In Welsh" in texts(page, ".title__facts li")


class TestChoosing:
    def test_a_way_shows_the_other_ways(self, client: Client):
        pathway = publish_pathway(stages={"A": [("Left", WAY), ("Right", WAY)]})
        page = step_page(client, pathway, 2)

        assert words(page.select_one(".ways h2")) == "Choose one of 2 ways"
        assert links(page, ".ways a") == {
            "a Left": f"{pathway.get_absolute_url()}1/",
            "b Right": f"{pathway.get_absolute_url()}2/",
        }
        assert texts(page, ".ways [aria-current=page]") == ["b Right"]


class TestStandIn:
    def test_it_is_named_beside_a_link_that_works(self, client: Client):
        first = ResourceFactory(title="First", link=LinkState.WORKS)
        other = ResourceFactory(title="The other")
        pathway = publish_pathway(stages={"A": [(first, {"stand_in": other})]})
        page = step_page(client, pathway, 1)

        assert words(page.h1) == "First"
        assert "The other stands in for it." in words(page.aside)

    def test_it_takes_over_when_the_first_dies_and_says_so(self, client: Client):
        first = ResourceFactory(title="First", link=LinkState.GONE)
        other = ResourceFactory(title="The other", url="https://other.example.org/")
        pathway = publish_pathway(stages={"A": [(first, {"stand_in": other})]})
        page = step_page(client, pathway, 1)

        assert words(page.h1) == "The other"
        assert links(page, ".do .button").keys() == {"Open the guide"}
        assert links(page, ".do a")["other.example.org"] == "https://other.example.org/"
        assert "First is no longer there, so this stands in for it." in words(
            page.select_one(".do")
        )
        assert "If it does not open" not in words(page.aside)

    def test_without_one_a_withdrawn_resource_leads_on(self, client: Client):
        resource = ResourceFactory(title="First")
        pathway = publish_pathway(stages={"A": [resource, "Next one"]})
        resource.withdraw(by=None, reason="It is gone.")
        page = step_page(client, pathway, 1)

        assert words(page.select_one(".do .notice")) == (
            "This resource was withdrawn Why: It is gone."
        )
        assert links(page, ".do a") == {}
        assert "Withdrawn" in texts(page, ".title__facts li")
        assert links(page, "[rel=next]") == {
            "Next, step 2 Next one": f"{pathway.get_absolute_url()}2/"
        }

    def test_what_replaces_a_withdrawn_resource_is_led_to(self, client: Client):
        resource, newer = ResourceFactory(title="First"), ResourceFactory(title="Newer")
        pathway = publish_pathway(stages={"A": [resource]})
        resource.withdraw(by=None, reason="It is gone.", replaced_by=newer)
        page = step_page(client, pathway, 1)

        assert links(page, ".do a") == {"What takes its place": newer.get_absolute_url()}

    def test_the_note_stays_with_what_it_was_written_of(self, client: Client):
        first = ResourceFactory(title="First", link=LinkState.GONE)
        step = (first, {"stand_in": ResourceFactory(), "note": "It is funny."})
        pathway = publish_pathway(
            stages={"A": [step]}, credits=[(CuratorFactory(name="A guest"), "author")]
        )

        assert words(step_page(client, pathway, 1).select_one(".note")) == (
            "It is funny. A guest, of “First”"
        )

    def test_the_note_of_nobody_does_too(self, client: Client):
        first = ResourceFactory(title="First", link=LinkState.GONE)
        step = (first, {"stand_in": ResourceFactory(), "note": "It is funny."})

        page = step_page(client, publish_pathway(stages={"A": [step]}), 1)

        assert words(page.select_one(".note figcaption")) == "Of “First”"

    def test_one_that_was_withdrawn_itself_is_not_named(self, client: Client):
        other = ResourceFactory(title="The other")
        pathway = publish_pathway(stages={"A": [(ResourceFactory(), {"stand_in": other})]})
        other.withdraw(by=None, reason="It is gone.")

        assert step_page(client, pathway, 1).select("[aria-labelledby=stand-in]") == []


class TestRemoved:
    def test_its_address_says_so_and_leads_on_to_what_stands_there_now(self, client: Client):
        pathway = publish_pathway("A way", {"A": ["One", "Two", "Three"]})
        without_step(pathway, 2)
        page = step_page(client, pathway, 2, status=410)

        assert "“Two” was a step of A way." in words(main(page))
        assert links(main(page))["Go on with step 2"] == f"{pathway.get_absolute_url()}3/"
        assert links(main(page))["The whole pathway"] == pathway.get_absolute_url()

    def test_the_last_one_leads_back_to_what_is_the_last_now(self, client: Client):
        pathway = publish_pathway(stages={"A": ["One", "Two"]})
        without_step(pathway, 2)
        page = step_page(client, pathway, 2, status=410)

        assert links(main(page))["Go on with step 1"] == f"{pathway.get_absolute_url()}1/"

    def test_its_resource_can_still_be_found(self, client: Client):
        resource = ResourceFactory(title="A guide")
        pathway = publish_pathway(stages={"A": ["One", resource]})
        without_step(pathway, 2)
        page = step_page(client, pathway, 2, status=410)

        assert links(main(page))["A guide"] == resource.get_absolute_url()

    def test_numbers_of_the_others_stay(self, client: Client):
        pathway = publish_pathway(stages={"A": ["One", "Two", "Three"]})
        without_step(pathway, 1)

        assert words(step_page(client, pathway, 3).h1) == "Three"
        assert words(step_page(client, pathway, 3).select_one(".where b")) == "Step 2 of 2"

    def test_a_step_of_a_draft_was_never_there(self, client: Client):
        pathway = publish_pathway(stages={"A": ["One"]})
        draft = publication.draft_from(pathway.published_revision, by=None)
        add_step(draft.stages.get(), "Secret")

        step_page(client, pathway, 2, status=404)


@pytest.mark.parametrize("number", ["0", "99", "99999999999999999999999999", "-1", "abc", "1.5"])
def test_a_number_that_no_step_has_answers_404(client: Client, number: str):
    pathway = publish_pathway()

    open_page(client, f"{pathway.get_absolute_url()}{number}/", status=404)


def test_a_step_of_a_longer_trail_costs_no_more_queries(client: Client, count_queries: Callable):
    def publish(number: int) -> Pathway:
        resource = ResourceFactory(skills=[SkillFactory() for _ in range(number)])
        return publish_pathway(
            stages={
                f"Stage {stage}": [resource, *([None] * number), publish_pathway()]
                for stage in range(number)
            },
            credits=[(CuratorFactory(), "author") for _ in range(number)],
        )

    short, long = publish(1), publish(4)
    with count_queries() as few:
        step_page(client, short, 1)
    with count_queries() as many:
        step_page(client, long, 1)

    # The site's revision, the pathway, stages, steps, credits, skills of the resource.
    assert len(many) <= len(few) <= 6


def test_a_withdrawn_resource_with_something_in_its_place_costs_eight_queries_at_most(
    client: Client, count_queries: Callable
):
    resource = ResourceFactory()
    pathway = publish_pathway(stages={"A": [resource]}, credits=[(CuratorFactory(), "author")])
    resource.withdraw(by=None, reason="It is gone.", replaced_by=ResourceFactory())
    with count_queries() as queries:
        step_page(client, pathway, 1)

    # As above, and two for what takes its place.
    assert len(queries) <= 8


def test_its_permanent_address_can_be_copied(client: Client, settings: object):
    settings.SITE_URL = "https://learn.example.org"
    pathway = publish_pathway(stages={"A": ["One"]})
    step = pathway.published_revision.steps.get()
    page = step_page(client, pathway, 1)

    assert links(page, ".copy-link a") == {
        f"https://learn.example.org/id/{step.uid}/": step.permanent_url
    }
    assert open_page(client, step.permanent_url, status=302)
