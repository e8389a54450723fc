"""The words of a chunk of resources, made anew with it: see catalogue.models.index."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Posting(models.Model):
    """Which resources of a chunk hold a lexeme, and how often in which text.

    `held`: for each, four bytes from the lowest key: how far it is past the chunk's first (three
    bytes), and counts as catalogue.tallies.sources.WORDS tells them (one byte).
    """

    pk = models.CompositePrimaryKey("version", "lexeme")
    # Of the Chunk, and so of its number; no foreign key, since it would cost as much as the rows.
    version = models.BigIntegerField()
    lexeme = models.TextField(db_collation="C")
    held = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.lexeme}, version {self.version}"


class ChunkWords(models.Model):
    """The words that a chunk's resources are written in, as people would type them: what spelling is
    compared with. Those that count once, in one description alone, are left out: most are misspelt."""

    number = models.PositiveIntegerField(primary_key=True)
    # That its postings have, too.
    version = models.BigIntegerField()
    # Parted by spaces, and how many resources hold each: twice where in the title.
    words = models.TextField()
    numbers = ArrayField(models.IntegerField())

    def __str__(self) -> str:
        return f"{self.number}, version {self.version}"


class Vocabulary(models.Model):
    """The words of all chunks put together, those that count most: one row, that a worker reads in the
    place of the chunks'."""

    # 1, always.
    id = models.PositiveSmallIntegerField(primary_key=True)
    # Of the ChunkWords that it is of; a worker adds those that have other versions.
    versions = ArrayField(models.BigIntegerField())
    # As those of ChunkWords, the short ones first.
    words = models.TextField()
    numbers = ArrayField(models.IntegerField())

    def __str__(self) -> str:
        return f"{len(self.numbers)} words"
