"""Pages of the desk that belong to no table: an app registers them under Point.DESK_PAGES."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class DeskPage:
    """`route` and `name` as in `path()`, below /admin/; `may(user)` says who gets it.

    With a `label`, each page of the desk links to it at the top, for those who may.
    """

    route: str
    name: str
    view: View
    may: Callable[[Any], bool]
    label: Promise | str = ""

    def pattern(self, guard: Callable[[View], View]) -> URLPattern:
        return path(self.route, guard(self._for_those_who_may()), name=self.name)

    def link(self) -> tuple[str, str]:
        """(what the link says, where it leads)."""
        return str(self.label), reverse(f"admin:{self.name}")

    def _for_those_who_may(self) -> View:
        @wraps(self.view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.may(request.user):
                raise PermissionDenied
            return self.view(request, *args, **kwargs)

        return guarded
