"""The plan's figures as charts: what is stated for which year and which part, and nothing that isn't.

One Measure for each thing that the plan counts. A year for which the plan states no value has no rows: it is shown as
missing, never filled in.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from maps.bar_patterns import BarPatterns
from maps.consistency_sheet import HECTARES
from maps.models import Indicator, Layer, Plan
from maps.statements import chosen
from maps.units import Amount, amounts

# Indigo and paper, for what no layer draws.
PLAIN = {"fill": "#c9d6e8", "stroke": "#1f4a86"}
# On the map a line may do without a pattern; of two bars without one only the colour would tell which is which.
FALLBACK = "diagonal"
LEAST_OPACITY = 0.35
Places = dict[tuple[str, str, str], str]


@dataclass
class Row:
    """One stated figure, ready to show. `width` is its bar's, in per cent of the largest figure of the measure."""

    figure: Indicator
    name: str
    width: float
    amounts: list[Amount]
    place: str
    share: float | None = None

    @property
    def is_total(self) -> bool:
        """Say whether this is the whole, not a part."""
        return not self.figure.subdistrict


@dataclass
class Stop:
    """A year of the plan with what is stated for it; `rows` is empty where nothing is."""

    year: int
    label: str
    rows: list[Row]


@dataclass
class Measure:
    """One thing that the plan counts: its figures by year, and how the map paints it."""

    key: str
    name: str
    figure: Indicator
    stops: list[Stop]
    always: list[Row]
    style: dict
    paint: str = ""
    segments: list[tuple[float, float]] = field(default_factory=list)

    @property
    def opacity(self) -> float:
        """Return how much of the fill a bar shows: as on the map, but never so little that the bar can't be seen."""
        return max(float(self.style.get("fill_opacity", 1)), LEAST_OPACITY)

    @property
    def is_count(self) -> bool:
        """Say whether things are counted, not hectares."""
        return self.figure.unit == Indicator.Unit.COUNT

    @property
    def rows(self) -> list[Row]:
        """All rows, in the order of the years; the figures without a year first."""
        return [*self.always, *(row for stop in self.stops for row in stop.rows)]

    @property
    def latest(self) -> Row:
        """The total that stands for the measure: the one of the last year that has one."""
        return next((row for row in reversed(self.rows) if row.is_total), self.rows[-1])

    @property
    def of_whole(self) -> str:
        """Say how much of the planning area it is, in per cent; our own reckoning."""
        return f"{self.segments[-1][0] + self.segments[-1][1]:.1f}" if self.segments else ""

    @property
    def dots(self) -> range:
        """One for each thing that is counted."""
        return range(int(self.figure.value))


@dataclass
class Chart:
    """All measures of a plan, and the patterns that their bars are painted with, as SVG."""

    areas: list[Measure]
    counts: list[Measure]
    whole: Measure | None
    definitions: SafeString

    @property
    def missing_years(self) -> list[int]:
        """The plan's years for which no figure at all is stated."""
        stops = [stop for measure in (*self.areas, *self.counts) for stop in measure.stops]
        stated = {stop.year for stop in stops if stop.rows}
        return sorted({stop.year for stop in stops} - stated)


def chart(plan: Plan) -> Chart:
    """Return the plan's figures, ready to show. Three queries."""
    figures = list(plan.indicators.all())
    layers = {layer.key: layer for layer in plan.layers.filter(status=Layer.Status.PUBLIC)}
    places, names = _places(plan, figures)
    by_measure: dict[str, list[Indicator]] = {}
    for figure in figures:
        by_measure.setdefault(figure.measure, []).append(figure)
    measures = [_measure(plan, rows, layers, places, names) for rows in by_measure.values()]
    patterns = BarPatterns()
    for measure in measures:
        if not measure.style.get("shade_outside"):
            colour = measure.style.get("pattern_color") or measure.style["stroke"]
            measure.paint = patterns.paint(measure.style.get("pattern") or FALLBACK, colour)
    areas = [measure for measure in measures if not measure.is_count]
    whole = next((measure for measure in areas if measure.style.get("shade_outside")), None)
    if whole:
        _set_beside(areas, whole)
    # Made of our own tiles and of colours that the package's reader has checked.
    markup = mark_safe(patterns.markup())
    counts = [measure for measure in measures if measure.is_count]
    return Chart(areas, counts, whole, markup)


def _places(plan: Plan, figures: list[Indicator]) -> tuple[Places, dict[str, str]]:
    """Return where each drawn figure is, by layer, kind and subdistrict, and the subdistricts' names. One query."""
    features = list(
        plan.features.filter(kind__in={figure.kind for figure in figures} | {"subdistrict", "scope"})
        .filter(layer__status=Layer.Status.PUBLIC)
        .values("layer__key", "kind", "subdistrict", "key", "name_zh", "name_en")
    )
    subdistricts = {row["name_zh"]: row["key"] for row in features if row["kind"] == "subdistrict"}
    places = {}
    for row in features:
        part = row["key"] if row["kind"] == "subdistrict" else subdistricts.get(row["subdistrict"], "")
        if part or row["kind"] == "scope":
            places[row["layer__key"], row["kind"], part] = row["key"]
    return places, {row["key"]: chosen(row, "name") for row in features if row["kind"] == "subdistrict"}


def _measure(
    plan: Plan, figures: list[Indicator], layers: dict[str, Layer], places: Places, names: dict[str, str]
) -> Measure:
    """Put the figures of one measure into years. Bars are in per cent of the largest figure."""
    largest = max(_size(figure) for figure in figures)
    rows = [_row(figure, largest, layers, places, names) for figure in figures]
    totals = {row.figure.year: _size(row.figure) for row in rows if row.is_total}
    for row in rows:
        whole = totals.get(row.figure.year)
        row.share = float(_size(row.figure) / whole) if whole and not row.is_total else None
    figure = next((figure for figure in figures if not figure.subdistrict), figures[0])
    stated = [row for row in rows if row.figure.year is not None]
    labels = {
        plan.base_year: _("base year"),
        plan.near_year: _("near term"),
        plan.target_year: _("long term"),
    }
    years = sorted({*labels, *(row.figure.year for row in stated)}) if stated else []
    stops = [Stop(year, labels.get(year, ""), [row for row in stated if row.figure.year == year]) for year in years]
    layer = layers.get(figure.layer_key)
    style = layer.kinds.get(figure.kind, {}).get("style", PLAIN) if layer else PLAIN
    always = [row for row in rows if row.figure.year is None]
    return Measure(figure.measure, figure.name, figure, stops, always, PLAIN | style)


def _size(figure: Indicator) -> Decimal:
    return figure.value * HECTARES.get(figure.unit, 1)


def _row(figure: Indicator, largest: Decimal, layers: dict[str, Layer], places: Places, names: dict[str, str]) -> Row:
    counted = figure.unit == Indicator.Unit.COUNT
    return Row(
        figure=figure,
        name=names.get(figure.subdistrict, figure.name) if figure.subdistrict else _("Total"),
        width=round(float(_size(figure) / largest * 100), 2),
        amounts=[] if counted else amounts(_size(figure)),
        place=_place(figure, layers.get(figure.layer_key), places),
    )


def _place(figure: Indicator, layer: Layer | None, places: Places) -> str:
    """Return the map's address for what draws a figure, as static/js/lib/permalink.js reads it; "" for none."""
    if layer is None:
        return ""
    parts = [] if layer.is_base else [f"layers={layer.key}"]
    if feature := places.get((layer.key, figure.kind, figure.subdistrict)):
        parts.append(f"feature={feature}")
    return "#" + "&".join(parts) if parts else ""


def _set_beside(areas: list[Measure], whole: Measure) -> None:
    """Give each measure its parts as segments of a bar whose full width is the whole planning area, in per cent."""
    full = _size(whole.latest.figure)
    for measure in areas:
        year = measure.latest.figure.year
        start = 0.0
        parts = [row for row in measure.rows if row.figure.year == year and not row.is_total] or [measure.latest]
        for row in parts:
            width = round(float(_size(row.figure) / full * 100), 2)
            measure.segments.append((round(start, 2), width))
            start += width
