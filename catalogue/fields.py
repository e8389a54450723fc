"""Fields of the catalogue's own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from catalogue.addresses import AddressError, clean_address


class AddressField(models.CharField):
    """A web address as people will get it, cleaned by the one cleaner that import uses too.

    `www.example.org` gets its scheme; what is no public web address raises ValidationError with
    the cleaner's sentence.
    """

    description = "Web address (up to %(max_length)s)"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2000)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not value:
            return value
        try:
            return clean_address(value)
        except AddressError as error:
            raise ValidationError(str(error), code=error.code) from error

    def formfield(self, **kwargs: Any) -> Any:
        field = super().formfield(**kwargs)
        # A browser would cut a longer address in silence, which makes it another one.
        field.widget.attrs.pop("maxlength", None)
        # Not type="url": browsers refuse www.example.org there, which the cleaner understands.
        field.widget.attrs["inputmode"] = "url"
        return field
