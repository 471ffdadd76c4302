"""Which words of a plan's text name what is on its map: features, kinds, layers, maps, figures, the package's own.

Where two things have the same name, the surer reading wins: the package's own, a figure, a full name, a kind, a name
without its bracket, a part of a name, a map or layer, a short form.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

from maps.models import Feature, Indicator, Layer, Plan

BRACKET = re.compile(r"\s*[（(][^（）()]*[）)]\s*$")
COLON = re.compile(r"\s*[：:]\s*")
# What people leave away, by the kind of feature; a subdistrict's short form comes before that of a village in it.
ENDINGS = {"subdistrict": ("街道", " subdistrict"), "village": ("村", " village"), "community": ("社区", " community")}
SHORTEST = 2


@dataclass(frozen=True)
class Target:
    """What a name stands for: features, whole kinds (`layer/kind`), and the layers beside the base map that show it."""

    features: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    label: str = ""

    def __or__(self, other: "Target") -> "Target":
        """Return what stands for both, under the first one's label."""
        pairs = ((self.features, other.features), (self.kinds, other.kinds), (self.layers, other.layers))
        return Target(*(tuple(dict.fromkeys((*mine, *theirs))) for mine, theirs in pairs), self.label or other.label)


Named = tuple[str, Target]


class MapNames:
    """All names on a plan's public map in one language, `zh` or `en`. Three queries."""

    def __init__(self, plan: Plan, language: str):
        self.plan, self.language = plan, language
        self.layers = {layer.pk: layer for layer in plan.layers.filter(status=Layer.Status.PUBLIC)}
        self.keys = {layer.key: layer for layer in self.layers.values()}
        rows = plan.features.filter(layer__in=self.layers).defer("geometry", "note_zh", "note_en")
        self.features = list(rows.order_by("layer__order", "order"))
        self.by_key = {feature.key: feature for feature in self.features}
        self.indicators = list(plan.indicators.all())

    def of_chapter(self, number: str) -> dict[str, Target]:
        """Return what each name stands for in the text of the chapter `number`."""
        readings = (
            self._own(number), self._own(""), self._figures(), self._full_names(), self._kinds(),
            self._without_brackets(), self._parts(), self._maps(), *self._short_forms(),
        )  # fmt: skip
        names: dict[str, Target] = {}
        for reading in readings:
            found: dict[str, list[Target]] = {}
            for name, target in reading:
                found.setdefault(name, []).append(target)
            for name, targets in found.items():
                if name not in names:
                    names[name] = reduce(Target.__or__, targets)
        return names

    def of_indicator(self, indicator: Indicator) -> Target | None:
        """Return the areas of a figure, or None where it isn't drawn."""
        layer = self.keys.get(indicator.layer_key)
        if layer is None:
            return None
        label = (
            f"{self._text(indicator, 'name')}{'：' if self.language == 'zh' else ': '}{self._text(indicator, 'stated')}"
        )
        shown = self._shown([layer])
        if not indicator.subdistrict:
            return Target((), (f"{layer.key}/{indicator.kind}",), shown, label)
        place = self.by_key.get(indicator.subdistrict)
        drawn = [
            feature.key
            for feature in self.features
            if feature.layer_id == layer.pk and feature.kind == indicator.kind
            and place is not None and feature.subdistrict == place.name_zh
        ]  # fmt: skip
        return Target(tuple(drawn), (), shown, label) if drawn else None

    def _text(self, thing: object, name: str) -> str:
        """Return a bilingual text of a row or a table in our language."""
        field = f"{name}_{self.language}"
        return thing.get(field, "") if isinstance(thing, dict) else getattr(thing, field)

    def _shown(self, layers: Iterable[Layer]) -> tuple[str, ...]:
        return tuple(layer.key for layer in layers if not layer.is_base)

    def target(self, feature: Feature) -> Target:
        """Return a feature as what a name stands for."""
        return Target((feature.key,), (), self._shown([self.layers[feature.layer_id]]), self._text(feature, "name"))

    def _own(self, chapter: str) -> Iterator[Named]:
        """The package's [[names]]: those for this chapter, or with "" those for all."""
        for entry in self.plan.names:
            if chapter not in (entry["chapters"] or [""]):
                continue
            features = [self.by_key[key] for key in entry["features"] if key in self.by_key]
            kinds = [pair for pair in entry["kinds"] if pair.partition("/")[0] in self.keys]
            layers = [self.layers[feature.layer_id] for feature in features]
            layers += [self.keys[key] for key in (pair.partition("/")[0] for pair in kinds)]
            layers += [self.keys[key] for key in entry["layers"] if key in self.keys]
            for name in entry[f"names_{self.language}"]:
                target = Target(tuple(feature.key for feature in features), tuple(kinds), self._shown(layers), name)
                if layers:
                    yield name, target | Target()

    def _figures(self) -> Iterator[Named]:
        """Figures as printed, without the words before them; with and without what stands in brackets."""
        for indicator in self.indicators:
            target = self.of_indicator(indicator)
            printed = re.search(r"\d.*", self._text(indicator, "stated"))
            if target and printed:
                yield from ((text, target) for text in {printed[0], BRACKET.sub("", printed[0])})

    def _full_names(self) -> Iterator[Named]:
        return ((self._text(feature, "name"), self.target(feature)) for feature in self.features)

    def _without_brackets(self) -> Iterator[Named]:
        return ((BRACKET.sub("", name), target) for name, target in self._full_names())

    def _parts(self) -> Iterator[Named]:
        """What stands before and behind a colon: 一屏 and 北部太行山生态屏障."""
        for name, target in self._without_brackets():
            parts = COLON.split(name)
            if len(parts) > 1:
                yield from ((part, target) for part in parts)

    def _is_name(self, name: str) -> bool:
        """Say whether a kind's or layer's name can be told from a common word: no single English word can."""
        return len(name) >= SHORTEST and (self.language == "zh" or " " in name)

    def _kinds(self) -> Iterator[Named]:
        """Kinds of the plan's own layers; those of the base map, such as roads, are common words."""
        for layer in self.keys.values():
            for key, kind in layer.kinds.items() if not layer.is_base else ():
                full = self._text(kind, "name")
                for name in {full, BRACKET.sub("", full)}:
                    if self._is_name(name):
                        yield name, Target((), (f"{layer.key}/{key}",), (layer.key,), full)

    def _maps(self) -> Iterator[Named]:
        """The plan's published maps and its layers, base map aside."""
        maps = [(self._text(theme, "name"), [self.keys[key] for key in theme["layers"] if key in self.keys])
                for theme in self.plan.themes]  # fmt: skip
        maps += [(self._text(layer, "name"), [layer]) for layer in self.keys.values() if not layer.is_base]
        for full, layers in maps:
            for name in {full, BRACKET.sub("", full)}:
                if layers and self._is_name(name):
                    yield name, Target((), (), self._shown(layers), full)

    def _short_forms(self) -> Iterator[list[Named]]:
        """Names without 街道, 村, 社区; each kind is a reading of its own."""
        for kind, endings in ENDINGS.items():
            found = []
            for feature in self.features:
                name = self._text(feature, "name")
                for ending in endings:
                    stem = name[: -len(ending)]
                    if feature.kind == kind and name.casefold().endswith(ending) and len(stem) >= SHORTEST:
                        found.append((stem, self.target(feature)))
            yield found
