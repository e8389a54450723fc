"""An import that is killed, or that somebody else runs or edits beside: nothing is half there."""

import pytest
from django.db import transaction

from catalogue.models import Resource
from pathways import publication
from pathways.models import Pathway, Revision, Step
from tests.factories import add_stage, add_step, make_draft, make_pathway
from tests.pathways.rich import Bringing, activity, plain, resource
from tests.together import Somebody

pytestmark = pytest.mark.django_db(transaction=True)


class TestKilled:
    def test_those_before_are_there_and_running_again_ends_right(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = [plain("a"), plain("b", resource()), plain("c")]
        create = Step.objects.bulk_create

        def killed(rows: object) -> None:
            rows = list(rows)
            if rows[0].revision.pathway.slug == "b":
                raise KeyboardInterrupt
            create(rows)

        monkeypatch.setattr(Step.objects, "bulk_create", killed)
        with pytest.raises(KeyboardInterrupt):
            Bringing(file)

        assert [pathway.slug for pathway in Pathway.objects.all()] == ["a"]
        assert not Resource.objects.exists()

        monkeypatch.undo()
        assert Bringing(file).counts == {"added": 2, "unchanged": 1}
        assert Bringing(file).counts == {"unchanged": 3}


class TestTogether:
    def test_one_file_brought_twice_at_once_comes_in_once(self) -> None:
        file = [plain("inner", resource()), plain("outer", {"pathway": "inner"}, resource())]

        with Somebody(lambda: Bringing(file).counts) as other, transaction.atomic():
            mine = Bringing(file).counts
            other.starts_and_waits()

        assert (mine, other.answer) == ({"added": 2}, {"unchanged": 2})
        assert Revision.objects.count() == 2

    def test_what_an_editor_publishes_meanwhile_and_what_comes_in_both_stand(self) -> None:
        make_pathway(slug="a-way", steps=["A"])
        draft = make_draft("Another", slug="another")
        add_step(add_stage(draft), "Theirs")

        def bring() -> dict[str, int]:
            return Bringing([plain("a-way", activity("B")), plain("another")], publish=True).counts

        with Somebody(bring) as other, transaction.atomic():
            publication.publish(draft, by=None)
            other.starts_and_waits()

        assert other.answer == {"changed": 2}
        assert Pathway.objects.get(slug="another").published_revision.number == 2
