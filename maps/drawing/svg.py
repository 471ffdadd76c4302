"""Writing SVG: elements with escaped text and short numbers; no style attribute ever, which a strict CSP forbids."""

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

Point = tuple[float, float]

# What XML 1.0 can't hold, escaped or not.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Half a tenth of a pixel: a seventieth of a millimetre on paper.
TOLERANCE = 0.18


def words(text: object) -> str:
    """Return a text as XML: escaped, without what XML can't hold."""
    return escape(UNWRITABLE.sub("", str(text)))


def number(value: float, places: int = 1) -> str:
    """Return a number as short as it gets."""
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in ("-0", ""):
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def element(name: str, *content: str, **attributes: object) -> str:
    """Return an element; `content` is markup already. `stroke_width` becomes stroke-width, None leaves one out."""
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is None:
            continue
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = number(value, 2)
        key = key.rstrip("_").replace("xlink_", "xlink:").replace("_", "-")
        parts.append(f" {key}={quoteattr(UNWRITABLE.sub('', str(value)))}")
    inside = "".join(content)
    parts.append(f">{inside}</{name}>" if inside else "/>")
    return "".join(parts)


def text(text: object, x: float, y: float, size: float, **attributes: object) -> str:
    """Return one line of text with its baseline's beginning (or `text_anchor`) at x, y."""
    return element("text", words(text), x=x, y=y, font_size=size, **attributes)


def path_data(parts: Iterable[Sequence[Point]], *, closed: bool) -> str:
    """Return the data of a path in relative steps of a tenth; each part is thinned first, tiny rings fall away."""
    return "".join(_part(thinned(part), closed) for part in parts if len(part) > 1)


def _part(points: Sequence[Point], closed: bool) -> str:
    grid = [(round(x * 10), round(y * 10)) for x, y in points]
    if closed and grid[0] == grid[-1]:
        grid.pop()
    if len(grid) < (3 if closed else 2):
        return ""
    x, y = grid[0]
    steps = [f"M{_tenths(x)}{_joined(_tenths(y))}"]
    command = "l"
    for next_x, next_y in grid[1:]:
        if (next_x, next_y) == (x, y):
            continue
        dx = _tenths(next_x - x)
        steps.append(f"{command or ('' if dx.startswith('-') else ' ')}{dx}{_joined(_tenths(next_y - y))}")
        command = ""
        x, y = next_x, next_y
    return "".join(steps) + ("z" if closed else "")


def _joined(text: str) -> str:
    return text if text.startswith("-") else f" {text}"


def _tenths(value: int) -> str:
    whole, rest = divmod(abs(value), 10)
    digits = f"{whole or ''}.{rest}" if rest else str(whole)
    return f"-{digits}" if value < 0 else digits


def thinned(points: Sequence[Point], tolerance: float = TOLERANCE) -> list[Point]:
    """Return a line without the points that no eye misses (Douglas and Peucker's rule), ends kept."""
    if len(points) < 3:
        return list(points)
    keep = {0, len(points) - 1}
    # A ring ends where it begins: cut it at its middle, or every distance is one to a single point.
    pending = [(0, len(points) // 2), (len(points) // 2, len(points) - 1)] if points[0] == points[-1] else None
    if pending:
        keep.add(len(points) // 2)
    pending = pending or [(0, len(points) - 1)]
    while pending:
        first, last = pending.pop()
        found, farthest = _farthest(points, first, last)
        if farthest > tolerance * tolerance:
            keep.add(found)
            pending += [(first, found), (found, last)]
    return [points[at] for at in sorted(keep)]


def _farthest(points: Sequence[Point], first: int, last: int) -> tuple[int, float]:
    """Return the point between two others that is farthest from their line, and the distance squared."""
    (ax, ay), (bx, by) = points[first], points[last]
    dx, dy = bx - ax, by - ay
    squared = dx * dx + dy * dy
    found, farthest = first, 0.0
    for at in range(first + 1, last):
        px, py = points[at][0] - ax, points[at][1] - ay
        along = 0.0 if squared == 0 else min(1.0, max(0.0, (px * dx + py * dy) / squared))
        distance = (px - along * dx) ** 2 + (py - along * dy) ** 2
        if distance > farthest:
            found, farthest = at, distance
    return found, farthest
