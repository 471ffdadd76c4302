"""What can be found in a plan: villages, communities, roads, waters, places, the plan's features, chapters, terms."""

import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path

from maps.models import Chapter, Feature, Layer, Plan, SearchEntry, SearchKey
from maps.search_text import keys

GLOSSARY = Path(__file__).parent / "glossary.toml"
Type = SearchEntry.Type
# What a base map shows, by the kind of feature; other features of a base layer are places, the rest is the plan's.
BASE_TYPES = {"community": Type.COMMUNITY, "road": Type.ROAD, "river": Type.WATER, "canal": Type.WATER}
NUMERALS = "〇一二三四五六七八九十"
Found = tuple[SearchEntry, dict[str, int]]


def rebuild(plan: Plan) -> None:
    """Make the search index of `plan` anew from its public layers and its chapters. Five queries.

    Call it in the transaction that changed the plan, its layers or its features, as `maps.bundle.rebuild`.
    """
    found = [*_features(plan), *_chapters(plan), *_terms(plan)]
    plan.search_entries.all().delete()
    for order, (entry, _keys) in enumerate(found):
        entry.plan, entry.order = plan, order
    SearchEntry.objects.bulk_create([entry for entry, _keys in found], batch_size=2000)
    rows = (
        SearchKey(plan=plan, entry=entry, key=key, rank=rank) for entry, words in found for key, rank in words.items()
    )
    SearchKey.objects.bulk_create(rows, batch_size=5000)


@functools.cache
def glossary() -> list[dict]:
    """Return the planning terms: {"zh", "en", "also"}."""
    return tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))["terms"]


def _features(plan: Plan) -> Iterator[Found]:
    """Every feature of a public layer that is shown under its name, and the subdistricts."""
    features = list(
        plan.features.filter(layer__status=Layer.Status.PUBLIC)
        .select_related("layer").defer("geometry", "note_zh", "note_en").order_by("-layer__order", "order")
    )  # fmt: skip
    english = {row.name_zh: row.name_en for row in features if row.kind == "subdistrict"}
    for feature in features:
        kind = feature.layer.kinds[feature.kind]
        if feature.layer.is_base and kind["style"].get("label") == "none" and feature.kind != "subdistrict":
            continue
        yield _feature(feature, kind, english), keys(feature.name_zh, feature.name_en)


def _feature(feature: Feature, kind: dict, english: dict[str, str]) -> SearchEntry:
    parts = feature.subdistrict.split("、") if feature.subdistrict else []
    own = feature.layer.is_base
    kind_type = Type.VILLAGE if feature.kind == "village" else BASE_TYPES.get(feature.kind, Type.PLACE) if own else None
    return SearchEntry(
        type=kind_type or Type.FEATURE,
        name_zh=feature.name_zh,
        name_en=feature.name_en,
        kind_zh=kind["name_zh"],
        kind_en=kind["name_en"],
        hint_zh=feature.subdistrict if feature.name_zh not in parts else "",
        hint_en=", ".join(english.get(part, part) for part in parts) if feature.name_zh not in parts else "",
        layer=feature.layer.key,
        feature=feature.key,
    )


def _chapters(plan: Plan) -> Iterator[Found]:
    for chapter in plan.chapters.all():
        number = chapter.number
        numbers = (f"第{number}章", f"chapter {number}", number)
        if number.isdecimal() and 0 < int(number) <= 10:
            numbers = (*numbers, f"第{NUMERALS[int(number)]}章")
        yield (
            _chaptered(Type.CHAPTER, chapter.title_zh, chapter.title_en, chapter),
            keys(chapter.title_zh, chapter.title_en, numbers),
        )


def _terms(plan: Plan) -> Iterator[Found]:
    """The glossary's terms, each with the first chapter whose Chinese text uses it."""
    chapters = list(plan.chapters.all())
    for term in glossary():
        chapter = next((chapter for chapter in chapters if term["zh"] in chapter.text_zh), None)
        if chapter is not None:
            yield (
                _chaptered(Type.TERM, term["zh"], term["en"], chapter),
                keys(term["zh"], term["en"], tuple(term.get("also", ()))),
            )


def _chaptered(type_: str, zh: str, en: str, chapter: Chapter) -> SearchEntry:
    hints = {"hint_zh": f"第{chapter.number}章", "hint_en": f"Chapter {chapter.number}"}
    if type_ == Type.TERM:
        hints = {language: f"{hint} {getattr(chapter, f'title_{language[-2:]}')}" for language, hint in hints.items()}
    return SearchEntry(type=type_, name_zh=zh, name_en=en, chapter=chapter.number, **hints)
