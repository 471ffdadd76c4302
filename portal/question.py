"""A small sum in words, for browsers that run no script: signed, good for two hours and for one use.

It keeps out only what doesn't read; so whoever asks it also limits how often it is answered from one network.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.proof import Ticket

LIFETIME = timedelta(hours=2)
SIGNER = signing.TimestampSigner(salt="portal.question")
NUMBERS = [_("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine")]
TENS = {"": 0, "十": 10}
DIGITS = "一二三四五六七八九"


@dataclass(frozen=True)
class Question:
    """What a person reads, and the token that goes with the form; the token doesn't give the answer away."""

    text: str
    token: str


def _digest(nonce: str, answer: int) -> str:
    return salted_hmac("portal.question", f"{nonce} {answer}", algorithm="sha256").hexdigest()


def _words(number: int) -> str | Promise:
    return NUMBERS[number - 2]


def ask() -> Question:
    """Make a new question, in the active language."""
    first, second, nonce = secrets.randbelow(8) + 2, secrets.randbelow(8) + 2, secrets.token_hex(8)
    text = _("How much is %(first)s plus %(second)s?") % {"first": _words(first), "second": _words(second)}
    return Question(str(text), SIGNER.sign(f"{nonce} {_digest(nonce, first + second)}"))


def check(token: str, answer: str) -> tuple[Ticket | None, bool]:
    """Return the ticket of a question of ours that is still good (or None), and whether `answer` is right."""
    try:
        nonce, digest = SIGNER.unsign(token[:300], max_age=LIFETIME).split(" ")
    except (signing.BadSignature, ValueError):
        return None, False
    number = _number(answer)
    is_right = number is not None and constant_time_compare(digest, _digest(nonce, number))
    return Ticket("question", nonce, _end(token)), is_right


def _end(token: str) -> datetime:
    return datetime.fromtimestamp(signing.b62_decode(token.rsplit(":", 2)[1]), UTC) + LIFETIME


def _number(answer: str) -> int | None:
    """Read 12, １２ and 十二; None for anything else."""
    text = unicodedata.normalize("NFKC", answer[:20]).strip().rstrip("。.")
    if text.isascii() and text.isdigit():
        return int(text)
    tens, rest = ("十", text[1:]) if text.startswith("十") else ("", text)
    if not text or (rest and (len(rest) > 1 or rest not in DIGITS)):
        return None
    return TENS[tens] + (DIGITS.index(rest) + 1 if rest else 0)
