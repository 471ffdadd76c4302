"""`manage.py bootstrap`: from an empty database to a portal that can be served, in one start of the interpreter."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from portal.accounts import create_first_accounts

# Any number that only this command uses: two that start together take turns.
_LOCK = 2035_0001
# The extensions that the database needs, and the packages that bring them.
NEEDED = (("postgis", "postgresql-<version>-postgis-3"), ("pg_trgm", "postgresql-contrib"))


class Command(BaseCommand):
    """Migrate, load the plan, open a consultation, collect static files, create the first accounts; all idempotent."""

    help = "Prepare the database and files for serving. Does only what is not done yet, so it may run at every start."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read whether demonstration data are wanted, and whether passwords may be shown."""
        parser.add_argument("--demo", action="store_true", help="also fill in a believable consultation")
        parser.add_argument(
            "--hide-passwords",
            action="store_true",
            help="say only where the first accounts' passwords are kept; for where output is stored, as by containers",
        )

    def handle(self, *args: object, demo: bool, hide_passwords: bool, **options: object) -> None:
        """Run the steps in order; each says in one line what it did."""
        require_postgis()
        with _one_at_a_time():
            self._migrate()
            for name, *arguments in settings.BOOTSTRAP_COMMANDS:
                call_command(name, *arguments, stdout=self.stdout)
            self._collect_static()
            self._first_accounts(hide_passwords)
            if demo:
                call_command(settings.DEMO_COMMAND, stdout=self.stdout)

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if pending:
            self._say(f"Database: applying {len(pending)} migrations")
            call_command("migrate", interactive=False, verbosity=0)
        else:
            self._say("Database: up to date")

    def _collect_static(self) -> None:
        mark = Path(settings.VAR_DIR) / "static.mark"
        collected = Path(settings.STATIC_ROOT)
        wanted = _static_digest()
        is_there = collected.is_dir() and any(collected.iterdir())
        if is_there and mark.exists() and mark.read_text(encoding="ascii") == wanted:
            self._say("Static files: up to date")
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(wanted, encoding="ascii")
        self._say("Static files: collected, hashed and compressed")

    def _first_accounts(self, hide_passwords: bool) -> None:
        path = Path(settings.VAR_DIR) / "accounts.txt"
        made = create_first_accounts(path)
        if not made:
            return
        self._say(f"First accounts, one for each role; kept in {path}, which only its owner can read:")
        for name, password in made.items():
            self.stdout.write(f"    {name:<14} {'(hidden)' if hide_passwords else password}")

    def _say(self, line: str) -> None:
        self.stdout.write(f"· {line}")


def require_postgis() -> None:
    """Raise CommandError, saying what to do, where the database can't be reached or can't have PostGIS and trigrams."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, installed_version IS NOT NULL FROM pg_available_extensions")
            available = dict(cursor.fetchall())
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            is_superuser = cursor.fetchone()[0]
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise CommandError(f"The database that DATABASE_URL names can't be reached: {reason}") from error
    for name, package in NEEDED:
        if name not in available:
            raise CommandError(
                f"The database server that DATABASE_URL names has no {name}. Install it there (on Debian and Ubuntu: "
                f"apt-get install {package}), or unset DATABASE_URL: script/server then brings its own database."
            )
        # pg_trgm is trusted: the owner of a database may install it. PostGIS takes a superuser.
        if name == "postgis" and not available[name] and not is_superuser:
            raise CommandError(
                f"The database that DATABASE_URL names lacks {name}, and its user may not install it. Ask the "
                f"database's administrator to run there: CREATE EXTENSION {name};"
            )


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _static_digest() -> str:
    """Digest name, size and time of every static file, and the address that they are served at."""
    digest = hashlib.sha256(settings.STATIC_URL.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
