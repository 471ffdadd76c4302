"""Areas in the units that people think in. The plan's own figure stays as it is printed; what is converted is ours.

1 公顷 (ha) = 15 亩 (mu) exactly, 1 km² = 100 ha.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# How many of the unit make a hectare.
PER_HECTARE = {"ha": Decimal(1), "mu": Decimal(15), "km2": Decimal("0.01")}
NAMES = {"ha": gettext_lazy("hectares"), "mu": gettext_lazy("mu"), "km2": gettext_lazy("km²")}


@dataclass(frozen=True)
class Amount:
    """An area in one unit: `text` with its unit, and whether it was rounded on the way."""

    unit: str
    value: Decimal
    is_rounded: bool

    @property
    def text(self) -> str:
        """Return the area with its unit; "≈" says that it was rounded."""
        sentences = {"ha": _("%(number)s ha"), "mu": _("%(number)s mu"), "km2": _("%(number)s km²")}
        return ("≈ " if self.is_rounded else "") + sentences[self.unit] % {"number": f"{self.value:,}"}


def amounts(hectares: Decimal) -> list[Amount]:
    """Return an area in each unit, rounded as finely as a reader can use it."""
    return [_amount(hectares * factor, unit) for unit, factor in PER_HECTARE.items()]


def _amount(value: Decimal, unit: str) -> Amount:
    """Round mu to whole ones; hectares and km² to two places, and what is below one to four. 5396, not 5396.00."""
    places = Decimal(1) if unit == "mu" else Decimal("0.0001") if value < 1 else Decimal("0.01")
    rounded = value.quantize(places, ROUND_HALF_UP)
    if rounded == rounded.to_integral_value():
        rounded = rounded.quantize(Decimal(1))
    return Amount(unit, rounded, rounded != value)
