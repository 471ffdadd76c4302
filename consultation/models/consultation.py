"""A consultation: the time in which the public is asked about a plan, and the topics that it is asked about."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultation.querysets import ConsultationQuerySet
from maps.models import Plan
from portal.bilingual import Bilingual


class Phase(StrEnum):
    """Where a consultation stands in time."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


class Consultation(models.Model):
    """The period of public display of a plan's draft (公示) in which comments are taken.

    It is open from `opens_at` (included) to `closes_at` (excluded), by the server's clock; at least 30 days (城乡规划法
    26). The authority's name and address are configuration: a subdistrict office is not a township government.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="consultations")
    slug = models.SlugField(max_length=60, unique=True)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=300)
    organiser_zh = models.CharField(max_length=120)
    organiser_en = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address_zh = models.CharField(max_length=200, blank=True)
    address_en = models.CharField(max_length=300, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    purge_contacts_on = models.DateField(help_text=_("Contact data are deleted on this day (个人信息保护法 19)"))

    title = Bilingual()
    organiser = Bilingual()
    address = Bilingual()

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                name="consultation_thirty_days",
                condition=models.Q(closes_at__gte=models.F("opens_at") + timedelta(days=30)),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def phase(self, now: datetime) -> Phase:
        """Say where this consultation stands at `now`."""
        if now < self.opens_at:
            return Phase.BEFORE
        return Phase.OPEN if now < self.closes_at else Phase.CLOSED

    def days_left(self, now: datetime) -> int:
        """Return how many days are left, the last one counted as a day; 0 when it isn't open."""
        return (self.closes_at - now).days + 1 if self.phase(now) is Phase.OPEN else 0


class Topic(models.Model):
    """What a comment is about (意见类别), as residents choose it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="topics")
    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)

    name = Bilingual()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["consultation", "key"], name="topic_key_once")]

    def __str__(self) -> str:
        return self.name
