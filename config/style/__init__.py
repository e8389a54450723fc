"""The style page: every component of templates/components/ in all its states, without a database.

For those who change how the site looks: one place to see what a change does to all of it, by day
and by night, narrow and wide, printed and in forced colours.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.style import specimens


def style(request: HttpRequest) -> HttpResponse:
    """What config.style.specimens.everything() makes."""
    return render(request, "style.html", specimens.everything())
