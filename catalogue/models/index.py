"""What is kept beside the resources so that lists are counted and words found at any size.

docs/search.md tells how it hangs together. Nothing of it is a source: all of it can be made anew.
"""

from django.db import models


class Chunk(models.Model):
    """What is known of the published resources with neighbouring primary keys, as of one instant: chunk
    n speaks for the keys from n × CHUNK on (catalogue.tallies.places).

    It is made anew as a whole. What changed since is marked as `Fresh`, and nothing here holds of it.
    The columns are packed: one value after the other, big-endian, of each resource in the order of
    primary keys.
    """

    number = models.PositiveIntegerField(primary_key=True)
    # Never the same twice, of whichever chunk: taken from the stamps of marks.
    version = models.BigIntegerField(unique=True)
    made_at = models.DateTimeField()
    keys = models.BinaryField()
    # Microseconds since 1970; minutes, -1 where unknown; a hash of the sort key.
    published = models.BinaryField()
    minutes = models.BinaryField()
    titles = models.BinaryField()
    # What it is past the chunk's first key, as in a ChunkSet, and words of title, names, description.
    lengths = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return f"{self.number}, version {self.version}"


class ChunkSet(models.Model):
    """Which resources of a chunk have a value of a facet: what they are past the chunk's first key, in
    two bytes each.

    `value` is the primary key of a skill, competence, provider or tag, whose address may change;
    `level` the proficiency of the link, of skills and competences alone.
    """

    pk = models.CompositePrimaryKey("chunk_id", "name", "value", "level")
    chunk = models.ForeignKey(Chunk, on_delete=models.CASCADE, db_index=False, related_name="sets")
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=40)
    level = models.CharField(max_length=12, blank=True)
    members = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.chunk_id}: {self.name} {self.value} {self.level}".strip()


class Fresh(models.Model):
    """A mark that a resource changed since its chunk was made: its facts are read from itself.

    Written by triggers, in the transaction of the change; only ever added, so that no edit waits for
    another. The resource may be a draft, or deleted.
    """

    stamp = models.BigAutoField(primary_key=True)
    resource_id = models.BigIntegerField()
    # The transaction of the change: a worker reads what its last snapshot did not see, in whatever
    # order transactions commit.
    transaction = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.resource_id)
