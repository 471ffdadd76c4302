"""A map as a sheet of paper: title, map at a round scale, full legend, notes, date, a code that leads to the view."""

from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from maps.drawing import legend
from maps.drawing.furniture import INK, INK_SOFT, lines_of_text, north_arrow, scale_bar
from maps.drawing.ground import ground
from maps.drawing.letters import DISPLAY_FONT, FONT, wrapped
from maps.drawing.looks import LANGUAGES, PUBLIC, Sheaf, at_zoom, sheaves
from maps.drawing.patterns import Definitions
from maps.drawing.projection import Frame, size_in_metres
from maps.drawing.qr_code import qr_code
from maps.drawing.static_map import description, document, notes_of
from maps.drawing.svg import element, text
from maps.models import Plan
from maps.querysets import Reader
from maps.statements import chosen

# A CSS pixel on paper.
MILLIMETRES = 25.4 / 96
# Short and long side in millimetres (ISO 216), and how much larger than on A4 letters and lines are.
PAPERS = {"a4": (210, 297, 1.0), "a3": (297, 420, 1.25)}
ORIENTATIONS = ("portrait", "landscape")
MARGIN = 36
HEAD = 62
GAP = 16
LEGEND = 178
QR = 104
FOOT_OF_SIDE = 180


@dataclass(frozen=True)
class Paper:
    """A sheet: its size in millimetres, and in the drawing's units, of which `enlarged` CSS pixels make one."""

    name: str
    orientation: str

    @property
    def millimetres(self) -> tuple[int, int]:
        """Width and height of the paper."""
        short, long, _enlarged = PAPERS[self.name]
        return (short, long) if self.orientation == "portrait" else (long, short)

    @property
    def unit(self) -> float:
        """Millimetres on paper of one unit of the drawing."""
        return MILLIMETRES * PAPERS[self.name][2]

    @property
    def units(self) -> tuple[float, float]:
        """Width and height in the drawing's units."""
        width, height = self.millimetres
        return width / self.unit, height / self.unit


def draw_sheet(
    plan: Plan, *, theme: dict, paper: Paper, language: str, address: str, on: date, reader: Reader = PUBLIC
) -> str:
    """Return a sheet that prints at its true size: a theme of the plan with everything a published map needs.

    `theme` is one of the plan's; `address` is where the code leads; `on` is the day to print. One query.
    """
    with override(LANGUAGES[language]):
        subjects = frozenset(theme["layers"])
        drawn = sheaves(plan, tuple(theme["layers"]), language, reader)
        return _compose(plan, chosen(theme, "name"), drawn, subjects, paper, address, on)


def _compose(
    plan: Plan, title: str, drawn: list[Sheaf], subjects: frozenset[str], paper: Paper, address: str, on: date
) -> str:
    width, height = paper.units
    notes = notes_of(plan, width - 2 * MARGIN - 8, 10.5)
    tall = paper.orientation == "portrait"
    foot = len(notes) * 15 + 26
    high = height - 2 * MARGIN - HEAD - foot
    wide = width - 2 * MARGIN - LEGEND - GAP
    if not tall:
        across, up = size_in_metres(tuple(plan.bounds))
        wide = min(wide - LEGEND - GAP, max(high * across / up * 1.5, wide * 0.4))
    side = width - 2 * MARGIN - wide - GAP
    box = (MARGIN, MARGIN + HEAD, wide, high)
    frame, scale = at_round_scale(tuple(plan.bounds), *box, paper.unit)
    drawn = at_zoom(drawn, subjects, frame.zoom)
    definitions = Definitions()
    beside = MARGIN + box[2] + GAP
    inside = [
        element("rect", width=width, height=height, fill="#ffffff"),
        _head(plan, title, width),
        ground(drawn, frame, definitions, subjects=subjects),
        element("rect", x=box[0], y=box[1], width=box[2], height=box[3], fill="none", stroke=INK, stroke_width=1.2),
        _legend(legend.rows(drawn), beside, box[1], side, box[1] + box[3], definitions, tall=tall),
        _foot_of_side(frame, scale, beside, box[1] + box[3], LEGEND, address),
        lines_of_text(notes, MARGIN, box[1] + box[3] + 18, 10.5, 15 / 10.5),
        _origin(plan, on, MARGIN, height - MARGIN - 2),
    ]
    size = (f"{paper.millimetres[0]}mm", f"{paper.millimetres[1]}mm")
    return document(inside, definitions, paper.units, title, description(plan, drawn, subjects), size)


def at_round_scale(
    bounds: tuple, left: float, top: float, width: float, height: float, unit: float
) -> tuple[Frame, int]:
    """Return the frame with all of `bounds` at the largest round scale, and the scale's number (1:n).

    `unit` is a unit of the sheet in millimetres. Round is every 5 000 below 1:200 000, then 25 000, and so on; every
    1 000 above 1:20 000.
    """
    across, up = size_in_metres(bounds)
    least = max(across / width, up / height) / (unit / 1000)
    step = 1000 if least < 20_000 else 5000 if least < 200_000 else 25_000 if least < 1_000_000 else 250_000
    scale = ceil(least / step) * step
    return Frame(bounds, left, top, width, height, scale * unit / 1000), scale


def _head(plan: Plan, title: str, width: float) -> str:
    lines = wrapped(title, 26, width - 2 * MARGIN)[:1]
    name = wrapped(plan.name, 13, width - 2 * MARGIN)[:1]
    return element(
        "g",
        *(text(line, MARGIN, MARGIN + 22, 26, font_family=DISPLAY_FONT, font_weight=700, fill=INK) for line in lines),
        *(text(line, MARGIN, MARGIN + 46, 13, font_family=FONT, fill=INK_SOFT) for line in name),
    )


def _legend(
    rows: list[legend.Row], x: float, y: float, width: float, bottom: float, definitions: Definitions, *, tall: bool
) -> str:
    """The legend: on a tall sheet the plan's layers above the base map; on a wide one beside it, rules and all."""
    own = [row for row in rows if not row.is_base]
    base = [row for row in rows if row.is_base]
    if tall:
        first = legend.column(own, x, y, width, definitions, heading=_("Legend"))
        second = legend.column(base, x, first.bottom + 10, width, definitions, heading=_("Base map"))
        return legend.within(legend.Column(first.markup + second.markup, second.bottom), x, y, bottom - FOOT_OF_SIDE)
    wide = width - LEGEND - GAP
    first = legend.column(own, x, y, wide, definitions, heading=_("Legend"), with_rules=True)
    if first.bottom > bottom - FOOT_OF_SIDE:
        first = legend.column(own, x, y, wide, definitions, heading=_("Legend"))
    second = legend.column(base, x + wide + GAP, y, LEGEND, definitions, heading=_("Base map"))
    return legend.within(first, x, y, bottom - FOOT_OF_SIDE) + legend.within(second, x + wide + GAP, y, bottom)


def _foot_of_side(frame: Frame, scale: int, x: float, bottom: float, width: float, address: str) -> str:
    """North arrow, scale as a number and as a bar, and the code with what it is for, up from the map's lower edge."""
    bar = bottom - 20
    code = bar - 44 - QR
    told = wrapped(_("Scan to open this map on the phone"), 10.5, width - QR + 4)
    parts = [
        scale_bar(x + 3, bar - 2, frame.metres_per_unit, min(width - 30, 190)),
        text(
            _("Scale 1:%(number)s") % {"number": f"{scale:,}".replace(",", "\u2009")}, x, bar - 12, 13, font_weight=600
        ),
        north_arrow(x + width - 14, bar - 46, 34, _("N")),
    ]
    if address:
        parts.append(qr_code(address, x - 8, code, QR))
        parts.append(lines_of_text(told, x + QR - 4, code + 24, 10.5))
    return element("g", *parts, fill=INK, font_family=FONT)


def _origin(plan: Plan, on: date, x: float, y: float) -> str:
    words = _("Plan version %(version)s · printed on %(date)s") % {
        "version": plan.version,
        "date": date_format(on, "DATE_FORMAT"),
    }
    return text(words, x, y, 10.5, fill=INK_SOFT, font_family=FONT)
