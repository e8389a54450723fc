"""What can be wrong with an address, in the words of whoever entered it."""

import re

from django.utils.translation import gettext_lazy as _

from catalogue.errors import CatalogueError

ADDRESS_LENGTH = 2000
SHOWN_LENGTH = 60

MESSAGES = {
    "empty": _("Enter a web address."),
    "long": _("“%(value)s” is longer than %(limit)s characters."),
    "characters": _("“%(value)s” holds a line break or a character that no web address can have."),
    "several": _("“%(value)s” holds more than one web address. Enter one."),
    "scheme": _("“%(value)s” is not a web page: its address must start with https:// or http://."),
    "email": _("“%(value)s” is an e-mail address. Enter the address of a web page."),
    "credentials": _("“%(value)s” holds a user name or password. Enter it without them."),
    "file": _("“%(value)s” is the name of a file. Enter its whole address, from https:// on."),
    "host": _("“%(value)s” is not a web address: it names no website, such as example.org."),
    "local": _("“%(value)s” only works inside one network. Enter a public web address."),
    "port": _("“%(value)s” has an impossible port: after the colon comes a number up to 65535."),
    "ipv6": _("“%(value)s” has a malformed IPv6 address between its brackets."),
}


class AddressError(CatalogueError, ValueError):
    """Text that is no public web address; `str()` is the sentence for whoever entered it.

    `code` is a key of MESSAGES, `value` the text as it was entered.
    """

    def __init__(self, code: str, value: str) -> None:
        super().__init__(code, value)
        self.code = code
        self.value = value

    def __str__(self) -> str:
        return str(MESSAGES[self.code]) % {
            "value": shortened(self.value),
            "limit": f"{ADDRESS_LENGTH:,}",
        }


class Refused(Exception):
    """Why a part of an address cannot be one: a key of MESSAGES. Only within this package."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def shortened(text: str) -> str:
    """`text` as a message may quote it: one short line, nothing invisible, no password."""
    line = " ".join(re.sub(r"(?<=//)[^/?#]*@", "…@", text).split())
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
    return line if len(line) <= SHOWN_LENGTH else line[: SHOWN_LENGTH - 1] + "…"
