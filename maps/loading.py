"""Writing a plan package into the database: all of it or nothing, and nothing twice."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maps import bundle, consistency_sheet, search_index
from maps.models import Chapter, Feature, Indicator, Layer, Plan, PlanVersion
from maps.package import read
from maps.package_rows import LayerRow, Package
from maps.package_toml import Fault, PackageError
from portal import audit
from portal.models import User

# The name of the lock under which one plan is loaded at a time; any number that nothing else uses.
LOCK = 0x7475_7969


def load(path: Path, *, actor: User | str) -> Plan:
    """Load the package in the folder `path` and return the plan in its newest version.

    The same package again changes nothing. A changed one becomes the next version in one transaction; chapters,
    layers, features and indicators with a key that was there before keep their primary keys. Raises PackageError.
    """
    package = read(Path(path))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        plan = Plan.objects.filter(slug=package.slug).first()
        if plan is not None and plan.digest == package.digest:
            return plan
        return _write(package, plan, actor)


def _write(package: Package, old: Plan | None, actor: User | str) -> Plan:
    """Write every row of the new version, then its files, then the audit event."""
    plan = old or Plan(slug=package.slug)
    for field, value in package.plan.items():
        setattr(plan, field, value)
    plan.version = old.version + 1 if old else 1
    plan.digest, plan.loaded_at = package.digest, timezone.now()
    plan.save()
    _replace(plan, Chapter, [Chapter(plan=plan, **vars(row)) for row in package.chapters], "number")
    layers = {row.key: _layer(plan, row) for row in package.layers}
    _upsert(Layer, layers.values(), "key")
    # Before the layers that are gone: a feature may have moved to another layer and keeps its primary key.
    _replace(plan, Feature, _features(plan, package, layers), "key")
    _delete(plan.layers.exclude(key__in=layers))
    _replace(plan, Indicator, [Indicator(plan=plan, **vars(row)) for row in package.indicators], "key")
    _measure(plan)
    bundle.rebuild(plan)
    search_index.rebuild(plan)
    _keep_version(plan, package, actor)
    data = {"plan": plan.slug, "version": plan.version, "digest": plan.digest}
    audit.record("plan.loaded", actor=actor, subject=plan, plan_id=plan.pk, data=data)
    return plan


def _layer(plan: Plan, row: LayerRow) -> Layer:
    values = {field: value for field, value in vars(row).items() if field != "features"}
    return Layer(plan=plan, **values)


def _features(plan: Plan, package: Package, layers: dict[str, Layer]) -> list[Feature]:
    return [
        Feature(plan=plan, layer=layers[layer.key], **vars(row)) for layer in package.layers for row in layer.features
    ]


def _replace(plan: Plan, model: type[models.Model], rows: list[models.Model], key: str) -> None:
    """Make `rows` the plan's only rows of `model`; a row with a known key keeps its primary key. Two queries."""
    keys = [getattr(row, key) for row in rows]
    _delete(model.objects.filter(plan=plan).exclude(**{f"{key}__in": keys}))
    _upsert(model, rows, key)


def _upsert(model: type[models.Model], rows: Iterable[models.Model], key: str) -> None:
    """Insert or update `rows` by plan and key, and give each its primary key. One query."""
    skipped = {"id", "plan", key}
    fields = [field.name for field in model._meta.concrete_fields if field.name not in skipped]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["plan", key], update_fields=fields)


def _delete(rows: models.QuerySet) -> None:
    """Delete `rows`; raises PackageError when something that must stay, such as a comment, still refers to one."""
    try:
        rows.delete()
    except models.ProtectedError as error:
        names = ", ".join(sorted(str(row) for row in rows))
        sentence = _("These are no longer in the package, but something in the portal still refers to them: %(names)s.")
        raise PackageError([Fault("plan.toml", None, "", sentence % {"names": names})]) from error


def _measure(plan: Plan) -> None:
    """Measure every area on the ellipsoid, in hectares. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE maps_feature
            SET measured_ha = round((ST_Area(geometry::geography) / 10000)::numeric, 2)
            WHERE plan_id = %s AND ST_Dimension(geometry) = 2
            """,
            [plan.pk],
        )


def _keep_version(plan: Plan, package: Package, actor: User | str) -> None:
    """Keep the package as it was loaded."""
    PlanVersion.objects.create(
        plan=plan,
        number=plan.version,
        digest=package.digest,
        files=package.digests,
        package=zipped(package),
        checks=consistency_sheet.made(plan),
        loaded_at=plan.loaded_at,
        loaded_by=actor.label if isinstance(actor, User) else actor,
    )


def zipped(package: Package) -> bytes:
    """Return the package as a ZIP; the same package gives the same bytes, whenever and wherever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(package.files.items()):
            entry = zipfile.ZipInfo(f"{package.slug}/{name}", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
