"""Names on the map: the most important first, each where it covers no other and no mark; the rest stay unnamed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from maps.drawing.letters import FONT, is_wide, width_of
from maps.drawing.looks import Shape, Sheaf
from maps.drawing.placement import (
    Spot,
    Taken,
    along_line,
    around_box,
    around_places,
    around_point,
    box_around,
    distance,
)
from maps.drawing.plane import Box, Line, Point, doubled_area, extent, holds, inner_point, length
from maps.drawing.projection import Frame
from maps.drawing.svg import element, number, text, thinned

LEAST_SIZE = 11
LEADING = 1.22
HALO = {"stroke": "#fdfbf6", "stroke_width": 3, "stroke_linejoin": "round", "paint_order": "stroke"}
_IN_BRACKETS = re.compile(r"\s*[（(][^（）()]*[）)]\s*$")
_LONGEST_ENGLISH_LINE = 20
_LONGEST_CHINESE_LINE = 9
_LONGEST_UNBROKEN = 15
_LONGEST_WITH_COLON = 7
# In upright Chinese these lie along the column.
_TURNS_WITH_THE_LINE = frozenset("：（）—～…“”")
# Fields and the like: beyond the largest parts a name wouldn't find its area again.
MOST_PARTS = 12


@dataclass
class Label:
    """A name that wants a place: `importance` orders them, `own` is the box of its mark."""

    shape: Shape
    rows: list[str]
    size: float
    importance: tuple
    own: Box | None = None
    lines: list[Line] = field(default_factory=list)

    @property
    def width(self) -> float:
        """How wide the name is, set in rows."""
        return max(width_of(row, self.size) for row in self.rows) + 2

    @property
    def height(self) -> float:
        """How high the rows are."""
        return len(self.rows) * self.size * LEADING


def labels(sheaves: list[Sheaf], subjects: frozenset[str], frame: Frame, kept_free: Sequence[Box] = ()) -> str:
    """Return the names of all features, as many as find room; those of `subjects` (layer keys) at every scale.

    No name is put on the boxes in `kept_free`.
    """
    taken = Taken((frame.left + 4, frame.top + 4, frame.left + frame.width - 4, frame.top + frame.height - 4))
    marks = dict(_marks(sheaves, frame))
    for box in [*marks.values(), *kept_free]:
        taken.add(box)
    wanted = []
    for order, sheaf in enumerate(sheaves):
        is_subject = sheaf.key in subjects
        for shape in sheaf.shapes:
            if _is_named(shape, is_subject, frame.zoom):
                style = shape.look.style
                importance = (-(style.get("label_priority", 0) + (1000 if is_subject else 0)), -order)
                size = max(LEAST_SIZE, style.get("label_size", LEAST_SIZE))
                wanted.append(Label(shape, rows_of(shape), size, importance, marks.get(shape.key)))
    wanted.sort(key=lambda label: label.importance)
    placed, named = [], set()
    for label in wanted:
        # Two carriageways, two strands of an axis: one name is enough.
        once = (label.shape.form, label.shape.look.name, *label.rows)
        if once in named:
            continue
        spot = next((spot for spot in _spots(label, frame) if taken.is_free(spot.boxes, label.own)), None)
        if spot:
            for box in spot.boxes:
                taken.add(box)
            if label.shape.form == "line":
                named.add(once)
            placed.append(_along(label, spot) if spot.letters else _set(label, spot))
    return element("g", *placed, font_family=FONT, font_weight=600, text_anchor="middle", **HALO)


def _is_named(shape: Shape, is_subject: bool, zoom: float) -> bool:
    named = shape.look.style.get("label", "none") != "none" and bool(shape.name)
    return named and (is_subject or shape.look.style.get("label_min_zoom", 0) <= zoom)


def _marks(sheaves: list[Sheaf], frame: Frame) -> Iterator[tuple[str, Box]]:
    for sheaf in sheaves:
        for shape in sheaf.shapes:
            radius = shape.look.style.get("radius", 0)
            for lon, lat in shape.points if radius else []:
                yield shape.key, box_around(frame.place(lon, lat), radius * 2 + 2, radius * 2 + 2)


def rows_of(shape: Shape) -> list[str]:
    """Break a long name: behind its colon in Chinese, between words in English. Brackets at its end fall away."""
    name = _IN_BRACKETS.sub("", shape.name) or shape.name
    if shape.look.style.get("label") == "line":
        return [name]
    if any(map(is_wide, name)):
        head, colon, tail = name.partition("：")
        if len(name) > _LONGEST_WITH_COLON and colon:
            return [head, *_halves(tail)]
        return [name] if shape.form == "point" else _halves(name)
    rows = [""]
    for word in name.split():
        if rows[-1] and len(rows[-1]) + len(word) > _LONGEST_ENGLISH_LINE:
            rows.append("")
        rows[-1] += f" {word}" if rows[-1] else word
    return rows


def _halves(name: str) -> list[str]:
    if len(name) <= _LONGEST_UNBROKEN:
        return [name]
    middle = (len(name) + 1) // 2
    return [name[:middle], name[middle:]]


def _spots(label: Label, frame: Frame) -> list[Spot]:
    shape, style = label.shape, label.shape.look.style
    if shape.form == "point":
        at = frame.place(*shape.points[0])
        if style.get("radius"):
            reach = style["radius"] * (1.5 if style.get("marker") == "core" else 1)
            return around_point(at, reach, label.width, label.height)
        return around_places([(at, 0.0)], label.width, label.height)
    if shape.form == "area" and style["label"] != "line":
        return _area_spots(label, frame)
    lines = [polygon[0] for polygon in shape.polygons] or shape.lines
    placed = [[frame.place(*position[:2]) for position in line] for line in lines]
    longest = max(placed, key=length)
    wide = any(map(is_wide, label.rows[0]))
    advances = [width_of(letter, label.size) + (1 if wide else 0) for letter in label.rows[0]]
    return along_line(thinned(longest, 1.5), advances, label.size, upright=wide)


def _area_spots(label: Label, frame: Frame) -> list[Spot]:
    """Return the places for an area's name, which should fit its extent; a strip may be a little overrun.

    First the roomiest places of its largest part, then every place within it where the name's middle can stand, then
    beside it.
    """
    polygons = [
        [thinned([frame.place(*position[:2]) for position in ring], 1.5) for ring in polygon]
        for polygon in label.shape.polygons
    ]
    polygons.sort(key=lambda rings: doubled_area(rings[0]), reverse=True)
    left, top, right, bottom = extent([point for rings in polygons for point in rings[0]])
    beside = around_box(extent(polygons[0][0]), label.width, label.height)
    if label.width > (right - left) * 1.3 or label.height > (bottom - top) * 1.1:
        return beside
    places: list[tuple[Point, float]] = [inner_point(polygons[0]), inner_point(polygons[0], 0.45)]
    across, down = _spread(left, right, label.width / 2), _spread(top, bottom, label.height)
    middle = places[1][0]
    within = [(x, y) for x in across for y in down if any(holds(rings, x, y) for rings in polygons[:MOST_PARTS])]
    within.sort(key=lambda at: distance(at, middle))
    inside = [spot for at in within for spot in around_places([(at, 0.0)], label.width, label.height)[:1]]
    return around_places(places, label.width, label.height) + inside + beside


def _spread(first: float, last: float, margin: float) -> list[float]:
    """Return a dozen places between two ends, not nearer to them than a part of `margin` where there is room."""
    margin = min(margin * 0.6, (last - first) / 2)
    step = (last - first - 2 * margin) / 11
    return [first + margin + step * at for at in range(12)] if step > 0 else [(first + last) / 2]


def _colour(label: Label) -> str:
    style = label.shape.look.style
    return style.get("label_color") or style.get("stroke") or "#333333"


def _set(label: Label, spot: Spot) -> str:
    x, y = spot.at
    top = y - (len(label.rows) - 1) * label.size * LEADING / 2 + label.size * 0.36
    lines = [text(row, x, top + at * label.size * LEADING, label.size) for at, row in enumerate(label.rows)]
    return element("g", *lines, fill=_colour(label))


def _along(label: Label, spot: Spot) -> str:
    letters = []
    for letter, ((x, y), turn) in zip(label.rows[0], spot.letters, strict=True):
        if letter == " ":
            continue
        if not turn and letter in _TURNS_WITH_THE_LINE:
            turn = 90.0
        turned = f"rotate({number(turn)} {number(x)} {number(y)})" if turn else None
        letters.append(text(letter, x, y, label.size, dy=label.size * 0.36, transform=turned))
    return element("g", *letters, fill=_colour(label))
