"""A broken package is refused with file, line and field, and with every fault at once."""

import json
import re
import shutil
from pathlib import Path

import pytest
from django.utils import translation

from maps import package, styles
from maps.models import Indicator, Layer
from maps.package_toml import Fault, PackageError, key_lines
from tests.conftest import JIEFANG

FORMAT = Path(__file__).parents[2] / "docs" / "plan-package.md"


@pytest.fixture(autouse=True)
def in_english():
    """Ask for the English sentences: they are the source texts."""
    with translation.override("en"):
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the Jiefang package, to be broken."""
    return shutil.copytree(JIEFANG, tmp_path / "jiefang-2035")


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Replace the first `old` in a file of the package and return the line where it stood."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def faults(folder: Path) -> list[Fault]:
    """Read the package, which must be refused, and return its faults."""
    with pytest.raises(PackageError) as caught:
        package.read(folder)
    return caught.value.faults


# What is changed in plan.toml, what is said then, and the field it is said of.
TOML = {
    "an unknown key": ("shown_at_first = true", "shown_first = true", "layers.2.shown_first", "unknown"),
    "a missing translation": ('name_en = "Cultivated land"\n', "", "layers.2.kinds.cultivated-land.name_en", "missing"),
    "an empty translation": (
        'name_en = "Cultivated land"\n',
        'name_en = " "\n',
        "layers.2.kinds.cultivated-land.name_en",
        "empty",
    ),
    "an unknown pattern": (
        'pattern = "horizontal"',
        'pattern = "zebra"',
        "layers.2.kinds.cultivated-land.style.pattern",
        "“zebra” is unknown",
    ),
    "an unknown marker": (
        'marker = "diamond"',
        'marker = "star"',
        "layers.9.kinds.project.style.marker",
        "“star” is unknown",
    ),
    "an unknown colour": (
        'fill = "#f5f8dc"',
        'fill = "yellow"',
        "layers.2.kinds.cultivated-land.style.fill",
        "A colour such as",
    ),
    "an unknown word of style": (
        'fill = "#f5f8dc"',
        'filling = "#f5f8dc"',
        "layers.2.kinds.cultivated-land.style.filling",
        "unknown",
    ),
    "an opacity above 1": (
        "fill_opacity = 0.45",
        "fill_opacity = 45",
        "layers.8.kinds.pbf.style.fill_opacity",
        "A number from 0 to 1",
    ),
    "a broken dash": ('dash = "12 4 3 4"', 'dash = "12,4"', "layers.8.kinds.udb.style.dash", "A dash pattern"),
    "an unknown layer in a theme": (
        'layers = ["structure"]',
        'layers = ["structures"]',
        "themes.0.layers",
        "“structures” doesn't exist",
    ),
    "a base layer in a theme": (
        'layers = ["structure"]',
        'layers = ["base-roads"]',
        "themes.0.layers",
        "“base-roads” belongs to the base map",
    ),
    "an unknown theme of a chapter": (
        'theme = "structure"',
        'theme = "pattern"',
        "chapters.3.theme",
        "“pattern” doesn't exist",
    ),
    "an unknown group": ('group = "zones"', 'group = "zone"', "layers.3.group", "“zone” doesn't exist"),
    "an unknown answer": ('answer = "nearest"', 'answer = "closest"', "layers.14.answer", "“closest” is unknown"),
    "a chapter without its file": (
        'number = "6"',
        'number = "5"',
        "chapters.4.slug",
        "chapters/5-village-layout.zh.md is missing",
    ),
    "a chapter number that leaves the folder": (
        'number = "6"',
        'number = "../6"',
        "chapters.4.number",
        "A chapter number such as",
    ),
    "a missing total": (
        'measure = "planning-area"\nname_zh = "规划范围面积"',
        'measure = "all"\nname_zh = "规划范围面积"',
        "indicators.1.measure",
        "The total of “planning-area” is missing",
    ),
    "a total that is not the sum": ("value = 607.10", "value = 607.11", "indicators.3.value", "add up to 607.10"),
    "a part of a total that is missing": (
        'subdistrict = "subdistrict-wangchu"\nvalue = 493.75',
        "value = 493.75",
        "indicators.5.measure",
        "twice",
    ),
    "a figure of nowhere": (
        'subdistrict = "subdistrict-wangchu"',
        'subdistrict = "subdistrict-jiaobei"',
        "indicators.2.subdistrict",
        "“subdistrict-jiaobei” is not the id of a subdistrict",
    ),
    "a figure that isn't finite": ("value = 607.10", "value = nan", "indicators.3.value", "A finite number"),
    "a figure beyond reason": ("value = 607.10", "value = 1e400", "indicators.3.value", "A number above 0"),
    "a kind that varies by two attributes": (
        "[layers.kinds.village.by.management.practical-plan]",
        '[layers.kinds.village.by.confidence.C]\nname_zh = "村"\nname_en = "Village"\n\n'
        "[layers.kinds.village.by.management.practical-plan]",
        "layers.14.kinds.village.by",
        "one attribute only",
    ),
    "years out of order": ("near_year = 2027", "near_year = 2019", "plan.near_year", "must follow each other"),
    "bounds the wrong way round": (
        "bounds = [113.152, 35.148, 113.26, 35.323]",
        "bounds = [113.26, 35.148, 113.152, 35.323]",
        "plan.bounds",
        "West, south, east, north",
    ),
    "a control character": ('number_prefix = "JF"', 'number_prefix = "J\\u0000"', "plan.number_prefix", "control"),
    "no ground for showing a map": (
        "review_exemption_zh",
        "review_exemptions_zh",
        "plan.review_exemption_zh",
        "missing",
    ),
}


@pytest.mark.parametrize("what", TOML)
def test_plan_toml_is_refused_for(folder: Path, what: str):
    old, new, field, sentence = TOML[what]
    line = change(folder, "plan.toml", old, new)
    found = faults(folder)
    about = [fault for fault in found if fault.field == field and sentence in fault.message]
    assert about, [str(fault) for fault in found]
    assert about[0].file == "plan.toml"
    # At the changed line, or at the table that now lacks something.
    assert about[0].line is not None
    assert abs(about[0].line - line) <= 20


def test_the_line_of_a_wrong_value_is_exact(folder: Path):
    line = change(folder, "plan.toml", "value = 607.10", "value = 607.11")
    found = faults(folder)
    assert (found[0].file, found[0].line) == ("plan.toml", line)


PBF = '{"type":"Feature","id":"pbf-shangbaizuo"'
# What is changed in geo/control-lines.geojson, and what is said then, and of which field.
GEO = {
    "broken JSON": ('"type":"FeatureCollection"', '"type":', "", "This is not JSON"),
    "NaN": ('"area_ha":13.18', '"area_ha":NaN', "", "NaN is not a number"),
    "a FeatureCollection of another kind": ('"FeatureCollection"', '"Features"', "", "A FeatureCollection"),
    "a wrong type of geometry": ('"MultiPolygon"', '"MultiCurve"', "pbf-shangbaizuo.geometry", "not: MultiCurve"),
    "coordinates of another form": ('"MultiPolygon"', '"Polygon"', "pbf-shangbaizuo.geometry", "two numbers"),
    "another CRS": (
        '"name":"control-lines"',
        '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}},"name":"control-lines"',
        "crs",
        "not urn:ogc:def:crs:EPSG::4547",
    ),
    "an unknown kind": ('"kind":"pbf"', '"kind":"farm"', "pbf-shangbaizuo.kind", "“farm” is unknown"),
    "an unknown basis": ('"basis":"estimated"', '"basis":"guessed"', "pbf-shangbaizuo.basis", "“guessed” is unknown"),
    "another layer's feature": (
        '"layer":"control-lines"',
        '"layer":"industry"',
        "pbf-shangbaizuo.layer",
        "“industry” is unknown",
    ),
    "a missing English name": ('"name_en"', '"name_eng"', "pbf-shangbaizuo.name_en", "missing"),
    "a note without translation": ('"note_en"', '"note_eng"', "pbf-shangbaizuo.note_en", "translation is missing"),
    "a negative uncertainty": ('"error_m":1800', '"error_m":-1', "pbf-shangbaizuo.error_m", "whole number of metres"),
    "an unknown subdistrict": (
        '"subdistrict":"上白作街道"',
        '"subdistrict":"焦北街道"',
        "pbf-shangbaizuo.subdistrict",
        "“焦北街道” is not the name",
    ),
    "a figure that no indicator gives": (
        '"stated_ha":13.18',
        '"stated_ha":13.19',
        "pbf-shangbaizuo.stated_ha",
        "states 13.19 ha, the indicator 13.18 ha",
    ),
    "an id with capitals": ('"id":"pbf-shangbaizuo"', '"id":"PBF"', "id", "Feature no. 1 needs an id"),
    "an id that occurs twice": ('"id":"pbf-wangchu"', '"id":"pbf-shangbaizuo"', "id", "occurs twice"),
    "an id of another layer": ('"id":"pbf-wangchu"', '"id":"scope"', "scope", "in another layer"),
}


@pytest.mark.parametrize("what", GEO)
def test_a_layers_geojson_is_refused_for(folder: Path, what: str):
    old, new, field, sentence = GEO[what]
    line = change(folder, "geo/control-lines.geojson", old, new)
    found = faults(folder)
    about = [fault for fault in found if fault.field == field and sentence in fault.message]
    assert about, [str(fault) for fault in found]
    assert about[0].file in ("geo/control-lines.geojson", "geo/scope.geojson")
    assert about[0].line in (line, None) or what == "a FeatureCollection of another kind"


def change_geometry(folder: Path, layer: str, key: str, geometry: dict) -> int:
    """Give a feature another geometry and return its line; the file keeps one feature per line."""
    path = folder / "geo" / f"{layer}.geojson"
    lines = path.read_text(encoding="utf-8").split("\n")
    number = next(n for n, line in enumerate(lines) if f'"id":"{key}"' in line)
    feature = json.loads(lines[number].rstrip().rstrip(","))
    feature["geometry"] = geometry
    comma = "," if lines[number].rstrip().endswith(",") else ""
    lines[number] = json.dumps(feature, ensure_ascii=False, separators=(",", ":")) + comma
    path.write_text("\n".join(lines), encoding="utf-8")
    return number + 1


BOW_TIE = [[113.20, 35.20], [113.21, 35.21], [113.21, 35.20], [113.20, 35.21], [113.20, 35.20]]
FAR_AWAY = [[114.0, 35.2], [114.1, 35.2], [114.1, 35.3], [114.0, 35.2]]
SWAPPED = [[35.20, 113.20], [35.21, 113.20], [35.21, 113.21], [35.20, 113.20]]
OPEN = [[113.20, 35.20], [113.21, 35.20], [113.21, 35.21]]


@pytest.mark.parametrize(
    ("ring", "sentence"),
    [
        (BOW_TIE, "The outline crosses itself at 113.20500, 35.20500."),
        (FAR_AWAY, "outside the area of the plan"),
        (SWAPPED, "Longitude and latitude look swapped"),
        (OPEN, "the last is the first again"),
    ],
)
def test_a_broken_polygon_is_refused_where_it_stands(folder: Path, ring: list, sentence: str):
    line = change_geometry(folder, "landscape", "landscape-modern-urban", {"type": "Polygon", "coordinates": [ring]})
    found = faults(folder)
    assert [(fault.file, fault.line, fault.field) for fault in found] == [
        ("geo/landscape.geojson", line, "landscape-modern-urban.geometry")
    ]
    assert sentence in found[0].message


def test_too_many_vertices_are_refused(folder: Path):
    ring = [[113.2 + n * 1e-7, 35.2] for n in range(20_001)] + [[113.2, 35.21], [113.2, 35.2]]
    change_geometry(folder, "landscape", "landscape-modern-urban", {"type": "Polygon", "coordinates": [ring]})
    assert "at most 20000 are allowed" in faults(folder)[0].message


def test_the_base_map_may_reach_half_as_far_again_but_no_further(folder: Path):
    near, far = {"type": "Point", "coordinates": [113.30, 35.25]}, {"type": "Point", "coordinates": [113.33, 35.25]}
    change_geometry(folder, "base-places", "place-xiuwu", near)
    package.read(folder)
    change_geometry(folder, "base-places", "place-xiuwu", far)
    assert [fault.field for fault in faults(folder)] == ["place-xiuwu.geometry"]


def test_every_fault_is_told_at_once_with_its_place(folder: Path):
    first = change(folder, "plan.toml", 'fill = "#f5f8dc"', 'fill = "yellow"')
    second = change(folder, "plan.toml", "value = 607.10", "value = 607.11")
    third = change(folder, "geo/villages.geojson", '"kind":"village"', '"kind":"town"')
    with pytest.raises(PackageError) as caught:
        package.read(folder)
    assert [(fault.file, fault.line) for fault in caught.value.faults][:3] == [
        ("plan.toml", first),
        ("geo/villages.geojson", third),
        ("plan.toml", second),
    ]
    told = str(caught.value)
    assert f"plan.toml:{first}: layers.2.kinds.cultivated-land.style.fill: A colour such as" in told
    assert f"geo/villages.geojson:{third}: village-shangbaizuo.kind: “town” is unknown" in told
    assert (caught.value.file, caught.value.line) == ("plan.toml", first)


def test_a_missing_file_and_a_file_too_many_are_named(folder: Path):
    (folder / "geo" / "villages.geojson").rename(folder / "geo" / "hamlets.geojson")
    (folder / "chapters" / "8-landscape.en.md").unlink()
    (folder / "chapters" / "1-background.en.md").write_text(" \n")
    told = [str(fault) for fault in faults(folder)]
    assert "geo/villages.geojson: The file is missing or can't be read." in told
    assert "geo/hamlets.geojson: plan.toml names no layer or chapter for this file." in told
    assert any("chapters/8-landscape.en.md is missing" in fault for fault in told)
    assert any("chapters/1-background.en.md is empty" in fault for fault in told)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[plan\n", "This is not TOML"),
        (b"\xff\xfe", "not UTF-8"),
        (b"n = " + b"9" * 5000, "This is not TOML"),
        (b"plan = 3\n", "A table is wanted here"),
        (b"", "This field is missing"),
    ],
)
def test_a_plan_toml_that_cannot_be_read_is_refused(folder: Path, content: bytes, sentence: str):
    (folder / "plan.toml").write_bytes(content)
    assert any(sentence in fault.message for fault in faults(folder))


def test_a_folder_without_plan_is_refused(tmp_path: Path):
    found = faults(tmp_path / "nothing")
    assert str(found[0]) == "plan.toml: The file is missing or can't be read."


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"n":' + b"9" * 5000 + b"}", b"\xff", b"null", b"{}"])
def test_a_geojson_file_that_is_none_is_refused(folder: Path, content: bytes):
    (folder / "geo" / "villages.geojson").write_bytes(content)
    assert faults(folder)[0].file == "geo/villages.geojson"


def test_the_sentences_are_translated(folder: Path):
    change(folder, "plan.toml", "value = 607.10", "value = 607.11")
    with translation.override("zh-hans"):
        message = faults(folder)[0].message
    assert "607.10" in message
    assert not any("a" <= letter <= "z" for letter in message)


def test_lines_are_found_past_long_texts_and_lists_of_tables():
    text = 'a = """\n[[no]]\nb = 1\n"""\n[[x]]\nk = 1\n[[x]]\nk = 2\n[x.y."z z"]\nq = \'\'\'one\'\'\'\nlast = 1\n'
    lines = key_lines(text)
    assert lines[("x", 0, "k")] == 6
    assert lines[("x", 1, "k")] == 8
    assert lines[("x", 1, "y", "z z", "last")] == 11
    assert ("no", 0) not in lines


def test_the_documentation_names_every_field_and_every_word_of_style():
    documented = set(re.findall(r"`([\w-]+)`", FORMAT.read_text(encoding="utf-8")))
    toml = (JIEFANG / "plan.toml").read_text(encoding="utf-8")
    assert set(re.findall(r"(?m)^(\w+) = ", toml)) <= documented
    assert {*styles.KEYS, *styles.PATTERNS, *styles.MARKERS, *styles.LABELS} <= documented
    assert {*Layer.Answer.values, *Indicator.Unit.values, *Indicator.Nature.values} <= documented


def test_a_variant_is_complete_with_what_it_takes_from_its_kind():
    layers = {layer.key: layer for layer in package.read(JIEFANG).layers}
    village = layers["villages"].kinds["village"]
    practical = village["by"]["management"]["practical-plan"]
    assert practical["style"]["marker"] == "square"
    assert practical["style"]["label_size"] == village["style"]["label_size"]
    minor = layers["base-water"].kinds["river"]["by"]["width_class"]["minor"]
    assert minor["name_zh"] == "河流"
    assert layers["industry"].kinds["area"]["answer"] == "partition"
    assert layers["control-lines"].kinds["pbf"]["answer"] == "control-line"
