"""The map itself within its frame: layers from the lowest up, veil, marks, outlines of what is singled out, pin."""

from collections.abc import Callable, Sequence

from maps.drawing.labels import labels
from maps.drawing.looks import Shape, Sheaf
from maps.drawing.patterns import Definitions
from maps.drawing.plane import Box, Point, extent
from maps.drawing.projection import Frame
from maps.drawing.svg import element, path_data
from maps.drawing.symbols import GROUND, area, line, mark

VEIL = {"fill": "#fbf8f2", "fill_opacity": 0.62, "fill_rule": "evenodd"}
ACCENT = "#1f4a86"
FADED = 0.55
_PIN = "M0 0C-2-6-11-12-11-21A11 11 0 0 1 11-21C11-12 2-6 0 0Z"


def ground(
    sheaves: Sequence[Sheaf],
    frame: Frame,
    definitions: Definitions,
    *,
    subjects: frozenset[str],
    highlight: frozenset[str] = frozenset(),
    pin: tuple[float, float] | None = None,
) -> str:
    """Return the map in `frame`, clipped to it.

    `subjects` are the layers that the map is about: their names come first and at every scale, and where they are
    base layers, the other base layers step back. `highlight` are the features to outline; `pin` is a place to mark.
    """
    box = {"x": frame.left, "y": frame.top, "width": frame.width, "height": frame.height}
    clip = definitions.add("frame", lambda key: element("clipPath", element("rect", **box), id=key))
    about_base = any(sheaf.key in subjects and sheaf.is_base for sheaf in sheaves)
    parts = [element("rect", fill=GROUND, **box)]
    for sheaf in sheaves:
        faded = about_base and sheaf.is_base and sheaf.key not in subjects
        drawn = [_shape(shape, frame, definitions) for shape in sheaf.shapes]
        parts.append(element("g", *drawn, opacity=FADED if faded else None))
    parts += [_outline(shape, frame) for sheaf in sheaves for shape in sheaf.shapes if shape.key in highlight]
    named = [sheaf for sheaf in sheaves if not about_base or sheaf.key in subjects]
    kept_free = [frame.corner] + ([_pin_box(*frame.place(*pin))] if pin else [])
    parts.append(labels(named, subjects, frame, kept_free))
    if pin:
        parts.append(_pin(*frame.place(*pin)))
    return element("g", *parts, clip_path=f"url(#{clip})")


def _shape(shape: Shape, frame: Frame, definitions: Definitions) -> str:
    style = shape.look.style
    if shape.form == "point":
        return "".join(mark(style, *frame.place(*place[:2])) for place in shape.points)
    rings = _rings(shape, frame)
    data = path_data(rings, closed=shape.form == "area")
    drawn = ""
    if data:
        draw = _drawer(f"shape-{shape.key}", data, definitions)
        if shape.form == "line":
            drawn = line(style, draw, definitions)
        else:
            drawn = area(style, draw, _visible(rings, frame), definitions, f"clip-{shape.key}")
    if style.get("shade_outside"):
        left, top, right, bottom = _edges(frame)
        around = path_data([[(left, top), (right, top), (right, bottom), (left, bottom)]], closed=True)
        drawn = element("path", d=around + data, **VEIL) + drawn
    return drawn


def _edges(frame: Frame) -> Box:
    return frame.left, frame.top, frame.left + frame.width, frame.top + frame.height


def _visible(rings: list[list[Point]], frame: Frame) -> Box:
    """Return the box of what is drawn, as far as it lies within the frame."""
    box, edges = extent([point for ring in rings for point in ring]), _edges(frame)
    return max(box[0], edges[0]), max(box[1], edges[1]), min(box[2], edges[2]), min(box[3], edges[3])


def _drawer(name: str, data: str, definitions: Definitions) -> Callable[..., str]:
    """Return what draws a path with some paint; its data stand in the drawing once, however often it is painted."""

    def draw(**paint: object) -> str:
        key = definitions.add(name, lambda key: element("path", id=key, d=data))
        return element("use", xlink_href=f"#{key}", **paint)

    return draw


def _rings(shape: Shape, frame: Frame) -> list[list[Point]]:
    """Return the rings of an area, or the lines of a line, on the sheet."""
    rings = [ring for polygon in shape.polygons for ring in polygon] or shape.lines
    return [[frame.place(*position[:2]) for position in ring] for ring in rings]


def _outline(shape: Shape, frame: Frame) -> str:
    """Return a strong outline in the accent colour, with paper beside it so that it shows on every ground."""
    paint = [{"stroke": "#ffffff", "stroke_width": 7}, {"stroke": ACCENT, "stroke_width": 3.2}]
    if shape.form == "point":
        x, y = frame.place(*shape.points[0][:2])
        radius = shape.look.style.get("radius", 4) + 5
        return "".join(element("circle", cx=x, cy=y, r=radius, fill="none", **one) for one in paint)
    data = path_data(_rings(shape, frame), closed=shape.form == "area")
    return "".join(element("path", d=data, fill="none", stroke_linejoin="round", **one) for one in paint)


def _pin_box(x: float, y: float) -> Box:
    return x - 12, y - 33, x + 12, y + 3


def _pin(x: float, y: float) -> str:
    body = element("path", d=_PIN, fill=ACCENT, stroke="#ffffff", stroke_width=2)
    return element(
        "g",
        element("circle", r=3, fill=ACCENT, fill_opacity=0.4),
        body,
        element("circle", cy=-21, r=4.2, fill="#ffffff"),
        transform=f"translate({x:.1f} {y:.1f})",
    )
