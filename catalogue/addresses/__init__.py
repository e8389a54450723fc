"""Web addresses: one reader for forms, admin and import, and one key to compare by.

`clean_address` answers what people will follow, `canonical_address` what is compared and never
followed, `host_of` what readers are told.
"""

from catalogue.addresses.errors import AddressError
from catalogue.addresses.hosts import shown_host
from catalogue.addresses.keys import KEY_LENGTH, canonical_address
from catalogue.addresses.reading import ADDRESS_LENGTH, clean_address, read

__all__ = [
    "ADDRESS_LENGTH",
    "KEY_LENGTH",
    "AddressError",
    "canonical_address",
    "clean_address",
    "host_of",
    "is_address",
]


def is_address(text: str) -> bool:
    """Whether `clean_address` would take `text`."""
    try:
        clean_address(text)
    except AddressError:
        return False
    return True


def host_of(url: str) -> str:
    """The host of `url` as readers recognise it; empty if `url` is no address."""
    try:
        return shown_host(read(url).host)
    except AddressError:
        return ""
