"""The plan's text as HTML: Markdown without HTML of its own, without images, one heading level down from the page's."""

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

# The page has the chapter's title as h1, so the text's own headings begin at h2.
_FIRST_LEVEL = 2

_parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_block", "html_inline"])


@lru_cache(maxsize=128)
def html(text: str) -> SafeString:
    """Return a chapter's Markdown as HTML that can't hold anything but text, lists, tables, emphasis and links."""
    return rendered(parsed(text))


def parsed(text: str) -> list[Token]:
    """Return a chapter's Markdown as tokens, its headings shifted below the page's, for `rendered`."""
    tokens = _parser.parse(text)
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    _shift(tokens, _FIRST_LEVEL - min(levels, default=_FIRST_LEVEL))
    return tokens


def rendered(tokens: list[Token]) -> SafeString:
    """Return tokens of `parsed` as HTML; texts and attributes in them are escaped here."""
    return mark_safe(_parser.renderer.render(tokens, _parser.options, {}))


def _shift(tokens: list[Token], by: int) -> None:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + by, 6)}"
