"""Bring a backup back: into an empty database, or in place of everything where that is asked for in so many words."""

import json
import os
import shutil
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from portal.backup import FORMAT, SECRETS, count_rows, file_digest, key_marks
from portal.postgres_programs import run_program

# Everything in the portal's schema that no extension brought: PostGIS itself could only be put back by a superuser.
_DROP = """
DO $$
DECLARE
    statement text;
    statements text[];
BEGIN
    -- All are named before the first is dropped: what a table takes along has no name any more.
    SELECT array_agg(sql) INTO statements FROM (
        SELECT format('DROP TABLE IF EXISTS %s CASCADE', c.oid::regclass) AS sql FROM pg_class AS c
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')
        UNION ALL
        SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure) FROM pg_proc AS p
        WHERE p.pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e')
    ) AS things;
    FOREACH statement IN ARRAY coalesce(statements, '{}') LOOP
        EXECUTE statement;
    END LOOP;
END $$;
"""


class CannotRestore(Exception):
    """The backup is no backup, or restoring it would destroy something; the text says which and what to do."""


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Unpack plain files and folders that stay below `folder`; Python 3.11.2 of Debian 12 has no `filter` for it."""
    for member in archive.getmembers():
        stays = (folder / member.name).resolve().is_relative_to(folder.resolve())
        if not stays or not (member.isfile() or member.isdir()):
            raise CannotRestore(f"{member.name} doesn't belong into a backup.")
        archive.extract(member, folder)


def read_manifest(archive: tarfile.TarFile) -> dict:
    """Return the backup's manifest, or raise CannotRestore where this is no backup that we can read."""
    try:
        manifest = json.load(archive.extractfile("manifest.json"))
        known = manifest["format"] == FORMAT and bool(archive.getmember("database.dump"))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise CannotRestore("This file is no backup of the portal: it has no manifest.") from error
    if not known:
        raise CannotRestore(f"This backup has format {manifest['format']}; this version reads format {FORMAT}.")
    return manifest


def restore_backup(path: Path, *, force: bool, without_keys: bool) -> dict:
    """Restore the backup at `path` and return its manifest.

    The database is replaced in one transaction: all of it or nothing. Refuses (CannotRestore) a database or media
    folder that holds something unless `force`, and keys that don't fit the data unless `without_keys`.
    """
    try:
        archive = tarfile.open(path)  # noqa: SIM115 - closed by the `with` below, whose errors are others
    except (OSError, tarfile.TarError) as error:
        raise CannotRestore(f"{path} can't be read as a backup: {error}") from error
    with archive, tempfile.TemporaryDirectory(prefix="tuyi-restore-") as folder:
        manifest = read_manifest(archive)
        _refuse_loss(force)
        _refuse_wrong_keys(manifest, without_keys)
        _unpack(archive, Path(folder))
        dump = Path(folder) / "database.dump"
        if file_digest(dump) != manifest["database_sha256"]:
            raise CannotRestore("The backup is damaged: the database in it is not the one that was written.")
        _replace_database(dump, Path(folder), empty_first=force)
        if (counts := count_rows()) != manifest["rows"]:
            differing = sorted(set(counts.items()) ^ set(manifest["rows"].items()))
            raise CannotRestore(f"Restored, but these tables have another number of rows: {differing}")
        _replace_media(Path(folder) / "media")
        if manifest["with_secrets"]:
            _restore_secrets(Path(folder) / "secrets")
    return manifest


def _refuse_loss(force: bool) -> None:
    if force:
        return
    if tables := count_rows():
        raise CannotRestore(
            f"The database is not empty ({len(tables)} tables, {sum(tables.values())} rows). "
            "To replace everything in it by the backup add --force."
        )
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir() and any(media.iterdir()):
        raise CannotRestore(f"{media} is not empty. To replace it by the backup's files add --force.")


def _refuse_wrong_keys(manifest: dict, without_keys: bool) -> None:
    """Contact data are sealed and receipts hashed with keys: under others they are lost, and nobody would notice."""
    if without_keys or manifest["with_secrets"] or set(manifest["keys"]) <= key_marks():
        return
    raise CannotRestore(
        "This backup was made with other keys, and doesn't hold them: receipt codes and contact data in it could not "
        f"be read here. Put the old files RECEIPT_KEY and CONTACT_KEYS into {settings.VAR_DIR}/secrets first; "
        "if they are lost, add --without-keys."
    )


def _replace_database(dump: Path, folder: Path, *, empty_first: bool) -> None:
    listing = run_program("pg_restore", "--list", str(dump))
    # PostGIS is there already and isn't ours to make or to comment; its table of reference systems neither.
    kept = [line for line in listing.splitlines() if " EXTENSION " not in line and "spatial_ref_sys" not in line]
    kept = [line for line in kept if " SCHEMA - public" not in line and " ACL - SCHEMA public" not in line]
    (folder / "list").write_text("\n".join(kept) + "\n", encoding="utf-8")
    (folder / "drop.sql").write_text(_DROP if empty_first else "", encoding="utf-8")
    script = folder / "restore.sql"
    run_program("pg_restore", "--no-owner", "--no-acl", f"--use-list={folder / 'list'}", f"--file={script}", str(dump))
    connection.close()
    run_program(
        "psql", "-X", "-q", "--single-transaction", "-v", "ON_ERROR_STOP=1", "-o", os.devnull,
        "-f", str(folder / "drop.sql"), "-f", str(script),
    )  # fmt: skip


def _replace_media(restored: Path) -> None:
    media = Path(settings.MEDIA_ROOT)
    old = media.with_name(f"{media.name}.before-restore")
    shutil.rmtree(old, ignore_errors=True)
    if media.exists():
        media.rename(old)
    if restored.is_dir():
        shutil.move(restored, media)
    else:
        media.mkdir(parents=True)
    shutil.rmtree(old, ignore_errors=True)


def _restore_secrets(folder: Path) -> None:
    target = Path(settings.VAR_DIR) / "secrets"
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in SECRETS:
        draft = target / f".{name}.restored"
        draft.unlink(missing_ok=True)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write((folder / name).read_bytes())
        draft.replace(target / name)
