"""System and Python packages: one list for script/ and image, and every version pinned."""

import re
import subprocess
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent.parent
LISTS = ROOT / "script" / "packages"


def lines(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith(("#", "-"))]


def bash(script: str, path: Path | None = None) -> subprocess.CompletedProcess:
    environment = {"PATH": f"{path}:/usr/bin:/bin" if path else "/usr/bin:/bin"}
    return subprocess.run(
        ["bash", "-c", f"source {ROOT}/script/lib/packages.sh; {script}"],
        env=environment,
        capture_output=True,
        text=True,
    )


def test_the_image_installs_its_system_packages_from_the_list_that_the_scripts_read():
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "COPY script/packages/ script/packages/" in dockerfile
    assert "bash script/lib/packages.sh runtime" in dockerfile
    assert "apt-get install" not in dockerfile, "a second list"
    assert "lists=(runtime" in (ROOT / "script/lib/setup.sh").read_text(encoding="utf-8")


def test_no_list_of_system_packages_hides_elsewhere():
    for path in [*ROOT.glob("script/*"), *ROOT.glob("script/lib/*"), ROOT / ".ci/run"]:
        if path.is_file() and path.name != "packages.sh":
            assert not re.search(r"apt-get\s.*install\s+\w", path.read_text(encoding="utf-8")), path


@pytest.fixture
def archive(tmp_path) -> Path:
    """A system with PostgreSQL 15 but no PostGIS, and an archive that offers two versions."""
    programs = {
        "dpkg-query": "printf 'installed libgdal32\\ninstalled tzdata\\nhalf-installed libgeos-c1v5\\n'",
        "apt-cache": """awk -v name="${@: -1}" '$1 ~ name' <<'END'
libgdal32 - library
libgdal9 - library
libgeos-c1v5 - library
postgresql-15-postgis-3 - PostGIS
postgresql-17-postgis-3 - PostGIS
postgresql-client-15 - client
postgresql-client-common - not this one
python3-zzz - not this one
END""",
    }
    for name, body in programs.items():
        (tmp_path / name).write_text(f"#!/bin/bash\n{body}\n")
        (tmp_path / name).chmod(0o755)
    return tmp_path


def test_only_what_is_not_wholly_installed_is_missing(archive):
    missing = bash("missing_lines runtime", archive).stdout.split()
    assert missing == ["^libgeos-c1(v5|t64)?$", "^postgresql-client-[0-9]+$"]


def test_expressions_become_the_newest_package_of_that_name_and_names_stay_names(archive):
    script = "printf '%s\\n' '^libgdal[0-9]+(t64)?$' '^postgresql-client-[0-9]+$' python3 | package_names"
    assert bash(script, archive).stdout.split() == ["libgdal32", "postgresql-client-15", "python3"]


def test_a_package_that_the_archive_lacks_is_an_error_that_names_it(archive):
    done = bash("echo '^libnothing[0-9]+$' | package_names", archive)
    assert done.returncode == 1
    assert "^libnothing[0-9]+$" in done.stderr


def test_every_requirement_is_pinned_and_constrained_to_the_same_version():
    constraints = {Requirement(line).name.lower().replace("_", "-"): line for line in lines("constraints.txt")}
    for name in ("requirements.txt", "requirements-test.txt"):
        for line in lines(name):
            requirement = Requirement(line)
            assert re.fullmatch(r"==[^*]+", str(requirement.specifier)), line
            constrained = Requirement(constraints[requirement.name.lower().replace("_", "-")])
            assert constrained.specifier == requirement.specifier, line


def test_everything_that_is_installed_is_pinned_in_the_version_that_is_installed():
    pinned = {
        Requirement(line).name.lower().replace("_", "-"): line.split("==")[1] for line in lines("constraints.txt")
    }
    ours = {"pip", "setuptools", "wheel"}
    installed = {dist.metadata["Name"].lower().replace("_", "-"): dist.version for dist in metadata.distributions()}
    assert {name: version for name, version in installed.items() if name not in ours} == {
        name: version for name, version in pinned.items() if name in installed
    }
