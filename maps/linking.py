"""Links from a chapter's words to the map: each name and figure that is drawn becomes a link that lights it up.

A link is a plain address of the map page (`/#layers=…&feature=…`), so that it works from anywhere; `data-features`,
`data-kinds` and `data-layers` tell the script of the story the same.
"""

import re
from functools import lru_cache
from urllib.parse import quote

from django.utils.html import format_html
from django.utils.safestring import SafeString
from markdown_it.token import Token

from maps import markdown
from maps.map_names import MapNames, Target
from maps.models import Chapter, Indicator, Plan
from portal.bilingual import in_chinese

DASHES = re.compile(r"[-‐‑–—]")


class Linker:
    """Links the names of one chapter's map; `root` is the address of the map page."""

    def __init__(self, names: dict[str, Target], language: str, root: str = "/"):
        self.root, self.is_english = root, language == "en"
        self.targets = {self._folded(name): target for name, target in names.items() if name}
        # Longest first, so that 上白作街道 isn't cut to 上白作.
        alternatives = "|".join(self._pattern(name) for name in sorted(filter(None, names), key=len, reverse=True))
        self.pattern = re.compile(alternatives or r"(?!)", re.IGNORECASE if self.is_english else 0)

    def _pattern(self, name: str) -> str:
        """Return the regular expression of a name: whole words and numbers only, any dash, any white space."""
        wanted = DASHES.sub("[-‐‑–—]", re.sub(r"(\\ )+", r"\\s+", re.sub(r"\\(?=[-‐‑–—])", "", re.escape(name))))
        if self.is_english:
            wanted = rf"{wanted}s?(?!\w)"
        elif name[-1].isdigit():
            wanted = rf"{wanted}(?![\d.])"
        before = r"(?<![\d.,])" if name[0].isdigit() else r"(?<!\w)" if self.is_english else ""
        return before + wanted

    def _folded(self, name: str) -> str:
        return " ".join(DASHES.sub("-", name).casefold().split()) if self.is_english else name

    def target(self, found: str) -> Target:
        """Return what a matched text stands for; an English plural means the same as its singular."""
        folded = self._folded(found)
        return self.targets[folded] if folded in self.targets else self.targets[folded.removesuffix("s")]

    def attributes(self, target: Target) -> dict[str, str]:
        """Return the attributes of a link to `target`."""
        parts = [f"layers={','.join(target.layers)}"] if target.layers else []
        if target.features and (len(target.features) == 1 or not target.layers):
            parts.append(f"feature={quote(target.features[0])}")
        data = {"features": target.features, "kinds": target.kinds, "layers": target.layers}
        return {
            "class": "on-map",
            "href": f"{self.root}#{'&'.join(parts)}",
            **{f"data-{name}": " ".join(values) for name, values in data.items() if values},
            "data-label": target.label,
        }

    def anchor(self, text: str, target: Target) -> SafeString:
        """Return `text` as a link to `target`."""
        written = [format_html(' {}="{}"', name, value) for name, value in self.attributes(target).items()]
        return format_html("<a{}>{}</a>", SafeString("".join(written)), text)

    def link(self, tokens: list[Token]) -> None:
        """Link every name in a chapter's tokens, in place; never inside another link or code."""
        for token in tokens:
            if token.type == "inline":
                token.children = self._linked(token.children or [])

    def _linked(self, children: list[Token]) -> list[Token]:
        made: list[Token] = []
        depth = 0
        for child in children:
            depth += {"link_open": 1, "link_close": -1}.get(child.type, 0)
            if child.type == "text" and not depth:
                made.extend(self._split(child.content))
            else:
                made.append(child)
        return made

    def _split(self, text: str) -> list[Token]:
        made, last = [], 0
        for match in self.pattern.finditer(text):
            attributes = self.attributes(self.target(match[0]))
            made.append(Token("text", "", 0, content=text[last : match.start()]))
            made.append(Token("link_open", "a", 1, attrs=attributes))
            made.append(Token("text", "", 0, content=match[0]))
            made.append(Token("link_close", "a", -1))
            last = match.end()
        return [*made, Token("text", "", 0, content=text[last:])]


def mark_steps(tokens: list[Token], focus: list[dict], language: str) -> None:
    """Mark each paragraph, heading and list item as a step of the story, with what the package wants shown there.

    Where it wants nothing, the script shows what the step's links name.
    """
    for position, token in enumerate(tokens):
        if token.type != "inline" or tokens[position - 1].type not in ("paragraph_open", "heading_open"):
            continue
        # In a tight list the paragraph has no tag of its own.
        block = tokens[position - 1 - tokens[position - 1].hidden]
        block.attrSet("data-step", "")
        wanted = next((entry for entry in focus if token.content.startswith(entry[f"begins_{language}"])), None)
        if wanted:
            block.attrSet("data-features", " ".join(wanted["features"]))
            block.attrSet("data-layers", " ".join(wanted["layers"]))


class LinkedChapter:
    """A chapter with its names linked: `html`, and `name_of(indicator)` for its figures."""

    def __init__(self, plan: Plan, chapter: Chapter, language: str, root: str):
        self.names = MapNames(plan, language)
        self.linker = Linker(self.names.of_chapter(chapter.number), language, root)
        tokens = markdown.parsed(getattr(chapter, f"text_{language}") or chapter.text_zh)
        self.linker.link(tokens)
        mark_steps(tokens, chapter.focus, language)
        self.html = markdown.rendered(tokens)

    def name_of(self, indicator: Indicator) -> SafeString | str:
        """Return a figure's name, linked where the figure is drawn."""
        target = self.names.of_indicator(indicator)
        return self.linker.anchor(indicator.name, target) if target else indicator.name


def linked(plan: Plan, chapter: Chapter, root: str) -> LinkedChapter:
    """Return the chapter in the active language. Three queries the first time, none until the plan changes."""
    return _Kept(plan, chapter, "zh" if in_chinese() else "en", root).made()


class _Kept:
    """A chapter as an argument of the cache: the same while the plan's text and map are."""

    def __init__(self, plan: Plan, chapter: Chapter, language: str, root: str):
        self.arguments = (plan, chapter, language, root)
        self.key = (plan.pk, plan.digest, plan.map_digest, chapter.pk, chapter.text_zh, chapter.text_en, language, root)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self.key == other.key

    def made(self) -> LinkedChapter:
        """Return it from the cache, or make it."""
        return _made(self)


@lru_cache(maxsize=64)
def _made(kept: _Kept) -> LinkedChapter:
    return LinkedChapter(*kept.arguments)
