"""Errors of the catalogue; each message is a sentence for the person who caused it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.vocabularies import Status

# How a status ends the sentence “… it is …”.
IS = {
    Status.DRAFT: pgettext_lazy("it is …", "a draft"),
    Status.IN_REVIEW: pgettext_lazy("it is …", "in review"),
    Status.PUBLISHED: pgettext_lazy("it is …", "published"),
    Status.WITHDRAWN: pgettext_lazy("it is …", "withdrawn"),
    # Of a proposed change.
    "waiting": pgettext_lazy("it is …", "waiting for an editor"),
    "accepted": pgettext_lazy("it is …", "accepted"),
    "declined": pgettext_lazy("it is …", "declined"),
}

# A sentence for each verb, since languages bend words in their own ways.
CANT = {
    "published": _("“%(row)s” can’t be published: it is %(status)s."),
    "withdrawn": _("“%(row)s” can’t be withdrawn: it is %(status)s."),
    "restored": _("“%(row)s” can’t be restored: it is %(status)s."),
    "submitted": _("“%(row)s” can’t be submitted: it is %(status)s."),
    "accepted": _("What was proposed for “%(row)s” can’t be accepted: it is %(status)s."),
    "declined": _("What was proposed for “%(row)s” can’t be declined: it is %(status)s."),
    "sent back": _("“%(row)s” can’t be sent back: it is %(status)s."),
    "scheduled": _("“%(row)s” can’t be set to a time: it is %(status)s."),
}


class CatalogueError(Exception):
    """Base of everything the catalogue refuses."""


class WrongState(CatalogueError):
    """A verb was asked of a row that isn't where the verb starts from."""

    def __init__(self, row: object, verb: str, status: str) -> None:
        """`verb` is a key of CANT; `status` says where the row is."""
        self.status = status
        super().__init__(CANT[verb] % {"row": row, "status": IS[status]})
