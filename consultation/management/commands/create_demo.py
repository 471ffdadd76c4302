"""`manage.py create_demo`: a believable consultation to look at, or very many comments to measure with."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from consultation.demo import filling
from consultation.demo.story import told
from consultation.models import Consultation
from consultation.models.consultation import Phase
from portal.refusal import Refusal

MOST = 200_000


class Command(BaseCommand):
    """Fill the open consultation of the default plan; refuse where real comments are."""

    help = "Create demonstration comments in all states; the same ones every time. Never beside real comments."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read how many comments are wanted."""
        whole = len(told())
        parser.add_argument("--comments", type=int, default=whole, help=f"how many, up to {MOST} (default {whole})")

    def handle(self, *args: object, comments: int, **options: object) -> None:
        """Create them once; say so when they are there already."""
        if not 1 <= comments <= MOST:
            raise CommandError(f"--comments takes a number from 1 to {MOST}.")
        now = timezone.now()
        consultation = Consultation.objects.current(settings.DEFAULT_PLAN, AnonymousUser(), now)
        if consultation is None or consultation.phase(now) is not Phase.OPEN:
            raise CommandError("No consultation is open. Open one first: manage.py open_consultation")
        try:
            there = filling.present(consultation)
            if there:
                self.stdout.write(f"Demonstration: {there} comments are there already; nothing to do.")
                return
            filling.create(consultation, comments, now=now)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(f"Demonstration: {comments} comments created in “{consultation.title_zh}”.")
