"""One file that holds the whole portal: the database, the uploaded files and, where asked for, the secrets."""

import hashlib
import json
import os
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from portal.postgres_programs import run_program, server_major

FORMAT = 1
SECRETS = ("SECRET_KEY", "RECEIPT_KEY", "CONTACT_KEYS")


def key_marks() -> set[str]:
    """Return a short mark of each key that stored data depend on, so that a restore can tell whether keys fit.

    The keys are random and long: their digests betray nothing.
    """
    return {_mark(key) for key in (settings.RECEIPT_KEY, *settings.CONTACT_KEYS)}


def _mark(secret: str) -> str:
    return hashlib.sha256(b"tuyi backup " + secret.encode()).hexdigest()[:16]


def count_rows() -> dict[str, int]:
    """Return the number of rows of every table of the portal. One query for each table."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname FROM pg_class AS c
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT EXISTS
                (SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')
            ORDER BY c.relname
            """
        )
        tables = [name for (name,) in cursor.fetchall()]
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


def write_backup(path: Path, now: datetime, *, with_secrets: bool) -> dict:
    """Write a backup to `path` (mode 0600, appears only when it is whole) and return its manifest.

    Database and row counts are of one moment, while people go on working. Raises ProgramFailed and OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as folder:
        dump = Path(folder) / "database.dump"
        counts = _dump_database(dump)
        manifest = {
            "format": FORMAT,
            "made_at": now.isoformat(timespec="seconds"),
            "postgresql": server_major(),
            "database_sha256": file_digest(dump),
            "rows": counts,
            "keys": sorted(key_marks()),
            "with_secrets": with_secrets,
        }
        draft = Path(folder) / path.name
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            _pack(file, dump, manifest, with_secrets)
        draft.replace(path)
    return manifest


def _dump_database(dump: Path) -> dict[str, int]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        counts = count_rows()
        run_program("pg_dump", "--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-acl", f"--file={dump}")
    return counts


def _pack(file: object, dump: Path, manifest: dict, with_secrets: bool) -> None:
    with tarfile.open(fileobj=file, mode="w") as archive, tempfile.TemporaryDirectory() as folder:
        note = Path(folder) / "manifest.json"
        note.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        archive.add(note, "manifest.json", filter=_nobody)
        archive.add(dump, "database.dump", filter=_nobody)
        if Path(settings.MEDIA_ROOT).is_dir():
            archive.add(settings.MEDIA_ROOT, "media", filter=_nobody)
        for name in SECRETS if with_secrets else ():
            kept = Path(folder) / name
            kept.write_text(",".join(settings.CONTACT_KEYS) if name == "CONTACT_KEYS" else getattr(settings, name))
            kept.chmod(0o600)
            archive.add(kept, f"secrets/{name}", filter=_nobody)


def _nobody(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Leave out who owned a file, and everything that is no plain file or folder."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member if member.isfile() or member.isdir() else None


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
