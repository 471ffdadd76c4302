"""The public notice (公示公告) of a consultation: what only the authority knows of it, and the files attached to it."""

from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultation.models.consultation import Consultation
from portal.bilingual import Bilingual


class FileKind(models.TextChoices):
    """What may be attached to a notice; told by the file's content, never by its name."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word")
    XLSX = "xlsx", _("Excel")
    PNG = "png", _("image (PNG)")
    JPG = "jpg", _("image (JPEG)")


class Notice(models.Model):
    """What a notice says beyond the consultation's own data; without a row the notice says none of it.

    `places` are notice boards and rooms where the draft hangs, one in a line; `hearing` is time, place and how to
    register (听证); `basis` replaces the sentence on the legal basis, which changes with the law.
    """

    consultation = models.OneToOneField(Consultation, on_delete=models.CASCADE, related_name="notice")
    issued_on = models.DateField(null=True, blank=True, help_text=_("The day of the opening where it is empty"))
    basis_zh = models.TextField(blank=True, help_text=_("Empty: the sentence that comes with the portal"))
    basis_en = models.TextField(blank=True)
    places_zh = models.TextField(blank=True, help_text=_("Notice boards and rooms, one in a line"))
    places_en = models.TextField(blank=True)
    hearing_zh = models.TextField(blank=True, help_text=_("Time, place, how to register; empty where none is held"))
    hearing_en = models.TextField(blank=True)

    basis = Bilingual()
    places = Bilingual()
    hearing = Bilingual()

    class Meta:
        verbose_name = _("public notice")
        verbose_name_plural = _("public notices")

    def __str__(self) -> str:
        return f"notice of {self.consultation_id}"


class NoticeAttachment(models.Model):
    """A file attached to the notice, with the size and SHA-256 that are printed beside it.

    Put there and taken away by `consultation.attaching` only. The file never changes: another content is another row.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="attachments")
    order = models.PositiveSmallIntegerField(default=0)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=300, blank=True)
    file = models.FileField(storage=default_storage, max_length=200)
    kind = models.CharField(max_length=4, choices=FileKind.choices)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    attached_at = models.DateTimeField()

    title = Bilingual()

    class Meta:
        verbose_name = _("attachment of the notice")
        verbose_name_plural = _("attachments of the notice")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["consultation", "sha256"], name="noticeattachment_once")]

    def __str__(self) -> str:
        return self.title
