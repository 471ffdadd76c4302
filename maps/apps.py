"""The plan as geography; knows nothing of consultations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MapsConfig(AppConfig):
    """Plan, Chapter, Layer, Feature, Indicator; plan packages; *here*; GeoJSON."""

    name = "maps"
    verbose_name = _("Plan and map")

    def ready(self) -> None:
        """Declare what the audit can tell of plans."""
        from portal import audit

        audit.declare({"plan.loaded": _("A version of the plan was loaded")})
