"""docker-compose.yml without a container engine: its schema, what it refers to, and what it must not hold."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / "docker-compose.yml"


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def test_it_fits_the_compose_specification():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(FILE)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_service_volume_and_network_that_is_named_exists(compose):
    for name, service in compose["services"].items():
        assert set(service.get("depends_on", {})) <= set(compose["services"]), name
        assert set(service.get("networks", [])) <= set(compose["networks"]), name
        for mount in service["volumes"]:
            source = mount.split(":")[0]
            found = (ROOT / source).is_file() if source.startswith("./") else source in compose["volumes"]
            assert found, f"{name}: {source}"


def test_every_volume_and_network_is_used(compose):
    services = compose["services"].values()
    assert set(compose["volumes"]) <= {mount.split(":")[0] for service in services for mount in service["volumes"]}
    assert set(compose["networks"]) == {name for service in services for name in service.get("networks", [])}


def test_who_waits_for_a_healthy_service_waits_for_one_with_a_health_check(compose):
    for name, service in compose["services"].items():
        for other, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert "healthcheck" in compose["services"][other], f"{name} waits for {other}"


def test_no_service_runs_as_root_or_with_capabilities(compose):
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER 10001", dockerfile, re.M)
    for name, service in compose["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert service["read_only"] is True, name
        unprivileged = (
            service.get("user") == "999:999" or "tuyi" in service["image"] or "unprivileged" in service["image"]
        )
        assert unprivileged, name


def test_it_holds_no_secret_and_asks_for_none(compose):
    text = FILE.read_text(encoding="utf-8")
    assert not re.search(r"(password|secret_key|receipt_key|contact_keys)\s*[:=]", text, re.I)
    assert ":?" not in text, "a variable that must be set would break `docker compose up`"


def test_only_the_proxy_is_published_and_only_on_this_machine(compose):
    published = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert published == {"proxy": ["${BIND:-127.0.0.1}:${PORT:-8000}:8080"]}
    assert compose["services"]["db"]["network_mode"] == "none"
    assert compose["networks"]["inside"] == {"internal": True}


def test_variables_that_it_passes_on_are_in_the_example_and_the_other_way_round(compose):
    passed = set(re.findall(r"\$\{(\w+):-", FILE.read_text(encoding="utf-8")))
    example = set(re.findall(r"^#(\w+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.M))
    assert example == passed


def test_the_database_image_brings_what_the_portal_needs():
    script = (ROOT / "deploy/database/20-portal.sh").read_text(encoding="utf-8")
    for extension in ("postgis", "pg_trgm"):
        assert f"CREATE EXTENSION IF NOT EXISTS {extension}" in script
    assert (ROOT / "deploy/database/20-portal.sh").stat().st_mode & 0o111, "the image sources what isn't executable"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        (f"/plans/jiefang-2035/map.{'0a' * 32}.json", True),
        (f"/plans/jiefang-2035/layers/village.{'0a' * 32}.geojson", True),
        ("/plans/jiefang-2035/layers/village.geojson", False),
        ("/comments/", False),
        ("/api/v1/comments/", False),
    ],
)
def test_the_proxy_keeps_files_that_are_addressed_by_content_and_nothing_else(path, kept):
    text = (ROOT / "deploy/proxy/portal.conf").read_text(encoding="utf-8")
    blocks = re.findall(r'location ~ "([^"]+)" \{(.*?)\n\}', text, re.S)
    assert [bool(re.search(pattern, path)) for pattern, body in blocks if "proxy_cache maps" in body] == [kept]
    assert text.count("proxy_cache maps") == 1
