"""Commands of the ledger: export and purge."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from consultation.models import Comment, Contact
from portal.models import AuditEvent
from tests import make


def test_export_writes_a_file_that_only_its_owner_reads(consultation, tmp_path, capsys):
    make.create_comment(consultation)
    path = tmp_path / "意见.geojson"
    call_command("export_comments", "--format", "geojson", "--output", str(path))
    assert len(json.loads(path.read_text())["features"]) == 1
    assert path.stat().st_mode & 0o077 == 0
    assert "1 comments written" in capsys.readouterr().out
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "xlsx"], "csv, geojson"),
        (["--format", "csv", "--plan", "nowhere"], "isn't loaded"),
        (["--format", "csv", "--as", "nobody"], "no user nobody"),
        (["--format", "csv", "--with-contact"], "--as USER"),
        (["--format", "csv", "--with-contact", "--as", "planner", "--reason", "x"], "导出"),
        (["--format", "csv", "--with-contact", "--as", "exporter"], "理由"),
    ],
)
def test_export_refuses_with_a_sentence_and_leaves_no_file(consultation, planner, exporter, tmp_path, arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("export_comments", *arguments, "--output", str(tmp_path / "x.csv"))
    assert list(tmp_path.iterdir()) == []


def test_export_to_where_nothing_can_be_written_says_so(consultation, tmp_path):
    with pytest.raises(CommandError, match="can't be written"):
        call_command("export_comments", "--format", "csv", "--output", str(tmp_path / "missing" / "x.csv"))


@pytest.fixture
def overdue(plan):
    consultation = make.create_consultation(plan, purge_contacts_on=date(2020, 1, 1))
    make.create_comment(consultation, contact={"name": "张三"})
    make.create_comment(consultation, contact={"name": "李四"})
    return consultation


def test_purge_only_says_what_is_due(overdue, capsys):
    call_command("purge_contacts")
    assert Contact.objects.count() == 2
    assert "2 comments are due" in capsys.readouterr().out
    assert not AuditEvent.objects.exists()


def test_purge_deletes_what_is_due_on_record_and_nothing_else(overdue, capsys):
    other = make.create_consultation(overdue.plan, slug="later", purge_contacts_on=date(2090, 1, 1))
    make.create_comment(other, contact={"name": "王五"})
    call_command("purge_contacts", "--apply")
    assert Contact.objects.get().comment.consultation == other
    assert Comment.objects.count() == 3
    event = AuditEvent.objects.get()
    assert (event.code, event.data["contacts"]) == ("contact.purged", 2)
    call_command("purge_contacts", "--apply")
    assert "No contact data are due." in capsys.readouterr().out
