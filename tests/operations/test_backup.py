"""Backup and restore: back comes what was there, and nothing that is there is lost by mistake."""

import io
import json
import os
import stat
import subprocess
import sys
import tarfile
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal import backup, restoring
from portal.models import AuditEvent
from portal.postgres_programs import ProgramFailed, find_program
from tests import make

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = tmp_path / "var" / "media"
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT / "letter.txt").write_text("来信", encoding="utf-8")
    return settings.VAR_DIR


@pytest.fixture
def way() -> dict:
    parameters = connection.get_connection_params()
    return {key: parameters[key] for key in ("host", "port", "user", "password") if parameters.get(key)}


@pytest.fixture
def empty_database(way):
    """The DATABASE_URL of a new, empty database beside the tests' own."""
    name = f"{connection.settings_dict['NAME']}_restored"
    with psycopg.connect(**way, dbname="postgres", autocommit=True) as administration:
        administration.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        administration.execute(f'CREATE DATABASE "{name}"')
        query = "&".join(f"{key}={quote(str(way[key]), safe='')}" for key in ("host", "port") if key in way)
        yield f"postgis://{way['user']}:{way.get('password', '')}@/{name}?{query}"
        administration.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def manage(url: str, var: Path, *arguments: object) -> subprocess.CompletedProcess:
    environment = os.environ | {"DATABASE_URL": url, "VAR_DIR": str(var)}
    command = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_a_backup_comes_back_in_a_new_database_with_files_keys_and_an_unbroken_chain(
    jiefang, place, empty_database, tmp_path
):
    file = tmp_path / "whole.tar"
    call_command("backup", output=file, with_secrets=True)
    counts = backup.count_rows()
    assert counts["maps_feature"] > 50

    new = tmp_path / "new"
    done = manage(empty_database, new, "restore", file)
    assert done.returncode == 0, done.stderr
    count = (
        "from portal import audit, backup; import json; print(json.dumps([backup.count_rows(), len(audit.verify())]))"
    )
    shown = manage(empty_database, new, "shell", "-v", "0", "-c", count)
    assert json.loads(shown.stdout.splitlines()[-1]) == [counts, 0], shown.stderr
    assert (new / "media" / "letter.txt").read_text(encoding="utf-8") == "来信"
    from django.conf import settings

    assert (new / "secrets" / "RECEIPT_KEY").read_text() == settings.RECEIPT_KEY
    assert stat.S_IMODE((new / "secrets" / "RECEIPT_KEY").stat().st_mode) == 0o600
    still_append_only = manage(
        empty_database,
        new,
        "shell",
        "-v",
        "0",
        "-c",
        "from portal.models import AuditEvent as A; A.objects.all().delete()",
    )
    assert still_append_only.returncode != 0
    check = manage(empty_database, new, "migrate", "--check")
    assert check.returncode == 0, check.stdout


def test_a_backup_without_secrets_holds_none_says_so_and_is_refused_where_the_keys_are_others(
    plan, place, empty_database, tmp_path, capsys
):
    file = tmp_path / "plain.tar"
    call_command("backup", output=file)
    assert "contact data" in capsys.readouterr().err
    with tarfile.open(file) as archive:
        assert not [name for name in archive.getnames() if name.startswith("secrets")]
    done = manage(empty_database, tmp_path / "new", "restore", file)
    assert done.returncode == 1
    assert "other keys" in done.stderr
    done = manage(empty_database, tmp_path / "new", "restore", file, "--without-keys")
    assert done.returncode == 0, done.stderr


def test_restore_refuses_a_database_that_is_not_empty_and_changes_nothing(plan, place, tmp_path):
    file = tmp_path / "x.tar"
    call_command("backup", output=file)
    make.create_plan("later")
    with pytest.raises(CommandError, match=r"not empty.*--force"):
        call_command("restore", file)
    assert backup.count_rows()["maps_plan"] == 2


def test_with_force_everything_is_replaced_by_the_backup(plan, place, tmp_path):
    file = tmp_path / "x.tar"
    call_command("backup", output=file)
    make.create_plan("later")
    (place / "media" / "later.txt").write_text("later")
    call_command("restore", file, force=True)
    assert backup.count_rows()["maps_plan"] == 1
    assert [path.name for path in (place / "media").iterdir()] == ["letter.txt"]


def test_a_damaged_backup_is_refused_before_anything_is_replaced(plan, place, tmp_path):
    file, damaged = tmp_path / "x.tar", tmp_path / "damaged.tar"
    call_command("backup", output=file)
    with tarfile.open(file) as good, tarfile.open(damaged, "w") as bad:
        for member in good.getmembers():
            body = good.extractfile(member).read() if member.isfile() else b""
            if member.name == "database.dump":
                body = body[:-10] + b"0123456789"
            bad.addfile(member, io.BytesIO(body))
    with pytest.raises(CommandError, match="damaged"):
        call_command("restore", damaged, force=True)
    assert backup.count_rows()["maps_plan"] == 1


def test_a_restore_that_fails_half_way_leaves_the_database_as_it_was(plan, place, tmp_path, monkeypatch):
    file = tmp_path / "x.tar"
    call_command("backup", output=file)
    monkeypatch.setattr(restoring, "_DROP", restoring._DROP + "SELECT 1/0;")
    with pytest.raises(CommandError, match="division by zero"):
        call_command("restore", file, force=True)
    assert backup.count_rows()["maps_plan"] == 1


@pytest.mark.parametrize("content", [b"", b"not a tar", b"\x00" * 10240])
def test_a_file_that_is_no_backup_is_refused(content, place, tmp_path):
    (tmp_path / "x.tar").write_bytes(content)
    with pytest.raises(CommandError, match="backup"):
        call_command("restore", tmp_path / "x.tar", force=True)


def test_a_backup_can_be_read_by_its_owner_only_and_never_replaces_a_file(plan, place, tmp_path):
    file = tmp_path / "x.tar"
    call_command("backup", output=file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", output=file)


def test_keep_deletes_older_backups_and_nothing_else(plan, place):
    folder = place / "backups"
    folder.mkdir()
    names = ["tuyi-20260101-031500.tar", "tuyi-20260102-031500.tar", "mine.tar"]
    for name in names:
        (folder / name).touch()
    call_command("backup", keep=2)
    left = sorted(path.name for path in folder.iterdir())
    assert len(left) == 3
    assert left[0] == "mine.tar"
    assert left[1] == "tuyi-20260102-031500.tar"


def test_programs_older_than_the_server_are_refused_with_what_to_install(monkeypatch):
    monkeypatch.setattr("portal.postgres_programs.server_major", lambda: 99)
    with pytest.raises(ProgramFailed, match="postgresql-client-99"):
        find_program("pg_dump")


def test_no_backup_is_left_half_written_when_the_dump_fails(place, tmp_path, monkeypatch):
    monkeypatch.setattr("portal.postgres_programs.server_major", lambda: 99)
    with pytest.raises(CommandError, match="No backup was written"):
        call_command("backup", output=tmp_path / "out" / "x.tar")
    assert list((tmp_path / "out").iterdir()) == []
    assert not AuditEvent.objects.exists()
