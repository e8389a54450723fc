"""How gunicorn serves Waymark, for `make run` and `make serve` alike.

The number of workers is WEB_CONCURRENCY; GUNICORN_CMD_ARGS sets anything else.
"""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
timeout = 60
graceful_timeout = 10
# No access log: Waymark keeps no addresses of its visitors.
accesslog = None
# It would write a socket into the home folder.
control_socket_disable = True
