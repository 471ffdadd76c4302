"""Handing out bytes that are the same for everyone: negotiated, conditional, kept in memory, never made here."""

import gzip
import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from maps.models import MapFile

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "public, no-cache"
PRIVATE = "private, no-store"

# What a process keeps: some ten plans of a township's size. A body that stopped being public is forgotten in a minute.
KEPT_BYTES = 32 * 1024 * 1024
KEPT_SECONDS = 60


@dataclass(frozen=True)
class Body:
    """The bytes of a map file in one coding ("" is none), and what they are."""

    content: bytes
    coding: str
    content_type: str


class BodyCache:
    """The bodies that were asked for last, up to `size` bytes, each for at most `seconds`; shared by threads."""

    def __init__(self, size: int = KEPT_BYTES, seconds: float = KEPT_SECONDS):
        self.size, self.seconds = size, seconds
        self._held: OrderedDict[tuple, tuple[float, Body]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: tuple) -> Body | None:
        """Return the body kept under `key`, if it is still fresh."""
        with self._lock:
            until, body = self._held.get(key, (0.0, None))
            if body is None or until < time.monotonic():
                return None
            self._held.move_to_end(key)
            return body

    def put(self, key: tuple, body: Body) -> None:
        """Keep `body` and let go of the longest unused ones that no longer fit."""
        with self._lock:
            self._drop(key)
            self._held[key] = (time.monotonic() + self.seconds, body)
            self._bytes += len(body.content)
            while self._bytes > self.size:
                self._drop(next(iter(self._held)))

    def _drop(self, key: tuple) -> None:
        if key in self._held:
            self._bytes -= len(self._held.pop(key)[1].content)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._held.clear()
            self._bytes = 0


bodies = BodyCache()


def coding_for(request: HttpRequest) -> str:
    """Return the best coding that the client takes: "br", "gzip", or "" for none."""
    refused, taken = set(), set()
    for item in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _semicolon, weight = item.partition(";")
        is_refused = weight.replace(" ", "").rstrip("0").rstrip(".") in ("q=", "q=0")
        (refused if is_refused else taken).add(name.strip())
    for coding in ("br", "gzip"):
        if coding in taken or ("*" in taken and coding not in refused):
            return coding
    return ""


def _public_body(slug: str, digest: str, coding: str) -> Body | None:
    """Return a public file's body from memory, or else from the database (one query), or None."""
    key = (slug, digest, coding)
    body = bodies.get(key)
    if body is None:
        body = read_body(slug, digest, coding, is_public=True)
        if body is not None:
            bodies.put(key, body)
    return body


def read_body(slug: str, digest: str, coding: str, **conditions: object) -> Body | None:
    """Return a file's body from the database, or None where no such file meets `conditions`. One query."""
    column = "brotli" if coding == "br" else "gzip"
    rows = MapFile.objects.filter(plan__slug=slug, digest=digest, **conditions)
    row = rows.values_list(column, "content_type").first()
    if row is None:
        return None
    content = bytes(row[0])
    return Body(content if coding else gzip.decompress(content), coding, row[1])


def not_modified(request: HttpRequest, digest: str, caching: str) -> HttpResponse | None:
    """Return a 304 if the client already holds these bytes; asks nobody."""
    asked = request.headers.get("If-None-Match", "")
    if not asked:
        return None
    tags = {tag.removeprefix("W/").strip('"') for tag in parse_etags(asked)}
    if digest not in tags and tags != {"*"}:
        return None
    return _labelled(HttpResponseNotModified(), digest, caching)


def public_file(request: HttpRequest, slug: str, digest: str, caching: str) -> HttpResponse | None:
    """Answer with a public file, or None where there is none (any more). No query for what is in memory."""
    body = _public_body(slug, digest, coding_for(request))
    return None if body is None else respond(body, digest, caching)


def respond(body: Body, digest: str, caching: str) -> HttpResponse:
    """Answer with `body`."""
    response = HttpResponse(body.content, content_type=body.content_type)
    if body.coding:
        response.headers["Content-Encoding"] = body.coding
    return _labelled(response, digest, caching)


def _labelled(response: HttpResponse, digest: str, caching: str) -> HttpResponse:
    # Weak: the same file in another coding is equal, though not byte by byte.
    response.headers["ETag"] = f'W/"{digest}"'
    response.headers["Cache-Control"] = caching
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
