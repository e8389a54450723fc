"""How good the search is, beside BM25 by SQLite's FTS5 over the same rows.

    python bench/quality.py                    judged queries over the starter catalogue
    python bench/quality.py --judged FOLDER    any judged collection: docs.jsonl, queries.jsonl, qrels.tsv
    python bench/quality.py --links FILE.csv   known items among any links: title, url, description
    … --each                                   every query, the worst beside BM25's first

A collection is brought in by the importer, into a database of its own, and asked through the same
door as the page. BM25 looks at all words too (title, description, provider, authors, tags, skills),
stemmed by porter, any of them being enough, as a search in a few lines would.

nDCG@10 takes grades as gains; success@10 is the share of queries with a good help among the first
ten, or for a known item with that item.
"""

import argparse
import csv
import io
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from statistics import fmean, median
from time import perf_counter
from urllib.parse import quote

import judging
from ground import stand_on, table
from judging import Document, Judged

JUDGEMENTS = Path(__file__).with_name("judgements.txt")
STARTER = Path(__file__).parent.parent / "catalogue" / "starter"
# Primary keys of resources, the best first.
Ask = Callable[[str], list[int]]


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    said.add_argument("--judged", type=Path, metavar="FOLDER")
    said.add_argument("--links", type=Path, metavar="FILE")
    said.add_argument("--queries", type=int, default=500, help="known items asked for")
    said.add_argument("--each", action="store_true", help="tell every query")
    options = said.parse_args()
    if options.judged:
        documents, judged = judging.read_collection(options.judged)
        stand_on(_name_of(documents), lambda: bring_in(documents))
        addresses = {one.key: address_of(one) for one in documents}
    elif options.links:
        documents = judging.read_links(options.links)
        judged = judging.known_items(documents, options.queries)
        stand_on(_name_of(documents), lambda: bring_in(documents))
        addresses = {}
    else:
        judged = judging.read_judgements(JUDGEMENTS)
        stand_on(f"starter_{_digest_of_starter()}", load_starter)
        addresses = {}
    tell(judged, addresses, each=options.each)


def load_starter() -> None:
    from config import starter

    starter.load()


def _digest_of_starter() -> str:
    """Another one whenever the starter catalogue is."""
    digest = sha256()
    for path in sorted(STARTER.rglob("*.*")):
        digest.update(str(path.relative_to(STARTER)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _name_of(documents: Iterable[Document]) -> str:
    digest = sha256("\n".join(f"{one.key}\t{one.title}" for one in documents).encode())
    return f"collection_{digest.hexdigest()[:12]}"


def address_of(document: Document) -> str:
    """A document's own address, or one made of its key."""
    if document.key.startswith(("http://", "https://")):
        return document.key
    return f"https://documents.example.org/{quote(document.key, safe='')}"


def bring_in(documents: Iterable[Document]) -> None:
    """Imports and publishes `documents`, as an editor would."""
    from catalogue.exchange import Report, import_resources

    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(["url", "title", "description", "resource_type", "language"])
    for one in documents:
        # Some have no title.
        title = one.title.strip() or one.text[:100] or one.key
        lines.writerow([address_of(one), title[:300], one.text, "article", "en"])
    file = io.BytesIO(text.getvalue().encode())
    report = import_resources(file, "collection.csv", publish=True, report=Report())
    print(f"brought in {report.added:,}; refused {report.rejected:,}")


def tell(judged: Sequence[Judged], addresses: dict[str, str], *, each: bool) -> None:
    keys = _keys(judged, addresses)
    engines: dict[str, Ask] = {"Waymark": waymark, "BM25": bm25()}
    known = [{keys[key]: grade for key, grade in one.grades.items()} for one in judged]
    found: dict[str, list[list[int]]] = {}
    taken: dict[str, float] = {}
    for name, ask in engines.items():
        times, answers = [], []
        for one in judged:
            start = perf_counter()
            answers.append(ask(one.query))
            times.append(perf_counter() - start)
        found[name], taken[name] = answers, median(times) * 1000
    scores = {
        name: [judging.ndcg(one, grades) for one, grades in zip(answers, known, strict=True)]
        for name, answers in found.items()
    }
    hits = {
        name: [judging.succeeds(one, grades) for one, grades in zip(answers, known, strict=True)]
        for name, answers in found.items()
    }
    if each:
        _each(judged, scores)
    kinds = list(dict.fromkeys(one.kind for one in judged))
    rows = []
    for kind in [*kinds, None] if len(kinds) > 1 else [None]:
        places = [at for at, one in enumerate(judged) if kind in (None, one.kind)]
        mean = {name: fmean(all_[at] for at in places) for name, all_ in scores.items()}
        ratio = mean["Waymark"] / mean["BM25"] if mean["BM25"] else 0
        rows.append(
            [
                kind or "all",
                len(places),
                *(f"{value:.3f}" for value in mean.values()),
                f"{ratio:.2f}",
                *(f"{fmean(all_[at] for at in places):.3f}" for all_ in hits.values()),
            ]
        )
    table(
        ["", "queries", *(f"nDCG@10 {name}" for name in scores), "ratio"]
        + [f"success@10 {name}" for name in hits],
        rows,
    )
    print("median of a query: " + ", ".join(f"{name} {ms:.1f} ms" for name, ms in taken.items()))


def _each(judged: Sequence[Judged], scores: dict[str, list[float]]) -> None:
    """Every query, those first where BM25 is most ahead."""
    ours, theirs = scores["Waymark"], scores["BM25"]
    for at in sorted(range(len(judged)), key=lambda at: (ours[at] - theirs[at], ours[at])):
        print(f"{ours[at]:.2f} {theirs[at]:.2f}  {judged[at].kind}: {judged[at].query[:100]}")


def _keys(judged: Iterable[Judged], addresses: dict[str, str]) -> dict[str, int]:
    """The primary key of the resource at each address that is judged; what was refused or is not
    there has a key that nothing has, so that it counts as not found."""
    from catalogue.addresses import canonical_address
    from catalogue.models import Resource

    here = dict(Resource.objects.published().values_list("canonical_url", "pk"))
    missing = iter(range(-1, -1_000_000_000, -1))
    return {
        key: here.get(canonical_address(addresses.get(key, key))) or next(missing)
        for one in judged
        for key in one.grades
    }


# Who is asked


def waymark(query: str) -> list[int]:
    from django.http import QueryDict

    from catalogue.search import ResourceQuery, search

    asked = QueryDict(mutable=True)
    asked["q"] = query
    return [row.pk for row in search(ResourceQuery.parse(asked)).resources]


def bm25() -> Ask:
    """The same rows in SQLite."""
    from django.contrib.postgres.aggregates import StringAgg
    from django.db.models import Value

    from catalogue.models import Resource

    def joined(name: str) -> StringAgg:
        return StringAgg(name, Value(" "), default=Value(""), distinct=True)

    rows = Resource.objects.published().values_list(
        "pk", "title", "description", "provider__name", "authors"
    )
    named = {
        name: dict(Resource.objects.values_list("pk").annotate(names=joined(name)))
        for name in ("tags__name", "skills__title")
    }
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE found USING fts5 "
        "(title, description, provider, authors, tags, skills, tokenize = 'porter unicode61')"
    )
    database.executemany(
        "INSERT INTO found (rowid, title, description, provider, authors, tags, skills) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (pk, title, text, by or "", " ".join(authors), *(names[pk] for names in named.values()))
            for pk, title, text, by, authors in rows.iterator()
        ),
    )

    def ask(query: str) -> list[int]:
        words = dict.fromkeys(re.findall(r"\w+", query.lower()))
        either = " OR ".join(f'"{word}"' for word in words)
        if not either:
            return []
        found = database.execute(
            "SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found) LIMIT ?",
            [either, judging.DEPTH],
        )
        return [pk for (pk,) in found]

    return ask


if __name__ == "__main__":
    main()
