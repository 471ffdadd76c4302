"""How gunicorn serves the portal: threads, so that persistent database connections pay, and a log that names nobody."""

import logging
import os
import re
from pathlib import Path

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
# Two workers of eight threads serve a town from two cores, and need sixteen connections to the database at most.
workers = int(os.environ.get("WEB_WORKERS") or min(os.cpu_count() or 1, 4))
threads = int(os.environ.get("WEB_THREADS") or 8)
worker_class = "gthread"
keepalive = 15
# A large export may take its time; a worker that hangs longer than this is replaced.
timeout = 120
graceful_timeout = 10
if Path("/dev/shm").is_dir() and os.access("/dev/shm", os.W_OK):
    # The workers' sign of life: on a slow disk it would be late.
    worker_tmp_dir = "/dev/shm"
# No socket in the file system through which the server could be steered.
control_socket_disable = True
# No header is believed about scheme or script name here; portal/settings.py reads X-Forwarded-Proto by TRUSTED_PROXIES.
secure_scheme_headers = {}
forwarder_headers = ""
limit_request_line = 8190

# Method, path, status, bytes, milliseconds. No address, no query string, no referrer, no browser: a receipt's code, a
# place that somebody asked about and who asked stay out of the log.
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
errorlog = "-"
loglevel = "info"


class Discreet(logging.Filter):
    """Cut query strings and addresses out of gunicorn's own messages about requests that went wrong."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record and keep it."""
        text = record.getMessage()
        record.msg = re.sub(r"ip=\S+", "ip=-", re.sub(r"\?\S*", "", text))
        record.args = ()
        return True


def on_starting(server: object) -> None:
    """Put the filter on the error log before the first worker starts."""
    server.log.error_log.addFilter(Discreet())
