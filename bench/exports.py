"""Taking out 200 000 comments, masked: against psql's \\copy and ogr2ogr of the same rows and columns."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

from bench import lists
from bench.lines import Line, medians
from bench.scratch import ROOT, Database, Scratch

TIMES_COPY, TIMES_OGR = 4, 1
MEMORY_MB = 150


def run(scratch: Scratch) -> Iterator[Line]:
    """Time whole processes, from start to the closed file; memory is the largest that the process ever held."""
    database = lists.ledger(scratch, lists.MANY)
    out = scratch.folder
    geometry, table = _selects(database)
    copy = f"\\copy ({table}) TO '{out}/copy.csv' CSV HEADER"
    found = medians(
        {
            "copy": lambda: _timed(["psql", "-Xq", database.libpq, "-c", copy], {}),
            "csv": lambda: _export(scratch, database, "csv"),
            "ogr": lambda: _ogr(scratch, database, geometry),
            "geojson": lambda: _export(scratch, database, "geojson"),
        }
    )
    megabytes = (out / "export.csv").stat().st_size / 1e6
    sizes = f"{megabytes:.0f} MB"
    csv, ogr = found["csv"], found["geojson"]
    many = f"{lists.MANY} comments"
    yield Line(
        f"{many} as CSV against psql \\copy", csv["seconds"], TIMES_COPY, "s", found["copy"]["seconds"], note=sizes
    )
    yield Line(f"{many} as GeoJSON against ogr2ogr", ogr["seconds"], TIMES_OGR, "s", found["ogr"]["seconds"])
    for name in ("csv", "geojson"):
        yield Line(f"{many} as {name}, peak memory", found[name]["memory"], MEMORY_MB, "MB")


def _selects(database: Database) -> tuple[str, str]:
    """Return the query of the export's own columns with geometry, and without, as plain SQL."""
    from django.db import connection

    from consultation import exports
    from consultation.models import Comment

    columns, params = exports.columns_for(exports.Audience.STAFF), []
    selects = [f"{exports._expression(column, params)} AS {column.key}" for column in columns]
    chosen, _params = Comment.objects.order_by().values("pk").query.sql_with_params()
    tail = f"FROM {exports._TABLES} WHERE c.id IN ({chosen}) ORDER BY c.id"
    plain = [
        " ".join(connection.ops.compose_sql(f"SELECT {', '.join([*more, *selects])} {tail}", params).split())
        for more in (["coalesce(c.geometry, c.anchor) AS geometry"], [])
    ]
    connection.close()
    return plain[0], plain[1]


def _ogr(scratch: Scratch, database: Database, query: str) -> dict:
    target = scratch.folder / "ogr.geojson"
    target.unlink(missing_ok=True)
    source = f"PG:{database.libpq}"
    options = ["-lco", "COORDINATE_PRECISION=4", "-lco", "RFC7946=YES"]
    return _timed(["ogr2ogr", "-q", "-f", "GeoJSON", str(target), source, "-sql", query, *options], {})


def _export(scratch: Scratch, database: Database, form: str) -> dict:
    command = [sys.executable, "manage.py", "export_comments", "--format", form]
    return _timed([*command, "--output", f"{scratch.folder}/export.{form}"], scratch.environment(database))


def _timed(command: list[str], environment: dict[str, str]) -> dict:
    """Run a process to its end; return the seconds it took and the most memory (MB) that it held."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    said = process.stderr.read()
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{said.decode()}")
    return {"seconds": time.perf_counter() - started, "memory": used.ru_maxrss / 1024}
