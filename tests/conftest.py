"""What every test may ask for: a small plan with a consultation that is open, and the people of `tests.personas`."""

import functools
from pathlib import Path

import pytest

from consultation.models import Consultation
from maps import bundle, loading, package
from maps.models import Plan
from portal import audit
from tests import make
from tests.personas import administrator, author, editor, exporter, planner, visitor  # noqa: F401

JIEFANG = Path(__file__).parent.parent / "maps" / "plans" / "jiefang-2035"

# Reading, checking and compressing take two seconds and give the same each time; the rows are written for each test.
read_once = functools.cache(package.read)
compress_once = functools.cache(bundle.compress)


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Static files under their plain names: the hashed ones need `collectstatic`, which has its own test."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_proof_of_work(settings):
    """Comments are taken without a solved puzzle; tests of the puzzle switch it on."""
    settings.PROOF_OF_WORK = False


@pytest.fixture
def plan(db) -> Plan:
    """A plan with its area (113.1 to 113.3 east, 35.1 to 35.3 north), chapter 4 and the villages Guocun and Wangchu."""
    plan = make.create_plan()
    make.create_area(plan)
    make.create_chapter(plan, "4", title_zh="国土空间格局", title_en="Spatial pattern")
    make.create_village(plan, "village-guocun", 113.21, 35.21, name_zh="郭村", name_en="Guocun")
    make.create_village(plan, "village-wangchu", 113.15, 35.15, name_zh="王褚村", name_en="Wangchu")
    return plan


@pytest.fixture
def consultation(plan) -> Consultation:
    """The plan's consultation, open for thirty more days."""
    return make.create_consultation(plan)


@pytest.fixture
def jiefang(db, monkeypatch) -> Plan:
    """The plan that the portal ships with, loaded as `load_plan` does it.

    For tests with real transactions or `live_server` too: name it beside them, and it is loaded again for each.
    """
    with monkeypatch.context() as patch:
        patch.setattr(loading, "read", read_once)
        patch.setattr(bundle, "compress", compress_once)
        return loading.load(JIEFANG, actor=audit.SYSTEM)
