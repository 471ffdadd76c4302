"""Files attached to the public notice: what may be attached, and the two changes that there are."""

import hashlib
import io
import logging
import zipfile
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from consultation.models import Consultation, NoticeAttachment
from consultation.models.notice import FileKind
from portal import audit
from portal.models import User
from portal.refusal import Refusal

log = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
LARGEST = 60 * MEGABYTE
CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PNG: "image/png",
    FileKind.JPG: "image/jpeg",
}
_SIGNS = {b"%PDF-": FileKind.PDF, b"\x89PNG\r\n\x1a\n": FileKind.PNG, b"\xff\xd8\xff": FileKind.JPG}
_PARTS = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}


def kind_of(file: io.IOBase) -> FileKind | None:
    """Return what a file is by its content, or None for what may not be attached; a macro is not let in."""
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    for sign, kind in _SIGNS.items():
        if head.startswith(sign):
            return kind
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    finally:
        file.seek(0)
    if any(name.lower().endswith("vbaproject.bin") for name in names) or "[Content_Types].xml" not in names:
        return None
    return next((kind for part, kind in _PARTS.items() if part in names), None)


def file_refusal(file: UploadedFile) -> Refusal | None:
    """Say why a file can't be attached: too large, empty, or not one of the kinds that people can open."""
    if file.size > LARGEST:
        values = {"size": f"{file.size / MEGABYTE:.1f}", "most": LARGEST // MEGABYTE}
        message = _("This file has %(size)s MB. At most %(most)s MB can be attached.") % values
        return Refusal("file-too-large", message, status=400, field="file")
    if not file.size:
        return Refusal("file-empty", _("This file is empty."), status=400, field="file")
    if kind_of(file) is None:
        message = _("By its content this is no PDF, Word (docx), Excel (xlsx), PNG or JPEG file, or it holds macros.")
        return Refusal("file-kind", message, status=400, field="file")
    return None


def known_refusal(consultation: Consultation, file: UploadedFile) -> Refusal | None:
    """Say whether this very file is attached already. One query."""
    if consultation.attachments.filter(sha256=_digest(file)).exists():
        return Refusal("file-known", _("This very file is attached already."), status=409, field="file")
    return None


def attach(
    consultation: Consultation, file: UploadedFile, *, by: User, now: datetime, title_zh: str, title_en: str, order: int
) -> NoticeAttachment:
    """Attach a file to the notice. Raises a Refusal for what may not be attached, or is attached already."""
    refused = file_refusal(file) or known_refusal(consultation, file)
    if refused:
        raise refused
    kind, digest = kind_of(file), _digest(file)
    file.seek(0)
    attachment = NoticeAttachment(
        consultation=consultation,
        order=order,
        title_zh=title_zh,
        title_en=title_en,
        kind=kind,
        size=file.size,
        sha256=digest,
        attached_at=now,
    )
    # Named by the content: nothing of what the sender called it gets near the file system.
    stored = attachment.file.storage.save(f"notice/{digest}.{kind}", file)
    attachment.file.name = stored
    try:
        with transaction.atomic():
            attachment.save()
            data = {"sha256": digest, "size": file.size, "title": title_zh}
            _record("attachment.added", attachment, by, data)
    except BaseException:
        attachment.file.storage.delete(stored)
        raise
    return attachment


def _digest(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def remove(attachment: NoticeAttachment, *, by: User) -> None:
    """Take an attachment from the notice; its digest stays in the audit, the file goes once that is certain."""
    storage, stored = attachment.file.storage, attachment.file.name
    with transaction.atomic():
        _record("attachment.removed", attachment, by, {"sha256": attachment.sha256, "title": attachment.title_zh})
        attachment.delete()
        transaction.on_commit(lambda: storage.delete(stored), robust=True)


def _record(code: str, attachment: NoticeAttachment, by: User, data: dict) -> None:
    consultation = attachment.consultation
    audit.record(code, actor=by, subject=consultation, plan_id=consultation.plan_id, data=data)
