"""The sheet 图数一致 in plain words: its codes and numbers as a reader of the active language wants them."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.bilingual import in_chinese

# Each check of how shapes lie to each other: what should be, and what is found where it isn't.
CHECKS = {
    "apart": (
        gettext_lazy("“%(subject)s” and “%(other)s” don't overlap"), gettext_lazy("overlap: %(hectares)s"),
    ),
    "in-area": (
        gettext_lazy("“%(subject)s” lies within the planning area"), gettext_lazy("outside: %(hectares)s"),
    ),
    "in-subdistrict": (
        gettext_lazy("Each part of “%(subject)s” lies in the subdistrict that it is counted for"),
        gettext_lazy("in the other one: %(hectares)s"),
    ),
    "within": (
        gettext_lazy("“%(subject)s” lies within “%(other)s”"), gettext_lazy("outside: %(hectares)s"),
    ),
    "gap": (
        gettext_lazy("“%(subject)s” leaves no gap in the planning area"), gettext_lazy("gaps: %(hectares)s"),
    ),
    "beyond": (
        gettext_lazy("“%(subject)s” doesn't reach beyond the planning area"), gettext_lazy("beyond: %(hectares)s"),
    ),
    "double": (
        gettext_lazy("The areas of “%(subject)s” don't overlap each other"), gettext_lazy("overlap: %(hectares)s"),
    ),
}  # fmt: skip


@dataclass
class FigureLine:
    """A stated figure beside its drawing, in words."""

    name: str
    stated: str
    measured: str
    difference: str
    share: str
    verdict: str
    chapter: str
    layer: str


@dataclass
class SumLine:
    """A total beside the sum of its parts, in words."""

    name: str
    parts: list[str]
    sum: str
    stated: str
    verdict: str


@dataclass
class ShapeLine:
    """What should hold between shapes, what was found, and the verdict."""

    expected: str
    found: str
    verdict: str
    layer: str


def figure(row: dict) -> FigureLine:
    """Put a line of `figures` into words; nothing measured gives a dash."""
    measured, difference, share = row["measured"], row["difference"], row["share"]
    counted = row["unit"] == "count"
    return FigureLine(
        name=_local(row["name"]),
        stated=_local(row["stated"]),
        measured="–" if measured is None else _count(measured) if counted else hectares(measured),
        difference="–" if difference is None else _count(difference) if counted else _signed(difference),
        share="–" if share is None or counted else f"{_zero(round(share * 100, 3)):+.3f} %",
        verdict=row["verdict"],
        chapter=row["chapter"],
        layer=row["layer"],
    )


def sum_of(row: dict) -> SumLine:
    """Put a line of `sums` into words."""
    return SumLine(
        name=_local(row["name"]),
        parts=[_local(part["stated"]) for part in row["parts"]],
        sum=hectares(row["sum"]),
        stated=_local(row["stated"]),
        verdict=row["verdict"],
    )


def shape(row: dict) -> ShapeLine:
    """Put a line of `shapes` into words."""
    expected, found = CHECKS[row["check"]]
    names = {"subject": _local(row["subject"]), "other": _local(row["other"]) if row["other"] else ""}
    return ShapeLine(
        expected=expected % names,
        found=found % {"hectares": hectares(row["hectares"])},
        verdict=row["verdict"],
        layer=row["layer"],
    )


def _local(both: dict[str, str]) -> str:
    return both["zh"] if in_chinese() else both["en"] or both["zh"]


def hectares(value: float) -> str:
    """Return an area in hectares to two places, as plans print it."""
    return _("%(number)s ha") % {"number": f"{Decimal(str(value)):,.2f}"}


def _signed(value: float) -> str:
    return _("%(number)s ha") % {"number": f"{_zero(round(value, 2)):+,.2f}"}


def _count(value: float) -> str:
    return f"{value:,.0f}"


def _zero(value: float) -> float:
    """Return 0 for minus nothing, so that no "-0.00" is printed."""
    return value or 0.0
