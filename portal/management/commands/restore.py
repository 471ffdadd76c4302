"""`manage.py restore FILE`: bring a backup back."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.postgres_programs import ProgramFailed
from portal.restoring import CannotRestore, restore_backup


class Command(BaseCommand):
    """Restore a backup into an empty database, or with --force in place of what is there."""

    help = "Restore a backup. Stop the web server first; start it again afterwards."
    # The database may be empty, so no check may ask it anything.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Read which file, and what may be lost."""
        parser.add_argument("file", type=Path, help="a file that `backup` wrote")
        parser.add_argument(
            "--force", action="store_true", help="replace everything in the database and the media folder"
        )
        parser.add_argument(
            "--without-keys", action="store_true", help="accept that receipt codes and contact data can't be read"
        )

    def handle(self, *args: object, file: Path, force: bool, without_keys: bool, **options: object) -> None:
        """Restore, and say what came back."""
        try:
            manifest = restore_backup(file, force=force, without_keys=without_keys)
        except (CannotRestore, ProgramFailed, OSError) as error:
            raise CommandError(str(error)) from error
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"Restored as of {manifest['made_at']}: {rows} rows of {len(manifest['rows'])} tables.")
        if manifest["with_secrets"]:
            self.stdout.write("The keys were restored as well: start the web server again before anybody uses it.")
        self.stdout.write("Next: start the portal (script/server); it applies newer migrations, if there are any.")
