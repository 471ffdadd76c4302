"""`manage.py backup`: the whole portal in one file."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.backup import write_backup
from portal.postgres_programs import ProgramFailed


class Command(BaseCommand):
    """Write a backup while the portal goes on working; optionally keep only the newest few."""

    help = "Write the database and the uploaded files, as of one moment, to one file. The portal may go on working."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read where to, whether with secrets, and how many to keep."""
        parser.add_argument("--output", type=Path, help="the file to write; otherwise a new one in var/backups/")
        parser.add_argument(
            "--with-secrets",
            action="store_true",
            help="put the keys in as well: whoever has the file can then read all contact data",
        )
        parser.add_argument(
            "--keep", type=int, metavar="N", help="afterwards delete all but the newest N of var/backups/"
        )

    def handle(
        self, *args: object, output: Path | None, with_secrets: bool, keep: int | None, **options: object
    ) -> None:
        """Write the file, say what is in it, and what is not."""
        if keep is not None and (keep < 1 or output):
            raise CommandError("--keep takes 1 or more, and goes with var/backups/ only, not with --output.")
        folder = Path(settings.VAR_DIR) / "backups"
        path = output or folder / f"tuyi-{timezone.localtime():%Y%m%d-%H%M%S}.tar"
        if path.exists():
            raise CommandError(f"{path} exists already; a backup is never overwritten.")
        try:
            manifest = write_backup(path.absolute(), timezone.now(), with_secrets=with_secrets)
        except (ProgramFailed, OSError) as error:
            raise CommandError(f"No backup was written: {error}") from error
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"{path}: {rows} rows of {len(manifest['rows'])} tables, {path.stat().st_size} bytes")
        if not with_secrets:
            secrets = Path(settings.VAR_DIR) / "secrets"
            self.stderr.write(
                f"The keys are not in it. Keep a copy of {secrets} in another safe place: without it contact data and "
                "receipt codes in this backup can't be read."
            )
        for old in sorted(folder.glob("tuyi-????????-??????.tar"))[:-keep] if keep else ():
            old.unlink()
            self.stdout.write(f"{old}: deleted")
