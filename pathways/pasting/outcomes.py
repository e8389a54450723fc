"""What became of a link that was pasted, in words for whoever pasted it."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy

from catalogue.durations import spoken
from catalogue.errors import CatalogueError
from catalogue.languages import language_name
from catalogue.licences import licence_words
from catalogue.models import Resource
from pathways.models import Step
from pathways.pasting.links import Link


class Outcome(Enum):
    """What became of a link. The value is a sentence for whoever pasted it."""

    KNOWN = gettext_lazy("In the catalogue already, and now a step of your pathway.")
    LEADS_TO_KNOWN = gettext_lazy(
        "It leads to a page that is in the catalogue already, which is now a step of your pathway."
    )
    NEW = gettext_lazy("New: please check its title, and describe it in your own words.")
    BARE = gettext_lazy(
        "New: the link is kept, but we couldn’t read its page. Write its title and description yourself."
    )
    REPEATED = gettext_lazy("It stands further up already, so it was taken once.")
    STEP_ALREADY = gettext_lazy("A step of this pathway already, so it was not added again.")
    WITHDRAWN = gettext_lazy("Withdrawn from the catalogue, so it was not added.")
    TAKEN = gettext_lazy(
        "Somebody is describing this address for the catalogue already. It can be a step as soon as it "
        "is published; an editor can tell you more."
    )
    FULL = gettext_lazy(
        "Not added: the pathway has as many steps as one may have. Make a second one of what follows."
    )
    NO_ADDRESS = gettext_lazy("Not taken.")
    LEFT = gettext_lazy("Not looked at yet: it was one too many.")

    @property
    def is_added(self) -> bool:
        """Whether there is a step more because of it."""
        return self in (Outcome.KNOWN, Outcome.LEADS_TO_KNOWN, Outcome.NEW, Outcome.BARE)

    @property
    def is_new(self) -> bool:
        """Whether there is a resource more, which somebody has to mend."""
        return self in (Outcome.NEW, Outcome.BARE)


@dataclass(frozen=True)
class Pasted:
    """What became of one link. `reason` is a second sentence, where there is more to say."""

    link: Link
    outcome: Outcome
    reason: str = ""
    resource: Resource | None = None
    step: Step | None = None

    @property
    def sentence(self) -> str:
        return str(self.outcome.value)

    @property
    def facts(self) -> list[str]:
        """What is known of its resource, each in a word or two."""
        resource = self.resource
        if resource is None:
            return []
        told = [
            resource.get_resource_type_display(),
            spoken(resource.duration_minutes),
            *map(language_name, resource.languages),
            licence_words(resource.licence),
        ]
        return [str(one) for one in told if one]


class TooLate(CatalogueError):
    """The draft or its stage went meanwhile; nothing was added. `str()` is the sentence."""
