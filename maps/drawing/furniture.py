"""What stands around a map: scale bar, north arrow, notes."""

from math import floor, log10

from maps.drawing.letters import FONT
from maps.drawing.svg import element, text

INK = "#24221d"
INK_SOFT = "#5b564b"


def scale_bar(x: float, y: float, metres_per_unit: float, most: float) -> str:
    """Return a scale bar with its upper left corner at x, y and at most `most` wide: a round length in four fields."""
    metres = _round_length(most * metres_per_unit)
    width = metres / metres_per_unit
    fields = [
        element(
            "rect",
            x=x + width * at / 4,
            y=y + 12,
            width=width / 4,
            height=4.5,
            fill=INK if at % 2 == 0 else "#ffffff",
            stroke=INK,
            stroke_width=0.8,
        )
        for at in range(4)
    ]
    kilometres = metres >= 1000
    unit = "km" if kilometres else "m"
    names = [f"{metres * at / 4 / (1000 if kilometres else 1):g}" for at in (0, 2, 4)]
    ends = [
        text(names[0], x, y + 9, 10, text_anchor="middle"),
        text(names[1], x + width / 2, y + 9, 10, text_anchor="middle"),
    ]
    ends.append(text(f"{names[2]} {unit}", x + width - 4, y + 9, 10))
    return element("g", *fields, *ends, fill=INK, font_family=FONT)


def _round_length(most: float) -> float:
    """Return the largest 1, 2 or 4 times a power of ten that is not more than `most`: each halves and quarters well."""
    power = 10.0 ** floor(log10(most))
    return max(step * power for step in (1, 2, 4) if step * power <= most)


def north_arrow(x: float, y: float, size: float, word: str) -> str:
    """Return a north arrow whose tip is at x, y; its letter stands above it."""
    half = size * 0.3
    left = element("path", d=f"M0 0L{-half:.1f} {size:.1f}L0 {size * 0.76:.1f}Z", fill=INK)
    right = element("path", d=f"M0 0L{half:.1f} {size:.1f}L0 {size * 0.76:.1f}Z", fill="#ffffff")
    letter = text(word, 0, -4, size * 0.42, text_anchor="middle", font_family=FONT, font_weight=700, fill=INK)
    outline = {"stroke": INK, "stroke_width": 0.9, "stroke_linejoin": "round"}
    return element("g", element("g", left, right, **outline), letter, transform=f"translate({x:.1f} {y:.1f})")


def lines_of_text(
    lines: list[str], x: float, y: float, size: float, leading: float = 1.45, **attributes: object
) -> str:
    """Return lines of text one below the other, the first baseline at y."""
    attributes = {"fill": INK_SOFT, "font_family": FONT, **attributes}
    return element("g", *(text(line, x, y + at * size * leading, size) for at, line in enumerate(lines)), **attributes)
