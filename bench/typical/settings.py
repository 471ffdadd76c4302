"""The portal's own settings, with the viewset in place of its addresses."""

from portal.settings import *  # noqa: F403
from portal.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "rest_framework_gis"]
ROOT_URLCONF = "bench.typical.urls"
