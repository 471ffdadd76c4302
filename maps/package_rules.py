"""What must hold between the parts of a package: keys that exist, ids that occur once, figures that add up."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from maps.models import Indicator
from maps.package_rows import LANGUAGES, IndicatorRow, LayerRow, Package
from maps.package_toml import Document, Fault

HECTARES = {Indicator.Unit.HECTARE: Decimal(1), Indicator.Unit.SQUARE_KILOMETRE: Decimal(100)}


def check(package: Package, document: Document) -> None:
    """Note every fault between the parts of `package` in `document`."""
    _check_once(package, document)
    _check_references(package, document)
    _check_files(package, document)
    _check_feature_ids(package, document)
    _check_area(package, document)
    _check_subdistricts(package, document)
    _check_sums(package, document)
    _check_stated(package, document)


def _check_once(package: Package, document: Document) -> None:
    """Keys must occur once in their list."""
    lists = {
        ("groups", "key"): [group["key"] for group in package.plan["groups"]],
        ("themes", "key"): [theme["key"] for theme in package.plan["themes"]],
        ("chapters", "number"): [chapter.number for chapter in package.chapters],
        ("chapters", "slug"): [chapter.slug for chapter in package.chapters],
        ("layers", "key"): [layer.key for layer in package.layers],
        ("indicators", "key"): [indicator.key for indicator in package.indicators],
    }
    for (name, field), values in lists.items():
        for position, value in enumerate(values):
            if value and value in values[:position]:
                document.fault((name, position, field), _("“%(value)s” occurs twice.") % {"value": value})
        if not values:
            document.fault((name,), _("At least one of these is needed."))


def _check_references(package: Package, document: Document) -> None:
    """Whatever names a group, a theme, a layer, a kind or a chapter must name one that exists."""
    groups = {group["key"] for group in package.plan["groups"]}
    themes = {theme["key"] for theme in package.plan["themes"]}
    layers = {layer.key: layer for layer in package.layers}
    chapters = {chapter.number for chapter in package.chapters}

    def known(path: tuple, values: Iterable[str], among: Iterable[str]) -> None:
        for value in values:
            if value and value not in among:
                document.fault(path, _("“%(value)s” doesn't exist in this package.") % {"value": value})

    for position, group in enumerate(package.plan["groups"]):
        known(("groups", position, "chapter"), [group["chapter"]], chapters)
    for position, theme in enumerate(package.plan["themes"]):
        known(("themes", position, "layers"), theme["layers"], layers)
        for key in theme["layers"]:
            if key in layers and layers[key].is_base:
                sentence = _("“%(value)s” belongs to the base map, which is always shown.") % {"value": key}
                document.fault(("themes", position, "layers"), sentence)
    for position, chapter in enumerate(package.chapters):
        known(("chapters", position, "theme"), [chapter.theme], themes)
        known(("chapters", position, "layers"), chapter.layers, layers)
    measures = {indicator.measure for indicator in package.indicators}
    for position, layer in enumerate(package.layers):
        known(("layers", position, "group"), [layer.group], groups)
        known(("layers", position, "chapter"), [layer.chapter_number], chapters)
        for name, kind in layer.kinds.items():
            known(("layers", position, "kinds", name, "measure"), [kind["measure"]], measures)
    for position, indicator in enumerate(package.indicators):
        known(("indicators", position, "chapter"), [indicator.chapter_number], chapters)
        known(("indicators", position, "layer"), [indicator.layer_key], layers)
        if indicator.layer_key in layers:
            known(("indicators", position, "kind"), [indicator.kind], layers[indicator.layer_key].kinds)


def _check_files(package: Package, document: Document) -> None:
    """A file that nothing refers to is a layer or chapter that somebody forgot to name."""
    expected = {"plan.toml", *(f"geo/{layer.key}.geojson" for layer in package.layers)}
    for chapter in package.chapters:
        expected |= {f"chapters/{chapter.number}-{chapter.slug}.{language}.md" for language in LANGUAGES}
    for name in sorted(set(package.files) - expected):
        document.faults.append(Fault(name, None, "", _("plan.toml names no layer or chapter for this file.")))


def _check_feature_ids(package: Package, document: Document) -> None:
    """An id names one feature in the whole plan: comments and addresses rely on it."""
    counts = Counter(feature.key for layer in package.layers for feature in layer.features)
    seen: set[str] = set()
    for layer in package.layers:
        keys = {feature.key for feature in layer.features}
        for key in sorted(keys & seen):
            message = _("The id “%(id)s” occurs in another layer, too.") % {"id": key}
            document.faults.append(Fault(f"geo/{layer.key}.geojson", None, key, message))
        seen |= {key for key in keys if counts[key] > 1}


def _subdistricts(package: Package) -> dict[str, str]:
    """Return the subdistricts' ids by their Chinese names."""
    return {f.name_zh: f.key for layer in package.layers for f in layer.features if f.kind == "subdistrict"}


def _check_area(package: Package, document: Document) -> None:
    """The plan's area is the one feature of kind `scope`: comments and *here* are held against it."""
    scopes = [feature for layer in package.layers for feature in layer.features if feature.kind == "scope"]
    if len(scopes) != 1 or scopes[0].geometry.dims != 2:
        document.fault(("layers",), _("One area of kind “scope” is needed: the planning area."))


def _check_subdistricts(package: Package, document: Document) -> None:
    """A feature's subdistrict must be the name of one, or of several with 、 between them."""
    known = {"", *_subdistricts(package)}
    for layer in package.layers:
        for feature in layer.features:
            if not set(feature.subdistrict.split("、")) <= known:
                message = _("“%(value)s” is not the name of a subdistrict.") % {"value": feature.subdistrict}
                line = _line_of(package, layer, feature.key)
                document.faults.append(Fault(f"geo/{layer.key}.geojson", line, f"{feature.key}.subdistrict", message))


def _check_sums(package: Package, document: Document) -> None:
    """Where a measure has figures for subdistricts, it needs a total, and the total must be their sum."""
    subdistricts = set(_subdistricts(package).values())
    by_measure: dict[str, list[tuple[int, IndicatorRow]]] = {}
    for position, indicator in enumerate(package.indicators):
        by_measure.setdefault(indicator.measure, []).append((position, indicator))
        if indicator.subdistrict and indicator.subdistrict not in subdistricts:
            sentence = _("“%(value)s” is not the id of a subdistrict.") % {"value": indicator.subdistrict}
            document.fault(("indicators", position, "subdistrict"), sentence)
    for measure, rows in by_measure.items():
        if any(count > 1 for count in Counter(row.subdistrict for _position, row in rows).values()):
            document.fault(("indicators", rows[-1][0], "measure"), _("This figure is given twice for one subdistrict."))
            continue
        parts = [row for _position, row in rows if row.subdistrict]
        totals = [(position, row) for position, row in rows if not row.subdistrict]
        if not totals:
            message = _("The total of “%(measure)s” is missing.") % {"measure": measure}
            document.fault(("indicators", rows[0][0], "measure"), message)
        elif parts:
            _check_total(document, totals[0], parts, subdistricts)


def _check_total(
    document: Document, total: tuple[int, IndicatorRow], parts: list[IndicatorRow], subdistricts: set[str]
) -> None:
    position, row = total
    for key in sorted(subdistricts - {part.subdistrict for part in parts}):
        values = {"measure": row.measure, "subdistrict": key}
        document.fault(
            ("indicators", position, "measure"),
            _("The figure of %(subdistrict)s for “%(measure)s” is missing.") % values,
        )
    total_sum = sum(part.value for part in parts)
    if total_sum != row.value or any(part.unit != row.unit for part in parts):
        values = {"total": row.value, "sum": total_sum}
        document.fault(
            ("indicators", position, "value"), _("The total is %(total)s, but its parts add up to %(sum)s.") % values
        )


def _check_stated(package: Package, document: Document) -> None:
    """A figure that a feature states must be the indicator's: the map and the table must not say different things."""
    subdistricts = _subdistricts(package)
    hectares = {
        (row.measure, row.subdistrict): row.value * HECTARES[row.unit]
        for row in package.indicators
        if row.unit in HECTARES
    }
    for layer in package.layers:
        for feature in layer.features:
            if feature.stated_ha is None:
                continue
            figure = hectares.get((layer.kinds[feature.kind]["measure"], subdistricts.get(feature.subdistrict, "")))
            if figure is None:
                message = _("No indicator gives this figure (measure of the kind, subdistrict of the feature).")
            elif figure != feature.stated_ha:
                values = {"stated": feature.stated_ha, "figure": figure}
                message = _("The feature states %(stated)s ha, the indicator %(figure)s ha.") % values
            else:
                continue
            line = _line_of(package, layer, feature.key)
            document.faults.append(Fault(f"geo/{layer.key}.geojson", line, f"{feature.key}.stated_ha", message))


def _line_of(package: Package, layer: LayerRow, key: str) -> int | None:
    """Return the line on which a feature's id stands in its layer's file."""
    before, found, _after = package.files[f"geo/{layer.key}.geojson"].partition(f'"{key}"'.encode())
    return before.count(b"\n") + 1 if found else None
