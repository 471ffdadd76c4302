"""Plane geometry on lists of (x, y): pure functions in the sheet's units."""

from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import pairwise
from math import atan2, degrees, hypot, inf, sqrt

Point = tuple[float, float]
Line = Sequence[Point]
Box = tuple[float, float, float, float]


def extent(points: Line) -> Box:
    """Return left, top, right, bottom of some points."""
    across = [x for x, _y in points]
    down = [y for _x, y in points]
    return min(across), min(down), max(across), max(down)


def length(line: Line) -> float:
    """Return the length of a line."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line))


def doubled_area(ring: Line) -> float:
    """Return twice the area of a ring, without sign."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)))


def walk(line: Line, along: float) -> tuple[Point, float]:
    """Return the place at `along` from the beginning of a line, and its course in degrees, clockwise from the right."""
    course = 0.0
    for (ax, ay), (bx, by) in pairwise(line):
        step = hypot(bx - ax, by - ay)
        if step == 0:
            continue
        course = degrees(atan2(by - ay, bx - ax))
        if along <= step:
            part = along / step
            return (ax + (bx - ax) * part, ay + (by - ay) * part), course
        along -= step
    return tuple(line[-1]), course


def holds(rings: Sequence[Line], x: float, y: float) -> bool:
    """Say whether a polygon holds a place (even-odd over all rings)."""
    inside = False
    for ring in rings:
        ax, ay = ring[-1]
        for bx, by in ring:
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
            ax, ay = bx, by
    return inside


def _signed_distance(x: float, y: float, rings: Sequence[Line]) -> float:
    """Return the distance from the outline, negative outside (even-odd over all rings)."""
    least = inf
    for ring in rings:
        ax, ay = ring[-1]
        for bx, by in ring:
            dx, dy = bx - ax, by - ay
            squared = dx * dx + dy * dy
            part = 0.0 if squared == 0 else min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / squared))
            least = min(least, (x - ax - part * dx) ** 2 + (y - ay - part * dy) ** 2)
            ax, ay = bx, by
    return sqrt(least) if holds(rings, x, y) else -sqrt(least)


def inner_point(rings: Sequence[Line], stretch: float = 1.0) -> tuple[Point, float]:
    """Return the place in a polygon that is farthest from its outline, and how far; `rings` begin with the outer one.

    `stretch` makes the plane that much narrower first: with 0.4 the place suits a name that is wider than high.
    A grid of cells is searched from the most promising on (the quadtree of Garcia-Castellanos and Lombardo's problem).
    """
    rings = [[(x * stretch, y) for x, y in ring] for ring in rings]
    left, top, right, bottom = extent(rings[0])
    half = min(right - left, bottom - top) / 2
    if half <= 0:
        return (left / stretch, top), 0.0
    found, queue = (-inf, 0.0, 0.0), []

    def look(x: float, y: float, half: float) -> None:
        nonlocal found
        room = _signed_distance(x, y, rings)
        found = max(found, (room, x, y))
        heappush(queue, (-(room + half * 1.4142), x, y, half))

    step = half * 2
    for column in range(int((right - left) / step) + 1):
        for row in range(int((bottom - top) / step) + 1):
            look(min(left + step * column + half, right), min(top + step * row + half, bottom), half)
    precision = max(half / 20, 0.5)
    while queue:
        best, x, y, size = heappop(queue)
        if -best - found[0] <= precision:
            break
        for dx in (-size / 2, size / 2):
            for dy in (-size / 2, size / 2):
                look(x + dx, y + dy, size / 2)
    return (found[1] / stretch, found[2]), found[0]
