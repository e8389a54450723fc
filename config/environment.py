"""Reads the settings from the environment and refuses what is unsafe or makes no sense.

Every refusal is an ImproperlyConfigured whose sentence names the setting, its value and the remedy.
"""

import contextlib
import ipaddress
import os
import re
import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import URLValidator, validate_email
from django.http.request import validate_host

env = environ.Env()

# Long enough that guessing is hopeless; Django's own check asks for 50 characters.
SECRET_LENGTH = 50
# This machine, link-local addresses (metadata services of clouds among them), IPv4 in disguise.
_INWARD = (
    *("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32"),
    *("::/96", "fe80::/10", "::ffff:0:0/96", "64:ff9b::/96", "fd00:ec2::/32"),
)


def text(name: str, default: str = "") -> str:
    """The setting without blanks around it; an empty one counts as unset."""
    # Not env.str, which takes a value that begins with $ for the name of another.
    return os.environ.get(name, "").strip() or default


def switch(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return value in {"1", "true", "yes", "on"} if value else default
    raise ImproperlyConfigured(f"{name} is “{value}”; it takes 1 or 0.")


def names(name: str) -> list[str]:
    """A list separated by commas, without its empty parts."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def networks(name: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Networks separated by commas; a single address is a network of one."""
    found = []
    for one in names(name):
        try:
            found.append(ipaddress.ip_network(one, strict=False))
        except ValueError:
            raise ImproperlyConfigured(
                f"{name} holds “{one}”; it takes addresses and networks, as in 127.0.0.1,10.0.0.0/8."
            ) from None
    return found


def database(name: str) -> dict | None:
    """Django's settings of the database that `name` points to; None when it is unset."""
    value = text(name)
    if not value:
        return None
    if urlsplit(value).scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{name} is not the address of a PostgreSQL database; "
            "it looks like postgresql://user:password@host:5432/name."
        )
    settings = environ.Env.db_url_config(value)
    settings["ENGINE"] = "django.db.backends.postgresql"
    # As in postgresql:///name?host=/run/postgresql, where the folder of the socket is the host.
    folder = settings.get("OPTIONS", {}).pop("host", "")
    settings["HOST"] = unquote(folder or settings.get("HOST", ""))
    return settings


def cache(name: str, default: str) -> dict:
    """Django's settings of the cache that `name` points to."""
    value = text(name, default)
    try:
        settings = environ.Env.cache_url_config(value)
        is_whole = bool(settings["LOCATION"]) or value.startswith(("locmem", "dummy"))
    except (ImproperlyConfigured, ValueError, KeyError):
        is_whole = False
    if not is_whole:
        raise ImproperlyConfigured(
            f"{name} is “{_without_password(value)}”, which is not the address of a cache; it looks "
            "like locmemcache://, filecache:///some/folder, dbcache://table or redis://host:6379/1."
        )
    return settings


def mail(name: str, default: str) -> dict:
    """Django's settings of the mail server that `name` points to, by their names."""
    value = text(name, default)
    try:
        settings = environ.Env.email_url_config(value)
        is_whole = bool(settings["EMAIL_HOST"]) or not value.startswith("smtp")
    except (ImproperlyConfigured, ValueError, KeyError):
        is_whole = False
    if not is_whole:
        raise ImproperlyConfigured(
            f"{name} is “{_without_password(value)}”, which is not the address of a mail server; "
            "it looks like smtp+tls://user:password@host:587, or consolemail:// to print mail."
        )
    return settings


def _without_password(address: str) -> str:
    """`address` as it may stand in a log: all that may be a name and a password left out."""
    return re.sub(r"//.*@", "//…@", address)


def contact(name: str) -> str:
    """Where a link to whoever runs the site leads: `mailto:` or an https:// page; "" when unset."""
    value = text(name)
    if not value:
        return ""
    address = value.removeprefix("mailto:")
    with contextlib.suppress(ValidationError):
        validate_email(address)
        return f"mailto:{address}"
    with contextlib.suppress(ValidationError):
        URLValidator(schemes=["https"])(value)
        return value
    raise ImproperlyConfigured(
        f"{name} is “{value}”; it takes an e-mail address, or the address of a page that begins "
        "with https://."
    )


def page(name: str) -> str:
    """The address of a page elsewhere, https:// alone; "" when unset."""
    value = text(name)
    if not value:
        return ""
    with contextlib.suppress(ValidationError):
        URLValidator(schemes=["https"])(value)
        return value
    raise ImproperlyConfigured(
        f"{name} is “{value}”; it takes the address of a page that begins with https://."
    )


def day(name: str) -> date | None:
    """A day as in 2026-11-21; None when unset."""
    value = text(name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is “{value}”; it takes a day, as in 2026-11-21."
        ) from None


def accessibility(name: str, *, audited: date | None) -> str:
    """“partial” or “full”: what the site's accessibility statement says of WCAG 2.2 AA."""
    value = text(name, "partial").lower()
    if value not in {"partial", "full"}:
        raise ImproperlyConfigured(f"{name} is “{value}”; it takes partial or full.")
    if value == "full" and audited is None:
        raise ImproperlyConfigured(
            f"{name} is “full”, which only somebody who looked can say: "
            "set ACCESSIBILITY_AUDITED to the day of the audit."
        )
    return value


def site_url(default: str) -> str:
    said = text("SITE_URL", default)
    value = said.rstrip("/")
    parts = urlsplit(value)
    more = parts.path or parts.query or parts.fragment or parts.username
    if parts.scheme not in {"http", "https"} or not parts.hostname or more:
        raise ImproperlyConfigured(
            f"SITE_URL is “{said}”; it takes the address of the site without a path, "
            "as in https://learn.example.org."
        )
    return value


def is_loopback(url: str) -> bool:
    """Whether only this machine can reach `url`."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def secret_key(folder: Path, *, loopback: bool) -> str:
    """SECRET_KEY, or on a loopback site the one kept in `folder`, made at first use (mode 0600)."""
    value = text("SECRET_KEY")
    if value:
        return value
    if not loopback:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. A site that others can reach needs one of its own: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))' prints a good one."
        )
    path = folder / "secret_key"
    try:
        return path.read_text().strip() or _make_secret(path)
    except FileNotFoundError:
        return _make_secret(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The secret key in {path} can't be read ({error.strerror}). "
            "Make the file readable, or set SECRET_KEY."
        ) from error


def _make_secret(path: Path) -> str:
    """Writes a new secret so that two processes that start at once agree on one of them."""
    draft = path.with_name(f".secret_key-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(SECRET_LENGTH))
        if path.exists() and not path.read_text().strip():
            path.unlink()
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"A secret key can't be kept in {path.parent} ({error.strerror}). "
            "Make the folder writable, or set SECRET_KEY."
        ) from error


def refuse_unsafe(
    *,
    site: str,
    debug: bool,
    secret: str,
    hosts: list[str],
    fetched: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network] = (),
) -> None:
    """Raises ImproperlyConfigured when a site that others can reach is set up unsafely.

    `fetched` are the networks beside the public internet that the site may fetch from.
    """
    if is_loopback(site):
        return
    mend = []
    if debug:
        mend.append("DEBUG is on: unset it, since it shows visitors the inside of the site")
    if len(secret) < SECRET_LENGTH or len(set(secret)) < 5:
        mend.append(f"SECRET_KEY is too easy to guess: use {SECRET_LENGTH} random characters")
    if "*" in hosts:
        mend.append("ALLOWED_HOSTS is “*”: name the site's own hosts")
    elif not validate_host(host := urlsplit(site).hostname or "", hosts):
        mend.append(f"ALLOWED_HOSTS lacks {host}, the host of SITE_URL")
    if inward := [one for one in fetched if _leads_inward(one)]:
        mend.append(
            f"FETCH_ALLOW_NETWORKS holds {inward[0]}, where this machine or its cloud keeps secrets: "
            "name the intranet's own networks"
        )
    if mend:
        raise ImproperlyConfigured(f"{site} is not safe to start: {'; '.join(mend)}.")


def _leads_inward(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    """Whether some of `network` is this very machine, or where a cloud tells a machine its secrets."""
    return any(
        network.version == inward.version and network.overlaps(inward)
        for inward in map(ipaddress.ip_network, _INWARD)
    )
