"""Resources: one row for one thing on the web, complete before it is public."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from catalogue.models import Competence, LinkHealth, Resource, ResourceSkill
from catalogue.nearby import related_to
from catalogue.vocabularies import LinkState
from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    OrganisationFactory,
    ResourceCompetenceFactory,
    ResourceFactory,
    SkillFactory,
    TagFactory,
)
from tests.rules import refused

pytestmark = pytest.mark.django_db

TWIN = "A resource with this address is in the catalogue already."

# Written another way, the same page.
TWINS = [
    "https://example.org/guide",
    "http://www.example.org/guide/",
    "https://EXAMPLE.org:443/guide?utm_source=newsletter",
    "example.org/guide#part-two",
]


def told(resource: Resource) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        resource.full_clean()
    return caught.value.message_dict


class TestTwins:
    @pytest.mark.parametrize("url", TWINS)
    def test_full_clean_tells_of_the_same_page_under_another_address(self, url: str) -> None:
        ResourceFactory(url="https://example.org/guide")

        assert told(ResourceFactory.build(url=url, provider=None)) == {"url": [TWIN]}

    def test_the_database_refuses_one(self) -> None:
        ResourceFactory(url="https://example.org/guide")

        with refused("catalogue_resource_canonical_url_key"):
            ResourceFactory(url="http://www.example.org/guide")

    def test_a_withdrawn_one_still_has_its_address(self) -> None:
        ResourceFactory(url="https://example.org/guide").withdraw(by=None, reason="Out of date.")

        again = ResourceFactory.build(url="https://example.org/guide", provider=None)

        assert told(again) == {"url": [TWIN]}

    def test_it_is_no_twin_of_its_own(self) -> None:
        ResourceFactory(url="https://example.org/guide").full_clean()

    def test_people_get_the_address_as_it_was_given(self) -> None:
        resource = ResourceFactory(url="http://www.example.org/guide/?utm_source=x")

        resource.refresh_from_db()
        assert resource.url == "http://www.example.org/guide/?utm_source=x"
        assert resource.canonical_url == "//example.org/guide"


class TestAddress:
    def test_a_missing_scheme_is_mended(self) -> None:
        resource = ResourceFactory.build(url="www.example.org/guide", provider=None)

        resource.full_clean()

        assert resource.url == "https://www.example.org/guide"

    @pytest.mark.parametrize("url", ["", "nonsense", "mailto:someone@example.org", "http://"])
    def test_what_is_none_is_told_at_its_field(self, url: str) -> None:
        assert list(told(ResourceFactory.build(url=url, provider=None))) == ["url"]


class TestBeforeItIsPublic:
    def test_scraped_words_stay_in_the_draft(self) -> None:
        draft = ResourceFactory(published=False, description_source="scraped")

        with pytest.raises(ValidationError) as caught:
            draft.publish(by=None)

        assert caught.value.messages == [
            "Rewrite the description in your own words, then say that it is written for Waymark."
        ]

    def test_nor_do_they_come_in_later(self) -> None:
        resource = ResourceFactory()

        with refused("catalogue_resource_published_rewritten"):
            Resource.objects.filter(pk=resource.pk).update(description_source="scraped")

    @pytest.mark.parametrize("missing", [{"resource_type": ""}, {"cost": ""}, {"languages": []}])
    def test_it_needs_a_type_a_cost_and_a_language(self, missing: dict) -> None:
        draft = ResourceFactory(published=False, **missing)

        with pytest.raises(ValidationError) as caught:
            draft.publish(by=None)

        assert caught.value.messages == [
            "A public resource needs a type, a cost and at least one language."
        ]

    def test_a_draft_needs_an_address_and_a_title_alone(self) -> None:
        Resource(url="https://example.org/guide", title="A guide", cost="").full_clean()


class TestMinutes:
    @pytest.mark.parametrize("minutes", [1, 60_000])
    def test_they_are_within_reason(self, minutes: int) -> None:
        ResourceFactory(duration_minutes=minutes).full_clean()

    @pytest.mark.parametrize("minutes", [0, 60_001])
    def test_without_it_they_are_refused(self, minutes: int) -> None:
        with refused("catalogue_resource_minutes_sensible"):
            ResourceFactory(duration_minutes=minutes, duration_source="provider")

    def test_a_source_without_minutes_is_refused(self) -> None:
        with refused("catalogue_resource_minutes_sourced"):
            ResourceFactory(duration_minutes=None, duration_source="provider")

    def test_an_estimate_is_told_from_what_the_provider_says(self) -> None:
        assert ResourceFactory(duration_source="estimate").is_estimate is True
        assert ResourceFactory(duration_source="provider").is_estimate is False
        assert ResourceFactory(duration_minutes=None).is_estimate is False


class TestDate:
    @pytest.mark.parametrize("date", ["", "2025", "2025-11", "2025-11-03"])
    def test_it_is_as_exact_as_known(self, date: str) -> None:
        ResourceFactory(date_published=date).full_clean()

    @pytest.mark.parametrize("date", ["25", "2025-00", "2025-1", "2025-11-32", "3.11.2025"])
    def test_it_is_a_date(self, date: str) -> None:
        with refused("catalogue_resource_date_iso"):
            ResourceFactory(date_published=date)


class TestSkills:
    def test_a_skill_s_proficiency_is_the_resource_s_own_unless_it_says_so(self) -> None:
        plain, apart = SkillFactory(), SkillFactory()

        resource = ResourceFactory(proficiency="advanced", skills=[plain, (apart, "basic")])

        links = ResourceSkill.objects.filter(resource=resource)
        assert dict(links.values_list("skill", "proficiency")) == {
            plain.pk: "advanced",
            apart.pk: "basic",
        }

    def test_where_neither_says_one_there_is_none(self) -> None:
        resource = ResourceFactory(proficiency="", skills=[SkillFactory()])

        assert resource.skill_links.get().proficiency == ""

    def test_one_skill_may_be_taught_at_two(self) -> None:
        skill = SkillFactory()

        resource = ResourceFactory(skills=[(skill, "basic"), (skill, "expert")])

        assert resource.skill_links.count() == 2


class TestReading:
    def test_readers_see_published_ones_in_the_order_of_their_titles(self) -> None:
        ResourceFactory(title="A draft", published=False)
        ResourceFactory(title="Gone").withdraw(by=None, reason="Out of date.")
        ResourceFactory(title="Zebra")
        ResourceFactory(title="Écran")

        assert [one.title for one in Resource.objects.for_listing()] == ["Écran", "Zebra"]

    def test_a_list_costs_two_queries_however_long(self, count_queries: Callable) -> None:
        skills = [SkillFactory(), SkillFactory()]
        for _ in range(12):
            ResourceFactory(skills=skills, link=LinkState.WORKS)

        with count_queries() as queries:
            for resource in Resource.objects.for_listing():
                assert resource.provider.name
                assert resource.link.state == LinkState.WORKS
                assert [link.skill.title for link in resource.skill_links.all()]

        assert len(queries) == 2

    def test_a_page_costs_four_queries(self, count_queries: Callable) -> None:
        competence = CompetenceFactory()
        skills = [SkillFactory(competences=[competence]) for _ in range(3)]
        resource = ResourceFactory(skills=skills, tags=["archives", "maps"])
        ResourceCompetenceFactory(resource=resource, competence=competence)

        with count_queries() as queries:
            found = Resource.objects.for_detail().get(pk=resource.pk).with_details()
            found.with_details()
            assert [tag.name for tag in found.tags.all()]
            assert [link.competence.key for link in found.competence_links.all()]
            for link in found.skill_links.all():
                assert [one.framework.title for one in link.skill.competences.all()]

        assert len(queries) == 4

    def test_a_skill_that_is_not_public_is_not_named(self) -> None:
        ResourceFactory(skills=[SkillFactory(published=False)])

        assert list(Resource.objects.for_listing().get().skill_links.all()) == []

    def test_a_competence_of_a_draft_framework_is_not_named(self) -> None:
        resource = ResourceFactory()
        ResourceCompetenceFactory(
            resource=resource,
            competence=CompetenceFactory(framework=FrameworkFactory(published=False)),
        )

        assert list(Resource.objects.get().with_details().competence_links.all()) == []
        assert not Competence.objects.public().exists()

    def test_related_ones_share_skills_and_most_come_first(self) -> None:
        data, privacy, maps = SkillFactory(), SkillFactory(), SkillFactory()
        resource = ResourceFactory(skills=[data, privacy])
        one = ResourceFactory(title="Shares one", skills=[data, maps])
        both = ResourceFactory(title="Shares two", skills=[privacy, data, (data, "expert")])
        ResourceFactory(title="Shares none", skills=[maps])
        ResourceFactory(title="A draft", skills=[data], published=False)

        assert related_to(resource, number=3) == [both, one]


class TestWhatOthersWrite:
    def test_saving_one_read_earlier_leaves_the_number_of_its_pathways(self) -> None:
        stale = ResourceFactory()
        Resource.objects.filter(pk=stale.pk).update(pathway_count=3)

        stale.title = "Another title"
        stale.save()

        row = Resource.objects.get()
        assert (row.title, row.pathway_count) == ("Another title", 3)

    def test_fields_that_were_not_read_stay_unread_and_unwritten(self) -> None:
        ResourceFactory(title="A guide", description="What it teaches.")

        partly = Resource.objects.defer("description", "duration_minutes").get()
        partly.title = "Another title"
        partly.save()

        row = Resource.objects.get()
        assert (row.title, row.description) == ("Another title", "What it teaches.")

    def test_a_provider_with_resources_stays(self) -> None:
        organisation = OrganisationFactory(published=False)
        ResourceFactory(provider=organisation)

        with pytest.raises(Exception, match="protected foreign keys"):
            organisation.delete()


def test_one_never_visited_has_no_link_health() -> None:
    resource = Resource.objects.with_card().get(pk=ResourceFactory().pk)

    with pytest.raises(LinkHealth.DoesNotExist):
        assert resource.link
    assert not TagFactory(name="unused").resource_links.exists()
