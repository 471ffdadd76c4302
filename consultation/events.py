"""What the audit can tell of consultations, with the sentence for people."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "comment.submitted": _("Comment registered"),
    "comment.published": _("Comment made public"),
    "comment.withheld": _("Comment withheld from display"),
    "comment.returned": _("Returned to review"),
    "comment.progressed": _("Progress of the answer noted"),
    "comment.decided": _("Decision and answer published"),
    "comment.withdrawn": _("Withdrawn from display by its author"),
    "contact.read": _("Contact data looked at"),
    "contact.deleted": _("Contact data deleted on the author's wish"),
    "contact.purged": _("Contact data deleted on schedule"),
    "report.made": _("Published comment reported"),
    "report.settled": _("Report settled"),
    "comments.exported": _("Comments exported"),
    "export.refused": _("Export refused"),
    "demo.created": _("Demonstration comments created"),
    "consultation.opened": _("Consultation set up"),
    "notice.changed": _("Public notice changed"),
    "attachment.added": _("File attached to the notice"),
    "attachment.removed": _("File taken from the notice"),
    "consultation.changed": _("Consultation changed"),
}
