"""A round of visits to links on many hosts of this machine beside asking them alone, with no database.

The hosts are addresses of 127.0.0.0/8, all served by one process that answers after 20 ms: most
with 200, some with what else the web answers, HEAD refused among it; and a hundredth of the links
answers too slowly to be waited for. Between two requests to one host there is the usual pause.

    python bench/bench_links.py [N [HOSTS]]     10,000 links on 200 hosts by default
"""

import asyncio
import os
import resource as process
import subprocess
import sys
import time
from ipaddress import ip_network

from ground import prepare, table

DELAY = 0.02
SLOW = 60
# What the last two digits of a link's number are answered with; the rest with 200.
STATUSES = {1: 404, 2: 410, 3: 403, 4: 500, 5: 301, 6: 302, 7: 405, 8: 301}


async def _serve(hosts: int, port: int) -> None:
    server = await asyncio.start_server(_answer, [_address(n) for n in range(hosts)], port)
    print("ready", flush=True)
    await server.serve_forever()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        method, path, *_rest = head.decode("latin-1").split()
        status, there = _status_of(method, path)
        await asyncio.sleep(SLOW if status == 0 else DELAY)
        where = f"Location: {there}\r\n" if there else ""
        said = (
            f"HTTP/1.1 {status or 200} -\r\n{where}Content-Length: 0\r\nConnection: close\r\n\r\n"
        )
        writer.write(said.encode())
        await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


def _status_of(method: str, path: str) -> tuple[int, str]:
    name = path.strip("/")
    if not name.isdecimal():
        return (404, "") if name == "robots.txt" else (200, "")
    rest = int(name) % 100
    if rest == 0:
        return 0, ""
    status = STATUSES.get(rest, 200)
    if status == 405 and method == "GET":
        return 200, ""
    return status, f"/page-{name}" if status in (301, 302) else ""


def _address(number: int) -> str:
    return f"127.0.{1 + number // 200}.{1 + number % 200}"


def _links(number: int, hosts: int, port: int) -> list[str]:
    return [f"http://{_address(n % hosts)}:{port}/{n}" for n in range(number)]


def _fill(urls: list[str]) -> None:
    from django.db import connection

    from catalogue.models import Resource

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE catalogue_resource CASCADE")
    rows = [Resource(url=url, title=url) for url in urls]
    for row in rows:
        row.slug = f"link-{row.url.rpartition('/')[2]}"
        row.set_derived()
    Resource.objects.bulk_create(rows, batch_size=2_000)


def main(number: int, hosts: int) -> None:
    prepare(0)
    from django.conf import settings

    from catalogue.fetching import in_turn
    from catalogue.links import Visitor, visit_links
    from catalogue.links.rounds import AT_ONCE, PAUSE

    settings.FETCH_ALLOW_NETWORKS = [ip_network("127.0.0.0/8")]
    port = 18_000 + os.getpid() % 10_000
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve", str(hosts), str(port)], stdout=subprocess.PIPE
    )
    try:
        server.stdout.readline()
        urls = _links(number, hosts, port)
        _fill(urls)
        start = time.perf_counter()
        asked = list(in_turn(urls, Visitor(pause=PAUSE).visit, at_once=AT_ONCE, pause=PAUSE))
        alone = time.perf_counter() - start
        start, cpu = time.perf_counter(), time.process_time()
        tally = visit_links()
        whole, cpu = time.perf_counter() - start, time.process_time() - cpu
    finally:
        server.terminate()
    assert len(asked) == tally.done == number, tally
    peak = process.getrusage(process.RUSAGE_SELF).ru_maxrss / 1024
    table(
        ["", "seconds", "links a second", "x asking"],
        [
            ["asking", f"{alone:.0f}", f"{number / alone:.0f}", "1.00"],
            ["a round", f"{whole:.0f}", f"{number / whole:.0f}", f"{whole / alone:.2f}"],
        ],
    )
    told = ", ".join(f"{state} {count:,}" for state, count in sorted(tally.states.items()))
    print(f"{number:,} links on {hosts} hosts: {told}; put off {tally.postponed:,}")
    print(f"{cpu / number * 1e3:.1f} ms of processor a link; peak memory {peak:.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        asyncio.run(_serve(int(sys.argv[2]), int(sys.argv[3])))
    else:
        given = [int(arg) for arg in sys.argv[1:]]
        main(given[0] if given else 10_000, given[1] if given[1:] else 200)
