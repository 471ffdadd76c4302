"""What a measurement says: a line of the table, with its limit and whether it holds. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from unicodedata import east_asian_width

ROUNDS = 3
HEADINGS = ("line", "ours", "baseline", "ratio", "limit", "")
WIDTHS = (58, 14, 14, 8, 8, 14)


@dataclass(frozen=True)
class Line:
    """One line: ours against a baseline, or, without one, ours against a limit in its own unit.

    `at_least` says that more is better: the ratio must reach the limit; else it must stay below it.
    """

    name: str
    ours: float
    limit: float
    unit: str = ""
    baseline: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def ratio(self) -> float:
        """Return ours over the baseline; ours itself where there is none."""
        return self.ours if self.baseline is None else self.ours / self.baseline if self.baseline else float("inf")

    @property
    def holds(self) -> bool:
        """Say whether the ratio keeps to its limit."""
        return self.ratio >= self.limit if self.at_least else self.ratio <= self.limit

    def cells(self) -> tuple[str, ...]:
        """Return the cells of the table."""
        return (
            self.name,
            f"{number(self.ours)} {self.unit}".strip(),
            "" if self.baseline is None else f"{number(self.baseline)} {self.unit}".strip(),
            "" if self.baseline is None else number(self.ratio),
            f"{'≥' if self.at_least else '≤'} {number(self.limit)}",
            ("holds" if self.holds else "DOES NOT HOLD") + (f" ({self.note})" if self.note else ""),
        )


def number(value: float) -> str:
    """Write a number with as many digits as it is worth: 0.054, 2.31, 45.7, 2 410."""
    digits = 3 if abs(value) < 0.1 else 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    text = f"{value:,.{digits}f}".replace(",", " ")
    return text.rstrip("0").rstrip(".") if "." in text else text


def row(cells: Iterable[str]) -> str:
    """Return a line of the table as plain text, padded by what the signs take on a terminal."""
    parts = []
    for cell, width in zip(cells, WIDTHS, strict=True):
        taken = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in cell)
        parts.append(cell + " " * max(width - taken, 0))
    return " ".join(parts).rstrip()


def medians(measures: Mapping[str, Callable[[], Mapping[str, float]]], rounds: int = ROUNDS) -> dict[str, dict]:
    """Measure each in turn, `rounds` times, and return the median of every figure: what is noisy hits all alike."""
    taken: dict[str, list[Mapping[str, float]]] = {name: [] for name in measures}
    for _round in range(rounds):
        for name, measure in measures.items():
            taken[name].append(measure())
    return {name: {key: median(one[key] for one in some) for key in some[0]} for name, some in taken.items()}
