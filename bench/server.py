"""A server of this machine with Waymark and the anchors in it, and clients that ask it."""

import os
import re
import selectors
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic, perf_counter, sleep

HERE = Path(__file__).resolve().parent
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
# Seconds that a server may take to answer for the first time.
PATIENCE = 120


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """Something that answers at a port of this machine, ended with the block."""

    def __init__(self, command: list[str], port: int, **environment: str) -> None:
        self.port = port
        self.process = subprocess.Popen(command, env={**os.environ, **environment}, cwd=HERE.parent)

    @classmethod
    def of(cls, ground: str, *, workers: int = 2) -> "Server":
        """Waymark on this benchmark database, as production serves it, with the anchors."""
        port = free_port()
        return cls(
            [
                *(sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn"),
                # A connection that is kept stays with its worker, so that each can be asked apart.
                *("--keep-alive", "120", "-b", f"127.0.0.1:{port}", "anchors:application"),
            ],
            port,
            BENCH_GROUND=ground,
            WEB_CONCURRENCY=str(workers),
            PYTHONPATH=f"{HERE}:{HERE.parent}",
        )

    def __enter__(self) -> "Server":
        end = monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                if self.process.poll() is not None or monotonic() > end:
                    self.__exit__()
                    raise SystemExit("The server to be measured did not start.") from None
                sleep(0.1)

    def __exit__(self, *_error: object) -> None:
        self.process.terminate()
        self.process.wait()

    def megabytes(self) -> list[float]:
        """Memory of each worker, as the system counts what is resident, shared pages included."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        statuses = (Path(f"/proc/{pid}/status").read_text() for pid in children.split())
        return [int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024 for status in statuses]


class Client:
    """One connection that is kept."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = self._connected()

    def _connected(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=300)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def get(self, address: str, *, cookie: str = "") -> tuple[float, int, bytes]:
        """Seconds, status and whole answer."""
        asked = request(self.port, address, cookie)
        start = perf_counter()
        self.socket.sendall(asked)
        answer, size = bytearray(), None
        while size is None or len(answer) < size:
            part = self.socket.recv(262_144)
            if not part:
                raise SystemExit(f"{address}: the server broke off.")
            answer += part
            size = size or size_of(answer)
        taken = perf_counter() - start
        return taken, int(STATUS.match(answer)[1]), bytes(answer)


def request(port: int, address: str, cookie: str = "") -> bytes:
    held = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{held}\r\n".encode()


def size_of(answer: bytes) -> int | None:
    """How many bytes the whole answer has; None before its head is there."""
    head, blank, _body = bytes(answer[:8_192]).partition(b"\r\n\r\n")
    if not blank:
        return None
    length = LENGTH.search(head)
    if length is None:
        raise SystemExit("An answer without its length can’t be measured on a kept connection.")
    return len(head) + 4 + int(length[1])


def answers_a_second(port: int, address: str, *, connections: int = 8, seconds: float = 2) -> float:
    """How many answers so many connections get in a second, each asking anew when it was answered."""
    asked = request(port, address)
    chosen = selectors.DefaultSelector()
    for client in [Client(port) for _ in range(connections)]:
        chosen.register(client.socket, selectors.EVENT_READ, [0, None])
        client.socket.sendall(asked)
    count, start = 0, perf_counter()
    while (now := perf_counter()) < start + seconds:
        for key, _events in chosen.select(timeout=1):
            part = key.fileobj.recv(262_144)
            state = key.data
            if not part:
                raise SystemExit(f"{address}: the server broke off.")
            if state[1] is None:
                state[1] = size_of(part)
            state[0] += len(part)
            if state[0] >= state[1]:
                count += 1
                state[:] = [0, None]
                key.fileobj.sendall(asked)
    for key in list(chosen.get_map().values()):
        key.fileobj.close()
    return count / (now - start)
