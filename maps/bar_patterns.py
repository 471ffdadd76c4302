"""Patterns of bars: SVG tiles that look as the same words do on the map, however long a bar is."""

from maps.drawing.svg import element

# Width, height and turn of a tile in pixels, and the strokes in it with their width; see `maps.styles.PATTERNS`.
_TILES = {
    "hatch-45": (8, 8, 45, "M0 0V8", 1.6),
    "hatch-135": (8, 8, -45, "M0 0V8", 1.4),
    "diagonal": (11, 11, 45, "M0 0V11", 1.2),
    "cross-hatch": (10, 10, 45, "M0 0V10M0 0H10", 1),
    "vertical": (8, 8, 0, "M4 0V8", 1.1),
    "horizontal": (8, 7, 0, "M0 3.5H8", 1.1),
    "waves": (16, 9, 0, "M-1 5.2Q3.25 1 8 4.5T17 4.5", 1.2),
    "dots": (10, 10, 0, "M2.5 2.5h.1M7.5 7.5h.1", 2.2),
    "trees": (22, 22, 0, "M5 2L8.5 8H1.5ZM5 8V10.5M16 13L19.5 19H12.5ZM16 19V21.5", 0.8),
}


class BarPatterns:
    """The patterns that a page uses, each defined once."""

    def __init__(self):
        self._made: dict[str, str] = {}

    def paint(self, name: str, colour: str) -> str:
        """Return the paint for a pattern in a colour ("#rrggbb"); it is defined from now on."""
        key = f"bar-{name}-{colour[1:]}"
        self._made.setdefault(key, _tile(key, name, colour))
        return f"url(#{key})"

    def markup(self) -> str:
        """Return the definitions, for an SVG that stands before the bars."""
        return element("defs", *self._made.values()) if self._made else ""


def _tile(key: str, name: str, colour: str) -> str:
    width, height, turn, data, stroke = _TILES[name]
    fill = colour if name == "trees" else "none"
    mark = element("path", d=data, stroke=colour, stroke_width=stroke, fill=fill, stroke_linecap="round")
    turned = {"patternTransform": f"rotate({turn})"} if turn else {}
    return element("pattern", mark, id=key, width=width, height=height, patternUnits="userSpaceOnUse", **turned)
