"""Minutes as people say them."""

from django.utils.translation import gettext

AN_HOUR = 60


def spoken(minutes: int | None, *, about: bool = False) -> str:
    """“20 min”, “1 h 30 min”, “about 8 h”; nothing where the minutes are unknown."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, AN_HOUR)
    parts = {"hours": hours, "minutes": rest}
    if not hours:
        return (gettext("about %(minutes)d min") if about else gettext("%(minutes)d min")) % parts
    if not rest:
        return (gettext("about %(hours)d h") if about else gettext("%(hours)d h")) % parts
    if about:
        return gettext("about %(hours)d h %(minutes)d min") % parts
    return gettext("%(hours)d h %(minutes)d min") % parts
