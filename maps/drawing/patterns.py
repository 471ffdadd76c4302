"""Patterns and arrow heads: the same tiles as on the interactive map, defined once each in a drawing."""

from maps.drawing.svg import element

# Width, height and turn of a tile, and what it holds: strokes (data and width), a filled path, or circles.
_STROKES = {
    "hatch-45": (8, 8, 45, "M0 0V8", 1.6),
    "hatch-135": (8, 8, -45, "M0 0V8", 1.4),
    "diagonal": (11, 11, 45, "M0 0V11", 1.2),
    "cross-hatch": (10, 10, 45, "M0 0V10M0 0H10", 1),
    "vertical": (8, 8, 0, "M4 0V8", 1.1),
    "horizontal": (8, 7, 0, "M0 3.5H8", 1.1),
    "waves": (16, 9, 0, "M-1 5.2Q3.25 1 8 4.5T17 4.5", 1.2),
}
_TREES = "M5 2L8.5 8H1.5ZM5 8V10.5M16 13L19.5 19H12.5ZM16 19V21.5"
_ARROWS = {"start": ("M7 0L0 4.5L7 9L5.2 4.5Z", 4.5), "end": ("M0 0L7 4.5L0 9L1.8 4.5Z", 2.5)}


class Definitions:
    """What a drawing defines once and refers to by id: patterns, arrow heads, clips. `prefix` keeps ids apart."""

    def __init__(self, prefix: str = ""):
        self.prefix = prefix
        self._made: dict[str, str] = {}

    def add(self, name: str, make) -> str:
        """Define what `make(id)` returns, unless it is there already; return the id."""
        key = self.prefix + name
        if key not in self._made:
            self._made[key] = make(key)
        return key

    def pattern(self, name: str, colour: str) -> str:
        """Return the paint for a pattern in a colour."""
        return f"url(#{self.add(f'{name}-{colour[1:]}', lambda key: _tile(key, name, colour))})"

    def arrow(self, side: str, colour: str) -> str:
        """Return the reference to an arrow head at a line's "start" or "end"; it grows with the line's width."""
        return f"url(#{self.add(f'arrow-{side}-{colour[1:]}', lambda key: _arrow(key, side, colour))})"

    def markup(self) -> str:
        """Return all definitions."""
        return element("defs", *self._made.values()) if self._made else ""


def _tile(key: str, name: str, colour: str) -> str:
    if name in _STROKES:
        width, height, turn, data, stroke = _STROKES[name]
        inside = element("path", d=data, stroke=colour, stroke_width=stroke, fill="none", stroke_linecap="square")
    elif name == "trees":
        width, height, turn = 22, 22, 0
        inside = element("path", d=_TREES, fill=colour, stroke=colour, stroke_width=0.8)
    else:
        width, height, turn = 10, 10, 0
        inside = "".join(element("circle", cx=at, cy=at, r=1.1, fill=colour) for at in (2.5, 7.5))
    return element(
        "pattern",
        inside,
        id=key,
        width=width,
        height=height,
        patternUnits="userSpaceOnUse",
        patternTransform=f"rotate({turn})" if turn else None,
    )


def _arrow(key: str, side: str, colour: str) -> str:
    data, at = _ARROWS[side]
    head = element("path", d=data, fill=colour)
    size = {"markerWidth": 3.2, "markerHeight": 3.6, "viewBox": "0 0 7 9", "refX": at, "refY": 4.5}
    return element("marker", head, id=key, orient="auto", **size)
