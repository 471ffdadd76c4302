"""`manage.py export_comments`: the ledger as a file, masked unless somebody with the right says why not."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from consultation.exporting import FORMATS, Wish, export
from consultation.states import Display
from maps.models import Plan
from portal import audit
from portal.models import User
from portal.refusal import Refusal


class Command(BaseCommand):
    """Write one file with the comments of a plan; the export is on record, a refused one too."""

    help = f"Export the comments of a plan, masked. Formats so far: {', '.join(FORMATS)}."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read format and path, and, for contact data, who takes them and why."""
        parser.add_argument("--format", required=True, help=f"one of: {', '.join(FORMATS)}")
        parser.add_argument("--output", required=True, type=Path, metavar="PATH", help="the file to write")
        parser.add_argument("--plan", default=settings.DEFAULT_PLAN, metavar="SLUG", help="which plan")
        parser.add_argument("--display", default="", choices=["", *Display.values], help="only this state of display")
        parser.add_argument("--with-contact", action="store_true", help="with contact data and the unmasked text")
        parser.add_argument("--reason", default="", help="why contact data are needed; goes on record")
        parser.add_argument("--as", dest="username", default="", metavar="USER", help="who takes them: an exporter")

    def handle(self, *args: object, output: Path, plan: str, username: str, **options: object) -> None:
        """Write the file beside its place and move it there once it is whole; readable by its owner only."""
        found = Plan.objects.filter(slug=plan).first()
        if found is None:
            raise CommandError(f"The plan {plan} isn't loaded.")
        by = User.objects.filter(username=username).first() if username else audit.SYSTEM
        if by is None:
            raise CommandError(f"There is no user {username}.")
        if options["with_contact"] and not username:
            raise CommandError("Contact data leave only with a name: add --as USER and --reason TEXT.")
        wish = Wish(options["format"], options["display"], options["with_contact"], options["reason"])
        try:
            descriptor, draft = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        except OSError as error:
            raise CommandError(f"{output} can't be written: {error.strerror}.") from error
        try:
            with os.fdopen(descriptor, "wb") as file:
                made = export(found, wish, by=by, into=file)
            os.replace(draft, output)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        except OSError as error:
            raise CommandError(f"{output} can't be written: {error.strerror}.") from error
        finally:
            Path(draft).unlink(missing_ok=True)
        self.stdout.write(f"{made.rows} comments written to {output} (SHA-256 {made.digest}).")
