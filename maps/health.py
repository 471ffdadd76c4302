"""What /readyz asks of the map."""

from django.conf import settings

from maps.models import Plan


def plan_loaded() -> str:
    """Return "ok", or say that the portal's default plan is missing."""
    return "ok" if Plan.objects.filter(slug=settings.DEFAULT_PLAN).exists() else "not loaded"
