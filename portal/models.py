"""Who works here, and what was done: users with roles, the append-only audit, and counts for limits."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member of staff is trusted with; a person may hold several."""

    PLANNER = "planner", _("Planner")
    EXPORTER = "exporter", _("Exporter")
    EDITOR = "editor", _("Data editor")
    ADMINISTRATOR = "administrator", _("Administrator")


class User(AbstractUser):
    """A member of staff. Residents have no account."""

    roles = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("roles"))

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def has_role(self, *roles: Role) -> bool:
        """Say whether this person, still employed, holds one of `roles`."""
        return self.is_active and any(role in self.roles for role in roles)

    @property
    def label(self) -> str:
        """How this person is called in the audit and on the desk."""
        return self.get_full_name() or self.username


class AuditEvent(models.Model):
    """One thing that was done: who, when, to what, why. Written by `portal.audit.record` only.

    The database itself appends `position`, `previous` and `digest` (a SHA-256 chain) and refuses update and delete;
    see migration 0002. `data` holds nothing personal. `personal` may: its salted digest is in the chain, so it can be
    blanked lawfully (个人信息保护法 47) and the chain still holds.
    """

    position = models.BigIntegerField(unique=True, editable=False, default=0)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    actor_label = models.CharField(max_length=150)
    code = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    plan_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    personal = models.JSONField(null=True)
    personal_salt = models.CharField(max_length=32, blank=True)
    personal_digest = models.CharField(max_length=64, blank=True, editable=False)
    blanked_at = models.DateTimeField(null=True)
    previous = models.CharField(max_length=64, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["position"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "position"], name="auditevent_subject")]

    def __str__(self) -> str:
        return f"{self.position} {self.code} {self.subject_type} {self.subject_id}".strip()


class ThrottleCount(models.Model):
    """How often something was done by somebody (a keyed hash) in one window of time; see `portal.throttle`."""

    scope = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    window_start = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key", "window_start"], name="throttlecount_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.window_start}: {self.count}"
