"""Patterns and arrow heads, as on the interactive map.

A pattern is drawn as lines, dots and marks cut to the area's outline, not as an SVG pattern: browsers print those as
coarse pixels. All areas share one grid, so neighbours with the same pattern join.
"""

from collections.abc import Callable, Iterator
from math import ceil, cos, floor, radians, sin

from maps.drawing.plane import Box
from maps.drawing.svg import element, number

# Distance and turn of parallel lines, their width, and whether others cross them.
_LINES = {
    "hatch-45": (8, 45, 1.6, False),
    "hatch-135": (8, -45, 1.4, False),
    "diagonal": (11, 45, 1.2, False),
    "cross-hatch": (10, 45, 1.0, True),
    "vertical": (8, 0, 1.1, False),
    "horizontal": (7, 90, 1.1, False),
}
_DOT, _DOT_STEP = 2.2, 10
_WAVE_WIDTH, _WAVE_HEIGHT, _WAVE_STROKE = 16, 9, 1.2
_TREE, _TREE_STEP = "M3.5 0L7 6H0ZM3.5 6V8.5", 22
_ARROWS = {"start": ("M7 0L0 4.5L7 9L5.2 4.5Z", 4.5), "end": ("M0 0L7 4.5L0 9L1.8 4.5Z", 2.5)}


class Definitions:
    """What a drawing defines once and refers to by id: shapes, arrow heads, clips. `prefix` keeps drawings apart."""

    def __init__(self, prefix: str = ""):
        self.prefix = prefix
        self._made: dict[str, str] = {}

    def add(self, name: str, make: Callable[[str], str]) -> str:
        """Define what `make(id)` returns, unless it is there already; return the id."""
        key = self.prefix + name
        if key not in self._made:
            self._made[key] = make(key)
        return key

    def arrow(self, side: str, colour: str) -> str:
        """Return the reference to an arrow head at a line's "start" or "end"; it grows with the line's width."""
        return f"url(#{self.add(f'arrow-{side}-{colour[1:]}', lambda key: _arrow(key, side, colour))})"

    def tree(self, colour: str) -> str:
        """Return the reference to a tree in a colour, to be set at the corners of a path."""
        return f"url(#{self.add(f'tree-{colour[1:]}', lambda key: _tree(key, colour))})"

    def markup(self) -> str:
        """Return all definitions."""
        return element("defs", *self._made.values()) if self._made else ""


def _arrow(key: str, side: str, colour: str) -> str:
    data, at = _ARROWS[side]
    head = element("path", d=data, fill=colour)
    size = {"markerWidth": 3.2, "markerHeight": 3.6, "viewBox": "0 0 7 9", "refX": at, "refY": 4.5}
    return element("marker", head, id=key, orient="auto", **size)


def _tree(key: str, colour: str) -> str:
    tree = element("path", d=_TREE, fill=colour, stroke=colour, stroke_width=0.8)
    size = {"markerWidth": 8, "markerHeight": 9.5, "viewBox": "-.5 -.5 8 9.5", "refX": 3.5, "refY": 4.25}
    return element("marker", tree, id=key, markerUnits="userSpaceOnUse", **size)


def covering(name: str, colour: str, box: Box, definitions: Definitions) -> str:
    """Return a pattern that covers `box` (left, top, right, bottom); the caller cuts it to its area."""
    if name in _LINES:
        step, turn, width, crossed = _LINES[name]
        data, turned = _parallel(box, step, turn, crossed)
        return element("path", d=data, stroke=colour, stroke_width=width, fill="none", transform=turned)
    if name == "waves":
        return element("path", d=_waves(box), stroke=colour, stroke_width=_WAVE_STROKE, fill="none")
    if name == "trees":
        tree = definitions.tree(colour)
        data = "".join(_rows(box, _TREE_STEP, _TREE_STEP / 2))
        return element("path", d=data, fill="none", marker_start=tree, marker_mid=tree, marker_end=tree)
    # A dash of no length with round ends is a dot.
    dash = {"stroke_dasharray": f"0 {_DOT_STEP}", "stroke_linecap": "round", "stroke_width": _DOT}
    data = "".join(_rows(box, _DOT_STEP, _DOT_STEP / 2, joined=True))
    return element("path", d=data, stroke=colour, fill="none", **dash)


def _parallel(box: Box, step: float, turn: float, crossed: bool) -> tuple[str, str | None]:
    """Return parallel lines over a box as a path's data, in a plane turned by `turn` degrees, and that turn."""
    along, across = cos(radians(turn)), sin(radians(turn))
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    us = [x * along + y * across for x, y in corners]
    vs = [y * along - x * across for x, y in corners]
    first, last = number(min(vs), 0), number(max(vs) + 1, 0)
    data = "".join(f"M{number(u)} {first}V{last}" for u in _steps(min(us), max(us), step))
    if crossed:
        first, last = number(min(us), 0), number(max(us) + 1, 0)
        data += "".join(f"M{first} {number(v)}H{last}" for v in _steps(min(vs), max(vs), step))
    return data, f"rotate({number(turn)})" if turn else None


def _steps(first: float, last: float, step: float) -> Iterator[float]:
    """Return the multiples of `step` from at least `first` up to `last`."""
    for at in range(ceil(first / step), floor(last / step) + 1):
        yield at * step


def _rows(box: Box, step: float, shift: float, *, joined: bool = False) -> Iterator[str]:
    """Return a path's rows with a corner (or, `joined`, a dash) at each place of a grid, every other row shifted."""
    for at in range(floor(box[1] / shift), ceil(box[3] / shift) + 1):
        start = floor(box[0] / step) * step - step + (at % 2) * shift
        count = ceil((box[2] - start) / step) + 1
        way = f"h{number(count * step)}" if joined else f"h{number(step)}" * count
        yield f"M{number(start)} {number(at * shift)}{way}"


def _waves(box: Box) -> str:
    half = _WAVE_WIDTH / 2
    rows = []
    for y in _steps(box[1] - _WAVE_HEIGHT, box[3] + _WAVE_HEIGHT, _WAVE_HEIGHT):
        start = floor(box[0] / _WAVE_WIDTH) * _WAVE_WIDTH
        count = ceil((box[2] - start) / half)
        rows.append(
            f"M{number(start)} {number(y)}q{number(half / 2)}-4 {number(half)} 0" + f"t{number(half)} 0" * count
        )
    return "".join(rows)
