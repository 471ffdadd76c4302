"""`manage.py verify_audit`: does the audit still hold? For a daily timer."""

from django.core.management.base import BaseCommand, CommandError

from portal import audit
from portal.models import AuditEvent

SHOWN = 20


class Command(BaseCommand):
    """Check the chain of all events; exit 1 and name the faults where it doesn't hold."""

    help = "Check that no audit event was changed, removed or put in between. Exit status 1 when one was."

    def handle(self, *args: object, **options: object) -> None:
        """Verify, and print position and fault of the first few."""
        faults = audit.verify()
        for fault in faults[:SHOWN]:
            self.stdout.write(f"event {fault.position}: {fault.what}")
        if faults:
            raise CommandError(f"The audit doesn't hold: {len(faults)} faults.")
        last = AuditEvent.objects.order_by("position").last()
        end = f", the last one {last.digest}" if last else ""
        self.stdout.write(f"The audit holds: {last.position if last else 0} events{end}.")
