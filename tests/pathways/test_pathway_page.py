"""Pathways: the list, and one drawn as a trail."""

from collections.abc import Callable

import pgtrigger
import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from catalogue.vocabularies import LinkState
from pathways import publication
from pathways.models import Pathway
from tests.factories import (
    CuratorFactory,
    OrganisationFactory,
    ResourceFactory,
    RoleFactory,
    SkillFactory,
    UserFactory,
    make_pathway,
)
from tests.pages import links, main, open_page, texts, words
from tests.trails import publish_pathway

pytestmark = pytest.mark.django_db

WAY = {"requirement": "choose-one", "choice": 1}


def page_of(client: Client, pathway: object):
    return open_page(client, pathway.get_absolute_url())


class TestList:
    def test_each_card_tells_who_made_it_and_how_long_it_takes(self, client: Client):
        publish_pathway(
            "Reader privacy",
            {"First": [ResourceFactory(duration_minutes=50)], "Then": ["Do it"]},
            summary="From here to there.",
            proficiency_from="basic",
            proficiency_to="intermediate",
            credits=[(CuratorFactory(name="A guest curator"), "author")],
        )
        [card] = open_page(client, "/pathways/").select(".pathway-card")

        assert words(card.h2) == "Reader privacy"
        assert words(card.select_one(".pathway-card__by")) == "A guest curator"
        assert texts(card, ".facts li") == [
            "2 steps",
            "2 stages",
            "about 50 min",
            "Basic to Intermediate",
            "Links not checked yet",
        ]

    def test_a_step_is_one_click_away(self, client: Client):
        pathway = publish_pathway("Reader privacy")
        page = open_page(client, "/pathways/")

        assert links(page, ".pathway-card__start a") == {
            "Start with step 1 of Reader privacy": f"{pathway.get_absolute_url()}1/"
        }

    def test_a_card_names_nobody_where_nobody_put_it_together(self, client: Client):
        publish_pathway(credits=[(CuratorFactory(), "reviewer")])

        assert open_page(client, "/pathways/").select(".pathway-card__by") == []

    def test_it_hides_drafts_and_what_was_withdrawn(self, client: Client):
        publish_pathway("Shown")
        publish_pathway("Withdrawn").withdraw(by=None, reason="It is out of date.")

        assert texts(open_page(client, "/pathways/"), ".pathway-card h2") == ["Shown"]

    def test_an_empty_list_says_how_to_go_on(self, client: Client):
        page = open_page(client, "/pathways/")

        assert "There are no pathways here yet" in words(page.select_one(".empty"))
        assert links(page, ".empty a") == {"All skills": "/skills/"}

    def test_more_pathways_cost_no_more_queries(self, client: Client, count_queries: Callable):
        publish_pathway()
        with count_queries() as few:
            client.get("/pathways/")
        for _ in range(4):
            publish_pathway(
                stages={"A": [ResourceFactory(), None], "B": [None, publish_pathway()]},
                credits=[(CuratorFactory(), "author")],
            )
        with count_queries() as many:
            client.get("/pathways/")

        # The site's revision, pathways, stages, steps, credits.
        assert len(many) <= len(few) <= 5


class TestTrail:
    def test_it_is_an_ordered_list_of_stages_and_steps(self, client: Client):
        pathway = publish_pathway(
            stages={
                "Look around": [ResourceFactory(title="A guide"), "Write it down"],
                "Change one thing": [("Think", {"kind": "reflection"})],
            }
        )
        page = page_of(client, pathway)

        assert texts(page, "ol.trail > li h3") == [
            "Stage 1: Look around",
            "Stage 2: Change one thing",
        ]
        assert links(page, "ol.trail h4 a") == {
            "Step 1: A guide": f"{pathway.get_absolute_url()}1/",
            "Step 2: Write it down": f"{pathway.get_absolute_url()}2/",
            "Step 3: Think": f"{pathway.get_absolute_url()}3/",
        }
        kinds = [step["class"][1] for step in page.select("ol.trail .step")]
        assert kinds == ["step--resource", "step--activity", "step--reflection"]

    def test_a_step_tells_what_it_is_how_long_it_takes_and_why(self, client: Client):
        resource = ResourceFactory(
            resource_type="quiz",
            provider=OrganisationFactory(name="A provider"),
            duration_minutes=10,
            proficiency="basic",
        )
        pathway = publish_pathway(stages={"A": [(resource, {"note": "Short & plain."})]})
        step = page_of(client, pathway).select_one(".step")

        assert texts(step, ".facts li") == ["Quiz, A provider", "10 min", "Basic"]
        assert words(step.select_one(".step__why")) == "Short & plain."

    def test_a_fork_is_one_place_with_lettered_ways(self, client: Client):
        pathway = publish_pathway(
            stages={"A": ["First", ("Left", WAY), ("Right", WAY), "Afterwards"]}
        )
        page = page_of(client, pathway)

        assert words(page.select_one(".fork__title")) == "2. Choose one of 2 ways"
        assert texts(page, ".fork h5") == ["Way a: Left", "Way b: Right"]
        assert texts(page, ".step__post") == ["1", "a", "b", "3"]

    def test_an_optional_step_says_so_in_words_too(self, client: Client):
        pathway = publish_pathway(
            stages={"A": ["Must", ("May", {"requirement": "optional", "duration_minutes": 5})]}
        )
        page = page_of(client, pathway)

        assert texts(page, ".step--optional .facts li") == ["Optional", "Activity at work", "5 min"]
        assert "5 min more with optional steps" in texts(page, ".title__facts .facts li")

    def test_minutes_of_a_stage_tell_optional_ones_apart(self, client: Client):
        steps = [
            ("Must", {"duration_minutes": 10}),
            ("May", {"requirement": "optional", "duration_minutes": 5}),
        ]
        page = page_of(client, publish_pathway(stages={"A": steps}))

        assert texts(page, ".trail__stage-facts li") == [
            *("2 steps", "10 min", "5 min more with optional steps")
        ]

    def test_it_says_in_how_long_pieces_it_comes(self, client: Client):
        steps = [("A", {"duration_minutes": 5}), ("B", {"duration_minutes": 45})]
        page = page_of(client, publish_pathway(stages={"A": steps}))

        assert "50 min, in pieces of 5 min to 45 min" in texts(page, ".title__facts .facts li")

    @pytest.mark.parametrize("steps", [["A"], [("A", {"duration_minutes": 5})] * 2])
    def test_it_says_nothing_of_pieces_that_are_alike(self, client: Client, steps: list):
        page = page_of(client, publish_pathway(stages={"A": steps}))

        assert "pieces" not in words(page.select_one(".title__facts"))

    @pytest.mark.parametrize(("ways", "lanes"), [(2, 2), (4, 4), (6, 6), (9, 6)])
    def test_a_fork_has_as_many_lanes_as_ways(self, client: Client, ways: int, lanes: int):
        page = page_of(client, publish_pathway(stages={"A": [("Way", WAY)] * ways}))

        assert len(page.select(f".fork__ways--{lanes} > .step")) == ways

    def test_a_withdrawn_resource_says_so(self, client: Client):
        resource = ResourceFactory()
        pathway = publish_pathway(stages={"A": [resource]})
        resource.withdraw(by=None, reason="It is gone.")

        assert texts(page_of(client, pathway), ".step .freshness--failed") == ["Withdrawn"]

    def test_a_stand_in_leaves_the_note_with_what_it_was_written_of(self, client: Client):
        dead = ResourceFactory(title="Dead", link=LinkState.GONE)
        step = (dead, {"stand_in": ResourceFactory(), "note": "It is funny."})
        page = page_of(client, publish_pathway(stages={"A": [step]}))

        assert words(page.select_one(".step__why")) == "Of “Dead”: It is funny."

    def test_a_dead_link_is_told_and_a_stand_in_serves(self, client: Client):
        dead, other = (
            ResourceFactory(title="Dead", link=LinkState.GONE),
            ResourceFactory(title="New"),
        )
        alone = ResourceFactory(title="Alone", link=LinkState.GONE)
        pathway = publish_pathway(stages={"A": [(dead, {"stand_in": other}), alone]})
        page = page_of(client, pathway)

        assert texts(page, ".step h4") == ["Step 1: New", "Step 2: Alone"]
        assert "Stands in for Dead" in texts(page, ".step .facts li")
        assert texts(page, ".step .freshness--failed") == ["Link no longer works"]
        assert "1 link no longer works" in texts(page, ".title__facts .facts li")

    def test_another_pathway_is_a_step_with_its_level(self, client: Client):
        other = publish_pathway("The other", proficiency_from="expert")
        page = page_of(client, publish_pathway(stages={"A": [other]}))

        assert texts(page, ".step--pathway h4") == ["Step 1: The other"]
        assert "Expert" in texts(page, ".step--pathway .facts li")

    def test_the_key_explains_the_marks_that_are_there(self, client: Client):
        page = page_of(
            client, publish_pathway(stages={"A": [None, ("May", {"requirement": "optional"})]})
        )

        assert texts(page, ".trail-key li") == [
            "Core step",
            "Optional step, off the way",
            "Activity at work",
        ]

    def test_addresses_are_ready_for_paper(self, client: Client):
        resource = ResourceFactory(url="https://www.example.org/quiz")
        page = page_of(client, publish_pathway(stages={"A": [resource]}))

        assert page.select_one(".step a")["data-to"] == "https://www.example.org/quiz"

    def test_what_an_activity_asks_is_written_out_on_paper(self, client: Client):
        steps = [("Clear the desk", {"instructions": "1. Take a **cloth**."})]
        page = page_of(client, make_pathway(steps=steps))

        assert page.select_one(".step .paper-only").get_text(strip=True) == "Take acloth."


class TestAround:
    def test_it_tells_what_it_leads_to_for_whom_and_by_whom(self, client: Client):
        author, reviewer = CuratorFactory(name="An author"), CuratorFactory(name="A reviewer")
        pathway = publish_pathway(
            outcomes="You can begin.\nYou can go on.",
            audience="For everyone at the desk.",
            introduction="Take your *time*.",
            licence="CC-BY-4.0",
            change_summary="A step more.",
            skills=[(SkillFactory(title="A skill"), "intermediate")],
            roles=[RoleFactory(title="A role")],
            credits=[(reviewer, "reviewer"), (author, "author")],
            organisation=OrganisationFactory(name="An organisation"),
        )
        page = page_of(client, pathway)

        assert texts(page, ".outcomes li") == ["You can begin.", "You can go on."]
        assert words(page.select_one(".prose em")) == "time"
        about = words(page.aside)
        assert "For everyone at the desk." in about
        credits = {
            words(panel.h2): texts(panel, ".credit__name")
            for panel in page.select(".panel")
            if panel.select(".credit")
        }
        assert credits == {"Put together by": ["An author"], "Reviewed by": ["A reviewer"]}
        assert "A step more." in about
        assert "CC-BY-4.0" in about
        assert {"A skill", "A role", "An author", "A reviewer", "An organisation"} <= set(
            links(page.aside)
        )

    def test_an_erased_curator_is_credited_without_a_link(self, client: Client):
        curator = CuratorFactory(name="A guest curator")
        pathway = publish_pathway(credits=[(curator, "author")])
        curator.erase(by=None)
        credit = page_of(client, pathway).select_one(".credit")

        assert words(credit.select_one(".credit__name")) == "a former curator"
        assert links(credit) == {}

    def test_following_starts_with_the_first_step(self, client: Client):
        pathway = publish_pathway()
        page = page_of(client, pathway)

        assert links(page, ".title .button") == {
            "Start with step 1": f"{pathway.get_absolute_url()}1/"
        }

    def test_its_end_leads_on_to_pathways_that_share_skills(self, client: Client):
        skill = SkillFactory()
        pathway = publish_pathway("This", skills=[(skill, "basic")])
        publish_pathway("Onwards", skills=[(skill, "expert")])
        publish_pathway("Elsewhere", skills=[(SkillFactory(), "basic")])
        page = page_of(client, pathway)

        assert words(page.select_one("#end h2")) == "The top"
        assert texts(page, ".onwards h3") == ["Onwards"]
        assert texts(page, ".onwards li p") == ["From here to there."]

    @pytest.mark.parametrize(("ordered", "said"), [(True, False), (False, True)])
    def test_it_says_where_the_order_is_a_suggestion(
        self, client: Client, ordered: bool, said: bool
    ):
        page = page_of(client, publish_pathway(ordered=ordered))

        assert ("The order is a suggestion" in words(main(page))) is said

    def test_one_that_was_withdrawn_says_why(self, client: Client):
        pathway = publish_pathway("An old way")
        pathway.withdraw(by=None, reason="The law has changed.")
        page = open_page(client, pathway.get_absolute_url(), status=410)

        assert "Why: The law has changed." in words(main(page))

    def test_a_longer_trail_costs_no_more_queries(self, client: Client, count_queries: Callable):
        other = publish_pathway()
        short = publish_pathway("Short", {"A": [None, other]}, skills=[(SkillFactory(), "basic")])
        long = publish_pathway(
            "Long",
            {"A": [None, None, other, ("x", WAY), ("y", WAY)], "B": [None, publish_pathway()]},
            skills=[(SkillFactory(), "basic") for _ in range(4)],
            roles=[RoleFactory() for _ in range(3)],
            credits=[(CuratorFactory(), "author"), (CuratorFactory(), "reviewer")],
        )
        with count_queries() as few:
            page_of(client, short)
        with count_queries() as many:
            page_of(client, long)

        # The site's revision, the pathway, stages, steps, credits, what it practises and for whom, what
        # changed, where to go on.
        assert len(many) <= len(few) <= 8


def empty_pathway() -> Pathway:
    """A published pathway that has lost all its steps, which no form allows."""
    pathway = publish_pathway(stages={"Begin": ["One"]})
    with pgtrigger.ignore("pathways.Step:only_in_draft"):
        pathway.published_revision.steps.all().delete()
    return pathway


class TestWithoutSteps:
    def test_it_says_so_and_leads_on(self, client: Client):
        page = page_of(client, empty_pathway())

        assert "This pathway has no steps at the moment" in words(page.select_one(".empty"))
        assert links(page, ".empty a") == {"All pathways": "/pathways/"}
        assert page.select(".trail, .title .button, #end") == []

    def test_its_card_draws_and_starts_nothing(self, client: Client):
        empty_pathway()
        card = open_page(client, "/pathways/").select_one(".pathway-card")

        assert texts(card, ".facts li") == ["0 steps"]
        assert card.select(".small-trail, .pathway-card__start") == []

    def test_a_step_of_it_that_once_was_leads_back(self, client: Client):
        pathway = publish_pathway(stages={"Begin": ["One"]})
        other = publish_pathway(stages={"Begin": [pathway]})
        with pgtrigger.ignore("pathways.Step:only_in_draft"):
            pathway.published_revision.steps.all().delete()

        page = open_page(client, f"{other.get_absolute_url()}1/")

        assert links(page, ".do a") == {"Go to that pathway": pathway.get_absolute_url()}


class TestHistory:
    def publish_again(self, pathway: Pathway, change: str, *, by: object = None) -> None:
        draft = publication.draft_from(pathway.published_revision, by=by)
        draft.change_summary = change
        draft.save()
        publication.publish(draft, by=by)
        pathway.refresh_from_db()

    @pytest.mark.parametrize("has_page", [True, False])
    def test_it_names_who_reviewed_it_where_they_have_a_public_page(
        self, client: Client, has_page: bool
    ):
        editor = UserFactory(email="editor@example.org", name="Known at the desk")
        curator = CuratorFactory(name="An editor", user=editor, published=has_page)
        pathway = publish_pathway()
        self.publish_again(pathway, "A step more.", by=editor)
        panel = page_of(client, pathway).select_one("[aria-labelledby=kept]")

        today = date_format(timezone.localdate())
        by = " by An editor" if has_page else ""
        assert words(panel.p) == f"Revision 2, reviewed and published on {today}{by}."
        assert links(panel) == ({"An editor": curator.get_absolute_url()} if has_page else {})

    def test_it_never_tells_how_a_user_signs_in(self, client: Client):
        editor = UserFactory(email="editor@example.org", name="Known at the desk")
        pathway = publish_pathway()
        self.publish_again(pathway, "A step more.", by=editor)
        page = page_of(client, pathway)

        assert "editor@example.org" not in str(page)
        assert "Known at the desk" not in str(page)

    def test_it_tells_what_each_revision_changed_the_newest_first(self, client: Client):
        pathway = publish_pathway(change_summary="The beginning.")
        self.publish_again(pathway, "A step more.")
        self.publish_again(pathway, "A step less.")
        publication.draft_from(pathway.published_revision, by=None)
        panel = page_of(client, pathway).select_one("[aria-labelledby=kept]")

        assert words(panel.select("p")[1]) == "A step less."
        assert texts(panel, "details li p:last-child") == ["A step more.", "The beginning."]
        assert [text.split(",")[0] for text in texts(panel, "details li p:first-child")] == [
            *("Revision 2", "Revision 1")
        ]

    def test_one_revision_has_nothing_before_it(self, client: Client):
        assert page_of(client, publish_pathway()).select("details") == []

    def test_more_revisions_cost_no_more_queries(self, client: Client, count_queries: Callable):
        editor = UserFactory()
        CuratorFactory(user=editor)
        pathway = publish_pathway(skills=[(SkillFactory(), "basic")])
        with count_queries() as few:
            page_of(client, pathway)
        for change in ["One", "Two", "Three"]:
            self.publish_again(pathway, change, by=editor)
        with count_queries() as many:
            page_of(client, pathway)

        assert len(many) <= len(few)


def test_it_shows_its_permanent_address_to_be_copied(client: Client, settings: object):
    settings.SITE_URL = "https://learn.example.org"
    row = publish_pathway()
    page = open_page(client, row.get_absolute_url())

    assert links(page, "[aria-labelledby=permanent] a") == {
        f"https://learn.example.org/id/{row.uid}/": row.permanent_url
    }
