"""Triggers that public rows share: what no route into the database may get around."""

from collections.abc import Callable, Iterable

import pghistory
import pgtrigger
from django.db.models import Model


def tracked(*, exclude: Iterable[str] = ()) -> Callable[[type[Model]], type[Model]]:
    """Class decorator: keeps who, when and what of every edit, also of imports and raw SQL.

    `exclude` names derived fields, whose changes are no edits.
    """
    # Fresh trackers for each model, since a tracker remembers the fields of its model.
    events = pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
    return pghistory.track(*events, exclude=[*exclude])


class MovesSite(pgtrigger.Trigger):
    """Any change moves the site's revision, which is the key of every cached page."""

    name = "moves_site"
    level = pgtrigger.Statement
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    func = """
        INSERT INTO catalogue_sitemove (transaction)
        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
        RETURN NULL;
    """


class KeepsPublished(pgtrigger.Trigger):
    """What was ever public is withdrawn, never deleted, and never known by another identifier."""

    name = "keeps_published"
    when = pgtrigger.Before
    operation = pgtrigger.Delete | pgtrigger.UpdateOf("published_at", "uid")
    condition = pgtrigger.Q(old__published_at__isnull=False)
    func = """
        IF TG_OP = 'DELETE' OR NEW.published_at IS NULL OR NEW.uid <> OLD.uid THEN
            RAISE EXCEPTION 'This was public once: withdraw it, so that its address can say why.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_keeps_published';
        END IF;
        RETURN NEW;
    """


class KeepsAddress(pgtrigger.Trigger):
    """The old slug of a row that was public goes on leading to it."""

    name = "keeps_address"
    when = pgtrigger.After
    operation = pgtrigger.UpdateOf("slug")
    condition = pgtrigger.Q(old__slug__df=pgtrigger.F("new__slug"), old__published_at__isnull=False)
    func = """
        DELETE FROM catalogue_formeraddress WHERE kind = TG_TABLE_NAME AND slug = NEW.slug;
        INSERT INTO catalogue_formeraddress (kind, slug, uid, created)
        VALUES (TG_TABLE_NAME, OLD.slug, OLD.uid, now())
        ON CONFLICT (kind, slug) DO UPDATE SET uid = EXCLUDED.uid;
        RETURN NULL;
    """


class AvoidsFormerAddress(pgtrigger.Trigger):
    """No row takes the former address of another.

    It looks after the row is written: whoever waited for another to give the address up would
    have looked too early before.
    """

    name = "avoids_former_address"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("slug")
    func = """
        IF EXISTS (
            SELECT FROM catalogue_formeraddress
            WHERE kind = TG_TABLE_NAME AND slug = NEW.slug AND uid <> NEW.uid
        ) THEN
            RAISE EXCEPTION 'The address % was another’s once and still leads there.', NEW.slug
            USING ERRCODE = 'unique_violation', CONSTRAINT = TG_TABLE_NAME || '_former_address';
        END IF;
        RETURN NULL;
    """


class KeepsPartOfPublished(pgtrigger.Trigger):
    """A part with an identity of its own stays as long as what it is a part of was ever public."""

    name = "keeps_published"
    when = pgtrigger.Before
    operation = pgtrigger.Delete

    def __init__(
        self, *, whole: str, column: str, by_way_of: tuple[str, str] | None = None
    ) -> None:
        """`column` of the part names the row of table `whole` that it belongs to.

        Where the part hangs on another part, `by_way_of` is that one's table and the part's own
        column for it, and `column` is the other part's.
        """
        owner = f"OLD.{column}"
        if by_way_of:
            table, own = by_way_of
            owner = f"(SELECT {column} FROM {table} WHERE id = OLD.{own})"
        super().__init__(
            func=f"""
                IF EXISTS (
                    SELECT FROM {whole} WHERE id = {owner} AND published_at IS NOT NULL
                ) THEN
                    RAISE EXCEPTION 'This was public once and others may point to it: keep it.'
                    USING ERRCODE = 'restrict_violation',
                        CONSTRAINT = TG_TABLE_NAME || '_keeps_published';
                END IF;
                RETURN OLD;
            """
        )


class WritesWords(pgtrigger.Trigger):
    """Keeps the words that a row is found by, whichever way its own were changed.

    They stand in the column `found_by`, which Django doesn't know, so that no page loads it and no
    form, import or history has to think of it.
    """

    name = "writes_words"
    when = pgtrigger.Before

    def __init__(self, *columns: str, words: str) -> None:
        """`words`: the tsvector in SQL; `columns`: of the row `NEW`, those that it is made of."""
        super().__init__(
            operation=pgtrigger.Insert | pgtrigger.UpdateOf(*columns),
            func=f"NEW.found_by := {words}; RETURN NEW;",
        )


class RenamesProvider(pgtrigger.Trigger):
    """Resources are found by the name of their provider, also by its new one.

    `writes_words` of resources reads the name FOR SHARE: one that is written meanwhile waits for
    the new name, or is seen and mended here.
    """

    name = "renames_provider"
    when = pgtrigger.After
    operation = pgtrigger.UpdateOf("name")
    condition = pgtrigger.Q(old__name__df=pgtrigger.F("new__name"))
    func = """
        UPDATE catalogue_resource SET provider_id = provider_id WHERE provider_id = NEW.id;
        RETURN NULL;
    """


class KeepsCode(pgtrigger.Trigger):
    """A competence keeps its code, its framework and its identifier once the framework was public:
    they are its address."""

    name = "keeps_code"
    when = pgtrigger.Before
    operation = pgtrigger.UpdateOf("code", "framework_id", "uid")
    func = """
        IF (OLD.code, OLD.framework_id, OLD.uid) IS DISTINCT FROM
            (NEW.code, NEW.framework_id, NEW.uid)
            AND EXISTS (
                SELECT FROM catalogue_framework
                WHERE id = OLD.framework_id AND published_at IS NOT NULL
            )
        THEN
            RAISE EXCEPTION 'The code is part of a public address: bring a new version instead.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'catalogue_competence_keeps_code';
        END IF;
        RETURN NEW;
    """


class RefusesCircle(pgtrigger.Trigger):
    """No competence stands, however far up, in an area that stands in itself.

    It looks after the statement, so that rows may be written together with their areas. The
    framework is locked first: of two editors who each put one area into the other's, the slower
    sees what the other wrote.
    """

    name = "refuses_circle"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("parent_id")
    condition = pgtrigger.Q(new__parent__isnull=False)
    func = """
        PERFORM FROM catalogue_framework WHERE id = NEW.framework_id FOR NO KEY UPDATE;
        IF EXISTS (
            WITH RECURSIVE above (id) AS (
                SELECT NEW.parent_id
                UNION
                SELECT competence.parent_id
                FROM above JOIN catalogue_competence competence ON competence.id = above.id
            )
            SELECT FROM above WHERE id = NEW.id
        ) THEN
            RAISE EXCEPTION 'This area stands in the competence itself: choose another.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'catalogue_competence_no_circle';
        END IF;
        RETURN NULL;
    """


def marks_fresh(
    *columns: str, resource: str = "id", where: str = "TRUE"
) -> "list[pgtrigger.Trigger]":
    """Triggers that mark the resources of changed rows as fresh: see catalogue.models.index.

    `columns`: those of which a change counts, `resource` among the table's own names the resource,
    `where` says in SQL which rows count at all. One trigger for each operation, since PostgreSQL
    shows a statement's rows to no other.
    """
    facts = ", ".join([resource, *columns])
    old, new = (f"SELECT {facts} FROM {rows} WHERE {where}" for rows in ("old_rows", "new_rows"))
    changed = {
        pgtrigger.Insert: (new, {"new": "new_rows"}),
        pgtrigger.Delete: (old, {"old": "old_rows"}),
        pgtrigger.Update: (
            f"(({old}) EXCEPT ({new})) UNION ALL (({new}) EXCEPT ({old}))",
            {"old": "old_rows", "new": "new_rows"},
        ),
    }
    return [
        pgtrigger.Trigger(
            name=f"marks_fresh_{str(operation).lower()}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**tables),
            func=f"""
                INSERT INTO catalogue_fresh (resource_id, transaction)
                SELECT DISTINCT {resource}, pg_current_xact_id()::text::bigint
                FROM ({rows}) changed;
                RETURN NULL;
            """,
        )
        for operation, (rows, tables) in changed.items()
    ]
