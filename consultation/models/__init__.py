"""The conversation in the database, cut by aggregate."""

from consultation.models.answer import Decision, Reply, Support
from consultation.models.comment import Comment, Contact, NumberSeries
from consultation.models.consultation import Consultation, Topic
from consultation.models.notice import Notice, NoticeAttachment
from consultation.models.report import Report

__all__ = [
    "Comment",
    "Consultation",
    "Contact",
    "Decision",
    "Notice",
    "NoticeAttachment",
    "NumberSeries",
    "Reply",
    "Report",
    "Support",
    "Topic",
]
