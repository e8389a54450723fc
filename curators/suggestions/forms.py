"""The forms: few fields, and whatever comes in is plain text."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.fields import AddressField
from curators.suggestions.models import Suggestion
from curators.suggestions.pages import Page

LONGEST_TEXT = 1_000
# A sentence or two name a page besides the one that they are about; advertising names dozens.
MOST_LINKS = 3
LINK = re.compile(r"https?:|www\.|\[url", re.IGNORECASE)
# What a text needs none of: they are not seen, or turn round what is read.
KEPT_CONTROLS = "\n\t"
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
# Joiners are part of words in some scripts, and of emoji.
JOINERS = "\u200c\u200d"


def plain(text: str) -> str:
    """`text` without control characters, overrides of direction, and blank ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        char
        for char in lines
        if char in KEPT_CONTROLS or char in JOINERS or unicodedata.category(char) not in UNSEEN
    )
    return "".join(kept).strip()


class PlainField(forms.CharField):
    def clean(self, value: Any) -> str:
        return super().clean(plain(value) if isinstance(value, str) else value)


class TextField(PlainField):
    """A few sentences."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"class": "field__input", "rows": 4})
        super().__init__(max_length=LONGEST_TEXT, widget=widget, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # A browser would cut a longer text in silence.
        return {}

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(LINK.findall(value)) > MOST_LINKS:
            raise ValidationError(
                _("There are more web addresses in this than we can look at. Name three at most.")
            )


def _input(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "field__input", **attrs})


class LinkField(PlainField):
    """A web address, cleaned as everywhere on the site."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=_input(inputmode="url", autocomplete="off"), **kwargs)

    def clean(self, value: Any) -> str:
        return AddressField().to_python(super().clean(value))


class EmailField(forms.EmailField):
    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "field__input", "autocomplete": "email"}
        super().__init__(widget=forms.EmailInput(attrs=attrs), max_length=254, **kwargs)


class SuggestForm(forms.Form):
    """What every form has; `KIND` says what it is, a Suggestion.Kind; `page`: what it is about."""

    KIND = ""

    # Nobody sees it; robots fill in whatever there is.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, page: Page | None = None, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.page = page

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("A field that nobody sees was filled in. Send it again."))
        return ""

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that people fill in, in order."""
        return [one for one in self if one.name != "website"]

    @property
    def facts(self) -> dict[str, str]:
        """What is kept of it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}


WORDS = {"required": _("Write a sentence here.")}
TOLD = _("If you want to be told what became of it. It is deleted when we have answered.")


class ResourceForm(SuggestForm):
    KIND = Suggestion.Kind.RESOURCE

    url = LinkField(
        label=_("Its web address"),
        help_text=_("As in https://example.org/course"),
        error_messages={"required": _("Paste its web address here.")},
    )
    text = TextField(
        label=_("Why is it good?"),
        error_messages=WORDS,
        help_text=_("One sentence will do: what can somebody do after it?"),
    )
    skill = PlainField(
        label=_("Which skill does it teach? (if you know)"),
        required=False,
        max_length=120,
        widget=_input(),
    )
    email = EmailField(label=_("Your e-mail address (if you like)"), help_text=TOLD, required=False)


class ProblemForm(SuggestForm):
    KIND = Suggestion.Kind.PROBLEM

    problem = forms.ChoiceField(
        label=_("What is the matter?"),
        choices=Suggestion.Problem.choices,
        widget=forms.Select(attrs={"class": "field__input"}),
    )
    text = TextField(label=_("Say more, in a sentence (if you like)"), required=False)
    email = EmailField(label=_("Your e-mail address (if you like)"), help_text=TOLD, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        is_vague = said.get("problem") == Suggestion.Problem.OTHER or not self.page
        if is_vague and not said.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say in a sentence what it is, and where."))
        return said


class CuratorForm(SuggestForm):
    KIND = Suggestion.Kind.CURATOR

    name = PlainField(label=_("Your name"), max_length=120, widget=_input(autocomplete="name"))
    text = TextField(
        label=_("What do you know, and whom would you lead through it?"),
        error_messages=WORDS,
        help_text=_("Two sentences are enough to begin."),
    )
    email = EmailField(
        label=_("Your e-mail address"),
        help_text=_("So that an editor can write to you. It is deleted when we have answered."),
    )


class MessageForm(SuggestForm):
    KIND = Suggestion.Kind.MESSAGE

    text = TextField(label=_("Your message"), error_messages=WORDS)
    email = EmailField(
        label=_("Your e-mail address (if you like)"),
        help_text=_("If you want an answer by mail. It is deleted when we have answered."),
        required=False,
    )


FORMS = {form.KIND: form for form in (ResourceForm, ProblemForm, CuratorForm, MessageForm)}
