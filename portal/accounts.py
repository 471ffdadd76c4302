"""The first accounts of staff: one for each role, with passwords that nobody chose."""

import os
import secrets
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.models import Role, User

# Without letters and digits that look alike on a printed slip; 16 of 31 make 79 bits.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def random_password() -> str:
    """Return a random password in four groups, such as `k7mw-x2qt-9hpa-ru4c`."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _position in range(4)) for _group in range(4))


def create_first_accounts(path: Path) -> dict[str, str]:
    """Create one account per role where there is no account at all, and return user name → password.

    Where anybody has an account nothing is done and the answer is empty. The passwords are also written to `path`,
    readable by its owner only; where that can't be written nothing is created (OSError).
    """
    if User.objects.exists():
        return {}
    made: dict[str, str] = {}
    with transaction.atomic():
        for role in Role:
            made[role.value] = random_password()
            administrates = role is Role.ADMINISTRATOR
            user = User(username=role.value, roles=[role.value], is_staff=administrates, is_superuser=administrates)
            user.set_password(made[role.value])
            user.save()
            audit.record(
                "account.created",
                actor=audit.SYSTEM,
                subject=user,
                data={"username": user.username, "roles": user.roles},
            )
        _write(path, made)
    return made


def _write(path: Path, passwords: dict[str, str]) -> None:
    lines = [f"{name:<14} {password}" for name, password in passwords.items()]
    note = _("First accounts. Give each to its person, who should change the password, and delete this file.")
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join([f"# {note}", *lines, ""]))
    draft.replace(path)


def save_account(user: User, *, by: User, is_new: bool, changed: list[str]) -> None:
    """Save an account that an administrator made or changed, and leave an audit event with its roles. Two queries."""
    user.is_staff = Role.ADMINISTRATOR in user.roles
    with transaction.atomic():
        user.save()
        code = "account.created" if is_new else "account.changed"
        fields = sorted(set(changed) - {"password", "password1", "password2"})
        data = {"username": user.username, "roles": user.roles, "is_active": user.is_active, "fields": fields}
        audit.record(code, actor=by, subject=user, data=data)


def note_password_change(user: User, *, by: User) -> None:
    """Leave an audit event for a password that `by` set for `user`; the password itself is nowhere in it."""
    with transaction.atomic():
        audit.record("account.password-set", actor=by, subject=user, data={"username": user.username})
