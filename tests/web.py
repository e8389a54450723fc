"""A web of this machine's own, for tests of what is fetched: pages that behave, and pages that don't."""

import gzip
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

# For good.example.test, signed by itself; made for these tests and trusted nowhere.
CERTIFICATE = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkZ9fc+ff1FlyCjGg
1rPniK7aQNzwLXlTTMFvHRSL2iOhRANCAARdEw797qiuAM1dAaOCE/UwBNFLXkW3
d50dngputJ8Hq7HWTqlOuZjpYzAOSYF4BMWkBjpoRldJCnqm6hoYUqw0
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBrTCCAVOgAwIBAgIUe05+RO0EEyNdvKkh6ADN2arM/AAwCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRZ29vZC5leGFtcGxlLnRlc3QwIBcNMjYxMTIxMTkwNDQ0WhgP
MjEyNjEwMjgxOTA0NDRaMBwxGjAYBgNVBAMMEWdvb2QuZXhhbXBsZS50ZXN0MFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEXRMO/e6orgDNXQGjghP1MATRS15Ft3ed
HZ4KbrSfB6ux1k6pTrmY6WMwDkmBeATFpAY6aEZXSQp6puoaGFKsNKNxMG8wHQYD
VR0OBBYEFJgRjCs0HmeHrEGTG2MygcU0BNU+MB8GA1UdIwQYMBaAFJgRjCs0HmeH
rEGTG2MygcU0BNU+MA8GA1UdEwEB/wQFMAMBAf8wHAYDVR0RBBUwE4IRZ29vZC5l
eGFtcGxlLnRlc3QwCgYIKoZIzj0EAwIDSAAwRQIgfrdXYiq6Qmps+B1jBDuuMdCl
/07k6Rh7Og3hPXjArCICIQCIQdkXO5waxlISCsb35z5tvb0SZiSq2SuQdRZMKb0Z
Ew==
-----END CERTIFICATE-----
"""


@dataclass
class Answer:
    """What stands at a path. `body` is bytes, or a function that writes to the connection.

    `head` is the status that HEAD gets instead; `after` the seconds before anything is said.
    """

    body: bytes | Callable[[Any], None] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    head: int | None = None
    after: float = 0

    @classmethod
    def page(cls, html: str | bytes, *, charset: str = "utf-8", **headers: str) -> "Answer":
        body = html.encode(charset) if isinstance(html, str) else html
        return cls(body, headers={"Content-Type": f"text/html; charset={charset}", **headers})

    @classmethod
    def to(cls, address: str, status: int = 302) -> "Answer":
        return cls(status=status, headers={"Location": address})


@dataclass
class Web:
    """A server on 127.0.0.1: `answers` by path, and `asked`: (method, path, headers) as they came."""

    root: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    connections: int = 0
    # How many requests waited for their answers at one moment, at most.
    most_at_once: int = 0

    def put(self, path: str, answer: Answer | str) -> str:
        """Answers at `path` from now on; a text is an HTML page. The whole address."""
        self.answers[path] = Answer.page(answer) if isinstance(answer, str) else answer
        return f"{self.root}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for _method, path, _headers in self.asked]


def endless(write: Any) -> None:
    """A body without an end, as fast as it is read."""
    while True:
        write(b"<p>and on</p>" * 1000)


def dripping(write: Any) -> None:
    """A body that comes a byte at a time, for a minute."""
    for _tick in range(1200):
        write(b" ")
        time.sleep(0.05)


def bomb(size: int) -> bytes:
    """A gzip file of `size` bytes that are all alike: a thousandth of it."""
    return gzip.compress(b"\0" * size)


@contextmanager
def serving(*, tls: bool = False) -> Iterator[Web]:
    """A Web for as long as the block runs."""
    counting = threading.Lock()
    at_once = 0

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            web.connections += 1
            super().setup()

        def do_GET(self) -> None:
            nonlocal at_once
            web.asked.append((self.command, self.path, dict(self.headers)))
            with counting:
                at_once += 1
                web.most_at_once = max(web.most_at_once, at_once)
            answer = web.answers.get(self.path) or Answer(b"nothing here", 404)
            time.sleep(answer.after)
            # Before the answer goes: whoever has it may ask for the next one at once.
            with counting:
                at_once -= 1
            try:
                self._answer(answer)
            except OSError:
                # Whoever asked has heard enough.
                self.close_connection = True

        do_HEAD = do_GET

        def _answer(self, answer: Answer) -> None:
            is_head = self.command == "HEAD" and answer.head
            self.send_response(answer.head if is_head else answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if isinstance(answer.body, bytes):
                if "Content-Length" not in answer.headers:
                    self.send_header("Content-Length", str(len(answer.body)))
            else:
                self.send_header("Connection", "close")
            self.end_headers()
            if self.command == "HEAD":
                return
            if isinstance(answer.body, bytes):
                self.wfile.write(answer.body)
            else:
                answer.body(self.wfile.write)

        def log_message(self, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: Any) -> None:
            # Those who hang up are what the tests are about.
            pass

    server = Server(("127.0.0.1", 0), Handler)
    scheme = "http"
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "both.pem"
            file.write_text(CERTIFICATE)
            context.load_cert_chain(file)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        scheme = "https"
    web = Web(f"{scheme}://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Names:
    """A resolver of one's own: each name has answers, taken one after the other; the last stays."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def install(self, monkeypatch: Any) -> "Names":
        real = socket.getaddrinfo

        def getaddrinfo(host: Any, port: Any, *args: Any, **kwargs: Any) -> list:
            name = host.decode() if isinstance(host, bytes) else host
            if name in self.answers:
                self.asked.append(name)
                answers = self.answers[name]
                found = (answers.pop(0) if len(answers) > 1 else answers[0]).split()
                return [entry for one in found for entry in real(one, port, *args, **kwargs)]
            # Never the network: what isn't an address in figures has no answer.
            return real(name, port, socket.AF_UNSPEC, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return self
