"""The index: chunks made anew while people edit, and marks by which it is right at any moment."""

import random

import numpy as np
import pytest
from django.db import transaction

from catalogue import index, tallies
from catalogue.index import settling
from catalogue.models import (
    Chunk,
    ChunkSet,
    ChunkWords,
    Fresh,
    LinkHealth,
    Resource,
    SiteRevision,
    Vocabulary,
)
from catalogue.tallies import Tallies, orders, places, ranking, reading
from catalogue.tallies.reading import News
from catalogue.tallies.sets import keys_of
from tests.factories import ResourceFactory, SkillFactory, TagFactory
from tests.together import Somebody


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of four resources, of which a few are many."""
    monkeypatch.setattr(places, "CHUNK", 4)
    monkeypatch.setattr(orders, "FEW", 3)
    monkeypatch.setattr(orders, "HEAD", 6)
    monkeypatch.setattr(ranking, "FEW", 3)


def settle_all() -> None:
    for number in index.chunks_to_make():
        index.settle(number)


def naive() -> Tallies:
    """All of it out of the resources themselves, without any chunk."""
    keys = Resource.objects.published().order_by("pk").values_list("pk", flat=True)
    names = reading.news_since(Tallies()).names
    return reading.following(News(Tallies(), fresh=np.array(keys, np.uint32), names=names))


def told(found: Tallies) -> dict[str, object]:
    """Everything that tallies answer, to compare."""
    facets = ("skill", "competence", "provider", "tag", "type", "time", "language", "link")
    every = keys_of(found.every)
    return {
        "every": found.every,
        "sizes": {name: found.sizes(name) for name in facets},
        "sets": {
            (name, value, level): found.having(name, value, [level])
            for name in facets
            for value in found.sizes(name)
            for level in ("", "basic", "advanced")
        },
        "orders": {
            order: list(found.in_order(order, own))
            for order in orders.ORDERS
            for own in (found.every, found.having("type", "video"))
        },
        "newest": found.newest_in(found.every),
        "lengths": found.lengths[:, found.places(every)].tolist(),
        "averages": found.averages,
        "words": {
            lexeme: [own.tolist() for own in found.fresh_words.get(lexeme)]
            for lexeme in found.fresh_words.lexemes()
            if found.fresh_words.get(lexeme)[0].size
        },
    }


def check(found: Tallies) -> None:
    """Compares it with the resources themselves; words with those of what is fresh."""
    own, right = told(found), told(naive())
    right["words"] = {
        lexeme: [
            [key for key in keys if key in found.fresh],
            [count for key, count in zip(keys, counts, strict=True) if key in found.fresh],
        ]
        for lexeme, (keys, counts) in right["words"].items()
        if any(key in found.fresh for key in keys)
    }
    assert own == right


class Editing:
    """Random edits of a catalogue of some twenty resources."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.skills = [SkillFactory(title=f"Skill {name}") for name in "ab"]
        self.tags = [TagFactory(name=name) for name in ("red", "green")]
        for _ in range(20):
            self.add()

    def once(self) -> None:
        acts = (self.add, self.retitle, self.retype, self.teach, self.tag, self.turn, self.visit)
        self.dice.choice(acts)()

    def one(self) -> Resource:
        return self.dice.choice(Resource.objects.order_by("pk"))

    def title(self) -> str:
        return self.dice.choice("abcdefgh") + self.dice.choice([" maps", " data", " of art"])

    def add(self) -> None:
        ResourceFactory(
            title=self.title(),
            published=self.dice.random() < 0.9,
            resource_type=self.dice.choice(["video", "book"]),
            duration_minutes=self.dice.choice([None, 5, 30]),
            skills=self.dice.sample(self.skills, self.dice.randint(0, 2)),
        )

    def retitle(self) -> None:
        row = self.one()
        row.title = self.title()
        row.save()

    def retype(self) -> None:
        Resource.objects.filter(pk=self.one().pk).update(
            resource_type=self.dice.choice(["video", "book"]), cost="paid"
        )

    def teach(self) -> None:
        row = self.one()
        row.skill_links.all().delete()
        row.skill_links.create(skill=self.dice.choice(self.skills), proficiency="basic")

    def tag(self) -> None:
        self.one().tags.set(self.dice.sample(self.tags, self.dice.randint(0, 2)))

    def turn(self) -> None:
        row = self.one()
        if row.status == "published":
            row.withdraw(by=None, reason="It is old.")
        elif row.status == "withdrawn":
            row.restore(by=None)

    def visit(self) -> None:
        LinkHealth.objects.update_or_create(
            resource=self.one(),
            defaults={
                "state": self.dice.choice(["works", "gone"]),
                "checked_at": "2026-01-01T00:00Z",
            },
        )


@pytest.mark.django_db
class TestReading:
    @pytest.mark.parametrize("seed", range(4))
    def test_whatever_was_edited_and_put_into_chunks_it_says_what_the_resources_say(
        self, seed: int
    ):
        editing = Editing(seed)
        found = tallies.count()
        for _ in range(25):
            for _ in range(editing.dice.randint(1, 4)):
                editing.once()
            for number in index.chunks_to_make():
                if editing.dice.random() < 0.15:
                    index.settle(number)
            found = tallies.count(found)
            if editing.dice.random() < 0.4:
                check(found)
                check(tallies.count())

    def test_a_small_catalogue_has_no_chunks(self):
        ResourceFactory.create_batch(3)
        found = tallies.count()

        assert (len(found.fresh), found.chunks) == (3, {})

    def test_what_is_in_chunks_is_fresh_no_more(self):
        ResourceFactory.create_batch(6)
        settle_all()
        found = tallies.count()

        assert (len(found.fresh), found.total) == (0, 6)
        assert found.chunks == dict(Chunk.objects.values_list("number", "version"))

    def test_an_edit_makes_one_resource_fresh(self, count_queries):
        rows = ResourceFactory.create_batch(6, resource_type="video")
        settle_all()
        before = tallies.count()
        Resource.objects.filter(pk=rows[2].pk).update(resource_type="book")

        with count_queries() as queries:
            found = tallies.count(before)
        assert list(found.fresh) == [rows[2].pk]
        assert found.sizes("type") == {"video": 5, "book": 1}
        assert before.sizes("type") == {"video": 6}
        # What is new tells of the resource, too.
        assert len(queries) == 1

    def test_a_new_title_is_put_between_its_neighbours(self, count_queries):
        rows = [ResourceFactory(title=title) for title in ("A", "C", "E", "G", "I")]
        before = tallies.count()
        Resource.objects.filter(pk=rows[4].pk).update(title="D", sort_key="d")
        new = [ResourceFactory(title=title) for title in ("0", "Z")]

        with count_queries() as queries:
            found = tallies.count(before)
        titles = dict(Resource.objects.values_list("pk", "title"))
        own = [titles[key] for key in found.in_order("title", found.every)]
        assert own == ["0", "A", "C", "D", "E", "G", "Z"]
        assert len(new) == 2
        assert not any(
            "string_agg(int4send(id::int), ''::bytea ORDER BY sort_key" in query["sql"]
            for query in queries
        )

    def test_what_is_fresh_is_read_after_a_chunk_that_was_made_anew(self):
        """Else an edit in between, of which the chunk takes the mark away, would be lost."""
        row = ResourceFactory(resource_type="video")
        before = tallies.count()
        index.settle(row.pk // 4)
        Resource.objects.filter(pk=row.pk).update(resource_type="guide")
        news = reading.news_since(before)
        Resource.objects.filter(pk=row.pk).update(resource_type="book")
        index.settle(row.pk // 4)

        found = reading.following(news)
        assert found.sizes("type") == {"book": 1}
        assert reading.count(found).sizes("type") == {"book": 1}

    def test_of_many_that_are_fresh_what_they_tell_is_asked_apart(
        self, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(reading, "FEW", 2)
        ResourceFactory.create_batch(3, resource_type="book")
        news = reading.news_since(Tallies())

        assert news.facts == [] and news.neighbours == []
        assert reading.following(news).sizes("type") == {"book": 3}

    def test_where_no_number_is_left_between_two_all_are_ranked_anew(self):
        rows = [ResourceFactory(title=title) for title in ("A", "Z")]
        before = tallies.count()
        # As after some fifty titles, each between the last and the first.
        before.columns.ranks[before.places([row.pk for row in rows])] = [1.0, np.nextafter(1.0, 2)]
        between = ResourceFactory(title="M")
        found = tallies.count(before)

        keys = [rows[0].pk, between.pk, rows[1].pk]
        assert list(found.in_order("title", found.every)) == keys
        assert found.columns.ranks[found.places(keys)].tolist() == [0.0, 1.0, 2.0]

    def test_marks_from_another_server_are_read_once(self):
        """Numbers of transactions begin anew where a database is brought over."""
        row = ResourceFactory()
        Fresh.objects.update(transaction=2**60)
        before = tallies.count()
        news = reading.news_since(before)

        assert row.pk in before.every
        assert news.size == 0

    def test_names_are_read_again_only_where_one_has_changed(self):
        skill = SkillFactory(title="Maps", slug="maps")
        before = tallies.count()
        assert tallies.count(before).named is before.named

        skill.title = "Charts"
        skill.save()

        assert tallies.count(before).names["skill"]["maps"].title == "Charts"


@pytest.mark.django_db
class TestSettling:
    def test_a_chunk_says_who_has_what_past_its_first_key(self):
        first = ResourceFactory(resource_type="video")
        number, start = first.pk // 4, first.pk // 4 * 4
        index.settle(number)

        own = ChunkSet.objects.get(chunk=number, name="type", value="video")
        assert bytes(own.members) == bytes([0, first.pk - start])
        assert bytes(own.chunk.keys) == first.pk.to_bytes(4, "big")

    def test_it_takes_the_marks_of_its_resources_away_and_no_others(self):
        rows = ResourceFactory.create_batch(6)
        index.settle(rows[0].pk // 4)

        left = {*Fresh.objects.values_list("resource_id", flat=True)}
        assert left == {row.pk for row in rows if row.pk // 4 != rows[0].pk // 4}

    def test_made_again_it_says_the_same_with_another_version(self):
        ResourceFactory.create_batch(2, tags=["red"])
        settle_all()
        before = [*Chunk.objects.order_by("number").values()]
        sets = [*ChunkSet.objects.order_by("pk").values()]
        settle_all()
        after = [*Chunk.objects.order_by("number").values()]

        assert [*ChunkSet.objects.order_by("pk").values()] == sets
        for old, new in zip(before, after, strict=True):
            assert old.pop("version") < new.pop("version")
            old.pop("made_at"), new.pop("made_at")
            assert {
                name: bytes(v) if isinstance(v, memoryview) else v for name, v in old.items()
            } == {name: bytes(v) if isinstance(v, memoryview) else v for name, v in new.items()}

    def test_those_with_the_most_marks_come_first_until_few_are_left(self):
        rows = ResourceFactory.create_batch(9)
        settle_all()
        Resource.objects.filter(pk__in=[rows[0].pk, *(row.pk for row in rows[-4:])]).update(
            cost="paid"
        )
        index.settle_marked(leave=1)

        assert sum(index.marked().values()) == 1

    def test_inside_a_transaction_which_may_be_taken_back_an_import_settles_nothing(self):
        ResourceFactory.create_batch(9)
        index.settle_imported(is_done=True)

        assert not Chunk.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Two connections, or transactions one after the other."""

    def test_sets_that_nobody_left_or_joined_are_not_copied(self):
        row = ResourceFactory(resource_type="video")
        ResourceFactory(resource_type="book", tags=["red"])
        before = tallies.count()
        row.tags.add("green")
        found = tallies.count(before)

        assert found.members["type"]["book", ""] is before.members["type"]["book", ""]
        assert found.having("tag", "red") is before.having("tag", "red")
        assert found.sizes("tag") == {"red": 1, "green": 1}
        assert tallies.count(found).members is found.members

    def test_an_import_puts_full_chunks_away_as_it_goes_and_the_rest_when_it_is_done(
        self, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(settling, "MARKS", 0)
        monkeypatch.setattr(settling, "MARKS_OF_A_CHUNK", 0)
        # Four to a chunk: two of them full, and one more.
        for key in range(4_000, 4_009):
            ResourceFactory(pk=key)
        index.settle_imported(is_done=False)
        assert {*index.marked()} == {1_002}

        index.settle_imported(is_done=True)
        assert index.marked() == {}
        versions = {*ChunkWords.objects.values_list("version", flat=True)}
        assert len(versions) == 3
        assert {*Vocabulary.objects.get().versions} == versions

    def test_two_who_edit_never_wait_for_each_other_nor_for_the_index(self):
        one, other = ResourceFactory(), ResourceFactory()
        number = one.pk // 4
        with transaction.atomic():
            Resource.objects.filter(pk=one.pk).update(cost="paid")
            with Somebody(
                lambda: Resource.objects.filter(pk=other.pk).update(cost="paid")
            ) as somebody:
                somebody.starts_and_waits()
                assert somebody.error is None and somebody.answer == 1
            with Somebody(lambda: index.settle(number)) as settler:
                settler.starts_and_waits()
                assert settler.error is None

    def test_an_edit_under_way_while_its_chunk_is_made_is_not_lost(self):
        row = ResourceFactory(resource_type="video")
        settle_all()
        before = tallies.tallies()
        with transaction.atomic():
            Resource.objects.filter(pk=row.pk).update(resource_type="book")
            with Somebody(settle_all) as settler:
                settler.starts()
            assert settler.error is None

        assert before.sizes("type") == {"video": 1}
        assert tallies.tallies().sizes("type") == {"book": 1}
        assert tallies.count().sizes("type") == {"book": 1}

    def test_an_edit_that_began_before_a_reader_and_ended_after_it_is_seen(self):
        early, late = ResourceFactory(resource_type="video"), ResourceFactory()
        with transaction.atomic():
            Resource.objects.filter(pk=early.pk).update(resource_type="book")

            def read() -> Tallies:
                # Its mark is younger than that of the edit under way, and it is there first.
                Resource.objects.filter(pk=late.pk).update(cost="paid")
                return tallies.count()

            with Somebody(read) as reader:
                reader.starts()
            assert reader.error is None

        found = tallies.count(reader.answer)
        assert "book" in found.sizes("type")
        assert early.pk in found.having("type", "book")

    def test_edits_while_chunks_are_made_over_and_over_are_all_there(self):
        rows = ResourceFactory.create_batch(8, resource_type="video")
        settle_all()

        def settle_often() -> None:
            for _ in range(6):
                settle_all()

        found = tallies.count()
        with Somebody(settle_often) as settler:
            settler.starts()
            for row in rows:
                Resource.objects.filter(pk=row.pk).update(resource_type="book")
                found = tallies.count(found)
                assert row.pk in found.having("type", "book")
        assert settler.error is None

        check(tallies.count(found))
        check(tallies.count())

    def test_who_makes_the_same_chunk_waits(self):
        row = ResourceFactory()
        with Somebody(lambda: index.settle(row.pk // 4)) as other, transaction.atomic():
            index.settle(row.pk // 4)
            other.starts_and_waits()
            assert other._thread.is_alive()
            transaction.set_rollback(True)
        # The first was taken back, and the second made it.
        assert (other.error, Chunk.objects.count()) == (None, 1)

    def test_it_moves_the_site_so_that_every_worker_reads_it(self):
        row = ResourceFactory()
        before = SiteRevision.current()
        index.settle(row.pk // 4)

        assert SiteRevision.current() > before

    def test_many_marks_are_settled_beside_the_pages(self, monkeypatch: pytest.MonkeyPatch):
        begun: list[bool] = []
        monkeypatch.setattr(index, "settle_beside", lambda: begun.append(True))
        monkeypatch.setattr(settling, "MARKS", 3)
        ResourceFactory.create_batch(3)
        tallies.tallies()
        assert not begun

        ResourceFactory()
        tallies.tallies()
        assert begun

    def test_beside_the_pages_half_of_them_stay(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(settling, "MARKS", 4)
        monkeypatch.setattr(settling, "MARKS_OF_A_CHUNK", 0)
        ResourceFactory.create_batch(8)
        with Somebody(lambda: settling._settling.acquire() and settling._settle_beside()) as beside:
            beside.starts()
        assert beside.error is None

        assert 0 < sum(index.marked().values()) <= 2 or not index.marked()
        assert Chunk.objects.exists()
        assert not settling._settling.locked()
