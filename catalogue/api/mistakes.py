"""What is wrong with parameters, said in words of people instead of the checker's."""

from collections.abc import Iterable, Mapping
from typing import Any, get_origin

from django.http import QueryDict
from django.utils.translation import gettext as _

from catalogue.api.shapes import Asked, Mistake
from catalogue.asking import plain
from catalogue.search import ResourceQuery
from catalogue.tallies import Tallies

TOLD_OF_A_VALUE = 100
# U+FFFD is what becomes of bytes that are no UTF-8.
NO_TEXT = ("\x00", "\ufffd")


def strangers(data: QueryDict) -> list[Mistake]:
    """A mistake for each parameter that isn't there: without it another question would be answered."""
    known = ", ".join(Asked.model_fields)
    message = _("There is no parameter “%(name)s”. There are: %(known)s.")
    return [
        _mistake(name, data[name], message % {"name": name[:TOLD_OF_A_VALUE], "known": known})
        for name in data
        if name not in Asked.model_fields
    ]


def unreadable(data: QueryDict) -> list[Mistake]:
    """A mistake for each parameter that holds what is no text: NUL, or bytes that aren't UTF-8, which
    Django has replaced by then."""
    message = _("“%(name)s” holds what is no text in UTF-8.")
    return [
        _mistake(name, plain(values[-1]), message % {"name": name[:TOLD_OF_A_VALUE]})
        for name, values in data.lists()
        if any(sign in value for value in values for sign in NO_TEXT)
    ]


def repeated(data: QueryDict) -> list[Mistake]:
    """A mistake for each parameter that takes one value and has several."""
    message = _("“%(name)s” takes one value.")
    return [
        _mistake(name, values, message % {"name": name})
        for name, values in data.lists()
        if len(values) > 1 and name in Asked.model_fields and not takes_several(name)
    ]


def takes_several(name: str) -> bool:
    return get_origin(Asked.model_fields[name].annotation) is list


def unknown_values(asked: ResourceQuery, known: ResourceQuery) -> list[Mistake]:
    """A mistake for each value of a filter in `asked` that `known` was left without."""
    message = _("Nothing here is called “%(value)s” as “%(name)s”.")
    return [
        _mistake(name, value, message % {"value": value, "name": name})
        for name in ResourceQuery.FILTERS
        for value in asked.chosen(name)
        if not known.has(name, value)
    ]


def unknown_framework(asked: ResourceQuery, counted: Tallies) -> list[Mistake]:
    known = {key.partition(":")[0] for key in counted.names["competence"]}
    if not asked.framework or asked.framework in known:
        return []
    message = _("Nothing here is called “%(value)s” as “%(name)s”.")
    facts = {"value": asked.framework, "name": "framework"}
    return [_mistake("framework", asked.framework, message % facts)]


def no_cursor(text: str) -> Mistake:
    message = _("This is no cursor of this question. Take “next” as it came, or begin without one.")
    return _mistake("cursor", text, message)


def told(errors: Iterable[Mapping[str, Any]], data: QueryDict) -> list[Mistake]:
    """The checker's `errors` about `data` (of pydantic, by way of ninja) as mistakes."""
    return [_told(error, data) for error in errors]


def _told(error: Mapping[str, Any], data: QueryDict) -> Mistake:
    # Where it stands: ("query", "limit"), or ("query", "asked", "type", 0) for the first of several.
    name = next(part for part in error["loc"] if part in Asked.model_fields)
    place = error["loc"][-1]
    is_one_of_several = isinstance(place, int)
    value = _given(data, name)[place] if is_one_of_several else data.get(name, "")
    facts = {"name": name, "value": value[:TOLD_OF_A_VALUE], **error.get("ctx", {})}
    match error["type"]:
        case "enum" | "literal_error":
            facts["expected"] = facts["expected"].replace(" or ", ", ").replace("'", "")
            message = _("“%(name)s” doesn’t take “%(value)s”. It takes: %(expected)s.")
        case "too_long":
            message = _("“%(name)s” takes %(max_length)s values at most.")
        case "string_too_long":
            message = _("“%(name)s” takes %(max_length)s characters at most.")
        case "bool_parsing":
            message = _("“%(name)s” takes “true” or “false”.")
        case _:
            facts |= _bounds(name)
            message = _("“%(name)s” takes a whole number from %(least)s to %(most)s.")
    return _mistake(name, value, message % facts)


def _given(data: QueryDict, name: str) -> list[str]:
    """The values that were looked at: the empty ones ask for nothing."""
    return [value for value in data.getlist(name) if value]


def _bounds(name: str) -> dict[str, int]:
    """`least` and `most` of a parameter that is a number."""
    least, most = Asked.model_fields[name].metadata
    return {"least": least.ge, "most": most.le}


def _mistake(name: str, value: Any, message: str) -> Mistake:
    said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return Mistake(parameter=name[:TOLD_OF_A_VALUE], value=said[:TOLD_OF_A_VALUE], message=message)
