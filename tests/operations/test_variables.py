"""Every variable that something reads from the environment is in the table of docs/operations.md, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

# Set by the scripts for themselves or by the system, not by the operator.
INNER = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "PATH", "HOME", "CI"}


def documented() -> set[str]:
    table = (ROOT / "docs/operations.md").read_text(encoding="utf-8").split("## Every variable")[1]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


def read_by_settings() -> set[str]:
    text = (ROOT / "portal/settings.py").read_text(encoding="utf-8")
    secrets = set(re.findall(r'\bsecret\("([A-Z_]+)"', text))
    return set(re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', text)) | secrets | {f"{name}_FILE" for name in secrets}


def read_by_gunicorn() -> set[str]:
    return set(re.findall(r"environ\.get\(['\"](\w+)", (ROOT / "deploy/gunicorn.conf.py").read_text(encoding="utf-8")))


def read_by_scripts() -> set[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "script").rglob("*") if path.is_file())
    return set(re.findall(r"\b(TUYI_\w+|PYTHON|CHROMIUM|HOST|PORT|DATABASE_URL|VAR_DIR)\b", text))


def test_every_variable_is_documented():
    read = read_by_settings() | read_by_gunicorn() | read_by_scripts()
    assert read - INNER - documented() == set()


def test_nothing_is_documented_that_nobody_reads():
    compose = set(re.findall(r"\$\{(\w+):-", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    assert documented() - read_by_settings() - read_by_gunicorn() - read_by_scripts() - compose == set()
