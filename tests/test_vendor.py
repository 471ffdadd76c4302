"""What is served of others is exactly what they published, named with its version, its licence beside it."""

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "static" / "vendor"


def packages() -> list[dict]:
    return json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))


def test_every_vendored_file_is_in_the_manifest_with_its_hash():
    named = {f"{p['name']}-{p['version']}/{file}": digest for p in packages() for file, digest in p["files"].items()}
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.parent != VENDOR
    }
    assert found == named


def test_every_package_has_a_licence_an_integrity_and_a_line_in_the_list():
    listed = (VENDOR / "VENDOR.md").read_text(encoding="utf-8")
    for package in packages():
        assert package["licence"] and package["integrity"].startswith("sha512-")
        assert any("LICENSE" in file.upper() for file in package["files"])
        assert f"| {package['name']} {package['version']} |" in listed


def test_no_vendored_file_points_at_a_source_map():
    assert not [path for path in VENDOR.rglob("*.*s") if b"sourceMappingURL" in path.read_bytes()]
