"""Comments sent by sixty-four at once, with everything that belongs to it, against the bare durable INSERT."""

import secrets
from collections.abc import Iterator
from pathlib import Path

from bench import load
from bench.lines import Line, medians
from bench.scratch import Database, Scratch
from bench.server import fetch, gunicorn

OF_BARE = 0.05
CLIENTS = 64
# Seconds more than other loads: each sender should get several answers.
LONGER = 4
# The ledger's own table with its indexes but nothing else: no series of numbers, receipt, *here* or audit.
_TABLE = (
    "CREATE TABLE bench_comment (LIKE consultation_comment INCLUDING DEFAULTS INCLUDING INDEXES INCLUDING IDENTITY)"
)
_UNIQUE = {"number": "'B-' || :key", "idempotency_key": "'bench-' || :key"}


def run(scratch: Scratch) -> Iterator[Line]:
    """Measure accepted comments per second, and look each acknowledged number up in the ledger."""
    database = scratch.copy("submissions")
    numbers = scratch.folder / "acknowledged.txt"
    topic = str(database.value('SELECT key FROM consultation_topic ORDER BY "order" LIMIT 1'))
    place = _middle(database)
    with gunicorn(scratch, database) as server:

        def ours() -> dict:
            words = {"TOPIC": topic, "FILE": str(numbers), "RUN": secrets.token_hex(8), **place}
            address = f"{server}/api/v1/comments/"
            seconds = load.SECONDS + LONGER
            taken = load.http(address, clients=CLIENTS, script="submit", seconds=seconds, may_fail=True, **words)
            # What wrk no longer waits for is still being written.
            fetch(f"{server}/readyz")
            return taken

        ours()
        bare = _insert(database)
        found = medians({"bare": lambda: load.sql(database, bare, clients=CLIENTS), "ours": ours})
    lost, twice, given = _lost(database, numbers)
    title = f"submissions accepted per second, {CLIENTS} senders"
    note = f"p95 {found['ours']['p95']:.0f} ms, {found['ours']['errors']:.0f} refused or timed out"
    yield Line(title, found["ours"]["rate"], OF_BARE, "/s", found["bare"]["rate"], at_least=True, note=note)
    yield Line("acknowledged, and lost or numbered twice", lost + twice, 0, note=f"of {given}")


def _middle(database: Database) -> dict[str, str]:
    """Return a small box well inside the planning area, as the script of wrk reads it."""
    lon, lat = database.value(
        "SELECT array[ST_X(p), ST_Y(p)] FROM (SELECT ST_PointOnSurface(geometry) AS p FROM maps_feature "
        "WHERE kind = 'scope' LIMIT 1) AS scope"
    )
    half = 0.004
    return {"WEST": str(lon - half), "EAST": str(lon + half), "SOUTH": str(lat - half), "NORTH": str(lat + half)}


def _insert(database: Database) -> str:
    """Make the bare table; return the INSERT of a row just like one that was sent, only its number differs."""
    database.run(_TABLE)
    columns = database.value(
        "SELECT array_agg(column_name::text) FROM information_schema.columns "
        "WHERE table_name = 'consultation_comment' AND column_name <> 'id'"
    )
    written = ", ".join(f'quote_nullable("{column}"::text)' for column in columns)
    values = database.value(f"SELECT array[{written}] FROM consultation_comment ORDER BY id DESC LIMIT 1")
    values = [_UNIQUE.get(column, value) for column, value in zip(columns, values, strict=True)]
    names = ", ".join(f'"{column}"' for column in columns)
    return f"\\set key random(1, 1000000000000)\nINSERT INTO bench_comment ({names}) VALUES ({', '.join(values)});\n"


def _lost(database: Database, numbers: Path) -> tuple[int, int, int]:
    """Return how many acknowledged comments the ledger lacks, how many numbers came twice, and how many there were."""
    given = [line for line in numbers.read_text(encoding="utf-8").split() if not line.startswith("status")]
    unique = list(set(given))
    query = "SELECT count(*) FROM unnest(%s::text[]) AS given LEFT JOIN consultation_comment ON number = given"
    lost = int(database.value(f"{query} WHERE number IS NULL", (unique,)))
    return lost, len(given) - len(unique), len(given)
