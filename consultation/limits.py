"""How often a network may do what residents do; counted per network and hour, see `portal.throttle`.

A village may sit behind one address, so new comments have three tiers: up to EASY_PROOFS_PER_HOUR the puzzle is easy,
beyond it gets harder, and only beyond COMMENTS_PER_HOUR is anybody refused.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from portal.client_address import network_key
from portal.refusal import Refusal
from portal.throttle import count, hit

SUPPORTS_PER_HOUR = 120
REPORTS_PER_HOUR = 20
# Behind one address there may be a village; one comment supported more often than this in a day is a program's work.
SUPPORTS_OF_ONE_PER_DAY = 50
# A puzzle gets at most so many times as hard: some ten seconds on an old phone, while its owner is typing anyway.
HARDEST = 16


def _limited(request: HttpRequest, scope: str, limit: int, period: timedelta = timedelta(hours=1)) -> Refusal | None:
    if not settings.COMMENT_THROTTLE or hit(scope, network_key(request), limit, period):
        return None
    message = _("This was done very often from your network in a short time. Please try again later; nothing is lost.")
    return Refusal("throttled", message, status=429)


def comment_refusal(request: HttpRequest) -> Refusal | None:
    """Count a comment from this network; a Refusal (429) when there were too many in this hour. One query."""
    return _limited(request, "comment", settings.COMMENTS_PER_HOUR)


def question_refusal(request: HttpRequest) -> Refusal | None:
    """Count an answered question; a Refusal (429) when there were too many in this hour. One query.

    A program reads such a question easily, so they have a limit of their own, which leaves solved puzzles alone.
    """
    return _limited(request, "question", settings.QUESTIONS_PER_HOUR)


def work(request: HttpRequest) -> int:
    """Count a puzzle given to this network and return how hard it is to be: 1, then 2, 4, 8, at most 16. One query.

    What counts are the puzzles given out, not the comments sent: nobody can collect easy ones for later.
    """
    if not settings.COMMENT_THROTTLE:
        return 1
    given = count("puzzle", network_key(request))
    return min(HARDEST, 2 ** min(10, (given - 1) // max(1, settings.EASY_PROOFS_PER_HOUR)))


def receipt_refusal(request: HttpRequest) -> Refusal | None:
    """Count an attempt at a receipt; a Refusal (429) when there were too many in this hour. One query."""
    return _limited(request, "receipt", settings.RECEIPT_ATTEMPTS_PER_HOUR)


def support_refusal(request: HttpRequest, comment_id: int) -> Refusal | None:
    """Count a support; a Refusal (429) when there were too many, in all or of this comment. Two queries."""
    return _limited(request, "support", SUPPORTS_PER_HOUR) or _limited(
        request, f"support:{comment_id}", SUPPORTS_OF_ONE_PER_DAY, timedelta(days=1)
    )


def report_refusal(request: HttpRequest) -> Refusal | None:
    """Count a report; a Refusal (429) when there were too many from this network in this hour. One query."""
    return _limited(request, "report", REPORTS_PER_HOUR)


def supporter(request: HttpRequest) -> str:
    """Return a keyed hash that stands for the browser that supports a comment, so that it counts once.

    It is made from the random cookie that our forms have anyway (CSRF), so a family behind one address counts by
    person and no further cookie is needed; without any cookie the network of the day stands for the person.
    """
    cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return salted_hmac("consultation.supporter", cookie or network_key(request), algorithm="sha256").hexdigest()


def seconds_left() -> int:
    """Return how many seconds are left of the hour that counts, for Retry-After."""
    return 3600 - int(timezone.now().timestamp()) % 3600
