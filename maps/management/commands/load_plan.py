"""manage.py load_plan PATH: load a plan package."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from maps import consistency, loading
from maps.models import Plan
from maps.package_toml import PackageError
from portal import audit


class Command(BaseCommand):
    """Load a plan package: all or nothing, and nothing when it is loaded already."""

    help = "Load a plan package (a folder with plan.toml). The same package again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the package's folder."""
        parser.add_argument("path", type=Path, help="the package's folder, such as maps/plans/jiefang-2035")

    def handle(self, *args: object, path: Path, **options: object) -> None:
        """Load, then say what there is now."""
        before = dict(Plan.objects.values_list("slug", "version"))
        try:
            plan = loading.load(path, actor=audit.SYSTEM)
        except PackageError as error:
            raise CommandError(_("The package was refused:") + f"\n{error}") from error
        if before.get(plan.slug) == plan.version:
            self.stdout.write(
                _("Nothing changed: %(plan)s, version %(version)s.") % {"plan": plan, "version": plan.version}
            )
            return
        counts = {
            "plan": plan,
            "version": plan.version,
            "chapters": plan.chapters.count(),
            "layers": plan.layers.count(),
            "features": plan.features.count(),
            "indicators": plan.indicators.count(),
        }
        sentence = _(
            "Loaded %(plan)s, version %(version)s: %(chapters)s chapters, %(layers)s layers, %(features)s features, "
            "%(indicators)s figures."
        )
        self.stdout.write(sentence % counts)
        for finding in consistency.check(plan):
            self.stdout.write(_("Note: %(finding)s") % {"finding": finding})
