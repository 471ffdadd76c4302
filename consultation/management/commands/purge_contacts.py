"""`manage.py purge_contacts`: delete contact data whose time is over. For a daily timer, with --apply.

Counts for limits, kept under keyed hashes of addresses, go a day after their hour is over.
"""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from consultation import purging
from portal import throttle


class Command(BaseCommand):
    """Say what is due; with --apply, delete it, on record."""

    help = "Delete the contact data of consultations whose day for it has come. Without --apply only says what is due."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read whether to delete."""
        parser.add_argument("--apply", action="store_true", help="delete; without it, only say what is due")

    def handle(self, *args: object, apply: bool, **options: object) -> None:
        """Go through the consultations that are due."""
        due = purging.due(timezone.localdate())
        if not due:
            self.stdout.write("No contact data are due.")
        for item in due:
            name, day = item.consultation.slug, item.consultation.purge_contacts_on
            if apply:
                deleted = purging.purge(item.consultation)
                self.stdout.write(f"{name}: contact data of {deleted} comments deleted (due on {day}).")
            else:
                self.stdout.write(f"{name}: contact data of {item.contacts} comments are due since {day}.")
        if apply:
            throttle.purge(timezone.now())
        if due and not apply:
            self.stdout.write("Nothing was deleted. Add --apply to delete.")
