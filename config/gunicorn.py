"""How gunicorn serves Waymark, for `make run` and `make serve` alike.

The number of workers is WEB_CONCURRENCY; GUNICORN_CMD_ARGS sets anything else.
"""

import os

from gunicorn.http import message
from gunicorn.workers.base import Worker

from catalogue.memory import share_one_heap

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
timeout = 60
# Before there are workers: each is forked from this process.
share_one_heap()
# An address with many filters is longer than gunicorn lets any be by itself; what is longer than
# this gets its answer, which is no page of ours.
limit_request_line = message.MAX_REQUEST_LINE = 65_536
graceful_timeout = 10
# No access log: Waymark keeps no addresses of its visitors.
accesslog = None
# It would write a socket into the home folder.
control_socket_disable = True


def post_worker_init(worker: Worker) -> None:
    """Each worker reads at once what its first page would have to wait for."""
    # What Django has to be set up for.
    from catalogue.search.beforehand import begin_reading

    begin_reading()
