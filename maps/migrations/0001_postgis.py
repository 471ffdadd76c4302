"""PostGIS first. Where it is in template1 already this does nothing and needs no superuser."""

from django.contrib.postgres.operations import CreateExtension
from django.db import migrations


class Migration(migrations.Migration):
    """The extension that maps stand on."""

    operations = [CreateExtension("postgis")]
