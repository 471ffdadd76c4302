"""What a package says about its own words is checked like everything else in it."""

import shutil

import pytest
from django.utils import translation

from maps import package
from maps.package_toml import PackageError
from tests.conftest import JIEFANG

# What is changed, what is said then, and the field it is said of.
BROKEN = {
    "an unknown feature": ('features = ["screen-taihang"]', 'features = ["screen"]', "names.0.features", "exist"),
    "an unknown kind": ('kinds = ["structure/core"', 'kinds = ["core"', "names.3.kinds", "exist"),
    "an unknown chapter": ('chapters = ["6"]', 'chapters = ["5"]', "names.12.chapters", "exist"),
    "nothing to point to": ('features = ["screen-taihang"]\n', "", "names.0.features", "At least one"),
    "no words": (
        'names_zh = ["太行山生态屏障"]\nnames_en = ["Taihang Mountains ecological barrier"]\n',
        "",
        "names.0.names_zh",
        "At least one",
    ),
    "a typing error": ('names_zh = ["太行山生态屏障"]', 'name_zh = ["太行山生态屏障"]', "names.0.name_zh", "unknown"),
    "a paragraph that isn't there": (
        'begins_zh = "一轴，"',
        'begins_zh = "二轴，"',
        "chapters.3.focus.1.begins_zh",
        "Exactly one paragraph",
    ),
    "a beginning in one language": ('begins_en = "One axis:"\n', "", "chapters.3.focus.1.begins_en", "missing"),
    "a base layer to show": (
        'features = ["axis-muye", "axis-puji"]\nlayers = ["structure"]',
        'features = ["axis-muye", "axis-puji"]\nlayers = ["base-roads"]',
        "chapters.3.focus.1.layers",
        "exist",
    ),
}


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_wrong_name_or_focus_is_refused_with_its_line(tmp_path, case):
    old, new, field, words = BROKEN[case]
    folder = shutil.copytree(JIEFANG, tmp_path / "jiefang-2035")
    path = folder / "plan.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with translation.override("en"), pytest.raises(PackageError) as caught:
        package.read(folder)
    [fault] = [fault for fault in caught.value.faults if fault.field == field]
    assert words in fault.message and fault.line and abs(fault.line - text.count("\n", 0, text.index(old)) - 1) <= 4
