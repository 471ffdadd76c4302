"""A static map in a page: where its files are, how large they are, what they show, and the legend beside them."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext as _

from maps.drawing import legend
from maps.drawing.looks import forms
from maps.drawing.static_map import SMALL_WIDTH, WIDTH, description, layout_of, theme_of
from maps.models import Layer, Plan
from maps.querysets import Reader
from maps.statements import chosen
from portal.bilingual import in_chinese

SIZES = {"page": WIDTH, "phone": SMALL_WIDTH}


@dataclass
class Illustration:
    """What templates/maps/_static_map.html needs. `files` maps a size to {"url", "width", "height"}."""

    title: str
    alt: str
    files: dict[str, dict[str, object]]
    legend: list[legend.Row]
    layers: list[str]
    theme: str

    @property
    def own(self) -> list[legend.Row]:
        """The legend of the plan's layers, or of the base map where only that is shown."""
        return [row for row in self.legend if not row.is_base] or self.legend

    @property
    def base(self) -> list[legend.Row]:
        """The legend of the base map, where there is another one."""
        return [row for row in self.legend if row.is_base] if self.own is not self.legend else []


def of_theme(plan: Plan, key: str) -> Illustration | None:
    """Return the illustration for one of the plan's published maps in the active language; None if it has no such map.

    One query.
    """
    theme = theme_of(plan, key)
    if theme is None:
        return None
    return _illustration(plan, "theme", key, chosen(theme, "name"), tuple(theme["layers"]), theme=key)


def of_layer(plan: Plan, layer: Layer) -> Illustration | None:
    """Return the illustration for a public layer in the active language; None for a draft. One query."""
    if layer.status != Layer.Status.PUBLIC:
        return None
    return _illustration(plan, "layer", layer.key, layer.name, (layer.key,))


def legend_of(plan: Plan, layer: Layer, reader: Reader) -> list[legend.Row]:
    """Return the legend of one layer in the active language, as far as `reader` may see it. One query."""
    drawn = forms(plan, (layer.key,), "zh" if in_chinese() else "en", reader)
    return legend.rows([sheaf for sheaf in drawn if sheaf.key == layer.key])


def _illustration(
    plan: Plan, about: str, key: str, title: str, layers: tuple[str, ...], theme: str = ""
) -> Illustration:
    language = "zh" if in_chinese() else "en"
    files = {}
    for size, width in SIZES.items():
        across, down = layout_of(plan, title, width).size
        values = {"about": about, "key": key, "language": language, "size": size, "digest": drawing_digest(plan)}
        url = reverse("maps:static-map", kwargs={"slug": plan.slug, **values})
        files[size] = {"url": url, "width": round(across), "height": round(down)}
    drawn = forms(plan, layers, language)
    subjects = frozenset(layers)
    base_only = all(sheaf.is_base for sheaf in drawn if sheaf.key in subjects)
    rows = legend.rows([sheaf for sheaf in drawn if sheaf.key in subjects] if base_only else drawn)
    told = _("%(title)s. %(text)s") % {"title": title, "text": description(plan, drawn, subjects)}
    return Illustration(title, told, files, rows, list(layers), theme)


def drawing_digest(plan: Plan) -> str:
    """Return what a drawing's address hangs on: the map's content and the way it is drawn (SHA-256, hexadecimal)."""
    return hashlib.sha256(f"{plan.map_digest} {_manner()}".encode()).hexdigest()


@cache
def _manner() -> str:
    """Return a digest of this package: a new release that draws otherwise gets new addresses."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
