"""Marks of points, areas and lines as SVG: how each word of a style is drawn, on the map and in the legend alike."""

from collections.abc import Callable

from maps.drawing.patterns import Definitions, covering
from maps.drawing.plane import Box
from maps.drawing.svg import element, number

PAPER = "#fdfbf7"
GROUND = "#faf7f1"
_VERY_LIGHT = 225


def _circle(x: float, y: float, r: float) -> str:
    radius, across = number(r, 2), number(2 * r, 2)
    arc = f"a{radius} {radius} 0 1 0"
    return f"M{number(x - r, 2)} {number(y, 2)}{arc} {across} 0{arc} -{across} 0"


def _polygon(x: float, y: float, corners: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x + dx, 2)} {number(y + dy, 2)}" for dx, dy in corners) + "z"


_MARKS: dict[str, Callable[[float, float, float], str]] = {
    "circle": _circle,
    "dot": _circle,
    "square": lambda x, y, r: _polygon(
        x, y, [(s * 0.9 * r, t * 0.9 * r) for s, t in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    ),
    "diamond": lambda x, y, r: _polygon(x, y, [(0, -1.2 * r), (1.2 * r, 0), (0, 1.2 * r), (-1.2 * r, 0)]),
    "triangle": lambda x, y, r: _polygon(x, y, [(0, -1.2 * r), (1.15 * r, 0.85 * r), (-1.15 * r, 0.85 * r)]),
    # Even-odd filling makes the rings.
    "core": lambda x, y, r: "".join(_circle(x, y, r * part) for part in (1.5, 1.15, 0.6)),
}


def mark(style: dict, x: float, y: float, radius: float | None = None) -> str:
    """Return the mark of a point, or nothing where the style has no radius: then the place is only a name."""
    radius = style.get("radius", 0) if radius is None else radius
    if not radius:
        return ""
    return element(
        "path",
        d=_MARKS.get(style.get("marker", "circle"), _circle)(x, y, radius),
        fill=style.get("fill", "none"),
        fill_rule="evenodd",
        stroke=style.get("stroke"),
        stroke_width=style.get("stroke_width", 1) if style.get("stroke") else None,
    )


def area(style: dict, draw: Callable[..., str], box: Box, definitions: Definitions, clip: str) -> str:
    """Return an area: fill, then pattern, then outline. `draw(**paint)` returns the shape with that paint.

    `box` holds all of it; `clip` names the clip that cuts the pattern to it.
    """
    parts = []
    if style.get("fill"):
        parts.append(draw(fill=style["fill"], fill_opacity=style.get("fill_opacity")))
    if style.get("pattern"):
        colour = style.get("pattern_color") or style.get("stroke") or style.get("fill") or "#555555"
        key = definitions.add(clip, lambda key: element("clipPath", draw(), id=key))
        pattern = covering(style["pattern"], colour, box, definitions)
        parts.append(element("g", pattern, clip_path=f"url(#{key})"))
    if style.get("stroke"):
        parts.append(draw(fill="none", **_stroke(style)))
    return "".join(parts)


def line(style: dict, draw: Callable[..., str], definitions: Definitions) -> str:
    """Return a line: an edge under very light ones, paper between the dashes of railways, arrows where wanted."""
    if not style.get("stroke"):
        return ""
    width = style.get("stroke_width", 1)
    parts = []
    cap = {"fill": "none", "stroke_linecap": None if style.get("dash") or style.get("arrows") else "round"}
    casing = casing_of(style)
    if casing:
        parts.append(draw(**cap, stroke=casing, stroke_width=width + 1.6, stroke_linejoin="round"))
    if style.get("dash") and width >= 2:
        parts.append(draw(**cap, stroke=style["stroke"], stroke_width=width + 1))
        parts.append(draw(**cap, stroke=PAPER, stroke_width=width - 0.4))
    arrows = {}
    if style.get("arrows"):
        arrows = {f"marker_{side}": definitions.arrow(side, style["stroke"]) for side in ("start", "end")}
    return "".join([*parts, draw(**cap, **_stroke(style), **arrows)])


def _stroke(style: dict) -> dict[str, object]:
    return {
        "stroke": style["stroke"],
        "stroke_width": style.get("stroke_width", 1),
        "stroke_dasharray": style.get("dash"),
        "stroke_linejoin": "round",
    }


def casing_of(style: dict) -> str | None:
    """Return the colour of the edge that a very light line needs on paper, or None where it needs none."""
    stroke = style.get("stroke")
    if not stroke or style.get("dash"):
        return None
    red, green, blue = (int(stroke[at : at + 2], 16) for at in (1, 3, 5))
    return "#cbbfa9" if (red * 3 + green * 6 + blue) / 10 > _VERY_LIGHT else None
