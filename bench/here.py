"""*Here* over HTTP against its bare SQL, and beside another plan of 30 000 features."""

from collections.abc import Iterator

from bench import load, plan
from bench.lines import Line, medians
from bench.scratch import Database, Scratch
from bench.server import gunicorn

TIMES_SQL = 2.5
FLAT = 1.3
CONCURRENT = 16


def run(scratch: Scratch) -> Iterator[Line]:
    """Measure *here* with one client and with sixteen, then how much slower it is beside the second plan."""
    known = plan.read(scratch.base)
    yield from _against_sql(scratch, known)
    yield from _beside_another(scratch, known)


def _url(server: str, known: plan.Plan) -> str:
    return f"{server}/api/v1/plans/{known.slug}/here/"


def pgbench_script(known: plan.Plan) -> str:
    """Return the statement of maps/here_sql.py for pgbench, at places all over the plan's area."""
    from maps.here_sql import HERE

    statement = HERE.replace("%(lon)s", ":lon").replace("%(lat)s", ":lat").replace("%%", "%")
    statement = statement.replace("%(plan)s", str(known.id)).replace("%(drafts)s", "false")
    return (
        f"\\set lon {known.west} + ({known.east} - {known.west}) * random(0, 1000000) / 1000000.0\n"
        f"\\set lat {known.south} + ({known.north} - {known.south}) * random(0, 1000000) / 1000000.0\n"
        f"{statement};\n"
    )


def _against_sql(scratch: Scratch, known: plan.Plan) -> Iterator[Line]:
    script = pgbench_script(known)
    with gunicorn(scratch, scratch.base) as server:
        url = _url(server, known)
        _warm(url, known)
        for clients in (1, CONCURRENT):
            found = medians(
                {
                    "sql": lambda clients=clients: load.sql(scratch.base, script, clients=clients),
                    "ours": lambda clients=clients: load.http(url, clients=clients, script="here", **known.words),
                }
            )
            ours, bare = (1000 * clients / found[name]["rate"] for name in ("ours", "sql"))
            name = f"here over HTTP against its SQL, {clients} client{'s' if clients > 1 else ''}"
            note = f"{found['ours']['rate']:.0f}/s, p95 {found['ours']['p95']:.0f} ms"
            yield Line(name, ours, TIMES_SQL, "ms", bare, note=note)


def _warm(url: str, known: plan.Plan) -> None:
    load.http(url, clients=CONCURRENT, script="here", **known.words)


def _beside_another(scratch: Scratch, known: plan.Plan) -> Iterator[Line]:
    many: Database = scratch.copy("many_features")
    plan.add_many(many, known)
    with gunicorn(scratch, scratch.base) as alone, gunicorn(scratch, many) as beside:
        urls = {"alone": _url(alone, known), "beside": _url(beside, known)}
        for url in urls.values():
            _warm(url, known)
        for clients in (1, CONCURRENT):
            found = medians(
                {
                    name: lambda url=url, clients=clients: load.http(url, clients=clients, script="here", **known.words)
                    for name, url in urls.items()
                }
            )
            name = f"here, p95 beside {plan.MANY} features more, {clients} client{'s' if clients > 1 else ''}"
            yield Line(name, found["beside"]["p95"], FLAT, "ms", found["alone"]["p95"])
