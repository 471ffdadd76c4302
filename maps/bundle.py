"""What the browser gets of a plan's map: bytes made once per version, addressed by their digest, precompressed."""

import gzip
import hashlib
import json
from collections.abc import Iterable

import brotli
from django.contrib.gis.db.models.functions import AsGeoJSON

from maps.models import Feature, Layer, MapFile, Plan

BUNDLE_TYPE = "application/json"
GEOJSON_TYPE = "application/geo+json"
DECIMALS = 5


def rebuild(plan: Plan) -> None:
    """Make the map bundle and the layers' files of `plan` as it now stands, and drop those of two versions ago.

    Sets `plan.map_digest` and the layers' digests. Call it in the transaction that changed the plan, its layers or its
    features. Files of the version before stay: a page opened then may still ask for them. Two queries to read, and a
    handful to write, whatever the number of features.
    """
    layers = list(plan.layers.all())
    features = _features_by_layer(plan)
    held = {file.digest: file for file in plan.map_files.defer("gzip", "brotli")}
    files = []
    for layer in layers:
        body = layer_geojson(plan, layer, features.get(layer.pk, []))
        layer.digest = hashlib.sha256(body).hexdigest()
        files.append((layer.digest, layer.status == Layer.Status.PUBLIC, GEOJSON_TYPE, body))
    Layer.objects.bulk_update(layers, ["digest"])
    body = map_bundle(plan, [layer for layer in layers if layer.status == Layer.Status.PUBLIC], features)
    plan.map_digest = hashlib.sha256(body).hexdigest()
    plan.save(update_fields=["map_digest"])
    files.append((plan.map_digest, True, BUNDLE_TYPE, body))
    _keep(plan, files, held)


def _keep(plan: Plan, files: list[tuple[str, bool, str, bytes]], held: dict[str, MapFile]) -> None:
    """Store what is new, mark what is still in use, delete what neither this version nor the last one uses."""
    for is_public in (True, False):
        digests = [digest for digest, public, _type, _body in files if public == is_public and digest in held]
        plan.map_files.filter(digest__in=digests).update(last_version=plan.version, is_public=is_public)
    MapFile.objects.bulk_create(
        MapFile(
            plan=plan,
            digest=digest,
            is_public=is_public,
            content_type=content_type,
            last_version=plan.version,
            **compress(body),
        )
        for digest, is_public, content_type, body in files
        if digest not in held
    )
    plan.map_files.filter(last_version__lt=plan.version - 1).delete()


def compress(body: bytes) -> dict[str, bytes]:
    """Return `body` in both encodings, as small as they get; the gzip has no time in it, so equal in, equal out."""
    return {"gzip": gzip.compress(body, 9, mtime=0), "brotli": brotli.compress(body, quality=11)}


def _features_by_layer(plan: Plan) -> dict[int, list[Feature]]:
    """Return the plan's features with `geojson`, by the layer's primary key. One query."""
    by_layer: dict[int, list[Feature]] = {}
    rows = plan.features.annotate(geojson=AsGeoJSON("geometry", precision=DECIMALS)).defer("geometry")
    for feature in rows.order_by("layer__order", "order"):
        by_layer.setdefault(feature.layer_id, []).append(feature)
    return by_layer


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _both(thing: object, name: str) -> dict[str, str]:
    """Return a bilingual text of a row or a table as {"zh", "en"}; "" where a table lacks it."""
    if isinstance(thing, dict):
        return {language: thing.get(f"{name}_{language}", "") for language in ("zh", "en")}
    return {language: getattr(thing, f"{name}_{language}") for language in ("zh", "en")}


def map_bundle(plan: Plan, layers: Iterable[Layer], features: dict[int, list[Feature]]) -> bytes:
    """Return the map bundle: the plan, its groups and themes, and `layers` in drawing order with their features."""
    layers = list(layers)
    keys = {layer.key for layer in layers}
    review = _both(plan, "review_exemption")
    return _encode(
        {
            "plan": {
                "slug": plan.slug,
                "version": plan.version,
                **{name: _both(plan, name) for name in ("name", "short_name", "place_name", "note")},
                "review": {"zh": plan.review_number, "en": plan.review_number} if plan.review_number else review,
                "bounds": plan.bounds,
            },
            "groups": [
                {"key": group["key"], "name": _both(group, "name"), "chapter": group["chapter"]}
                for group in plan.groups
            ],
            "themes": [
                {
                    "key": theme["key"],
                    "name": _both(theme, "name"),
                    "layers": [key for key in theme["layers"] if key in keys],
                }
                for theme in plan.themes
            ],
            "layers": [_layer(layer, features.get(layer.pk, [])) for layer in layers],
        }
    )


def _layer(layer: Layer, features: list[Feature]) -> dict:
    return {
        "key": layer.key,
        "group": layer.group,
        "name": _both(layer, "name"),
        "base": layer.is_base,
        "shown_at_first": layer.shown_at_first,
        "answer": layer.answer,
        "chapter": layer.chapter_number,
        "kinds": {name: _kind(kind) for name, kind in layer.kinds.items()},
        "features": [_feature(feature) for feature in features],
    }


def _kind(kind: dict) -> dict:
    """Return a kind as the browser reads it; variants by an attribute's value only where there are some."""
    entry = {
        "name": _both(kind, "name"),
        "rule": _both(kind, "rule"),
        "outside": _both(kind, "outside"),
        "answer": kind.get("answer", Layer.Answer.NONE),
        "style": kind["style"],
    }
    if kind.get("by"):
        entry["by"] = {
            attribute: {
                value: {"name": _both(variant, "name"), "rule": _both(variant, "rule"), "style": variant["style"]}
                for value, variant in variants.items()
            }
            for attribute, variants in kind["by"].items()
        }
    return entry


def _feature(feature: Feature) -> dict:
    return {
        "type": "Feature",
        "id": feature.key,
        "geometry": json.loads(feature.geojson),
        "properties": {
            "kind": feature.kind,
            "name": _both(feature, "name"),
            "note": _both(feature, "note"),
            "subdistrict": feature.subdistrict,
            "stated_ha": None if feature.stated_ha is None else float(feature.stated_ha),
            "error_m": feature.error_m,
            "basis": feature.basis,
            "attributes": feature.attributes,
        },
    }


def layer_geojson(plan: Plan, layer: Layer, features: list[Feature]) -> bytes:
    """Return one layer as plain GeoJSON with flat properties, for GIS programs; the note travels with it."""
    return _encode(
        {
            "type": "FeatureCollection",
            "name": layer.key,
            "plan": plan.slug,
            "note": f"{plan.note_zh} / {plan.note_en}",
            "source": f"{layer.source_zh} / {layer.source_en}",
            "features": [_flat_feature(layer, feature) for feature in features],
        }
    )


def _flat_feature(layer: Layer, feature: Feature) -> dict:
    properties = {
        "name": feature.name_zh,
        "name_en": feature.name_en,
        "layer": layer.key,
        "kind": feature.kind,
        "subdistrict": feature.subdistrict,
        "stated_ha": None if feature.stated_ha is None else float(feature.stated_ha),
        "basis": feature.basis,
        "error_m": feature.error_m,
        "note_zh": feature.note_zh,
        "note_en": feature.note_en,
    }
    return {
        "type": "Feature",
        "id": feature.key,
        "geometry": json.loads(feature.geojson),
        "properties": feature.attributes | properties,
    }
