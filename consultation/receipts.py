"""Receipts: a number that anybody may know, and a code that only the author has."""

import hmac
import secrets
import unicodedata

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from consultation.models import Comment
from portal.refusal import Refusal

# Thirty-two signs that nobody takes for one another when read aloud or copied by hand: no 0/O, 1/I.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8


def _keyed(purpose: str, value: str) -> bytes:
    return salted_hmac(
        f"consultation.receipts.{purpose}", value, secret=settings.RECEIPT_KEY, algorithm="sha256"
    ).digest()


def make_code(consultation_id: int, idempotency_key: str) -> str:
    """Return the code of a comment: 8 signs, 40 bits.

    With an idempotency key (long and random, made by the sender) the code follows from it and our own key, so that a
    request sent again after a broken connection gets the same receipt; without one it is random.
    """
    if idempotency_key:
        digest = _keyed("code", f"{consultation_id} {idempotency_key}")
    else:
        digest = secrets.token_bytes(CODE_LENGTH)
    return "".join(ALPHABET[byte % 32] for byte in digest[:CODE_LENGTH])


def normalised(text: str) -> str:
    """Return a number or code as typed by hand in the form that we compare: upper case, no blanks, half-width."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def hash_code(number: str, code: str) -> str:
    """Return what is stored of a code."""
    return _keyed("hash", f"{number} {normalised(code).replace('-', '')}").hex()


def find(number: str, code: str) -> Comment | None:
    """Return the comment that this number and code belong to, or None: wrong number and wrong code look the same.

    One query, and the same work whether the number exists or not.
    """
    number = normalised(number)
    given = hash_code(number, code)
    comment = Comment.objects.whole().filter(number=number[:20]).first()
    stored = comment.code_hash if comment else hash_code("", "")
    return comment if hmac.compare_digest(given, stored) and comment else None


def unknown() -> Refusal:
    """Return the one answer to a wrong number and to a wrong code."""
    message = _("This number and this code don't belong together. Please compare both with your receipt.")
    return Refusal("receipt-unknown", message, status=404)


def next_number(prefix: str, year: int) -> str:
    """Give out the next number of a series, such as JF-2027-000123, in the caller's transaction: no gaps.

    The series is held until commit, so call it late. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO consultation_numberseries AS series (prefix, year, last) VALUES (%s, %s, 1)
            ON CONFLICT (prefix, year) DO UPDATE SET last = series.last + 1 RETURNING last
            """,
            [prefix, year],
        )
        return f"{prefix}-{year}-{cursor.fetchone()[0]:06}"
