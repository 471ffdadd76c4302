"""The limits in the operator's table are those that hold when nothing is set."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LIMITS = ("EASY_PROOFS_PER_HOUR", "COMMENTS_PER_HOUR", "QUESTIONS_PER_HOUR", "RECEIPT_ATTEMPTS_PER_HOUR")
SWITCHES = ("PROOF_OF_WORK", "COMMENT_THROTTLE")


def documented(name: str) -> str:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    return re.search(rf"^\| `{name}` \| (\S+) \|", text, re.MULTILINE)[1]


def in_force() -> dict[str, str]:
    """Ask the settings in a process of their own, with none of these names in its environment."""
    code = f"from portal import settings as s; print(*(getattr(s, name) for name in {LIMITS + SWITCHES}))"
    clean = {name: value for name, value in os.environ.items() if name not in LIMITS + SWITCHES}
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=clean, capture_output=True, text=True, check=True)
    return dict(zip(LIMITS + SWITCHES, out.stdout.split(), strict=True))


def test_the_table_says_what_is_in_force():
    held = in_force()
    assert {name: documented(name) for name in LIMITS} == {name: held[name] for name in LIMITS}
    assert {name: documented(name) for name in SWITCHES} == dict.fromkeys(SWITCHES, "on")
    assert {held[name] for name in SWITCHES} == {"True"}


def test_the_examples_and_the_compose_file_name_the_same_limits():
    held = in_force()
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    for name in LIMITS:
        assert f"#{name}={held[name]}\n" in example
        assert f'{name}: "${{{name}:-{held[name]}}}"' in compose
