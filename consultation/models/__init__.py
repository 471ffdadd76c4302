"""The conversation in the database, cut by aggregate."""

from consultation.models.answer import Decision, Reply, Support
from consultation.models.comment import Comment, Contact, NumberSeries
from consultation.models.consultation import Consultation, Topic

__all__ = ["Comment", "Consultation", "Contact", "Decision", "NumberSeries", "Reply", "Support", "Topic"]
