"""What a package says about its own words: other names for what is on the map, and what to show beside a paragraph."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from maps import markdown
from maps.package_rows import LANGUAGES, Package
from maps.package_toml import Document, KeyPath, Table

TARGETS = ("features", "kinds", "layers")


def name(table: Table) -> dict[str, list[str]]:
    """Read one of [[names]]."""
    fields = (*(f"names_{language}" for language in LANGUAGES), *TARGETS, "chapters")
    entry = {field: table.texts(field) for field in fields}
    table.close()
    words = [word for language in LANGUAGES for word in entry[f"names_{language}"]]
    if not words or not all(word.strip() for word in words):
        table.fault("names_zh", _("At least one of these is needed."))
    if not any(entry[field] for field in TARGETS):
        table.fault("features", _("At least one of these is needed."))
    return entry


def focus(table: Table) -> dict[str, object]:
    """Read one of [[chapters.focus]]."""
    entry = {**table.both("begins", 100, 200), "features": table.texts("features"), "layers": table.texts("layers")}
    table.close()
    return entry


def check(package: Package, document: Document) -> None:
    """Note every fault of the names and of the paragraphs' focus: unknown keys, words that begin no paragraph."""
    known = {
        "features": {feature.key for layer in package.layers for feature in layer.features},
        "kinds": {f"{layer.key}/{kind}" for layer in package.layers for kind in layer.kinds},
        "layers": {layer.key for layer in package.layers},
        "chapters": {chapter.number for chapter in package.chapters},
    }
    own = {layer.key for layer in package.layers if not layer.is_base}
    for position, entry in enumerate(package.plan["names"]):
        for field, among in known.items():
            _check_known(document, ("names", position, field), entry[field], among)
    for chapter_position, chapter in enumerate(package.chapters):
        starts = {language: blocks(getattr(chapter, f"text_{language}")) for language in LANGUAGES}
        for position, entry in enumerate(chapter.focus):
            path = ("chapters", chapter_position, "focus", position)
            _check_known(document, (*path, "features"), entry["features"], known["features"])
            _check_known(document, (*path, "layers"), entry["layers"], own)
            for language in LANGUAGES:
                begins = entry[f"begins_{language}"]
                if begins and sum(block.startswith(begins) for block in starts[language]) != 1:
                    message = _("Exactly one paragraph of the chapter must begin with “%(words)s”.")
                    document.fault((*path, f"begins_{language}"), message % {"words": begins})


def blocks(text: str) -> list[str]:
    """Return a chapter's paragraphs, headings and list items, without their marks."""
    return [token.content for token in markdown.parsed(text) if token.type == "inline"]


def _check_known(document: Document, path: KeyPath, values: Iterable[str], among: Collection[str]) -> None:
    for value in values:
        if value not in among:
            document.fault(path, _("“%(value)s” doesn't exist in this package.") % {"value": value})
