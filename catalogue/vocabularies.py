"""Waymark's vocabularies: stored as slugs, shown as translated words.

Each maps to its standard's term where there is one; docs/model.md holds the table.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Proficiency(TextChoices):
    """The four steps every framework's levels map onto (schema.org educationalLevel)."""

    BASIC = "basic", _("Basic")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")
    EXPERT = "expert", _("Expert")

    @property
    def rank(self) -> int:
        """1 for basic to 4 for expert."""
        return list(type(self)).index(self) + 1


class ResourceType(TextChoices):
    """What kind of thing it is (schema.org learningResourceType)."""

    COURSE = "course", _("Course")
    TUTORIAL = "tutorial", _("Tutorial")
    ARTICLE = "article", _("Article")
    VIDEO = "video", _("Video")
    PODCAST = "podcast", _("Podcast")
    GUIDE = "guide", _("Guide")
    TOOLKIT = "toolkit", _("Toolkit")
    TOOL = "tool", _("Tool")
    CASE_STUDY = "case-study", _("Case study")
    RECORDING = "recording", _("Recording of an event")
    BOOK = "book", _("Book")
    QUIZ = "quiz", _("Quiz")
    COMMUNITY = "community", _("Community")
    DATASET = "dataset", _("Dataset")


class Cost(TextChoices):
    """What it asks of a learner's purse (schema.org isAccessibleForFree)."""

    FREE = "free", _("Free, no sign-up")
    FREE_SIGN_UP = "free-sign-up", _("Free, sign-up")
    FREE_LIMITED = "free-limited", _("Free in part")
    PAID = "paid", _("Paid")


class DurationSource(TextChoices):
    """Who says how long it takes."""

    PROVIDER = "provider", _("the provider says so")
    ESTIMATE = "estimate", _("our estimate")


class DescriptionSource(TextChoices):
    """Who wrote a description; a scraped one is never published."""

    EDITOR = "editor", _("written for Waymark")
    PROVIDER = "provider", _("given by the provider for reuse")
    SCRAPED = "scraped", _("taken from the page, to be rewritten")


class Access(TextChoices):
    """Accessibility facts about what is linked to (schema.org accessibilityFeature)."""

    CAPTIONS = "captions", _("Captions")
    TRANSCRIPT = "transcript", _("Transcript")
    NO_SOUND_NEEDED = "no-sound-needed", _("Works without sound")
    PHONE = "phone", _("Works on a phone")
    PDF_ONLY = "pdf-only", _("PDF only")


class Status(TextChoices):
    """Where a row stands on its way to the public."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in-review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class LinkState(TextChoices):
    """What the last visits to a resource's address found."""

    UNCHECKED = "unchecked", pgettext_lazy("link", "Not checked yet")
    WORKS = "works", pgettext_lazy("link", "Works")
    MOVED = "moved", pgettext_lazy("link", "Moved")
    UNSURE = "unsure", pgettext_lazy("link", "Unsure")
    GONE = "gone", pgettext_lazy("link", "Gone")


class LinkReason(TextChoices):
    """What a visit met that is no plain answer of the page itself."""

    NO_NAME = "no-name", pgettext_lazy("link", "There is no such host")
    UNREACHABLE = "unreachable", pgettext_lazy("link", "The host could not be reached")
    TIME_OUT = "time-out", pgettext_lazy("link", "It took too long to answer")
    TLS = "tls", pgettext_lazy("link", "The certificate can’t be trusted")
    LOOP = "loop", pgettext_lazy("link", "It leads on and on")
    UNREADABLE = "unreadable", pgettext_lazy("link", "The answer can’t be read")
    NOT_PUBLIC = "not-public", pgettext_lazy("link", "It is no address of the public web")
    ROBOTS = "robots", pgettext_lazy("link", "The site asks robots to stay away")
    WALL = "wall", pgettext_lazy("link", "The site lets no robots in")
    HOME = "home", pgettext_lazy("link", "It leads to a home page or a page of errors")


class SkosRelation(TextChoices):
    """How a competence relates to one of another framework (SKOS mapping properties)."""

    EXACT = "exact", pgettext_lazy("crosswalk", "the same as")
    CLOSE = "close", pgettext_lazy("crosswalk", "close to")
    BROADER = "broader", pgettext_lazy("crosswalk", "narrower than")
    NARROWER = "narrower", pgettext_lazy("crosswalk", "broader than")
    RELATED = "related", pgettext_lazy("crosswalk", "related to")

    @property
    def turned(self) -> "SkosRelation":
        """The relation as seen from the other end."""
        return {self.BROADER: self.NARROWER, self.NARROWER: self.BROADER}.get(self, self)


class Sector(TextChoices):
    LIBRARIES = "libraries", _("Libraries")
    MUSEUMS = "museums", _("Museums")
    ARTS = "arts", _("Arts")


class Use(TextChoices):
    """What is counted of a public thing. Following and completing are counted once learners can."""

    VIEW = "view", _("its page was opened")
    DEPARTURE = "departure", _("somebody went out by it")
    FOLLOW = "follow", _("somebody began to follow it")
    COMPLETION = "completion", _("somebody completed it")
