"""Where names go so that none covers another: pure, in the sheet's units."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

from maps.drawing.plane import Box, Line, Point, length, walk

CELL = 64
MOST_BEND = 34


@dataclass
class Spot:
    """A place to try for a name: its middle and the boxes it takes; along a line each letter's place and turn too."""

    at: Point
    boxes: list[Box]
    letters: list[tuple[Point, float]] | None = None
    cost: float = 0.0


class Taken:
    """What is taken already, within `limits`; asks only the boxes in the same cells of a grid."""

    def __init__(self, limits: Box):
        self.limits = limits
        self._cells: dict[tuple[int, int], list[Box]] = {}

    @staticmethod
    def _cells_of(box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box[0] // CELL), int(box[2] // CELL) + 1):
            for row in range(int(box[1] // CELL), int(box[3] // CELL) + 1):
                yield column, row

    def add(self, box: Box) -> None:
        """Take the place of `box`."""
        for cell in self._cells_of(box):
            self._cells.setdefault(cell, []).append(box)

    def is_free(self, boxes: Sequence[Box], own: Box | None = None) -> bool:
        """Say whether all `boxes` are within the limits and free; `own`, the name's own mark, may be touched."""
        return all(self._within(box) for box in boxes) and not any(
            other is not own and _overlap(box, other)
            for box in boxes
            for cell in self._cells_of(box)
            for other in self._cells.get(cell, ())
        )

    def _within(self, box: Box) -> bool:
        left, top, right, bottom = self.limits
        return box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def box_around(at: Point, width: float, height: float) -> Box:
    """Return the box of a size around a point."""
    return at[0] - width / 2, at[1] - height / 2, at[0] + width / 2, at[1] + height / 2


def _spot(at: Point, width: float, height: float) -> Spot:
    return Spot(at, [box_around(at, width, height)])


def around_point(at: Point, radius: float, width: float, height: float) -> list[Spot]:
    """Return the places to try for the name of a mark: right, left, above, below, the corners."""
    x, y = at
    gap = radius + 3
    near, lift = gap * 0.8, gap * 0.8 + height / 4
    middles = [
        (x + gap + width / 2, y),
        (x - gap - width / 2, y),
        (x, y - gap - height / 2),
        (x, y + gap + height / 2),
        (x + near + width / 2, y - lift),
        (x - near - width / 2, y - lift),
        (x + near + width / 2, y + lift),
        (x - near - width / 2, y + lift),
    ]
    return [_spot(middle, width, height) for middle in middles]


def around_box(box: Box, width: float, height: float) -> list[Spot]:
    """Return the places to try beside something: below, above, right, left."""
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    middles = [(x, bottom + height / 2 + 2), (x, top - height / 2 - 2)]
    middles += [(right + width / 2 + 4, y), (left - width / 2 - 4, y)]
    return [_spot(middle, width, height) for middle in middles]


def around_places(places: Sequence[tuple[Point, float]], width: float, height: float) -> list[Spot]:
    """Return the places to try for an area's name: each inner point with its room, then a little beside each."""
    spots = [_spot(at, width, height) for at, _room in places]
    for (x, y), room in places:
        for shift in (0.3, 0.55, 0.8):
            by = min(room * shift, 90)
            spots += [_spot((x + dx * by, y + dy * by), width, height) for dx, dy in ((0, -1), (0, 1), (-1, 0), (1, 0))]
    return spots


def along_line(line: Line, advances: Sequence[float], height: float, *, upright: bool) -> list[Spot]:
    """Return the places to try for a name along a line, straight stretches near the middle first.

    `advances` are the letters' widths. Steep lines read downwards; `upright` letters (Chinese) stay upright there.
    """
    wanted, whole = sum(advances), length(line)
    if whole < wanted * 1.15:
        return []
    step = max(24.0, (whole - wanted) / 24)
    spots, start = [], (whole - wanted) % step / 2
    while start + wanted <= whole:
        spot, bend = _letters(line, start, wanted, advances, height, upright)
        if bend < MOST_BEND:
            spot.cost = bend / 60 + abs(start + wanted / 2 - whole / 2) / whole
            spots.append(spot)
        start += step
    return sorted(spots, key=lambda spot: spot.cost)


def _letters(line: Line, start: float, wanted: float, advances: Sequence[float], height: float, upright: bool):
    first, last = walk(line, start)[0], walk(line, start + wanted)[0]
    steep = abs(last[1] - first[1]) > abs(last[0] - first[0]) * 1.4
    backwards = last[1] < first[1] if steep else last[0] < first[0]
    letters, bend, passed, course = [], 0.0, 0.0, None
    for advance in advances:
        along = start + wanted - passed - advance / 2 if backwards else start + passed + advance / 2
        at, angle = walk(line, along)
        turn = (angle + (180 if backwards else 0) + 540) % 360 - 180
        course = turn if course is None else course
        bend = max(bend, abs((turn - course + 540) % 360 - 180))
        letters.append((at, 0.0 if upright and steep else turn))
        passed += advance
    side = max(height * 0.95, 8)
    middle = letters[len(letters) // 2][0]
    return Spot(middle, [box_around(at, side, side) for at, _turn in letters], letters), bend


def distance(a: Point, b: Point) -> float:
    """Return the distance between two points."""
    return hypot(a[0] - b[0], a[1] - b[1])
