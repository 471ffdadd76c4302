"""The floor: what maps and consultation stand on."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
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

        audit.declare(
            {
                "account.created": _("An account was created"),
                "account.changed": _("An account was changed"),
                "account.password-set": _("A password was set for somebody"),
            }
        )


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django's admin, open to administrators by their role."""

    default = False
    default_site = "portal.admin_site.PortalAdminSite"
