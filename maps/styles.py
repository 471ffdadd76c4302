"""The words in which a plan package says how things look. The map, the static maps and the legend all read them.

A style is a flat table; every key is optional:

- `fill`, `stroke`, `pattern_color`, `label_color`: "#rrggbb"; `fill_opacity`: 0 to 1
- `stroke_width`: CSS pixels; `dash`: SVG dash array such as "12 4 3 4"; `arrows`: true for an arrow at both ends
- `pattern`: one of PATTERNS, drawn over the fill in `pattern_color`, so that colour never carries meaning alone
- `marker`: one of MARKERS, for points, filled with `fill`; `radius`: CSS pixels
- `label`: one of LABELS; `label_size`: CSS pixels; `label_priority`: the higher wins where labels collide;
  `label_min_zoom`: shown from this zoom on
- `shade_outside`: true to lay a veil over everything outside the feature
"""

PATTERNS = ("hatch-45", "hatch-135", "dots", "diagonal", "cross-hatch", "vertical", "horizontal", "waves", "trees")
MARKERS = ("circle", "square", "diamond", "triangle", "core", "dot")
LABELS = ("none", "point", "line", "area")
FILL_KEYS = {"fill", "fill_opacity", "pattern", "pattern_color", "shade_outside"}
LINE_KEYS = {"stroke", "stroke_width", "dash", "arrows"}
POINT_KEYS = {"marker", "radius"}
LABEL_KEYS = {"label", "label_color", "label_size", "label_priority", "label_min_zoom"}
KEYS = frozenset(FILL_KEYS | LINE_KEYS | POINT_KEYS | LABEL_KEYS)
