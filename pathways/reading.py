"""What readers are told of a pathway as a whole, and where a step that was removed leads."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext, ngettext

from catalogue.freshness import Freshness
from catalogue.identity import Gone
from catalogue.models import Resource, ResourceSkill
from catalogue.routes import address_of
from catalogue.vocabularies import Cost, LinkState, Status
from curators.models import Curator
from pathways.models import Confirmation, Credit, Pathway, Revision, Step
from pathways.outline import Entry, Outline, outline_of_sketch, outline_of_steps


def outline_for_readers(pathway: Pathway) -> Outline:
    """The outline of what is published. No query where the pathway has `with_outline()`, or is
    `for_listing()`, which has enough of it for cards."""
    if hasattr(pathway, "sketch"):
        return outline_of_sketch(pathway.sketch)
    revision = pathway.published_revision
    # Its steps ask it for their address.
    revision.pathway = pathway
    return outline_of_steps(revision.steps.all())


def authors(pathway: Pathway) -> list[Credit]:
    """Who put it together, in order. No query where the pathway has `with_credits()`, or `author_names`,
    which are all that cards tell."""
    if hasattr(pathway, "author_names"):
        return [Credit(curator=Curator(name=name)) for name in pathway.author_names]
    return [one for one in pathway.credits.all() if one.kind == Credit.Kind.AUTHOR]


def steps_on(resource: Resource) -> list[Step]:
    """Current steps that lead to `resource`, ready for its page. One query."""
    steps = list(Step.objects.on_resource(resource))
    for step in steps:
        step.revision.pathway.author_names = step.author_names
    return steps


def pathways_on(resource_ids: Sequence[int]) -> list[tuple[int, UUID, str, str]]:
    """(resource id, uid, title, path) of pathways as readers see them that have one of these resources
    as a step or stand-in, each pair once, by title. One query."""
    wanted = set(resource_ids)
    steps = Step.objects.current().filter(Q(resource__in=wanted) | Q(stand_in__in=wanted))
    rows = steps.order_by("revision__pathway__sort_key", "revision__pathway").values_list(
        "resource", "stand_in", *(f"revision__pathway__{name}" for name in ("uid", "title", "slug"))
    )
    found = {
        (key, uid, title, address_of("pathways:pathway_detail", slug)): None
        for resource, stand_in, uid, title, slug in rows
        for key in (resource, stand_in)
        if key in wanted
    }
    return list(found)


def leads_out(uid: UUID) -> list[Resource]:
    """The resource that the step of this identifier sends readers to, or last did, in a list of one or
    none. Raises Gone where its pathway was withdrawn. Four queries at most."""
    step = Step.find_by_uid(uid)
    if step is None:
        return []
    pathway = step.revision.pathway
    if pathway.status == Status.WITHDRAWN:
        raise Gone(pathway)
    return [step.serving] if step.serving else []


def marks_of(outline: Outline) -> set[str]:
    """The kinds of marks that a trail shows, for its key."""
    marks = {str(step.kind) for step in outline.steps}
    if any(entry.is_optional for entry in outline.entries):
        marks.add("optional")
    if any(entry.is_fork for entry in outline.entries):
        marks.add("fork")
    return marks


def cost_of(outline: Outline) -> str:
    """What following it costs, as far as every resource says; empty where one doesn't."""
    costs = {resource.cost for resource in _resources(outline)}
    if not costs or "" in costs:
        return ""
    if costs == {Cost.FREE}:
        return gettext("Free, no sign-up")
    if costs <= {Cost.FREE, Cost.FREE_SIGN_UP}:
        return gettext("Free; some steps ask you to sign up")
    return gettext("Some steps cost money, wholly or in part")


def links_of(outline: Outline) -> Freshness | None:
    """How the links of its steps do, taken together; None where it has none.

    A resource that was withdrawn is told before all else, since its link may work and yet nobody is
    sent there.
    """
    states = [step.link_state for step in outline.steps if step.link_state is not None]
    if not states:
        return None
    if withdrawn := sum(step.is_withdrawn for step in outline.steps):
        text = ngettext("%(n)d resource was withdrawn", "%(n)d resources were withdrawn", withdrawn)
        return Freshness(text % {"n": withdrawn}, icon="unlink", tone="failed")
    if gone := states.count(LinkState.GONE):
        text = ngettext("%(n)d link no longer works", "%(n)d links no longer work", gone)
        return Freshness(text % {"n": gone}, icon="unlink", tone="failed")
    if serving := sum(step.stand_in_serves for step in outline.steps):
        text = ngettext(
            "At %(n)d step a stand-in serves", "At %(n)d steps stand-ins serve", serving
        )
        return Freshness(text % {"n": serving})
    works = sum(state in (LinkState.WORKS, LinkState.MOVED) for state in states)
    if works == len(states):
        return Freshness(gettext("All links worked when last visited"))
    if all(state == LinkState.UNCHECKED for state in states):
        return Freshness(gettext("Links not checked yet"))
    return Freshness(
        gettext("%(works)d of %(all)d links worked when last visited")
        % {"works": works, "all": len(states)}
    )


def _resources(outline: Outline) -> Iterator[Resource]:
    """What its steps send people to: stand-ins where they serve."""
    return (step.serving for step in outline.steps if step.serving is not None)


def practised(step: Step) -> list[ResourceSkill]:
    """What a step's resource teaches, by the titles of the skills. One query, or none."""
    if step.serving is None:
        return []
    links = step.serving.skill_links.filter(skill__status=Status.PUBLISHED)
    return list(links.select_related("skill").order_by("skill__sort_key", "pk"))


def after_removed(step: Step, outline: Outline) -> Entry | None:
    """What stands now where a removed step was: the next of then that is still there, else the
    last before it; None where nothing is. One query.
    """
    then = list(Step.objects.filter(revision=step.revision_id).in_order().only("uid"))
    place = next(index for index, one in enumerate(then) if one.uid == step.uid)
    for other in (*then[place + 1 :], *reversed(then[:place])):
        if entry := outline.entry_of(other):
            return entry
    return None


def confirmation_of(pathway: Pathway) -> Confirmation | None:
    """The last time that somebody looked through it and found it good, if that came after what readers
    see was published. One query."""
    last = pathway.confirmations.given().first()
    is_of_this = last and last.confirmed_at > pathway.published_revision.published_at
    return last if is_of_this else None


def changes(pathway: Pathway) -> list[Revision]:
    """What readers saw of it, the newest first: `number`, `published_at` and `words.change_summary`
    of each revision, and the name and address of the `curator` of who published it. One query."""
    by = [f"published_by__curator__{name}" for name in ("user", "name", "slug", "status")]
    lean = ["number", "published_at", "change_summary", "i18n", "published_by__id", *by]
    rows = Revision.objects.filter(pathway=pathway).ever_published()
    return list(rows.select_related("published_by__curator").only(*lean))
