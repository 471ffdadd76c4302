"""A map for a page: title, map, scale, note. The same in, the same out, so that it can be kept for ever."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from maps.drawing.furniture import INK, lines_of_text, north_arrow, scale_bar
from maps.drawing.ground import ground
from maps.drawing.letters import DISPLAY_FONT, wrapped
from maps.drawing.looks import LANGUAGES, PUBLIC, Sheaf, at_zoom, sheaves
from maps.drawing.patterns import Definitions
from maps.drawing.projection import Bounds, Frame, fitted, size_in_metres
from maps.drawing.svg import element, words
from maps.models import Plan
from maps.querysets import Reader
from maps.statements import chosen

WIDTH = 600
SMALL_WIDTH = 380
MARGIN = 14
# Higher than this a map doesn't fit a screen; the surroundings fill the sides.
HIGHEST = 1.72
LOWEST = 0.6


def draw(
    plan: Plan,
    *,
    layers: tuple[str, ...] = (),
    theme: str = "",
    language: str = "zh",
    width: int = WIDTH,
    title: str | None = None,
    highlight: frozenset[str] = frozenset(),
    bbox: Bounds | None = None,
    pin: tuple[float, float] | None = None,
    reader: Reader = PUBLIC,
) -> str:
    """Return an SVG of the plan's map, at its true shape, north up.

    Drawn are the base map and the layers that `layers` (keys) or the `theme` name, as far as `reader` may see them;
    unknown keys draw nothing. `language` is "zh" or "en"; `width` in CSS pixels; `highlight` are the keys of features
    to outline; `bbox` is west, south, east, north in degrees, else the plan's bounds; `pin` is a longitude and
    latitude. Without a `title`, the theme's or the plan's name is used; "" leaves it out. One query.
    """
    chosen_theme = theme_of(plan, theme) if theme else None
    keys = tuple(chosen_theme["layers"]) if chosen_theme else tuple(layers)
    with override(LANGUAGES[language]):
        if title is None:
            title = chosen(chosen_theme, "name") if chosen_theme else plan.short_name
        drawn = sheaves(plan, keys, language, reader, within=wider(bbox) if bbox else None)
        layout = layout_of(plan, title, width, bbox)
        return _compose(plan, drawn, frozenset(keys), title, layout, highlight, pin)


def theme_of(plan: Plan, key: str) -> dict | None:
    """Return one of the plan's published maps, or None."""
    return next((theme for theme in plan.themes if theme["key"] == key), None)


def wider(bounds: Bounds) -> Bounds:
    """Return a box with room around it, so that no line ends within the frame."""
    west, south, east, north = bounds
    across, up = (east - west) * 0.75, (north - south) * 0.75
    return west - across, south - up, east + across, north + up


@dataclass(frozen=True)
class Layout:
    """Where things stand on a map for a page: the lines of its title and notes, and the frame between them."""

    titles: list[str]
    notes: list[str]
    frame: Frame

    @property
    def foot(self) -> float:
        """The map's lower edge."""
        return self.frame.top + self.frame.height

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the whole."""
        return self.frame.width, round(self.foot + 38 + len(self.notes) * 15)


def layout_of(plan: Plan, title: str, width: float, bbox: Bounds | None = None) -> Layout:
    """Return the layout of a map of `plan` in the active language. No query."""
    bounds = bbox or tuple(plan.bounds)
    titles = wrapped(title, 18, width - 2 * MARGIN - 20) if title else []
    across, up = size_in_metres(bounds)
    top = 12 + 25 * len(titles) if titles else 0
    height = round(width * min(max(up / across, LOWEST), HIGHEST))
    notes = notes_of(plan, width - 2 * MARGIN, 10.5)
    return Layout(titles, notes, fitted(bounds, 0, top, width, height))


def _compose(
    plan: Plan,
    drawn: list[Sheaf],
    subjects: frozenset[str],
    title: str,
    layout: Layout,
    highlight: frozenset[str],
    pin: tuple[float, float] | None,
) -> str:
    frame, (width, whole) = layout.frame, layout.size
    drawn = at_zoom(drawn, subjects, frame.zoom)
    definitions = Definitions()
    map_itself = ground(drawn, frame, definitions, subjects=subjects, highlight=highlight, pin=pin)
    edge = {"stroke": "#d9d0bd", "stroke_width": 1, "fill": "none"}
    edges = f"M0 {layout.foot:g}H{width:g}" + (f"M0 {frame.top:g}H{width:g}" if layout.titles else "")
    inside = [
        element("rect", width=width, height=whole, fill="#ffffff"),
        map_itself,
        element("path", d=edges, **edge),
        lines_of_text(layout.titles, MARGIN, 27, 18, 25 / 18, font_family=DISPLAY_FONT, font_weight=700, fill=INK),
        north_arrow(width - MARGIN - 8, frame.top + 30, 26, _("N")),
        scale_bar(MARGIN + 2, layout.foot + 8, frame.metres_per_unit, min(width * 0.4, 240)),
        lines_of_text(layout.notes, MARGIN, layout.foot + 44, 10.5, 15 / 10.5),
        element("rect", x=0.5, y=0.5, width=width - 1, height=whole - 1, **edge),
    ]
    return document(inside, definitions, layout.size, title or plan.short_name, description(plan, drawn, subjects))


def notes_of(plan: Plan, width: float, size: float) -> list[str]:
    """Return the note that goes on every map, and the review number or why there is none, in lines."""
    review = _("Map review number: %(number)s") % {"number": plan.review_number} if plan.review_number else ""
    notes = [plan.note, review or plan.review_exemption]
    return [line for note in notes if note for line in wrapped(note, size, width)]


def description(plan: Plan, drawn: list, subjects: frozenset[str]) -> str:
    """Say in words what the map shows: for readers who can't see it."""
    joint = _(", ")
    about = [sheaf for sheaf in drawn if sheaf.key in subjects]
    names = [shape.name for sheaf in about for shape in sheaf.shapes if shape.name]
    sentences = [_("Map of %(place)s.") % {"place": plan.place_name}]
    if names:
        sentences.append(_("Shown: %(names)s.") % {"names": joint.join(dict.fromkeys(names))})
    return " ".join([*sentences, plan.note])


def document(
    inside: list[str],
    definitions: Definitions,
    units: tuple[float, float],
    title: str,
    told: str,
    size: tuple[str, str] | None = None,
) -> str:
    """Return a whole SVG document, `units` wide and high, with title and description; `size` may be in millimetres."""
    width, height = f"{units[0]:.2f}", f"{units[1]:.2f}"
    head = element("title", words(title), id="map-title") + element("desc", words(told), id="map-description")
    return element(
        "svg",
        head,
        definitions.markup(),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        **{"xmlns:xlink": "http://www.w3.org/1999/xlink"},
        viewBox=f"0 0 {width} {height}",
        width=size[0] if size else width,
        height=size[1] if size else height,
        role="img",
        aria_labelledby="map-title map-description",
    )
