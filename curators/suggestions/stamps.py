"""The stamp on a form: when it was opened, signed, so that nobody sends forms by the thousand.

It needs no cookie. Whoever sends the same form twice reaches the same private page, whose token
follows from the stamp and what was sent.
"""

import secrets

from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

SALT = "curators.suggestions.stamps"
# Nobody pastes a link and writes a sentence sooner, and no page is left open for longer, in seconds.
SOONEST = 3
LATEST = 24 * 3600

_signer = signing.TimestampSigner(salt=SALT)


class Unstamped(Exception):
    """A form that can't be taken as it is; `stamp` is the one to send it again with."""

    def __init__(self, sentence: str, stamp: str) -> None:
        super().__init__(sentence)
        self.stamp = stamp


def new_stamp() -> str:
    return _signer.sign(secrets.token_hex(16))


def read_stamp(stamp: str) -> str:
    """What tells this form from every other one. Raises Unstamped."""
    try:
        nonce = _signer.unsign(stamp, max_age=LATEST)
    except signing.BadSignature:
        # Forged, cut, or older than a day: which of them is nobody's business.
        told = _("This page was open for more than a day. Look it over, and send it again.")
        raise Unstamped(told, new_stamp()) from None
    if _is_too_soon(stamp):
        told = _("That was quicker than people write. Look it over, and send it again.")
        raise Unstamped(told, stamp)
    return nonce


def _is_too_soon(stamp: str) -> bool:
    try:
        _signer.unsign(stamp, max_age=SOONEST)
    except signing.SignatureExpired:
        return False
    return True


def token_of(nonce: str, content: str) -> str:
    """The token of the private page of `content`, sent with the form `nonce`: forty hex digits."""
    return salted_hmac(SALT, f"{nonce}\n{content}", algorithm="sha256").hexdigest()[:40]
