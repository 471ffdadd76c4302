"""Loading a package: all or nothing, nothing twice, and what is known by its key keeps its primary key."""

import gzip
import hashlib
import io
import json
import shutil
import threading
import zipfile
from pathlib import Path

import brotli
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from maps import bundle, loading
from maps.models import Chapter, Feature, Indicator, Layer, MapFile, Plan, PlanVersion
from maps.package_toml import PackageError
from portal import audit
from portal.models import AuditEvent
from tests.conftest import JIEFANG, compress_once, read_once


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the Jiefang package, to be changed."""
    return shutil.copytree(JIEFANG, tmp_path / "jiefang-2035")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch):
    """Compress the same bytes once in the whole run."""
    monkeypatch.setattr(bundle, "compress", compress_once)


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def command(path: Path) -> str:
    """Run `load_plan` and return what it says, in English."""
    out = io.StringIO()
    with translation.override("en"):
        call_command("load_plan", str(path), stdout=out)
    return out.getvalue()


def keys() -> dict[str, dict[str, int]]:
    """Return every row's primary key by its own key."""
    return {
        model.__name__: dict(model.objects.values_list(name, "pk"))
        for model, name in ((Chapter, "number"), (Layer, "key"), (Feature, "key"), (Indicator, "key"))
    }


def test_the_command_loads_and_says_what_there_is(db: None):
    said = command(JIEFANG)
    assert "version 1: 7 chapters, 15 layers, 116 features, 17 figures." in said
    assert "Note:" not in said


def test_the_same_package_again_changes_nothing(jiefang: Plan):
    before, events = keys(), AuditEvent.objects.count()
    assert "Nothing changed" in command(JIEFANG)
    jiefang.refresh_from_db()
    assert jiefang.version == 1
    assert PlanVersion.objects.count() == 1
    assert keys() == before
    assert AuditEvent.objects.count() == events


def test_a_change_makes_the_next_version_and_keeps_primary_keys(jiefang: Plan, folder: Path):
    before, first_map = keys(), jiefang.map_digest
    change(folder, "geo/villages.geojson", '"name":"郭村"', '"name":"郭庄村"')
    plan = loading.load(folder, actor=audit.SYSTEM)
    assert plan.pk == jiefang.pk
    assert plan.version == 2
    assert keys() == before
    assert Feature.objects.get(key="village-guocun").name_zh == "郭庄村"
    assert [version.number for version in plan.versions.order_by("number")] == [1, 2]
    assert plan.map_digest != first_map


def test_what_is_gone_from_the_package_is_gone_from_the_plan(jiefang: Plan, folder: Path):
    before = keys()
    (folder / "geo" / "base-railways.geojson").unlink()
    toml = (folder / "plan.toml").read_text(encoding="utf-8")
    start = toml.index('[[layers]]\nkey = "base-railways"')
    end = toml.index("[[layers]]", start + 1)
    (folder / "plan.toml").write_text(toml[:start] + toml[end:], encoding="utf-8")
    loading.load(folder, actor=audit.SYSTEM)
    after = keys()
    assert before["Layer"].keys() - after["Layer"].keys() == {"base-railways"}
    assert before["Feature"].keys() - after["Feature"].keys() == {
        "rail-zhengtai-hsr",
        "rail-jiaoliu",
        "rail-taijiao-old",
    }
    assert all(before[model][key] == pk for model, rows in after.items() for key, pk in rows.items())


def test_two_chapters_may_swap_their_names(jiefang: Plan, folder: Path):
    change(folder, "plan.toml", 'slug = "industry"', 'slug = "landscape-now"')
    change(folder, "plan.toml", 'slug = "landscape"', 'slug = "industry"')
    change(folder, "plan.toml", 'slug = "landscape-now"', 'slug = "landscape"')
    for language in ("zh", "en"):
        (folder / "chapters" / f"7-industry.{language}.md").rename(folder / "chapters" / f"7-landscape.{language}.md")
        (folder / "chapters" / f"8-landscape.{language}.md").rename(folder / "chapters" / f"8-industry.{language}.md")
    loading.load(folder, actor=audit.SYSTEM)
    assert Chapter.objects.get(number="8").slug == "industry"


def state() -> list:
    """Return everything that a load writes."""
    rows = [list(model.objects.order_by("pk").values()) for model in (Plan, Chapter, Layer, Feature, Indicator)]
    return [*rows, PlanVersion.objects.count(), set(MapFile.objects.values_list("digest", "last_version"))]


@pytest.mark.parametrize("step", ["_measure", "_keep_version"])
def test_a_failure_in_the_middle_changes_nothing(
    jiefang: Plan, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
):
    before, events = state(), AuditEvent.objects.count()
    change(folder, "geo/villages.geojson", '"name":"郭村"', '"name":"郭庄村"')

    def fail(*args: object) -> None:
        raise RuntimeError("the power failed")

    monkeypatch.setattr(loading, step, fail)
    with pytest.raises(RuntimeError, match="the power failed"):
        loading.load(folder, actor=audit.SYSTEM)
    assert state() == before
    assert AuditEvent.objects.count() == events


def test_a_refused_package_changes_nothing_and_the_command_says_where(jiefang: Plan, folder: Path):
    before = state()
    change(folder, "plan.toml", "value = 607.10", "value = 607.11")
    with pytest.raises(CommandError, match=r"plan\.toml:\d+: indicators\.3\.value: The total is 607\.11"):
        command(folder)
    assert state() == before


def test_a_load_is_in_the_audit_with_its_actor(jiefang: Plan):
    event = AuditEvent.objects.latest("position")
    assert (event.code, event.actor_label, event.plan_id) == ("plan.loaded", audit.SYSTEM, jiefang.pk)
    assert event.data == {"plan": "jiefang-2035", "version": 1, "digest": jiefang.digest}


def test_a_version_keeps_the_package_and_the_same_package_gives_the_same_bytes(jiefang: Plan):
    version = jiefang.versions.get()
    with zipfile.ZipFile(io.BytesIO(version.package)) as archive:
        assert archive.testzip() is None
        files = {name.removeprefix("jiefang-2035/"): archive.read(name) for name in archive.namelist()}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in files.items()} == version.files
    assert files["plan.toml"] == (JIEFANG / "plan.toml").read_bytes()
    assert loading.zipped(read_once(JIEFANG)) == bytes(version.package)


def opened(plan: Plan, digest: str) -> bytes:
    """Return the body of a map file, after a look at both encodings."""
    file = plan.map_files.get(digest=digest)
    body = gzip.decompress(file.gzip)
    assert brotli.decompress(file.brotli) == body
    assert hashlib.sha256(body).hexdigest() == digest
    return body


def test_the_map_bundle_holds_the_whole_map_in_few_bytes(jiefang: Plan):
    content = json.loads(opened(jiefang, jiefang.map_digest))
    assert content["plan"]["slug"] == "jiefang-2035"
    assert content["plan"]["note"]["zh"] == "示意图，不作为划界、确权、审批依据"
    assert content["groups"][0]["key"] == "structure"
    assert [layer["key"] for layer in content["layers"]] == [layer.key for layer in jiefang.layers.all()]
    assert sum(len(layer["features"]) for layer in content["layers"]) == 116
    lines = next(layer for layer in content["layers"] if layer["key"] == "control-lines")
    farmland = next(feature for feature in lines["features"] if feature["id"] == "pbf-wangchu")
    assert farmland["properties"]["stated_ha"] == 316.03
    assert farmland["properties"]["name"] == {
        "zh": "永久基本农田（王褚街道）",
        "en": "Permanent basic farmland (Wangchu Subdistrict)",
    }
    assert "area_ha" not in farmland["properties"]["attributes"]
    villages = next(layer for layer in content["layers"] if layer["key"] == "villages")
    assert villages["kinds"]["village"]["by"]["management"]["practical-plan"]["style"]["marker"] == "square"
    assert len(jiefang.map_files.get(digest=jiefang.map_digest).brotli) < 40_000


def test_a_layers_file_has_the_shipped_geometry_and_flat_properties(jiefang: Plan):
    shipped = json.loads((JIEFANG / "geo" / "control-lines.geojson").read_text(encoding="utf-8"))
    made = json.loads(opened(jiefang, jiefang.layers.get(key="control-lines").digest))
    for old, new in zip(shipped["features"], made["features"], strict=True):
        assert new["id"] == old["id"]
        assert new["geometry"] == old["geometry"]
        assert new["properties"]["kind"] == old["properties"]["kind"]
        assert new["properties"]["name_en"] == old["properties"]["name_en"]
    assert "不作为划界" in made["note"]


def test_a_draft_layer_is_in_no_public_file(jiefang: Plan, folder: Path):
    change(
        folder,
        "plan.toml",
        'name_en = "Industrial layout"\nstatus = "public"',
        'name_en = "Industrial layout"\nstatus = "draft"',
    )
    plan = loading.load(folder, actor=audit.SYSTEM)
    layer = plan.layers.get(key="industry")
    assert not plan.map_files.get(digest=layer.digest).is_public
    content = json.loads(opened(plan, plan.map_digest))
    assert "industry" not in [layer["key"] for layer in content["layers"]]
    assert not any("industry" in theme["layers"] for theme in content["themes"])
    assert "industry-area-transition" not in opened(plan, plan.map_digest).decode()


def test_files_of_the_version_before_stay_and_older_ones_go(jiefang: Plan, folder: Path):
    digests = [jiefang.map_digest]
    villages = [jiefang.layers.get(key="villages").digest]
    for name in ("郭庄村", "郭家村"):
        change(
            folder,
            "geo/villages.geojson",
            '"name":"郭村"' if name == "郭庄村" else '"name":"郭庄村"',
            f'"name":"{name}"',
        )
        plan = loading.load(folder, actor=audit.SYSTEM)
        digests.append(plan.map_digest)
        villages.append(plan.layers.get(key="villages").digest)
    held = set(plan.map_files.values_list("digest", flat=True))
    assert held.isdisjoint({digests[0], villages[0]})
    assert held >= {*digests[1:], *villages[1:]}
    # 14 layers that never changed, and two versions of one layer and of the bundle.
    assert len(held) == 14 + 4


def test_loading_asks_the_database_the_same_number_of_times_for_a_few_features_more(
    db: None, folder: Path, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as asked:
        loading.load(JIEFANG, actor=audit.SYSTEM)
    Plan.objects.update(slug="the-small-one")
    places = folder / "geo" / "base-places.geojson"
    collection = json.loads(places.read_text(encoding="utf-8"))
    first = collection["features"][0]
    collection["features"] += [first | {"id": f"place-more-{number}"} for number in range(20)]
    places.write_text(json.dumps(collection), encoding="utf-8")
    with django_assert_num_queries(len(asked)):
        loading.load(folder, actor=audit.SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_make_one_version(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(loading, "read", read_once)
    start, errors = threading.Barrier(2), []

    def load() -> None:
        try:
            start.wait(timeout=20)
            loading.load(JIEFANG, actor=audit.SYSTEM)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=load) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert Plan.objects.get().version == 1
    assert PlanVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_plan_is_there_in_tests_with_real_transactions(jiefang: Plan):
    assert Plan.objects.get() == jiefang


def test_something_that_still_refers_to_a_lost_feature_is_a_refusal(jiefang: Plan, monkeypatch: pytest.MonkeyPatch):
    from django.db.models import ProtectedError, QuerySet

    def refuse(rows: QuerySet) -> None:
        raise ProtectedError("a comment needs it", set())

    monkeypatch.setattr(QuerySet, "delete", refuse)
    with pytest.raises(PackageError) as caught:
        loading._delete(Feature.objects.filter(key="village-guocun"))
    assert "郭村" in caught.value.message
