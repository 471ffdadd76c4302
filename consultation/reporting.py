"""Reports of published comments (举报): made by anybody, settled by a planner, both on record."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from consultation import rules
from consultation.models import Comment, Report
from consultation.models.report import Finding, ReportReason
from consultation.states import Display
from portal import audit, masking
from portal.models import User
from portal.refusal import Refusal

WORDS_MAX = 500


def report(comment: Comment, *, reason: str, words: str, network: str, now: datetime) -> bool:
    """File a report of a public comment; say whether it was new.

    One network counts once for a comment while its report is open. Words are kept masked: whoever reports should not
    have to give anybody away, not even by mistake. Raises a Refusal for an unknown reason or a comment that isn't
    public.
    """
    if comment.display != Display.PUBLIC:
        raise Refusal("not-public", _("There is no public comment with this number."), status=404)
    if reason not in ReportReason.values:
        raise Refusal("reason-missing", _("Please choose a reason."), status=400, field="reason")
    values = {"reason": reason, "words": masking.mask_text(words.strip())[:WORDS_MAX], "made_at": now}
    try:
        with transaction.atomic():
            made = Report.objects.create(comment=comment, network=network, **values)
            data = {"number": comment.number, "report": made.pk, "reason_code": reason}
            audit.record("report.made", actor=audit.RESIDENT, subject=comment, plan_id=comment.plan_id, data=data)
    except IntegrityError:
        # The same network said so before; one open report of it is enough.
        return False
    return True


def settle(comment: Comment, *, by: User, finding: str, note: str, upto: int, now: datetime) -> int:
    """Settle the open reports of a comment up to the id `upto`, those that the planner had seen; return how many.

    Raises a Refusal when nothing was left to settle: somebody else was faster. The hash of the network goes.
    """
    refused = rules.may_settle(by)
    if refused:
        raise refused
    if finding not in Finding.values:
        raise Refusal("finding-missing", _("Please choose what you found."), status=400, field="finding")
    if not note.strip():
        raise Refusal("note-missing", _("Please say in a few words why."), status=400, field="note")
    with transaction.atomic():
        seen = Report.objects.filter(comment=comment, settled_at__isnull=True, pk__lte=upto)
        values = {"finding": finding, "note": note.strip(), "settled_at": now, "settled_by": by}
        settled = seen.update(network="", **values)
        if not settled:
            raise Refusal("already-settled", _("These reports are settled already."), status=409)
        data = {"number": comment.number, "finding": finding, "reports": settled}
        audit.record(
            "report.settled", actor=by, subject=comment, plan_id=comment.plan_id, data=data, reason=note.strip()
        )
    return settled
