"""How a name and what somebody types are made alike, so that a search is a comparison of beginnings.

東王褚、东王褚村、dongwangchu、dong wang chu、DWC、ｄｗｃ and East Wangchu all find 东王褚村.
"""

import unicodedata
from collections.abc import Iterator

from pypinyin import lazy_pinyin

# No key is longer (`SearchKey.key`), so nothing longer can be found.
LONGEST = 250
# The nearer to the name, the lower. A search counts twice the rank, and one more where only the beginning agrees.
NAME, READING, INITIALS, PART, PART_READING = 0, 1, 2, 3, 4
# What people put after a name, or leave away.
GENERIC = (
    "村民委员会", "居民委员会", "村委会", "居委会", "办事处", "街道办", "社区", "街道", "村", "街", "路", "河",
    "shequ", "jiedao", "cun", "lu", "village", "community", "subdistrict", "road", "river",
)  # fmt: skip
SMALL_WORDS = frozenset(["a", "an", "and", "by", "for", "in", "of", "on", "the", "to", "with", "where"])


def folded(text: str) -> str:
    """Return `text` as keys are written: half-width, small, letters and digits only, without accents.

    NFKC turns full-width forms into plain ones; tone marks (dōng) fall away; blanks, brackets, emoji and control
    characters are dropped.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def is_chinese(text: str) -> bool:
    """Say whether `text` has a Chinese character."""
    return any(_is_han(sign) for sign in text)


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\U00020000" <= sign <= "\U0003ffff"


def syllables(text: str) -> list[str]:
    """Return the reading of a folded Chinese text: a syllable for each character, other signs as they are.

    Words decide where a character has several readings (重点 is zhongdian). Traditional characters read the same.
    """
    return [folded(syllable) for syllable in lazy_pinyin(text, v_to_u=True)]


def keys(name_zh: str, name_en: str = "", also: tuple[str, ...] = ()) -> dict[str, int]:
    """Return the keys of a thing, each with its rank: names, readings, initials, and the same from each word on."""
    found: dict[str, int] = {}
    for key, rank in (*_chinese(name_zh), *_english(name_en)):
        found[key] = min(rank, found.get(key, rank))
    for other in also:
        for key, rank in _chinese(other) if is_chinese(other) else _english(other):
            found[key] = min(max(rank, READING), found.get(key, rank))
    return {key[:LONGEST]: rank for key, rank in found.items() if key}


def _chinese(name: str) -> Iterator[tuple[str, int]]:
    name = folded(name)
    reading = syllables(name)
    yield name, NAME
    yield "".join(reading), READING
    yield "".join(syllable[:1] for syllable in reading), INITIALS
    if len(reading) != len(name):
        # A run of Latin letters or digits is one syllable: the places no longer fit each other.
        reading = []
    for start in range(1, len(name) - 1):
        yield name[start:], PART
        yield "".join(reading[start:]), PART_READING


def _english(name: str) -> Iterator[tuple[str, int]]:
    words = [folded(word) for word in name.replace("–", " ").replace("-", " ").split()]
    yield "".join(words), READING
    for start in range(1, len(words)):
        if words[start] not in SMALL_WORDS:
            yield "".join(words[start:]), PART_READING


def without_generic(text: str) -> str:
    """Return a folded text without the 村, 路 or Village at its end; the text itself where too little would be left."""
    for ending in GENERIC:
        stem = text.removesuffix(ending)
        if stem != text and len(stem) >= 2:
            return stem
    return text
