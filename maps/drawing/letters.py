"""How much room words take: widths of letters without a font at hand, and lines broken as each script breaks them."""

import re

FONT = "PingFang SC,HarmonyOS Sans SC,MiSans,Microsoft YaHei,Noto Sans CJK SC,Source Han Sans SC,system-ui,sans-serif"
DISPLAY_FONT = "Songti SC,Source Han Serif SC,Noto Serif CJK SC,Noto Serif SC,PingFang SC,Microsoft YaHei,serif"

# Thousandths of the type size, a little more than a bold Latin sans serif needs.
_WIDTHS = {
    **dict.fromkeys("ijl|!'.,:;", 300),
    **dict.fromkeys("ftrI()[]-/ ", 380),
    **dict.fromkeys("mwMW@%", 920),
    **dict.fromkeys("ABCDEFGHKNOPQRSTUVXYZ&", 690),
}
_WIDE = re.compile(
    "[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u3000-\u303f—…“”‘’]"
)
# May not stand at the beginning of a line.
_CLOSING = frozenset("，。、；：！？）》」』”’…·,.;:!?)")
_PIECE = re.compile(r"[ ]*(?:[\u0021-\u2e7f]+|.)")


def is_wide(letter: str) -> bool:
    """Say whether a letter fills a square, as Chinese ones do."""
    return bool(_WIDE.match(letter))


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is, in the unit of `size`; rather too wide than too narrow."""
    return sum(1000 if is_wide(letter) else _WIDTHS.get(letter, 580) for letter in text) * size / 1000


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Break a text into lines not wider than `width`: Chinese between any two letters, others between words."""
    lines, line = [], ""
    for piece in _PIECE.findall(" ".join(text.split())):
        fits = width_of(line + piece, size) <= width or (piece in _CLOSING and line)
        if line and not fits:
            lines.append(line)
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line] if line else lines
