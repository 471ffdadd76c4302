"""A layer as GeoJSON: against the typical viewset, and through the proxy against the proxy's own file."""

import gzip
from collections.abc import Iterator

from bench import load, plan
from bench.lines import Line, medians
from bench.scratch import Scratch
from bench.server import fetch, gunicorn, nginx

TIMES_TYPICAL = 20
OF_OWN_FILE = 0.9
CLIENTS = 16
# The viewset needs more than a second for one answer: seconds more, so that there are some to count.
SLOW = 6
GZIP = {"Accept-Encoding": "gzip"}


def run(scratch: Scratch) -> Iterator[Line]:
    """Take the plan's largest public layer, whole and conditional."""
    known = plan.read(scratch.base)
    key, digest = scratch.base.value(
        "SELECT array[layer.key, layer.digest] FROM maps_layer AS layer "
        "JOIN maps_mapfile AS file ON file.plan_id = layer.plan_id AND file.digest = layer.digest "
        "WHERE layer.status = 'public' ORDER BY length(file.gzip) DESC LIMIT 1"
    )
    typical = {"DJANGO_SETTINGS_MODULE": "bench.typical.settings"}
    with gunicorn(scratch, scratch.base) as ours:
        with gunicorn(scratch, scratch.base, **typical) as other:
            yield from _against_typical(
                f"{ours}/api/v1/plans/{known.slug}/layers/{key}.geojson", f"{other}/features/?layer={key}"
            )
        with nginx(scratch, ours) as proxy:
            yield from _through_proxy(scratch, proxy, f"/plans/{known.slug}/layers/{key}.{digest}.geojson")


def _against_typical(ours: str, typical: str) -> Iterator[Line]:
    _body, headers = fetch(ours)
    conditional = {"If-None-Match": headers["etag"], **GZIP}

    def usual() -> dict:
        taken = load.http(typical, clients=CLIENTS, headers=GZIP, seconds=load.SECONDS + SLOW)
        # It still works on what wrk no longer waits for, and would slow down what comes next.
        fetch(typical)
        return taken

    found = medians(
        {
            "typical": usual,
            "full": lambda: load.http(ours, clients=CLIENTS, headers=GZIP),
            "conditional": lambda: load.http(ours, clients=CLIENTS, headers=conditional),
        }
    )
    for name in ("full", "conditional"):
        note = f"{found[name]['size'] / 1000:.1f} kB"
        title = f"layer GeoJSON, {name}, against a DRF-gis viewset"
        yield Line(title, found[name]["rate"], TIMES_TYPICAL, "/s", found["typical"]["rate"], at_least=True, note=note)


def _through_proxy(scratch: Scratch, proxy: str, path: str) -> Iterator[Line]:
    body, headers = fetch(proxy + path, Accept_Encoding="gzip")
    assert headers.get("content-encoding") == "gzip", "the proxy hands out the compressed file"
    own = scratch.folder / "static" / "bench" / "layer.json"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_bytes(gzip.decompress(body))
    own.with_name("layer.json.gz").write_bytes(body)
    urls = {"ours": proxy + path, "own": f"{proxy}/static/bench/layer.json"}
    assert fetch(urls["own"], Accept_Encoding="gzip")[0] == body, "the proxy's own file has the same bytes"
    found = medians({name: lambda url=url: load.http(url, clients=CLIENTS, headers=GZIP) for name, url in urls.items()})
    note = f"{len(body) / 1000:.1f} kB"
    title = "layer GeoJSON through the proxy against its own file"
    yield Line(title, found["ours"]["rate"], OF_OWN_FILE, "/s", found["own"]["rate"], at_least=True, note=note)
