"""What was sent from the page of a review: remarks, replies, and at most one decision.

All of it is kept together, or nothing: then the page shows again what was typed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue.errors import WrongState
from catalogue.locks import one_decision_at_a_time
from catalogue.vocabularies import Status
from pathways import publication
from pathways.models import Remark, Revision
from pathways.models.remarks import LONGEST
from pathways.reviewing import talk
from pathways.reviewing.sheet import WHOLE, Sheet


class WhenForm(forms.Form):
    """A day and a time of the site's own zone."""

    publish_at = forms.SplitDateTimeField(
        label=gettext_lazy("Publish at"),
        input_date_formats=["%Y-%m-%d"],
        input_time_formats=["%H:%M", "%H:%M:%S"],
        error_messages={
            "required": gettext_lazy("Give the day and the time."),
            "incomplete": gettext_lazy("Give the day and the time."),
        },
        widget=forms.SplitDateTimeWidget(
            date_format="%Y-%m-%d",
            time_format="%H:%M",
            date_attrs={"type": "date"},
            time_attrs={"type": "time"},
        ),
    )


class Stale(ValidationError):
    """Something changed after the page was opened, so that who decides should look again."""


@dataclass
class Answer:
    """`data` as it was sent; `seen` of the sheet that is now."""

    data: Mapping[str, str]
    revision: Revision
    by: Any
    may_decide: bool

    @cached_property
    def typed(self) -> dict[str, str]:
        """The texts by the names of their fields, without those left empty."""
        return {
            name: text.strip()
            for name, text in self.data.items()
            if name.startswith(("remark-", "reply-")) and text.strip()
        }

    @cached_property
    def verb(self) -> tuple[str, str]:
        """What is to be done, and to which remark: (“settle”, “12”)."""
        verb, _dash, which = self.data.get("do", "").partition("-")
        return verb, which

    def take(self, when: WhenForm) -> list[str]:
        """Does all of it in one transaction, and answers what to tell, a sentence each.

        Raises ValidationError, CatalogueError or PermissionDenied, and then nothing was done.
        """
        with transaction.atomic():
            one_decision_at_a_time()
            self.revision = Revision.objects.for_reading().get(pk=self.revision.pk)
            others = self._others_answered()
            verb = self.verb[0]
            if verb in DECISIONS and others:
                raise Stale(
                    _(
                        "Somebody else answered, or changed a resource, after you opened this page. "
                        "Nothing of yours is kept yet, and it still stands below: look at what is "
                        "new, then send it again."
                    )
                )
            told = [*self._say(), *self._decide(when)]
            if not told:
                raise ValidationError(_("Nothing was written, so there is nothing to keep."))
            if others:
                told.append(_("Somebody else answered as well after you opened this page."))
            return told

    def _others_answered(self) -> bool:
        seen = self.data.get("seen")
        return bool(seen) and seen != Sheet(self.revision).seen

    # What is said

    def _say(self) -> Iterator[str]:
        said = 0
        for name, text in self.typed.items():
            kind, _dash, about = name.partition("-")
            if len(text) > LONGEST:
                raise ValidationError(
                    _("A remark is %(most)d characters at most; this one has %(number)d.")
                    % {"most": LONGEST, "number": len(text)}
                )
            if "\x00" in text:
                raise ValidationError(_("A remark can’t hold a null character."))
            if kind == "remark":
                self._may_decide()
                about = "" if about == WHOLE else about
                talk.remark(self.revision, about=about, text=text, by=self.by)
            else:
                talk.reply(self._remark(about), on=self.revision, text=text, by=self.by)
            said += 1
        if said:
            told = ngettext("What you wrote is kept.", "All %(n)d that you wrote are kept.", said)
            yield told % {"n": said}

    def _remark(self, pk: str) -> Remark:
        found = Remark.objects.on(self.revision)
        number = int(pk) if pk.isascii() and pk.isdecimal() and len(pk) < 18 else 0
        one = found.filter(pk=number).first()
        if one is None:
            raise ValidationError(_("The remark you answer is no longer there."))
        return one

    def _may_decide(self) -> None:
        if not self.may_decide:
            raise PermissionDenied

    # What is decided

    def _decide(self, when: WhenForm) -> Iterator[str]:
        verb, which = self.verb
        if verb == "settle":
            talk.settle(self._remark(which), on=self.revision, by=self.by)
            yield _("The remark is done.")
        elif verb == "reopen":
            talk.open_again(self._remark(which), on=self.revision)
            yield _("The remark is open again.")
        elif verb in DECISIONS:
            self._may_decide()
            yield DECISIONS[verb](self, when)

    def _ask(self, when: WhenForm) -> str:
        publication.send_back(self.revision, by=self.by)
        return _("It is a draft again, and its curators are told.")

    def _publish(self, when: WhenForm) -> str:
        if self.revision.status == Status.DRAFT:
            # Sent back meanwhile: its curator is at work on it.
            raise WrongState(self.revision, "published", self.revision.status)
        publication.publish(self.revision, by=self.by)
        if self.revision.pathway.status == Status.WITHDRAWN:
            return _("It is published, and readers see it once the pathway is restored.")
        return _("Readers see it now.")

    def _schedule(self, when: WhenForm) -> str:
        if not when.is_valid():
            raise ValidationError([*when.errors["publish_at"]])
        at = when.cleaned_data["publish_at"]
        publication.schedule(self.revision, by=self.by, at=at)
        told = _("Readers will see it from %(when)s on.")
        return told % {"when": date_format(localtime(at), "DATETIME_FORMAT")}

    def _call_off(self, when: WhenForm) -> str:
        publication.call_off(self.revision, by=self.by)
        return _("It is no longer set to a time, and waits for review.")


DECISIONS = {
    "ask": Answer._ask,
    "publish": Answer._publish,
    "schedule": Answer._schedule,
    "call_off": Answer._call_off,
}
