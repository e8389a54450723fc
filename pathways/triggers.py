"""What no route into the database may do to a pathway: edit what was submitted or published."""

import pgtrigger


class OnlyInDraft(pgtrigger.Trigger):
    """Parts of a revision can be added, changed and taken away only while it is a draft."""

    name = "only_in_draft"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    # The lock holds off whoever would publish the draft before this edit is whole; an edit that
    # waited for a publication finds out by reading again. OLD is null at INSERT, NEW at DELETE.
    func = """
        PERFORM FROM pathways_revision WHERE id IN (OLD.revision_id, NEW.revision_id)
        FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT FROM pathways_revision
            WHERE id IN (OLD.revision_id, NEW.revision_id) AND status <> 'draft'
        ) THEN
            RAISE EXCEPTION 'Only a draft can be edited: start a new revision of the pathway.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_only_in_draft';
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    """


class NumberStays(pgtrigger.Trigger):
    """A public number is one step's, in every revision of the pathway and for ever.

    The lock keeps two drafts of one pathway from giving the same number at once.
    """

    name = "number_stays"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("n", "uid", "revision_id")
    declare = [("whole", "bigint")]
    func = """
        SELECT pathway_id INTO whole FROM pathways_revision WHERE id = NEW.revision_id;
        PERFORM FROM pathways_pathway WHERE id = whole FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT FROM pathways_step other
            JOIN pathways_revision theirs ON theirs.id = other.revision_id
            WHERE theirs.pathway_id = whole AND other.id <> NEW.id
                AND theirs.id <> NEW.revision_id
                AND (other.n = NEW.n) <> (other.uid = NEW.uid)
        ) THEN
            RAISE EXCEPTION 'Number % is another step’s for ever, or this step has another.', NEW.n
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'pathways_step_number_stays';
        END IF;
        RETURN NEW;
    """


class RevisionOnlyInDraft(pgtrigger.Trigger):
    """A revision's own words change only while it is a draft; afterwards only its state does.

    What readers once saw is never a draft again.
    """

    name = "only_in_draft"
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete
    condition = ~pgtrigger.Q(old__status="draft")
    func = """
        IF TG_OP = 'DELETE' OR (
            (to_jsonb(OLD) - ARRAY[{state}]) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY[{state}])
        ) OR (
            OLD.published_at IS NOT NULL
            AND (NEW.published_at IS NULL OR NEW.status IN ('draft', 'in-review'))
        ) THEN
            RAISE EXCEPTION 'Only a draft can be edited: start a new revision of the pathway.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'pathways_revision_only_in_draft';
        END IF;
        RETURN NEW;
    """.replace(
        "{state}",
        "'status', 'submitted_at', 'published_at', 'published_by_id', 'publish_at', 'modified', "
        # An account can be deleted; then nobody is left to name.
        "'created_by_id', 'submitted_by_id', 'scheduled_by_id'",
    )
