"""What can keep an address from being fetched; `str()` is a sentence for whoever named it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.errors import CatalogueError

if TYPE_CHECKING:
    from catalogue.fetching.getting import Hop

# One sentence for what may not be reached and what can't be: two would tell a stranger which names
# and which machines there are inside the network that the site stands in.
NOBODY_THERE: Promise = _("No page could be reached at this address.")


class FetchError(CatalogueError):
    """Base of them. `hops` are the redirects that led to where it failed."""

    sentence: Promise = NOBODY_THERE

    def __init__(self, hops: "Sequence[Hop]" = ()) -> None:
        super().__init__()
        self.hops = tuple(hops)

    def __str__(self) -> str:
        return str(self.sentence)


class Refused(FetchError):
    """An address that is never asked, and was not: not public, not of the web, an odd port."""


class Unreachable(FetchError):
    """No such name, nothing listening, or the line was cut before an answer."""


class NoSuchName(Unreachable):
    """The names’ own servers say that there is no such host. None of them answering is no such word."""


class TimedOut(FetchError):
    """The whole took longer than it may, or the server fell silent."""

    sentence = _("The site took too long to answer.")


class TooManyRedirects(FetchError):
    """Redirects in a circle, or more than anybody needs."""

    sentence = _("The address leads on and on, and never to a page.")


class TlsBroken(FetchError):
    """No trust: the certificate is out of date, another site's, or nobody's; or it speaks no TLS."""

    sentence = _("The site’s certificate can’t be trusted, so the page was not opened.")


class Broken(FetchError):
    """An answer that is no HTTP, or packed in a way that can't be unpacked."""

    sentence = _("What the site answers can’t be read.")
