"""What a resident may type into a field: shape only, shared by form and API."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

NAME_LENGTH = 60
PHONE_LENGTH = 30
EMAIL_LENGTH = 254
KEY_SHAPE = re.compile(r"[A-Za-z0-9_-]{16,64}")


def phone_number(value: str) -> None:
    """Refuse what can't be a telephone number: 7 to 15 digits, with blanks, hyphens, brackets and a leading +."""
    digits = re.sub(r"[\s\-()（）+]", "", value)
    if not (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 15):
        raise ValidationError(_("Please check this telephone number: it should have 7 to 15 digits."), code="phone")


def plain_line_ends(text: str) -> str:
    """Return `text` with Windows line ends as plain ones, so that a line break counts as one character everywhere."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_idempotency_key(key: str) -> bool:
    """Say whether `key` can serve as an idempotency key: 16 to 64 letters, digits, hyphens, underscores."""
    return bool(KEY_SHAPE.fullmatch(key))
