"""A plan package on disk, read and checked as a whole, before anything touches the database.

The format, field by field, is in docs/plan-package.md.
"""

import re
from decimal import Decimal
from pathlib import Path

from django.contrib.gis.geos import Polygon
from django.utils.translation import gettext as _

from maps import package_names, package_rules
from maps.models import Indicator, Layer
from maps.package_geo import LayerFile
from maps.package_rows import LANGUAGES, ChapterRow, IndicatorRow, LayerRow, Package
from maps.package_styles import read_style
from maps.package_toml import Document, PackageError, Table, has_control_characters

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read(folder: Path) -> Package:
    """Read the package in `folder` and check it; raises PackageError with every fault found. No queries."""
    document = Document.read(folder / "plan.toml")
    if not SLUG.fullmatch(folder.resolve().name):
        message = _("The folder's name must be small letters, digits and hyphens: it is the plan's name in addresses.")
        document.fault((), message)
    top = Table(document, document.data, ())
    plan = _plan(top.table("plan", required=True))
    plan["groups"] = [_group(table) for table in top.tables("groups")]
    plan["themes"] = [_theme(table) for table in top.tables("themes")]
    plan["names"] = [package_names.name(table) for table in top.tables("names")]
    chapters = [_chapter(table, order, folder) for order, table in enumerate(top.tables("chapters"), start=1)]
    layers = [_layer(table, order, folder, plan["bounds"]) for order, table in enumerate(top.tables("layers"), start=1)]
    indicators = [_indicator(table, order) for order, table in enumerate(top.tables("indicators"), start=1)]
    top.close()
    package = Package(folder.resolve().name, plan, chapters, layers, indicators, _files(folder))
    package_rules.check(package, document)
    package_names.check(package, document)
    if document.faults:
        raise PackageError(document.faults)
    return package


def _plan(table: Table) -> dict:
    values = {
        **table.both("name", 200, 300),
        **table.both("short_name", 60, 120),
        **table.both("place_name", 60, 120),
        **table.both("note", 500, 800),
        "review_number": table.text("review_number", 60, required=False),
        **table.both("review_exemption", 300, 400, required=not table.data.get("review_number")),
        **{field: table.year(field) for field in ("base_year", "near_year", "target_year")},
        "number_prefix": table.text("number_prefix", 8),
    }
    years = [values[field] for field in ("base_year", "near_year", "target_year")]
    if None not in years and years != sorted(set(years)):
        table.fault("near_year", _("The years must follow each other: base, near, target."))
    if values["number_prefix"] and not re.fullmatch(r"[A-Z]{1,8}", values["number_prefix"]):
        table.fault("number_prefix", _("Capital letters A to Z are wanted here."))
    values["bounds"] = _bounds(table)
    table.close()
    return values


def _bounds(table: Table) -> list[float]:
    """Return [west, south, east, north]; the whole globe after a fault."""
    table.taken.add("bounds")
    found = table.data.get("bounds")
    numbers = [float(n) for n in found if isinstance(n, int | Decimal)] if isinstance(found, list) else []
    if len(numbers) == 4 and -180 <= numbers[0] < numbers[2] <= 180 and -90 <= numbers[1] < numbers[3] <= 90:
        return numbers
    table.fault("bounds", _("West, south, east, north in degrees are wanted here."))
    return [-180.0, -90.0, 180.0, 90.0]


def _group(table: Table) -> dict:
    group = {"key": table.slug("key", 40), **table.both("name", 60, 120)}
    group["chapter"] = table.text("chapter", 10, required=False)
    table.close()
    return group


def _theme(table: Table) -> dict:
    theme = {"key": table.slug("key", 40), **table.both("name", 60, 120), "layers": table.texts("layers")}
    table.close()
    return theme


def _chapter(table: Table, order: int, folder: Path) -> ChapterRow:
    number, slug = table.text("number", 10), table.slug("slug", 60)
    if number and not re.fullmatch(r"[0-9A-Za-z]+(\.[0-9A-Za-z]+)*", number):
        table.fault("number", _("A chapter number such as “4” or “4.2” is wanted here."))
        number = ""
    row = ChapterRow(
        number=number,
        slug=slug,
        order=order,
        **table.both("title", 100, 200),
        **{f"text_{language}": _text(table, folder, number, slug, language) for language in LANGUAGES},
        **table.both("heading_note", 200, 300, required=False),
        theme=table.text("theme", 40, required=False),
        layers=table.texts("layers"),
        focus=[package_names.focus(part) for part in table.tables("focus")],
    )
    table.close()
    return row


def _text(table: Table, folder: Path, number: str, slug: str, language: str) -> str:
    """Return the text of a chapter's file; a missing, empty or unreadable one is a fault of the chapter."""
    if not (number and slug):
        return ""
    name = f"{number}-{slug}.{language}.md"
    try:
        text = (folder / "chapters" / name).read_text(encoding="utf-8").strip()
    except OSError:
        table.fault("slug", _("chapters/%(name)s is missing.") % {"name": name})
        return ""
    except UnicodeDecodeError:
        table.fault("slug", _("chapters/%(name)s is not UTF-8 text.") % {"name": name})
        return ""
    if not text:
        table.fault("slug", _("chapters/%(name)s is empty.") % {"name": name})
    if has_control_characters(text):
        table.fault("slug", _("chapters/%(name)s holds control characters.") % {"name": name})
    return text


def _layer(table: Table, order: int, folder: Path, bounds: list[float]) -> LayerRow:
    key, is_base = table.slug("key", 60), table.boolean("base")
    answer = table.text("answer", required=False, choices=Layer.Answer.values) or Layer.Answer.NONE
    values = {
        "group": table.text("group", 40),
        **table.both("name", 60, 120),
        "status": table.text("status", choices=Layer.Status.values),
        "shown_at_first": table.boolean("shown_at_first"),
        "chapter_number": table.text("chapter", 10, required=False),
        "kinds": {
            name: _kind(kind, answer) for name, kind in table.table("kinds", required=True).named_tables().items()
        },
        **table.both("source", 1000, 2000),
        **table.both("clearance", 1000, 2000),
    }
    table.close()
    features = (
        LayerFile(table.document, folder, key, set(values["kinds"]), _area(bounds, is_base)).read() if key else []
    )
    return LayerRow(key=key, order=order, is_base=is_base, answer=answer, features=features, **values)


def _area(bounds: list[float], is_base: bool) -> Polygon:
    """Return where a layer's features must lie: the plan's bounds; for the base map half as far again on each side."""
    west, south, east, north = bounds
    across, along = ((east - west) / 2, (north - south) / 2) if is_base else (0, 0)
    return Polygon.from_bbox((west - across, south - along, east + across, north + along))


def _kind(table: Table, answer: str) -> dict:
    """Return a kind with its style; `by` holds the variants that hang on the value of an attribute."""
    kind = {
        **table.both("name", 60, 120),
        **table.both("rule", 1000, 2000, required=False),
        **table.both("outside", 300, 600, required=False),
        "answer": table.text("answer", required=False, choices=Layer.Answer.values) or answer,
        "measure": table.text("measure", 60, required=False),
        "style": read_style(table.table("style", required=True)),
    }
    if not SLUG.fullmatch(str(table.path[-1])) or len(str(table.path[-1])) > 40:
        table.document.fault(table.path, _("A kind's name is small letters, digits and hyphens, 40 at most."))
    by = table.table("by").named_tables()
    if len(by) > 1:
        table.fault("by", _("A kind can vary by one attribute only."))
    kind["by"] = {
        attribute: {value: _variant(variant, kind) for value, variant in variants.named_tables().items()}
        for attribute, variants in by.items()
    }
    table.close()
    return kind


def _variant(table: Table, kind: dict) -> dict:
    """Return a variant of a kind, complete: what it doesn't say itself it takes from the kind."""
    own = {**table.both("name", 60, 120, required=False), **table.both("rule", 1000, 2000, required=False)}
    variant = {field: text or kind[field] for field, text in own.items()}
    variant["style"] = kind["style"] | read_style(table.table("style"))
    table.close()
    return variant


def _indicator(table: Table, order: int) -> IndicatorRow:
    value = table.decimal("value")
    if value is not None and not (0 < value < 10**11 and value == round(value, 2)):
        table.fault("value", _("A number above 0 with at most two decimals is wanted here."))
        value = None
    row = IndicatorRow(
        key=table.slug("key", 80),
        order=order,
        measure=table.slug("measure", 60),
        **table.both("name", 100, 200),
        subdistrict=table.text("subdistrict", 80, required=False),
        value=value or Decimal(1),
        unit=table.text("unit", choices=Indicator.Unit.values),
        **table.both("stated", 60, 80),
        nature=table.text("nature", choices=Indicator.Nature.values),
        bound=table.text("bound", choices=Indicator.Bound.values),
        year=table.year("year", required=False),
        chapter_number=table.text("chapter", 10),
        layer_key=table.text("layer", 60, required=False),
        kind=table.text("kind", 40, required=False),
    )
    table.close()
    return row


def _files(folder: Path) -> dict[str, bytes]:
    """Return every file of the package but hidden ones, by its path with forward slashes."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
