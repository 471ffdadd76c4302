"""The translations are complete, and what is compiled is what is written."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent.parent
PO = Path("locale/zh_Hans/LC_MESSAGES/django.po")


@pytest.fixture(scope="module")
def written() -> Catalog:
    return read_po(io.BytesIO((ROOT / PO).read_bytes()), locale="zh_Hans")


def key(message: Message) -> tuple:
    context = message.context.decode() if isinstance(message.context, bytes) else message.context
    return (context, message.id if isinstance(message.id, str) else message.id[0])


def strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def test_every_text_has_its_chinese(written):
    missing = [message.id for message in written if message.id and (message.fuzzy or not all(strings(message)))]
    assert missing == [], "run script/messages, then fill in locale/"


def test_placeholders_are_the_same_in_both_languages(written):
    wrong = []
    for message in written:
        if message.id:
            wrong += [(message.id, str(error)) for error in message.check(written)]
    assert wrong == []


def test_what_is_compiled_is_what_is_written(written):
    compiled = read_mo(io.BytesIO((ROOT / PO).with_suffix(".mo").read_bytes()))
    found = {key(message): strings(message) for message in compiled if message.id}
    expected = {key(message): strings(message) for message in written if message.id and all(strings(message))}
    assert {text: chinese for text, chinese in found.items() if text in expected} == expected


def test_every_text_in_the_code_is_written_and_none_that_is_no_longer_there(written, tmp_path):
    for name in ("portal", "maps", "consultation", "templates", "locale", "manage.py"):
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.geojson", "plans")
            shutil.copytree(source, tmp_path / name, ignore=ignored)
        else:
            shutil.copy(source, tmp_path / name)
    (tmp_path / "static").mkdir()
    command = [sys.executable, "manage.py", "makemessages", "-l", "zh_Hans", "--no-location", "--no-obsolete"]
    done = subprocess.run(command, cwd=tmp_path, env=os.environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    extracted = read_po(io.BytesIO((tmp_path / PO).read_bytes()), locale="zh_Hans")
    now = {key(message) for message in extracted if message.id}
    before = {key(message) for message in written if message.id}
    assert now - before == set(), "run script/messages"
    assert before - now == set(), "run script/messages"
