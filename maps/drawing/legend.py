"""The legend: what each colour, pattern, line and mark on a map means, in the order in which one reads the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from maps.drawing.furniture import INK, INK_SOFT, lines_of_text
from maps.drawing.letters import FONT, wrapped
from maps.drawing.looks import Sheaf
from maps.drawing.patterns import Definitions
from maps.drawing.svg import element, text
from maps.drawing.symbols import area, line, mark

WIDTH, HEIGHT = 44, 24
SIZE = 12.5
LEADING = 1.32
RULE_SIZE = 10
GAP = 10


@dataclass
class Row:
    """One entry: what it is called, its rule in plain words, its style, and "area", "line" or "point"."""

    name: str
    rule: str
    style: dict
    form: str
    is_base: bool

    @property
    def swatch(self) -> str:
        """The entry's drawing as an SVG of its own, to be used in a page."""
        definitions = Definitions(f"key-{crc32(repr((self.name, self.style)).encode()):x}-")
        inside = swatch(self, definitions)
        size = {"width": WIDTH, "height": HEIGHT, "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
        return element(
            "svg", definitions.markup(), inside, xmlns="http://www.w3.org/2000/svg", aria_hidden="true", **size
        )


def rows(sheaves: Sequence[Sheaf]) -> list[Row]:
    """Return the legend of what is drawn: the plan's own layers first, the topmost first, then the base map.

    One row for each name of a layer, with the look of its first feature; a place without a mark is only a name.
    """
    found: dict[tuple[str, str], Row] = {}
    own = [sheaf for sheaf in reversed(sheaves) if not sheaf.is_base]
    for sheaf in own + [sheaf for sheaf in reversed(sheaves) if sheaf.is_base]:
        for shape in sheaf.shapes:
            bare = shape.form == "point" and not shape.look.style.get("radius")
            if not bare and shape.look.name:
                row = Row(shape.look.name, shape.look.rule, shape.look.style, shape.form, sheaf.is_base)
                found.setdefault((sheaf.key, row.name), row)
    return list(found.values())


def swatch(row: Row, definitions: Definitions) -> str:
    """Return an entry's drawing, 44 wide and 24 high: the real fill, pattern, line or mark."""
    style = row.style
    if row.form == "point":
        return mark(style, WIDTH / 2, HEIGHT / 2, min(max(style.get("radius", 0), 3), 7))
    if row.form == "line":
        inset = 7 if style.get("arrows") else 2
        data = f"M{inset} {HEIGHT / 2:g}H{WIDTH - inset}"
        return line(style, lambda **paint: element("path", d=data, **paint), definitions)
    inset = max(1.5, style.get("stroke_width", 1) / 2 + 0.5)
    box = {"x": inset, "y": inset, "width": WIDTH - 2 * inset, "height": HEIGHT - 2 * inset, "rx": 1.5}
    whole = (inset, inset, WIDTH - inset, HEIGHT - inset)
    return area(style, lambda **paint: element("rect", **box, **paint), whole, definitions, f"swatch-{inset:g}")


@dataclass
class Column:
    """A column of a legend on a sheet: `markup` and how far down it reaches."""

    markup: str
    bottom: float


def column(
    entries: Sequence[Row],
    x: float,
    y: float,
    width: float,
    definitions: Definitions,
    *,
    heading: str,
    with_rules: bool = False,
) -> Column:
    """Return entries one below the other, long names broken into lines, on wish with their rules in plain words."""
    parts = [text(heading, x, y + 13, 13.5, font_weight=700, fill=INK)]
    y += 26
    beside = x + WIDTH + GAP
    for row in entries:
        lines = wrapped(row.name, SIZE, width - WIDTH - GAP)
        height = max(HEIGHT, len(lines) * SIZE * LEADING)
        moved = f"translate({x:.1f} {y + (height - HEIGHT) / 2:.1f})"
        parts.append(element("g", swatch(row, definitions), transform=moved))
        first = y + height / 2 - (len(lines) - 1) * SIZE * LEADING / 2 + SIZE * 0.36
        paint = {"fill": INK_SOFT if row.is_base else INK}
        parts.append(lines_of_text(lines, beside, first, SIZE, LEADING, **paint))
        y += height
        if with_rules and row.rule:
            rule = wrapped(row.rule, RULE_SIZE, width - WIDTH - GAP)
            parts.append(lines_of_text(rule, beside, y + RULE_SIZE, RULE_SIZE))
            y += len(rule) * RULE_SIZE * 1.45 + 4
        y += 6
    return Column(element("g", *parts, font_family=FONT), y)


def within(column: Column, x: float, y: float, bottom: float) -> str:
    """Return a column whose upper left corner is x, y; one that is too long is drawn smaller, so that all shows."""
    if column.bottom <= bottom:
        return column.markup
    factor = (bottom - y) / (column.bottom - y)
    moved = f"translate({x:.1f} {y:.1f}) scale({factor:.3f}) translate({-x:.1f} {-y:.1f})"
    return element("g", column.markup, transform=moved)
