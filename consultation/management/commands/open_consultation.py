"""Open the consultation of a plan for at least 30 days."""

from argparse import ArgumentParser
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from consultation.opening import ABOUT, open_consultation
from consultation.period import SATURDAY
from maps.models import Plan
from portal import audit
from portal.refusal import Refusal


class Command(BaseCommand):
    """`open_consultation`: idempotent; run again with other dates or contacts, it changes just those."""

    help = (
        "Set up the consultation (公示) of a plan, open from now for the 30 days that the law asks for, or for the "
        "period given. Run again it changes only what is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--plan", default=settings.DEFAULT_PLAN, help="slug of the plan")
        parser.add_argument("--opens", type=date.fromisoformat, help="first day, such as 2027-03-01; now without it")
        parser.add_argument("--closes", type=date.fromisoformat, help="last day, open until 24:00")
        for name in ABOUT:
            parser.add_argument(f"--{name.replace('_', '-')}", default=None, help="shown on pages; hidden where empty")

    def handle(self, *args: object, **options: object) -> None:
        """Open it and say from when to when."""
        plan = Plan.objects.filter(slug=options["plan"]).first()
        if plan is None:
            raise CommandError(f"There is no plan {options['plan']!r}. Load it first: load_plan PATH")
        about = {name: options[name] for name in ABOUT if options[name] is not None}
        try:
            opened = open_consultation(
                plan,
                actor=audit.SYSTEM,
                now=timezone.now(),
                opens=options["opens"],
                closes=options["closes"],
                about=about,
            )
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        consultation = opened.consultation
        state = "opened" if opened.is_new else "changed" if opened.changed else "unchanged"
        opens, closes = timezone.localtime(consultation.opens_at), timezone.localtime(consultation.closes_at)
        self.stdout.write(f"{consultation.slug}: {state}, from {opens:%Y-%m-%d %H:%M} to {closes:%Y-%m-%d %H:%M}")
        if options["closes"] and options["closes"].weekday() >= SATURDAY:
            self.stdout.write(
                "The last day is a weekend. Unless people work on it, close on the next working day (民法典 203)."
            )
