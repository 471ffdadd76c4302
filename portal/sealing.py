"""Personal data at rest: sealed with a key that is not in the database (AES-128-CBC with HMAC, Fernet)."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def _box() -> MultiFernet:
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in settings.CONTACT_KEYS]
    )


def seal(text: str) -> str:
    """Return `text` sealed with the first of CONTACT_KEYS; "" stays ""."""
    return _box().encrypt(text.encode()).decode("ascii") if text else ""


def unseal(sealed: str) -> str:
    """Return what was sealed, with whichever of CONTACT_KEYS fits. Raises ValueError when none does."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken:
        raise ValueError("None of CONTACT_KEYS opens this; was a key removed before the data were resealed?") from None
