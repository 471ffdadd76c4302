"""What becomes of a comment: the decision with its reason, the reply, and others' support."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultation.models.comment import Comment
from consultation.states import Outcome
from portal.models import User


class Decision(models.Model):
    """采纳情况及理由: whether the comment is adopted, and why. A reason always (城乡规划法 26)."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="decision")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    reason = models.TextField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [models.CheckConstraint(name="decision_with_reason", condition=~models.Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.outcome}"


class Reply(models.Model):
    """The authority's answer to the author, shown beside the comment once it is published."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="reply")
    text = models.TextField()
    replied_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        constraints = [models.CheckConstraint(name="reply_has_text", condition=~models.Q(text=""))]

    def __str__(self) -> str:
        return f"reply to comment {self.comment_id}"


class Support(models.Model):
    """附议: somebody agrees with a comment. `supporter` is a keyed hash; the same one counts once."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    supporter = models.CharField(max_length=64)
    supported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "supporter"], name="support_once")]

    def __str__(self) -> str:
        return f"support of comment {self.comment_id}"
