"""Proof of work that asks nobody for a click: the ALTCHA protocol (version 2), checked by ALTCHA's own library.

The browser is given a signed puzzle and finds the number that solves it; that takes a phone a second and makes
sending by the thousand expensive. Nothing about the person or the device is looked at. Why SHA-256 and a worker of our
own: docs/decisions/0004-proof-of-work-in-a-small-worker.md.
"""

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import altcha
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from portal import throttle
from portal.refusal import Refusal

LIFETIME = timedelta(hours=1)
ALGORITHM = "SHA-256"
# Hashes for one try, and tries on average, at the easiest: 48 000 hashes, about 1 s on an old phone.
ROUNDS = 8
TRIES = 6_000
LONGEST = 4_000


@dataclass(frozen=True)
class Ticket:
    """Something that is good for one use: a solved puzzle, an answered question."""

    scope: str
    key: str
    expires_at: datetime

    def spend(self) -> bool:
        """Use it up; say whether it was unused. Belongs into the transaction of what it is used for."""
        return throttle.spend(self.scope, self.key, self.expires_at)


def _secret(purpose: str) -> str:
    return salted_hmac("portal.proof", purpose, algorithm="sha256").hexdigest()


def challenge(work: int = 1) -> dict:
    """Return a new puzzle, `work` times as hard as the easiest, as ALTCHA's clients read it. Costs no query."""
    middle = TRIES * work
    made = altcha.create_challenge(
        ALGORITHM,
        ROUNDS,
        # Never easy by luck and never endless: between half and one and a half times the average.
        counter=middle // 2 + secrets.randbelow(middle),
        expires_at=timezone.now() + LIFETIME,
        data={"purpose": "comment"},
        hmac_secret=_secret("challenge"),
        hmac_key_secret=_secret("solution"),
    )
    return made.to_dict()


def check(payload: object) -> Ticket:
    """Return the ticket that this solved puzzle is: base64 or the object itself. No query.

    Raises a Refusal (400, proof-invalid) for what is expired, tampered with, unsolved or no puzzle of ours.
    """
    text = payload if isinstance(payload, str) else base64.b64encode(json.dumps(payload).encode()).decode()
    if (
        len(text) > LONGEST
        or not altcha.verify_solution(text, _secret("challenge"), hmac_key_secret=_secret("solution")).verified
    ):
        raise invalid()
    parameters = altcha.Payload.from_base64(text).challenge.parameters
    return Ticket("proof", parameters.nonce, datetime.fromtimestamp(parameters.expires_at, UTC))


def invalid() -> Refusal:
    """Return the answer to a proof that doesn't count: expired, used before, or wrong."""
    message = _("The automatic check against bulk sending has expired or was used before. Nothing was filed.")
    return Refusal("proof-invalid", message, status=400)
