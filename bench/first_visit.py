"""The map on a slow phone: Chromium with a throttled processor and a slow network, nothing in its cache."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from bench.lines import Line, medians
from bench.scratch import Scratch
from bench.server import gunicorn

SECONDS, KILOBYTES, LONGEST_MS = 3, 250, 200
# A quarter of this machine's speed; 400 kB/s down, 400 ms there and back.
SLOWER = 4
NETWORK = {"offline": False, "latency": 400, "downloadThroughput": 400_000, "uploadThroughput": 100_000}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
# Runs before the page's own scripts: when the plan is there and painted, and which tasks were long.
WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.longTasks.push(duration)))
  .observe({ type: "longtask", buffered: true });
window.planShown = new Promise((shown) => new MutationObserver((changes, observer) => {
  if (!document.documentElement || !document.documentElement.classList.contains("map-ready")) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => shown(performance.now())));
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] }));
"""


def run(scratch: Scratch) -> Iterator[Line]:
    """Open the map as a newcomer three times; then pan it with every layer on."""
    with gunicorn(scratch, scratch.base) as server, _chromium() as visit:
        _first(visit, server)
        found = medians({"visit": lambda: _first(visit, server), "pan": lambda: _panned(visit, server)})
    first, panned = found["visit"], found["pan"]
    slow = f"{SLOWER} × slower processor, 400 kB/s, 400 ms"
    yield Line("first plan shown after navigation", first["seconds"], SECONDS, "s", note=slow)
    requests = f"{first['requests']:.0f} requests"
    yield Line("first visit, everything fetched, compressed", first["kilobytes"], KILOBYTES, "kB", note=requests)
    opening = f"while opening {first['longest']:.0f} ms"
    yield Line("longest task while panning, all layers on", panned["longest"], LONGEST_MS, "ms", note=opening)


@contextmanager
def _chromium() -> Iterator:
    """Yield a function that opens a page nobody has visited before."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])

        @contextmanager
        def visit() -> Iterator[tuple[Page, list[float]]]:
            context = browser.new_context(**PHONE)
            page = context.new_page()
            page.set_default_timeout(60_000)
            wire = context.new_cdp_session(page)
            received: list[float] = []
            wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
            wire.send("Network.enable")
            wire.send("Network.emulateNetworkConditions", NETWORK)
            wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            page.add_init_script(WATCH)
            yield page, received
            context.close()

        yield visit
        browser.close()


def _first(visit: object, server: str) -> dict:
    with visit() as (page, received):
        page.goto(server, wait_until="commit")
        seconds = page.evaluate("window.planShown") / 1000
        page.wait_for_load_state("networkidle")
        longest = page.evaluate("Math.max(0, ...window.longTasks)")
        return {
            "seconds": seconds,
            "kilobytes": sum(received) / 1000,
            "requests": len(received),
            "longest": longest,
        }


def _panned(visit: object, server: str) -> dict:
    with visit() as (page, _received):
        page.goto(server, wait_until="commit")
        page.evaluate("window.planShown")
        layers = page.evaluate(
            "fetch(JSON.parse(document.getElementById('map-urls').textContent).bundle).then((answer) => answer.json())"
            ".then(({ layers }) => layers.filter(({ base }) => !base).map(({ key }) => key).join(','))"
        )
        page.evaluate("(keys) => { window.location.hash = keys; }", _hash(page, layers))
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1500)
        page.evaluate("window.longTasks = []")
        _drag(page)
        return {"longest": page.evaluate("Math.max(0, ...window.longTasks)")}


def _hash(page: Page, layers: str) -> str:
    """Return the page's address with all layers on, two steps closer, so that there is something to pan over."""
    from urllib.parse import parse_qsl, urlencode

    given = dict(parse_qsl(page.evaluate("window.location.hash.slice(1)")))
    return urlencode(given | {"layers": layers}, safe=",/")


def _drag(page: Page) -> None:
    page.wait_for_timeout(300)
    for step in (-140, 140, -90, 120):
        page.mouse.move(200, 330)
        page.mouse.down()
        page.mouse.move(200 + step, 330 + step / 2, steps=20)
        page.mouse.up()
        page.wait_for_timeout(500)
