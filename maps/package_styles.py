"""Reading a style from a package: only the words of `maps.styles`, only values that can be drawn."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from maps import styles
from maps.package_toml import Table

COLOUR_KEYS = frozenset({"fill", "stroke", "pattern_color", "label_color"})
CHOICES = {"pattern": styles.PATTERNS, "marker": styles.MARKERS, "label": styles.LABELS}
RANGES = {
    "fill_opacity": (0, 1),
    "stroke_width": (0, 20),
    "radius": (0, 40),
    "label_size": (6, 40),
    "label_priority": (0, 1000),
    "label_min_zoom": (0, 22),
}
COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
DASH = re.compile(r"\d+(\.\d+)?( \d+(\.\d+)?)*")


def read_style(table: Table) -> dict[str, object]:
    """Return the style that `table` holds; unknown words, colours, patterns, markers are noted as faults."""
    style: dict[str, object] = {}
    for key in sorted(set(table.data) & styles.KEYS):
        if key in COLOUR_KEYS or key == "dash":
            style[key] = _matching(table, key, DASH if key == "dash" else COLOUR)
        elif key in CHOICES:
            style[key] = table.text(key, choices=CHOICES[key])
        elif key in RANGES:
            style[key] = _within(table, key)
        else:
            style[key] = table.boolean(key)
    table.close()
    return style


def _matching(table: Table, key: str, form: re.Pattern) -> str:
    value = table.text(key)
    if value and not form.fullmatch(value):
        message = (
            _("A dash pattern such as “12 4 3 4” is wanted here.")
            if form is DASH
            else _("A colour such as “#3a2a6b” is wanted here.")
        )
        table.fault(key, message)
    return value


def _within(table: Table, key: str) -> int | float:
    lowest, highest = RANGES[key]
    value = table.decimal(key) or Decimal(0)
    if not lowest <= value <= highest:
        values = {"lowest": lowest, "highest": highest}
        table.fault(key, _("A number from %(lowest)s to %(highest)s is wanted here.") % values)
    return int(value) if value == value.to_integral_value() else float(value)
