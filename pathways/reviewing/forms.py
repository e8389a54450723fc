"""What is asked when a draft is sent in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.desk import NoteForm
from pathways.models import Revision


class SubmitForm(NoteForm):
    """A note for the editors and, where readers know the pathway already, what is new for them."""

    change_summary = forms.CharField(
        label=_("What changed"),
        help_text=_("For readers who know the pathway, in a sentence: its page tells it."),
        required=False,
        max_length=Revision._meta.get_field("change_summary").max_length,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("Note to the editors")
        self.fields["note"].help_text = _("What they should know. Readers never see it.")
        revision = self.rows[0] if len(self.rows) == 1 else None
        if revision is not None and revision.pathway.published_revision_id:
            self.fields["change_summary"].initial = revision.change_summary
        else:
            del self.fields["change_summary"]
