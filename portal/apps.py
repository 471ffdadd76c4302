"""The floor: what maps and consultation stand on."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Users, audit, refusals, masking, health: imports neither maps nor consultation."""

    name = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        """Register the system checks of the settings."""
        from portal import checks  # noqa: F401
