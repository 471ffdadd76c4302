"""Reading a layer's GeoJSON file from a package: one file per layer, features as rows, every fault with its line."""

import json
import math
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

from django.contrib.gis.geos import GEOSGeometry, Polygon
from django.utils.translation import gettext as _

from maps import geometry
from maps.package_rows import FeatureRow
from maps.package_toml import Document, Fault, has_control_characters

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_VERTICES = 20_000
BASES = ("plan-text", "derived", "estimated")
SCALARS = (str, int, float, bool)
# What has a column of its own, and `area_ha`, which PostGIS measures again.
COLUMNS = frozenset(
    [
        "name",
        "name_en",
        "layer",
        "kind",
        "note_zh",
        "note_en",
        "subdistrict",
        "basis",
        "error_m",
        "stated_ha",
        "area_ha",
    ]
)


class LayerFile:
    """One geo/<layer>.geojson while it is being read; faults go to the document's list."""

    def __init__(self, document: Document, folder: Path, layer: str, kinds: set[str], area: Polygon):
        self.document, self.layer, self.kinds, self.area = document, layer, kinds, area
        self.path = folder / "geo" / f"{layer}.geojson"
        self.name = f"geo/{layer}.geojson"
        self.text = ""

    def fault(self, message: str, *, field: str = "", line: int | None = None) -> None:
        """Note a fault in this file."""
        self.document.faults.append(Fault(self.name, line, field, message))

    def read(self) -> list[FeatureRow]:
        """Return the features without fault, in the file's order."""
        collection = self._collection()
        if collection is None:
            return []
        try:
            geometry.check_crs(collection)
        except geometry.GeometryError as error:
            self.fault(str(error.message), field="crs", line=self._line_of('"crs"'))
        rows = [self._feature(index, item) for index, item in enumerate(collection["features"], start=1)]
        kept = [row for row in rows if row is not None]
        for key, count in Counter(row.key for row in kept).items():
            if count > 1:
                self.fault(_("The id “%(id)s” occurs twice.") % {"id": key}, field="id", line=self._line_of_id(key, 2))
        return kept

    def _collection(self) -> dict | None:
        try:
            if self.path.stat().st_size > MAX_FILE_BYTES:
                self.fault(_("The file is larger than %(limit)s MB.") % {"limit": MAX_FILE_BYTES // 1024**2})
                return None
            self.text = self.path.read_text(encoding="utf-8")
            collection = json.loads(self.text, parse_float=Decimal, parse_constant=_refuse_constant)
        except OSError:
            self.fault(_("The file is missing or can't be read."))
        except UnicodeDecodeError:
            self.fault(_("The file is not UTF-8 text."))
        except json.JSONDecodeError as error:
            self.fault(_("This is not JSON: %(reason)s.") % {"reason": error.msg}, line=error.lineno)
        except _NotFinite as error:
            line = self._line_of(str(error))
            self.fault(_("%(name)s is not a number in GeoJSON.") % {"name": error}, line=line)
        except (ValueError, RecursionError):  # a whole number of too many digits, brackets without end
            self.fault(_("This is not GeoJSON."))
        else:
            is_collection = isinstance(collection, dict) and collection.get("type") == "FeatureCollection"
            if is_collection and isinstance(collection.get("features"), list) and collection["features"]:
                return collection
            self.fault(_("A FeatureCollection with features is wanted here."), line=1)
        return None

    def _line_of(self, needle: str, occurrence: int = 1) -> int | None:
        """Return the line on which `needle` occurs for the given time."""
        found = list(re.finditer(re.escape(needle), self.text))
        return self.text.count("\n", 0, found[occurrence - 1].start()) + 1 if len(found) >= occurrence else None

    def _line_of_id(self, key: str, occurrence: int = 1) -> int | None:
        found = list(re.finditer(r'"id"\s*:\s*' + re.escape(json.dumps(key, ensure_ascii=False)), self.text))
        return self.text.count("\n", 0, found[occurrence - 1].start()) + 1 if len(found) >= occurrence else None

    def _feature(self, index: int, item: object) -> FeatureRow | None:
        """Return one feature, or None after its faults are noted."""
        properties = item.get("properties") if isinstance(item, dict) else None
        if not isinstance(item, dict) or item.get("type") != "Feature" or not isinstance(properties, dict):
            self.fault(_("Feature no. %(number)s is not a GeoJSON feature.") % {"number": index})
            return None
        key = item.get("id")
        if not isinstance(key, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) or len(key) > 80:
            sentence = _("Feature no. %(number)s needs an id of small letters, digits and hyphens.")
            self.fault(sentence % {"number": index}, field="id", line=self._line_of_id(str(key)))
            return None
        before = len(self.document.faults)
        reader = _Properties(self, key, self._line_of_id(key), properties)
        shape = self._geometry(key, item.get("geometry"))
        row = reader.row(index, self.kinds, shape)
        return row if len(self.document.faults) == before else None

    def _geometry(self, key: str, member: object) -> GEOSGeometry | None:
        try:
            return geometry.check(
                member if isinstance(member, dict) else {},
                allowed=geometry.DEPTHS,
                area=self.area,
                max_vertices=MAX_VERTICES,
            )
        except geometry.GeometryError as error:
            self.fault(str(error.message), field=f"{key}.geometry", line=self._line_of_id(key))
            return None


class _Properties:
    """The properties of one feature while they are being read."""

    def __init__(self, file: LayerFile, key: str, line: int | None, values: dict):
        self.file, self.key, self.line, self.values = file, key, line, values

    def fault(self, field: str, message: str) -> None:
        self.file.fault(message, field=f"{self.key}.{field}", line=self.line)

    def text(self, field: str, limit: int, *, required: bool = False) -> str:
        """Take a text of at most `limit` characters; "" where it is missing."""
        value = self.values.get(field)
        if value is None or value == "":
            if required:
                self.fault(field, _("This field is missing."))
            return ""
        if not isinstance(value, str) or len(value) > limit or has_control_characters(value):
            self.fault(field, _("A text of at most %(limit)s characters is wanted here.") % {"limit": limit})
            return ""
        return value

    def row(self, order: int, kinds: set[str], shape: GEOSGeometry | None) -> FeatureRow:
        """Return the feature; whatever is wrong with it is noted."""
        stated = self.values.get("stated_ha")
        if stated is not None and (isinstance(stated, bool) or not isinstance(stated, int | Decimal) or stated <= 0):
            self.fault("stated_ha", _("A number above 0 is wanted here."))
            stated = None
        error_m = self.values.get("error_m")
        if isinstance(error_m, bool) or not isinstance(error_m, int) or not 0 <= error_m <= 100_000:
            self.fault("error_m", _("A whole number of metres is wanted here."))
            error_m = 0
        self._one_of("kind", kinds)
        self._one_of("basis", set(BASES))
        self._one_of("layer", {self.file.layer})
        note_zh, note_en = self.text("note_zh", 1000), self.text("note_en", 1000)
        if bool(note_zh) != bool(note_en):
            self.fault("note_en" if note_zh else "note_zh", _("The translation is missing."))
        return FeatureRow(
            key=self.key,
            order=order,
            kind=str(self.values.get("kind")),
            name_zh=self.text("name", 100, required=True),
            name_en=self.text("name_en", 200, required=True),
            note_zh=note_zh,
            note_en=note_en,
            subdistrict=self.text("subdistrict", 60),
            basis=str(self.values.get("basis")),
            error_m=error_m,
            stated_ha=None if stated is None else Decimal(stated),
            attributes=self._attributes(),
            geometry=shape,
        )

    def _one_of(self, field: str, known: set[str]) -> None:
        value = self.values.get(field)
        if not isinstance(value, str) or value not in known:
            values = {"value": value, "known": ", ".join(sorted(known))}
            self.fault(field, _("“%(value)s” is unknown. Known are: %(known)s.") % values)

    def _attributes(self) -> dict:
        """Return the properties that have no column, numbers as plain numbers."""
        attributes = {}
        for field, value in self.values.items():
            if field in COLUMNS or value is None:
                continue
            plain = float(value) if isinstance(value, Decimal) else value
            if not isinstance(plain, SCALARS) or (isinstance(plain, float) and not math.isfinite(plain)):
                self.fault(field, _("A text, a number or true or false is wanted here."))
            elif isinstance(plain, str) and has_control_characters(plain):
                self.fault(field, _("The text holds control characters."))
            else:
                attributes[field] = plain
        return attributes


class _NotFinite(ValueError):
    """JSON text holds NaN or Infinity."""


def _refuse_constant(name: str) -> float:
    raise _NotFinite(name)
