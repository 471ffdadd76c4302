"""Load, bounded and on the loopback only: wrk for HTTP, pgbench for the bare database."""

import json
import os
import re
import subprocess
from pathlib import Path

from bench.scratch import Database

LUA = Path(__file__).resolve().parent / "lua"
SECONDS = float(os.environ.get("BENCH_SECONDS") or 4)
_REPORT = re.compile(r"^REPORT (\{.*\})$", re.MULTILINE)
_TPS = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)


def http(
    url: str,
    *,
    clients: int,
    script: str = "get",
    headers: dict[str, str] | None = None,
    seconds: float = SECONDS,
    may_fail: bool = False,
    **words: str,
) -> dict:
    """Ask `url` with `clients` kept connections; return rate (per second), mean, p50, p95 (ms), bytes per answer.

    `words` go to the script lua/<script>.lua as environment. Raises where an answer is an error, unless
    it `may_fail`; `errors` counts them.
    """
    command = ["wrk", "-t1", f"-c{clients}", f"-d{max(round(seconds), 1)}s", "--timeout", "30s"]
    for name, text in (headers or {}).items():
        command += ["-H", f"{name}: {text}"]
    environment = {**os.environ, "BENCH_LUA": str(LUA), **words}
    done = subprocess.run(
        [*command, "-s", str(LUA / f"{script}.lua"), url], capture_output=True, text=True, env=environment
    )
    found = read_report(done.stdout)
    if found is None:
        raise RuntimeError(f"wrk failed on {url}:\n{done.stdout}{done.stderr}")
    if (found["errors"] and not may_fail) or not found["requests"]:
        raise RuntimeError(f"{found['errors']} of {found['requests']} answers from {url} were errors")
    return found


def read_report(output: str) -> dict | None:
    """Return what lua/report.lua wrote, with rate and bytes per answer; None where it wrote nothing."""
    match = _REPORT.search(output)
    if match is None:
        return None
    found = json.loads(match[1])
    found["rate"] = found["requests"] / found["seconds"]
    found["size"] = found["bytes"] / found["requests"] if found["requests"] else 0
    return found


def sql(database: Database, script: str, *, clients: int) -> dict:
    """Run an SQL script over and over by pgbench with `clients` connections; return rate (per second) and mean (ms)."""
    command = ["pgbench", "-n", f"-c{clients}", f"-j{min(clients, 2)}", f"-T{max(round(SECONDS), 1)}", "-f", "-"]
    done = subprocess.run([*command[:-1], "/dev/stdin", database.libpq], input=script, capture_output=True, text=True)
    rate = read_rate(done.stdout)
    if done.returncode or not rate:
        raise RuntimeError(f"pgbench failed:\n{done.stdout}{done.stderr[:2000]}")
    return {"rate": rate, "mean": 1000 * clients / rate}


def read_rate(output: str) -> float | None:
    """Return the transactions per second that pgbench reports, None where it reports none."""
    match = _TPS.search(output)
    return float(match[1]) if match else None
