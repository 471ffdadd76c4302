"""The conversation about a plan: comments, their handling, the desk and the exports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationConfig(AppConfig):
    """Consultation, Comment, Contact, Support, Reply, Decision; may import maps and portal."""

    name = "consultation"
    verbose_name = _("Consultation")

    def ready(self) -> None:
        """Declare what the audit can tell of consultations."""
        from consultation.events import SENTENCES
        from portal import audit

        audit.declare(SENTENCES)
