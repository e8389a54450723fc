"""Reaching a host: its name is looked up once, each address judged, and one of them connected to.

A name may answer with a public address when it is judged and with a private one when it is
connected to (DNS rebinding); a library that checks a name first and connects to the name
afterwards can be fooled, and one that connects first and checks the peer afterwards has already
knocked at a door inside. So the connection is opened to the address that was judged, while the name
goes on standing in the `Host` header, in TLS's SNI and in what the certificate is checked against.
"""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import certifi
import httpcore
from django.conf import settings

from catalogue.fetching.errors import (
    NoSuchName,
    Refused,
    TimedOut,
    TlsBroken,
    Unreachable,
)

PORTS = frozenset({80, 443})
# Seconds for one address of a host; there may be several, of which the first don't answer.
CONNECTING = 5
MOST_ADDRESSES = 4

# IANA's registry of special-purpose addresses, and what else leads inward from a public one.
# `ipaddress.is_global` alone is not enough: it lets multicast pass, and 6to4 and mapped addresses
# that hold a private one.
_NOT_PUBLIC_4 = [
    ip_network(network)
    for network in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
        "192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 "
        # Multicast, reserved and broadcast; and the host that a cloud answers its machines from.
        "224.0.0.0/4 240.0.0.0/4 168.63.129.16/32"
    ).split()
]
# What is handed out of IPv6 at all. Mapped and compatible IPv4, NAT64, local and multicast lie outside.
_HANDED_OUT = ip_network("2000::/3")
# Protocols (Teredo and others), documentation, 6to4, documentation.
_NOT_PUBLIC_6 = [
    ip_network(network) for network in "2001::/23 2001:db8::/32 2002::/16 3fff::/20".split()
]

# What a resolver says of a name that is not there; not of one that it could not ask for.
NO_SUCH_NAME = frozenset(
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)
)

Address = IPv4Address | IPv6Address


def is_public(address: Address) -> bool:
    """Whether `address` belongs to a machine on the public internet, by what is known of ranges."""
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in one for one in _NOT_PUBLIC_4)
    return (
        address in _HANDED_OUT
        and address.is_global
        and not any(address in one for one in _NOT_PUBLIC_6)
    )


def may_reach(address: Address, port: int) -> bool:
    """Whether a connection to `address` may be opened: public ones, and networks that are allowed."""
    if any(address in network for network in settings.FETCH_ALLOW_NETWORKS):
        return True
    return port in PORTS and is_public(address)


def is_out_of_reach(url: str) -> bool:
    """Whether `url` names a machine by its number, and one that is never asked. No name is resolved:
    what a name stands for inside a network is nobody's business."""
    parts = urlsplit(url)
    try:
        address = ip_address(parts.hostname or "")
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return False
    return not may_reach(address, port)


class Deadline:
    """A moment after which nothing is waited for any more."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until then, negative afterwards."""
        return self.at - time.monotonic()

    def limit(self, seconds: float | None = None) -> float:
        """The seconds that a wait may take, at most `seconds`. Raises TimedOut when none are left."""
        left = self.left
        if left <= 0:
            raise TimedOut
        return left if seconds is None else min(left, seconds)


class JudgedNetwork(httpcore.NetworkBackend):
    """How httpcore reaches hosts for one fetch, which has to end at `deadline`."""

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        found = _look_up(host, port, self.deadline)
        allowed = [address for address in found if may_reach(address, port)]
        if found and not allowed:
            raise Refused
        for address in allowed[:MOST_ADDRESSES]:
            try:
                # A literal address: there is nothing to look up a second time.
                stream = httpcore.SyncBackend().connect_tcp(
                    str(address), port, timeout=self.deadline.limit(CONNECTING)
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
            return TimedStream(stream, self.deadline)
        raise Unreachable


class TimedStream(httpcore.NetworkStream):
    """A connection whose every wait ends by the deadline, however slowly a server drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.deadline.limit(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.deadline.limit(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        try:
            secured = self.stream.start_tls(
                ssl_context, server_hostname, self.deadline.limit(timeout)
            )
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError):
                raise TlsBroken from error
            raise
        return TimedStream(secured, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


@cache
def trust() -> ssl.SSLContext:
    """Whose certificates are believed: the system's authorities and Mozilla's."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _look_up(host: str, port: int, deadline: Deadline) -> list[Address]:
    """The addresses of `host`, in the order to try them. Raises Unreachable where there are none.

    In a thread of its own, since the system's resolver knows no deadline.
    """
    answers: list[Any] = []
    unknown: list[str] = []

    def ask() -> None:
        # No such name, or none that a resolver takes.
        with contextlib.suppress(OSError, UnicodeError):
            try:
                answers.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
            except socket.gaierror as error:
                if error.errno in NO_SUCH_NAME:
                    unknown.append(host)
                raise

    asking = threading.Thread(target=ask, name="looks up a host", daemon=True)
    asking.start()
    asking.join(deadline.limit())
    if asking.is_alive():
        raise TimedOut
    found = list(dict.fromkeys(_addresses(answers)))
    if not found:
        raise NoSuchName if unknown else Unreachable
    return found


def _addresses(answers: Iterable[Any]) -> Iterator[Address]:
    for _family, _kind, _protocol, _name, where in answers:
        try:
            yield ip_address(where[0])
        except ValueError:
            continue
