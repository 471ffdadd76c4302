"""May this person do this now? Each answer is None for yes, or a Refusal that says why. No request in here."""

from datetime import datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consultation.models import Comment, Consultation
from consultation.models.consultation import Phase
from consultation.querysets import Reader, reads_ledger
from consultation.states import Display, Handling
from portal.models import Role
from portal.refusal import Refusal

TEXT_MIN = 10
TEXT_MAX = 2000


def _has(user: Reader, *roles: Role) -> bool:
    return user.is_authenticated and user.has_role(*roles)


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATETIME_FORMAT")


def _end_of_day(moment: datetime) -> str:
    """Return the moment of closing as notices write it: 24:00 of the last day, not 0:00 of the day after."""
    if localtime(moment).time() != time.min:
        return _day(moment)
    last = date_format(localtime(moment) - timedelta(days=1), "DATE_FORMAT")
    return _("%(day)s, 24:00") % {"day": last}


def may_comment(consultation: Consultation, now: datetime) -> Refusal | None:
    """May anybody send a comment to this consultation at `now`? Only while it is open."""
    phase = consultation.phase(now)
    if phase is Phase.BEFORE:
        message = _("Comments can be sent from %(time)s on.") % {"time": _day(consultation.opens_at)}
        return Refusal("consultation-not-open", message, status=409)
    if phase is Phase.CLOSED:
        message = _("The consultation closed on %(time)s and takes no more comments.") % {
            "time": _end_of_day(consultation.closes_at)
        }
        return Refusal("consultation-closed", message, status=409)
    return None


def may_read_ledger(user: Reader) -> Refusal | None:
    """May this person work with the ledger on the desk?"""
    if reads_ledger(user):
        return None
    return Refusal("not-for-this-role", _("The desk is for planners, exporters and administrators."))


def may_moderate(user: Reader) -> Refusal | None:
    """May this person decide on display and answer? Planners only, so that it is clear who decided."""
    if _has(user, Role.PLANNER):
        return None
    return Refusal("planners-only", _("Only planners publish, withhold and decide."))


def may_publish(user: Reader, comment: Comment) -> Refusal | None:
    """May this person make this comment public? Needs a planner, the author's consent, and that it isn't withdrawn."""
    refused = may_moderate(user)
    if refused:
        return refused
    if not comment.display_consent:
        message = _("The author didn't agree to display. The comment is handled and counted all the same.")
        return Refusal("no-display-consent", message, status=409)
    if comment.display == Display.WITHDRAWN:
        return Refusal("display-withdrawn", _("The author has withdrawn this comment from display."), status=409)
    if comment.display == Display.PUBLIC:
        return Refusal("already-public", _("This comment is public already."), status=409)
    return None


def may_withhold(user: Reader, comment: Comment) -> Refusal | None:
    """May this person keep this comment from display? Needs a planner, and something to withhold."""
    refused = may_moderate(user)
    if refused:
        return refused
    if comment.display in (Display.WITHHELD, Display.WITHDRAWN):
        return Refusal("already-not-shown", _("This comment isn't shown already."), status=409)
    return None


def may_return_to_review(user: Reader, comment: Comment) -> Refusal | None:
    """May this person undo a publication or a withholding? What its author withdrew stays withdrawn."""
    refused = may_moderate(user)
    if refused:
        return refused
    if comment.display not in (Display.PUBLIC, Display.WITHHELD):
        message = _("Only what was published or withheld can go back to review.")
        return Refusal("nothing-to-undo", message, status=409)
    return None


def may_note_progress(user: Reader, comment: Comment) -> Refusal | None:
    """May this person note how far the answer has come? Planners, until it is answered."""
    refused = may_moderate(user)
    if refused:
        return refused
    if comment.handling == Handling.ANSWERED:
        return Refusal("already-answered", _("This comment is answered already."), status=409)
    return None


def may_decide(user: Reader, comment: Comment) -> Refusal | None:
    """May this person record the decision and the reply? Any comment may be answered, withheld ones too."""
    return may_moderate(user)


def may_settle(user: Reader) -> Refusal | None:
    """May this person settle a report? Planners, who decide on display."""
    return may_moderate(user)


def may_read_contact(user: Reader) -> Refusal | None:
    """May this person see how to reach an author? Planners, to answer; each look is on record."""
    if _has(user, Role.PLANNER):
        return None
    return Refusal("no-contact-right", _("Contact data are for the planners who answer."))


def may_export(user: Reader) -> Refusal | None:
    """May this person take the ledger out, masked? Exporters and planners."""
    if _has(user, Role.EXPORTER, Role.PLANNER):
        return None
    return Refusal("no-export-right", _("Only exporters and planners may export."))


def may_export_contact(user: Reader) -> Refusal | None:
    """May this person take contact data out? Exporters only, with a written reason, on record."""
    if _has(user, Role.EXPORTER):
        return None
    return Refusal("no-contact-export-right", _("Only exporters may export contact data."))


def may_withdraw(comment: Comment) -> Refusal | None:
    """May its author take this comment from display? At any time, once."""
    if comment.display != Display.WITHDRAWN:
        return None
    return Refusal("display-withdrawn", _("This comment was withdrawn from display already."), status=409)


def text_refusal(text: str) -> Refusal | None:
    """Say what is wrong with the text of a comment, if anything: its length, or characters that can't be stored."""
    length = len(text.strip())
    if length == 0:
        return Refusal("text-missing", _("Please write your comment."), status=400, field="text")
    if length < TEXT_MIN:
        message = _("Please write at least %(least)s characters; there are %(length)s.")
        values = {"least": TEXT_MIN, "length": length}
        return Refusal("text-too-short", message % values, status=400, field="text")
    if length > TEXT_MAX:
        message = _("Please shorten your comment to %(most)s characters; there are %(length)s.")
        return Refusal("text-too-long", message % {"most": TEXT_MAX, "length": length}, status=400, field="text")
    if "\x00" in text:
        message = _("The comment holds a character that can't be stored.")
        return Refusal("text-unreadable", message, status=400, field="text")
    return None
