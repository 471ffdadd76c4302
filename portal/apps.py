"""The floor: what maps and consultation stand on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Users, audit, refusals, masking, health: imports neither maps nor consultation."""

    name = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        """Register the system checks of the settings, and declare what the audit can tell of accounts."""
        from portal import (
            audit,
            checks,  # noqa: F401
        )

        audit.declare({"account.created": _("An account was created")})
