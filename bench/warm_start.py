"""script/server in a folder that is set up already: from the command to the first page."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench.lines import Line, medians
from bench.scratch import ROOT, Scratch
from bench.server import free_port

SECONDS = 10
PATIENCE = 300


def run(scratch: Scratch) -> Iterator[Line]:
    """Start it once for the set-up, with a database cluster of its own, then three times more."""
    folder = scratch.folder / "warm"
    folder.mkdir()
    # Its cluster's owner must get in.
    for part in (folder, scratch.folder):
        part.chmod(0o755)
    first = _start(folder)["seconds"]
    found = medians({"warm": lambda: _start(folder)})["warm"]
    yield Line("warm start of script/server", found["seconds"], SECONDS, "s", note=f"first start {first:.0f} s")


def _start(folder: Path) -> dict:
    environment = {name: text for name, text in os.environ.items() if name not in ("DATABASE_URL", "COMMENT_THROTTLE")}
    environment |= {"VAR_DIR": str(folder), "PORT": str(free_port())}
    log = folder.parent / "warm_start.log"
    with log.open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            [ROOT / "script" / "server"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
        try:
            while "is ready" not in log.read_text(encoding="utf-8"):
                if process.poll() is not None or time.perf_counter() - started > PATIENCE:
                    raise RuntimeError(f"script/server did not start:\n{log.read_text(encoding='utf-8')}")
                time.sleep(0.02)
            return {"seconds": time.perf_counter() - started}
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
