"""Links by which a colleague sees a draft."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pathways.models.revisions import Revision


class PreviewLink(models.Model):
    """The one link to a revision’s preview that works; a new one takes the place of the old."""

    revision = models.OneToOneField(
        Revision, on_delete=models.CASCADE, primary_key=True, related_name="preview_link"
    )
    # Part of the link, so that another key makes all earlier links void.
    key = models.CharField(max_length=32, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")

    def __str__(self) -> str:
        return str(self.revision)
