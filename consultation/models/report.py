"""Reports (举报): somebody tells the planners that a published comment should not be public."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultation.models.comment import Comment
from portal.models import User


class ReportReason(models.TextChoices):
    """Why somebody thinks that a comment should not be public."""

    UNLAWFUL = "unlawful", _("It breaks the law")
    PERSONAL_DATA = "personal-data", _("It shows somebody's personal data")
    PERSONAL_ATTACK = "personal-attack", _("It insults or slanders somebody")
    SENSITIVE_PLACE = "sensitive-place", _("It gives away a secret or sensitive place")
    ADVERTISING = "advertising", _("It is advertising")
    FALSE = "false", _("It says something untrue about facts")
    OTHER = "other", _("Another reason")


class Finding(models.TextChoices):
    """What a planner found of a report."""

    UPHELD = "upheld", _("upheld: the comment was taken from display or its public text changed")
    UNFOUNDED = "unfounded", _("unfounded: the comment stays as it is")


class Report(models.Model):
    """One report of one comment. Who made it is not asked and not kept.

    `network` is the keyed hash of the day (see `portal.client_address`), so that the same network counts once while
    the report is open; it is blanked when the report is settled. `words` are stored masked.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=20, choices=ReportReason.choices)
    words = models.TextField(blank=True)
    network = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    finding = models.CharField(max_length=12, choices=Finding.choices, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "network"], condition=~Q(network=""), name="report_once"),
            models.CheckConstraint(
                name="report_settled_with_finding",
                condition=Q(settled_at__isnull=True, finding="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False, network="") & ~Q(finding="")),
            ),
        ]
        indexes = [models.Index(fields=["comment"], condition=Q(settled_at__isnull=True), name="report_open")]

    def __str__(self) -> str:
        return f"report of comment {self.comment_id}"
