"""Legend keys as small drawings: what a template needs to draw a kind's style as SVG, without any inline style."""

from dataclasses import dataclass

WIDTH, HEIGHT = 44, 28

# Strokes over the fill, within the key's box; see `maps.styles.PATTERNS`.
_PATTERNS = {
    "hatch-45": "M-4 28 28-4M8 32 40 0M20 36 52 4",
    "hatch-135": "M-4 0 28 32M8-4 44 32M24-4 56 28",
    "diagonal": "M-4 28 28-4M2 34 40-4M14 36 52-2",
    "cross-hatch": "M-4 28 28-4M12 32 48-4M-4 0 28 32M12-4 48 32",
    "vertical": "M8 0V28M18 0V28M28 0V28M38 0V28",
    "horizontal": "M0 6H44M0 14H44M0 22H44",
    "waves": "M0 9q5.5-6 11 0t11 0 11 0 11 0M0 20q5.5-6 11 0t11 0 11 0 11 0",
    "dots": "M9 8h.1M22 8h.1M35 8h.1M15 15h.1M28 15h.1M9 22h.1M22 22h.1M35 22h.1",
    "trees": "M10 20l4-9 4 9zM26 20l4-9 4 9z",
}
_MARKERS = {
    "square": "M15 7H29V21H15Z",
    "diamond": "M22 5 31 14 22 23 13 14Z",
    "triangle": "M22 5 31 22H13Z",
}


@dataclass(frozen=True)
class Key:
    """One entry of a legend: its name and how to draw it."""

    name: str
    style: dict
    shape: str
    marker: str
    pattern: str

    @property
    def fill_opacity(self) -> float:
        """Return how much of the ground the fill covers; all of it unless the style says otherwise."""
        return self.style.get("fill_opacity", 1)

    @property
    def stroke_width(self) -> float:
        """Return the width of the outline, no wider than a small drawing bears."""
        return min(self.style.get("stroke_width", 1.5), 5)

    @property
    def pattern_width(self) -> float:
        """Return the stroke of the pattern; dots are round caps of short strokes."""
        return 3 if self.style.get("pattern") == "dots" else 1.4


def entry(name: str, style: dict) -> Key:
    """Return the legend's entry for a style: a marker for points, a line where nothing is filled, else an area."""
    marker = style.get("marker", "")
    shape = "marker" if marker else "area" if style.get("fill") or style.get("pattern") else "line"
    return Key(name, style, shape, _MARKERS.get(marker, ""), _PATTERNS.get(style.get("pattern", ""), ""))
