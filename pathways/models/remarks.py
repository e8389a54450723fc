"""What an editor and a curator say to each other about a revision, line by line."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pathways.models.revisions import Revision

# What fits on a screen; who has more to say says it in two.
LONGEST = 4000


class RemarkQuerySet(models.QuerySet):
    def first_ones(self) -> "RemarkQuerySet":
        """Without the replies."""
        return self.filter(answers__isnull=True)

    def open(self) -> "RemarkQuerySet":
        """What nobody has called done yet."""
        return self.first_ones().filter(settled_at__isnull=True)

    def on(self, revision: Revision) -> "RemarkQuerySet":
        """All on `revision`, and what earlier ones of its pathway left open."""
        earlier = Q(
            settled_at__isnull=True,
            revision__pathway=revision.pathway_id,
            revision__number__lt=revision.number,
        )
        return self.first_ones().filter(Q(revision=revision) | earlier)

    def with_replies(self) -> "RemarkQuerySet":
        """In the order in which they were made, each with its people and `replies`. Two queries."""
        people = Remark.objects.select_related("by").order_by("pk")
        return (
            self.select_related("by", "settled_by", "revision")
            .prefetch_related(models.Prefetch("replies", people))
            .order_by("pk")
        )


class Remark(models.Model):
    """Somebody says something about one line of a revision, or answers what was said.

    The text never changes; it is plain, and shown as such. What is open when a revision is published
    stands beside the same line of the next.
    """

    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="remarks", verbose_name=_("revision")
    )
    about = models.CharField(
        _("about"),
        max_length=36,
        blank=True,
        help_text=_("A field’s name, or the identifier of a stage or step; empty for the whole."),
    )
    answers = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("answers"),
    )
    text = models.TextField(_("text"), max_length=LONGEST)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    settled_at = models.DateTimeField(_("done"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("done by"),
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="pathways_remark_text_given",
                violation_error_message=_("Write what is to be said."),
            ),
            models.CheckConstraint(
                condition=Q(answers__isnull=True) | Q(settled_at__isnull=True),
                name="pathways_remark_reply_never_done",
                violation_error_message=_("Only what was answered is done, not the answer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.about}"

    @property
    def is_open(self) -> bool:
        return self.settled_at is None
