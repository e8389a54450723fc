"""Curators: people and teams with a public page, credited for what they put together."""

import pghistory.models
import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import translation

from catalogue.identity import Gone, find_by_uid, find_public
from catalogue.models import Decision, FormerAddress
from catalogue.vocabularies import Status
from curators.models import Curator
from pathways.models import Credit
from tests.cast import Cast
from tests.factories import CuratorFactory, OrganisationFactory, make_pathway
from tests.rules import refused

pytestmark = pytest.mark.django_db

NAME = "A person with a name"

ORCIDS = {
    "ORCID's own example": ("0000-0002-1825-0097", True),
    "one that ends in X": ("0000-0002-1694-233X", True),
    "a digit mistyped": ("0000-0002-1825-0098", False),
    "two digits changed about": ("0000-0002-1852-0097", False),
}
NO_ORCIDS = ["0000000218250097", "0000-0002-1825-009", "----", "²000-0002-1825-0097", "x"]


class TestOrcid:
    @pytest.mark.parametrize(("orcid", "adds_up"), ORCIDS.values(), ids=ORCIDS)
    def test_its_check_digit_is_checked(self, orcid: str, adds_up: bool) -> None:
        curator = CuratorFactory.build(orcid=orcid)

        if adds_up:
            curator.full_clean()
        else:
            with pytest.raises(ValidationError) as caught:
                curator.full_clean()
            assert caught.value.message_dict == {
                "orcid": ["The last digit doesn’t fit: is one mistyped?"]
            }

    @pytest.mark.parametrize("typed", NO_ORCIDS)
    def test_what_has_another_shape_is_told_by_an_example(self, typed: str) -> None:
        with pytest.raises(ValidationError) as caught:
            CuratorFactory.build(orcid=typed).full_clean()

        assert caught.value.messages == ["An ORCID looks like 0000-0002-1825-0097."]


class TestNaming:
    def test_a_curator_is_credited_by_name(self) -> None:
        curator = CuratorFactory(name=NAME)

        assert curator.credit_name == str(curator) == NAME
        assert curator.slug == "a-person-with-a-name"
        assert curator.initial == "A"

    def test_a_person_has_one_page_at_most(self, cast: Cast) -> None:
        with refused("curators_curator_user_id_key"):
            CuratorFactory(user=cast.guest)

    def test_deleting_the_account_leaves_the_page(self, cast: Cast) -> None:
        cast.guest.delete()

        assert Curator.objects.get(name="A guest curator").user is None


@pytest.fixture
def person(cast: Cast) -> Curator:
    """A public curator with everything that can be known of one, renamed and edited."""
    curator = CuratorFactory(
        name=NAME,
        slug="a-person",
        headline="Knows about privacy",
        biography="Was born.",
        homepage="https://example.org/person",
        orcid="0000-0002-1825-0097",
        organisation=OrganisationFactory(),
        headline_cy="Yn gwybod",
    )
    curator.slug = "a-person-of-note"
    curator.save()
    Decision.record(curator, "published", by=cast.editor, note=f"Met {NAME} at a fair.")
    LogEntry.objects.create(
        user=cast.admin,
        content_type=ContentType.objects.get_for_model(Curator),
        object_id=str(curator.pk),
        object_repr=NAME,
        action_flag=CHANGE,
        change_message=f"{NAME} it is.",
    )
    return curator


class TestErase:
    def test_of_the_person_nothing_is_kept(self, person: Curator, cast: Cast) -> None:
        person.erase(by=cast.admin)

        row = Curator.objects.get(pk=person.pk)
        kept = [row.name, row.headline, row.biography, row.homepage, row.orcid]
        assert kept == ["", "", "", "", ""]
        assert (row.organisation, row.user, row.i18n) == (None, None, None)
        assert row.slug == f"curator-{row.uid.hex[:8]}"
        assert row.sort_key == ""

    def test_the_page_is_gone_and_says_why(self, person: Curator, cast: Cast) -> None:
        person.erase(by=cast.admin)

        with pytest.raises(Gone) as caught:
            find_public(Curator.objects.all(), person.slug)
        assert caught.value.row.withdrawn_reason == "At the person’s own wish."
        assert find_by_uid(person.uid).public_status() == Status.WITHDRAWN

    @pytest.mark.parametrize("slug", ["a-person", "a-person-of-note"])
    def test_addresses_that_held_the_name_are_forgotten(
        self, person: Curator, cast: Cast, slug: str
    ) -> None:
        person.erase(by=cast.admin)

        assert not FormerAddress.objects.exists()
        with pytest.raises(Http404):
            find_public(Curator.objects.all(), slug)

    def test_the_history_of_the_page_is_forgotten(self, person: Curator, cast: Cast) -> None:
        person.erase(by=cast.admin)

        assert not Curator.pgh_event_model.objects.filter(pgh_obj=person).exists()
        assert not pghistory.models.Events.objects.filter(pgh_data__name=NAME).exists()

    def test_decisions_stay_without_the_name(self, person: Curator, cast: Cast) -> None:
        person.erase(by=cast.admin)

        decisions = Decision.objects.filter(uid=person.uid).order_by("pk")
        assert [(one.verb, one.title, one.note) for one in decisions] == [
            ("published", "a former curator", ""),
            ("erased", "a former curator", ""),
        ]
        assert decisions.last().by == cast.admin

    def test_the_desk_s_own_log_stays_without_the_name(self, person: Curator, cast: Cast) -> None:
        person.erase(by=cast.admin)

        entry = LogEntry.objects.get()
        assert (entry.object_repr, entry.change_message) == ("a former curator", "")

    def test_the_work_is_still_credited_to_a_former_curator(
        self, person: Curator, cast: Cast
    ) -> None:
        pathway = make_pathway(curators=[person])

        person.erase(by=cast.admin)

        credit = Credit.objects.get(pathway=pathway)
        assert credit.curator.credit_name == "a former curator"
        assert credit.curator.initial == "–"

    def test_others_keep_their_history(self, person: Curator, cast: Cast) -> None:
        person.erase(by=cast.admin)

        events = Curator.pgh_event_model.objects.filter(pgh_obj=cast.guest_curator)
        assert events.count() == 1

    def test_the_account_stays_and_may_be_deleted_apart(self, cast: Cast) -> None:
        cast.guest_curator.erase(by=cast.admin)

        cast.guest.refresh_from_db()
        assert not hasattr(cast.guest, "curator")

    def test_a_draft_is_erased_too_and_stays_unseen(self, cast: Cast) -> None:
        draft = CuratorFactory(name=NAME, published=False)

        draft.erase(by=cast.admin)

        assert (draft.name, draft.status) == ("", Status.DRAFT)
        with pytest.raises(Http404):
            find_public(Curator.objects.all(), draft.slug)

    def test_nothing_can_be_written_down_of_them_again(self, person: Curator, cast: Cast) -> None:
        person.erase(by=cast.admin)

        with refused("curators_curator_erased_whole"):
            Curator.objects.filter(pk=person.pk).update(name=NAME)

    def test_where_it_fails_the_person_is_as_before(
        self, person: Curator, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: object, **kwargs: object) -> None:
            raise RuntimeError("the disk is full")

        monkeypatch.setattr(Decision, "record", fail)

        with pytest.raises(RuntimeError):
            person.erase(by=cast.admin)

        assert person.name == Curator.objects.get(pk=person.pk).name == NAME


def test_a_headline_may_be_in_welsh() -> None:
    curator = CuratorFactory(headline="Knows about data", headline_cy="Yn gwybod am ddata")

    with translation.override("cy"):
        assert curator.words.headline == "Yn gwybod am ddata"


def test_the_list_is_by_name_and_costs_one_query(count_queries: object) -> None:
    for name in ["Ŵyn", "Abel", "Écran"]:
        CuratorFactory(name=name, organisation=OrganisationFactory())
    CuratorFactory(name="Nobody yet", published=False)

    with count_queries() as queries:
        listed = [(one.name, one.organisation.name) for one in Curator.objects.for_listing()]

    assert [name for name, _organisation in listed] == ["Abel", "Écran", "Ŵyn"]
    assert len(queries) == 1
