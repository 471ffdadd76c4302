"""A plan package in memory: plain rows in the words of `maps.models`, and the files that they came from."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.gis.geos import GEOSGeometry

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class ChapterRow:
    """A chapter as the package has it, in the words of `maps.models.Chapter`."""

    number: str
    slug: str
    order: int
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    heading_note_zh: str
    heading_note_en: str
    theme: str
    layers: list[str]
    focus: list[dict]


@dataclass(frozen=True)
class FeatureRow:
    """A feature as the package has it, in the words of `maps.models.Feature`."""

    key: str
    order: int
    kind: str
    name_zh: str
    name_en: str
    note_zh: str
    note_en: str
    subdistrict: str
    basis: str
    error_m: int
    stated_ha: Decimal | None
    attributes: dict
    geometry: GEOSGeometry


@dataclass(frozen=True)
class LayerRow:
    """A layer as the package has it, in the words of `maps.models.Layer`, with its features."""

    key: str
    order: int
    group: str
    name_zh: str
    name_en: str
    status: str
    is_base: bool
    shown_at_first: bool
    answer: str
    chapter_number: str
    kinds: dict
    source_zh: str
    source_en: str
    clearance_zh: str
    clearance_en: str
    features: list[FeatureRow]


@dataclass(frozen=True)
class IndicatorRow:
    """A figure as the package has it, in the words of `maps.models.Indicator`."""

    key: str
    order: int
    measure: str
    name_zh: str
    name_en: str
    subdistrict: str
    value: Decimal
    unit: str
    stated_zh: str
    stated_en: str
    nature: str
    bound: str
    year: int | None
    chapter_number: str
    layer_key: str
    kind: str


@dataclass(frozen=True)
class Package:
    """A whole package without a fault. `plan` holds the fields of `maps.models.Plan`; `files` the bytes, by path."""

    slug: str
    plan: dict
    chapters: list[ChapterRow]
    layers: list[LayerRow]
    indicators: list[IndicatorRow]
    files: dict[str, bytes]

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each file, by its path in the package."""
        return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(self.files.items())}

    @property
    def digest(self) -> str:
        """SHA-256 over all paths and contents: the same digest is the same package."""
        lines = "".join(f"{digest}  {name}\n" for name, digest in self.digests.items())
        return hashlib.sha256(lines.encode()).hexdigest()
