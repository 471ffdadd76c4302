"""What became of a comment, in plain words, step by step, for the one who wrote it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from consultation.models import Comment, Decision, Reply
from consultation.states import Display


@dataclass(frozen=True)
class Step:
    """One step on the way of a comment. `state` is done, now or later; `at` is when, where it is known."""

    key: str
    state: str
    title: str
    text: str = ""
    at: datetime | None = None


def decision_of(comment: Comment) -> Decision | None:
    """Return the decision on a comment, or None; no query where it was selected with the comment."""
    return getattr(comment, "decision", None)


def reply_of(comment: Comment) -> Reply | None:
    """Return the published reply to a comment, or None; no query where it was selected with the comment."""
    reply = getattr(comment, "reply", None)
    return reply if reply and reply.published_at else None


def steps(comment: Comment) -> list[Step]:
    """Return the way of `comment` so far and what is still to come: registered, reviewed, answered."""
    registered = Step(
        "registered",
        "done",
        _("Registered"),
        _("Your comment is in the ledger of this consultation under its number."),
        comment.submitted_at,
    )
    return [registered, _review(comment), _answer(comment)]


def _review(comment: Comment) -> Step:
    if comment.display == Display.PUBLIC:
        text = _("Your comment is public. Your name, telephone and e-mail are not.")
        return Step("reviewed", "done", _("Reviewed: shown"), text, comment.published_at)
    if comment.display == Display.WITHHELD:
        reason = comment.get_withholding_reason_display()
        text = _("Your comment is not shown to the public. Reason: %(reason)s.") % {"reason": reason}
        if comment.withholding_note:
            text = f"{text} {comment.withholding_note}"
        text += " " + _("It is handled, answered and counted all the same.")
        return Step("reviewed", "done", _("Reviewed: not shown"), text)
    if comment.display == Display.WITHDRAWN:
        text = _("You took your comment back from display. It is handled, answered and counted all the same.")
        return Step("reviewed", "done", _("Not shown, as you wished"), text)
    if not comment.display_consent:
        text = _("You didn't agree to display, so nobody but the planners reads your comment.")
        return Step("reviewed", "done", _("Not shown, as you wished"), text)
    text = _("A planner reads your comment before the public does. Until then only the planners can see it.")
    return Step("reviewed", "now", _("Waiting for review"), text)


def _answer(comment: Comment) -> Step:
    decision = decision_of(comment)
    if decision is None:
        text = _("Every comment gets a decision with its reason: adopted or not, and why. It will be shown here.")
        waits = comment.display == Display.PENDING and comment.display_consent
        return Step("answered", "later" if waits else "now", _("Decision and answer"), text)
    title = _("Decision: %(outcome)s") % {"outcome": decision.get_outcome_display()}
    return Step("answered", "done", title, decision.reason, decision.decided_at)
