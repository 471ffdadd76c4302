"""A comment: an opinion given to the authority, with the place it points at and, apart from it, who may be answered."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultation.models.consultation import Consultation, Topic
from consultation.querysets import CommentQuerySet
from consultation.states import Channel, Display, Handling, PlaceKind, WithholdingReason
from maps.models import Plan
from portal import masking, sealing


class NumberSeries(models.Model):
    """The last number given out for a prefix in a year, so that registered numbers have no gaps."""

    prefix = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="numberseries_once")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.last:06}"


class Comment(models.Model):
    """One comment in the ledger, however it came in. Changed by `consultation.actions` only.

    Place: `geometry` is what was drawn (point, line or area); `feature_key`, `village_key`, `chapter_number` name what
    was chosen, as keys of the plan version `plan_version`; `anchor` is the one point at which a map shows it, rounded
    to four decimals (some 10 m), null where there is no place. `here` is what *here* answered at that moment.
    Geometry is SRID 4326.

    `text` is what the resident wrote, `public_text` what the public may read of it: masked when written or redacted,
    never when read. `version` counts changes, so that a stale save is refused. `privacy_version` names the rules on
    personal information that stood beside the form; "" for what staff entered.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="comments")
    number = models.CharField(max_length=20, unique=True)
    code_hash = models.CharField(max_length=64)
    idempotency_key = models.CharField(max_length=64, blank=True)
    request_digest = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.WEB)
    language = models.CharField(max_length=8, default="zh-hans")
    submitted_at = models.DateTimeField()

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    public_text = models.TextField()

    place_kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    geometry = models.GeometryField(srid=4326, null=True, spatial_index=False)
    anchor = models.PointField(srid=4326, null=True, spatial_index=False)
    feature_key = models.CharField(max_length=80, blank=True)
    village_key = models.CharField(max_length=80, blank=True)
    chapter_number = models.CharField(max_length=10, blank=True)
    plan_version = models.PositiveIntegerField()
    here = models.JSONField(null=True)

    privacy_version = models.CharField(max_length=20, blank=True)
    display_consent = models.BooleanField(default=False)
    display = models.CharField(max_length=10, choices=Display.choices, default=Display.PENDING)
    withholding_reason = models.CharField(max_length=20, choices=WithholdingReason.choices, blank=True)
    withholding_note = models.TextField(blank=True, help_text=_("Words to the author"))
    published_at = models.DateTimeField(null=True)
    handling = models.CharField(max_length=12, choices=Handling.choices, default=Handling.REGISTERED)
    supports = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "idempotency_key"], condition=~Q(idempotency_key=""), name="comment_sent_once"
            ),
            models.CheckConstraint(
                name="comment_public_only_with_consent", condition=~Q(display=Display.PUBLIC) | Q(display_consent=True)
            ),
            models.CheckConstraint(
                name="comment_withheld_with_reason", condition=~Q(display=Display.WITHHELD) | ~Q(withholding_reason="")
            ),
            models.CheckConstraint(
                name="comment_public_since",
                condition=~Q(display=Display.PUBLIC) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(name="comment_has_text", condition=~Q(text="")),
        ]
        indexes = [
            models.Index(fields=["plan", "display", "-id"], name="comment_queue"),
            models.Index(
                fields=["plan", "-published_at", "-id"], condition=Q(display=Display.PUBLIC), name="comment_published"
            ),
            models.Index(
                fields=["plan", "village_key"], condition=Q(display=Display.PUBLIC), name="comment_public_village"
            ),
            GistIndex(fields=["anchor"], condition=Q(display=Display.PUBLIC), name="comment_public_anchor"),
        ]

    def __str__(self) -> str:
        return self.number


class Contact(models.Model):
    """How to reach who wrote a comment: in a table of its own, sealed, deleted on schedule or when asked to.

    Read through `read_contact` of `consultation.actions` only, which checks the right and leaves an audit event.
    `name_masked` (王**) is what lists and exports show of the author; it goes when the rest goes.
    """

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="contact")
    name_sealed = models.TextField(blank=True)
    name_masked = models.CharField(max_length=20, blank=True)
    phone_sealed = models.TextField(blank=True)
    email_sealed = models.TextField(blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return f"contact of comment {self.comment_id}"

    @staticmethod
    def sealed(contact: dict[str, str]) -> dict[str, str]:
        """Return name, phone and email as they are stored; {} where there is nothing to store."""
        sealed = {f"{field}_sealed": sealing.seal(value) for field, value in contact.items() if value}
        return sealed | {"name_masked": masking.mask_name(contact["name"])} if contact.get("name") else sealed

    def opened(self) -> dict[str, str]:
        """Return name, phone and email in the clear. Raises ValueError when no key fits."""
        return {field: sealing.unseal(getattr(self, f"{field}_sealed")) for field in ("name", "phone", "email")}
