"""Fair play without surveillance: what a new comment must bring along, and how it is filed with it, once.

A comment brings a solved puzzle (`portal.proof`), found by the browser while somebody types, or the answer to a sum in
words (`portal.question`) where no script runs. The busier a network is, the harder its next puzzles; nobody is refused
before the hard limit of `consultation.limits`. Nothing is remembered of the device, and of the address only a keyed
hash that changes every day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consultation import actions, limits
from consultation.models import Consultation
from portal import proof, question
from portal.proof import Ticket
from portal.refusal import Refusal

# Nobody reads the form and writes ten characters in less; browsers that solve puzzles may be as quick as they like.
QUICKEST_SECONDS = 3
PAGE_TIME = signing.TimestampSigner(salt="consultation.fair_play")


@dataclass(frozen=True)
class Evidence:
    """What came with a comment to show that it isn't one of thousands."""

    proof: object = None
    question: str = ""
    answer: str = ""
    opened: str = ""

    @classmethod
    def of_form(cls, posted: Mapping[str, str]) -> "Evidence":
        """Read it from the fields of the form."""
        names = ("proof", "question", "answer", "opened")
        return cls(**{name: str(posted.get(name, "")) for name in names})


def page_time(kept: str = "") -> str:
    """Return the signed time at which a form was first shown: `kept` where it is one of ours, else now."""
    try:
        PAGE_TIME.unsign(kept)
    except signing.BadSignature:
        return PAGE_TIME.sign("form")
    return kept


def _too_fast(opened: str) -> bool:
    """Say whether the form was sent at once, or without the time at which it was shown."""
    try:
        PAGE_TIME.unsign(opened)
    except signing.BadSignature:
        return True
    try:
        PAGE_TIME.unsign(opened, max_age=QUICKEST_SECONDS)
    except signing.SignatureExpired:
        return False
    return True


def _ticket(request: HttpRequest, evidence: Evidence) -> Ticket | None:
    """Return what `evidence` is worth; None where PROOF_OF_WORK is off. An answer costs queries."""
    if not settings.PROOF_OF_WORK:
        return None
    if evidence.proof:
        try:
            return proof.check(evidence.proof)
        except Refusal:
            if not evidence.answer:
                raise
    if not evidence.answer:
        message = _("The automatic check against bulk sending is missing. Nothing was filed.")
        raise Refusal("proof-required", message, status=400)
    return _answered(request, evidence)


def _answered(request: HttpRequest, evidence: Evidence) -> Ticket:
    refused = limits.question_refusal(request)
    if refused:
        raise refused
    found, is_right = question.check(evidence.question, evidence.answer)
    if found is None:
        message = _("The question was open for too long. Nothing was filed. Please answer the new one.")
        raise Refusal("proof-invalid", message, status=400)
    if not is_right:
        # One try for each question: else it is guessed by trying.
        found.spend()
        message = _("That is not the answer to the question. Nothing was filed. Please answer the new one.")
        raise Refusal("proof-invalid", message, status=400)
    if _too_fast(evidence.opened):
        message = _("The form was sent within seconds, as programs do. Nothing was filed. Please send it once more.")
        raise Refusal("proof-required", message, status=400)
    return found


def submit(
    request: HttpRequest,
    consultation: Consultation,
    draft: actions.Draft,
    evidence: Evidence,
    *,
    now: datetime,
    idempotency_key: str = "",
) -> actions.Receipt:
    """Register a comment and use up what it brings along, both or neither: what wasn't acknowledged can be sent again.

    Raises a Refusal as `actions.submit` does; proof-required, proof-invalid (400); throttled (429).
    """
    brought = _ticket(request, evidence)
    if brought is None:
        return _register(request, consultation, draft, now, idempotency_key)
    with transaction.atomic():
        if brought.spend():
            return _register(request, consultation, draft, now, idempotency_key)
    # The same form twice at once: the other request used the ticket and registered the comment.
    receipt = actions.sent_before(consultation, draft, idempotency_key)
    if receipt is None:
        raise proof.invalid()
    return receipt


def _register(
    request: HttpRequest, consultation: Consultation, draft: actions.Draft, now: datetime, key: str
) -> actions.Receipt:
    # Counted only with something of its own in hand: who sends one proof a thousand times shuts nobody out.
    refused = limits.comment_refusal(request)
    if refused:
        raise refused
    return actions.submit(consultation, draft, now=now, idempotency_key=key)
