"""The desk: what every ModelAdmin of the site is made of.

Forms that notice when somebody else was quicker (`careful`), verbs as actions and buttons
(`verbs`), whose rows somebody meets (`whose`), rows with a page and their parts (`rows`), and the
desk itself (`site`).
"""

from catalogue.desk.careful import CarefulForm
from catalogue.desk.ordering import OrderedForm, OrderedFormSet
from catalogue.desk.rows import (
    STATE,
    DeskAdmin,
    Inline,
    LookOnly,
    PartInline,
    PublicAdmin,
    all_but,
    welsh,
)
from catalogue.desk.verbs import HasVerbs, NoteForm, Verb, VerbForm

__all__ = [
    "STATE",
    "CarefulForm",
    "DeskAdmin",
    "HasVerbs",
    "Inline",
    "LookOnly",
    "NoteForm",
    "OrderedForm",
    "OrderedFormSet",
    "PartInline",
    "PublicAdmin",
    "Verb",
    "VerbForm",
    "all_but",
    "welsh",
]
