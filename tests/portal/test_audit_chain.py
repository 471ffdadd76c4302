"""The audit: the database refuses change, and what gets past it is found."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from portal import audit
from portal.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def events():
    audit.declare({"test.happened": "It happened"})
    return [audit.record("test.happened", actor=audit.SYSTEM, data={"n": n}, personal={"ip": "::1"}) for n in range(4)]


def tamper(sql: str) -> None:
    """Do what only the table's owner can: change events with the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE portal_auditevent DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE portal_auditevent ENABLE TRIGGER USER")


def test_an_untouched_chain_holds(events, capsys):
    assert audit.verify() == []
    call_command("verify_audit")
    assert "The audit holds: 4 events" in capsys.readouterr().out


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE portal_auditevent SET actor_label = 'x' WHERE position = 2",
        "UPDATE portal_auditevent SET personal = '{}' WHERE position = 2",
        "DELETE FROM portal_auditevent WHERE position = 2",
    ],
)
def test_the_database_refuses_change_and_deletion(events, sql):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert audit.verify() == []


@pytest.mark.parametrize(
    ("sql", "position", "what"),
    [
        ("UPDATE portal_auditevent SET actor_label = 'x' WHERE position = 2", 2, "changed"),
        ("UPDATE portal_auditevent SET data = '{\"n\": 9}' WHERE position = 2", 2, "changed"),
        ("UPDATE portal_auditevent SET reason = 'x' WHERE position = 4", 4, "changed"),
        ('UPDATE portal_auditevent SET personal = \'{"ip": "::2"}\' WHERE position = 2', 2, "personal data changed"),
        ("DELETE FROM portal_auditevent WHERE position = 2", 3, "an event before it is missing"),
    ],
)
def test_tampering_behind_the_triggers_back_is_found(events, sql, position, what, capsys):
    tamper(sql)
    assert audit.verify()[0] == audit.Fault(position, what)
    with pytest.raises(CommandError):
        call_command("verify_audit")
    assert f"event {position}: {what}" in capsys.readouterr().out


def test_an_event_rewritten_with_a_right_digest_still_breaks_the_link_of_the_next(events):
    tamper(
        "UPDATE portal_auditevent SET actor_label = 'x' WHERE position = 2; "
        "UPDATE portal_auditevent AS e SET digest = portal_audit_digest(e) WHERE position = 2"
    )
    assert audit.Fault(3, "not linked to the one before") in audit.verify()


def test_personal_data_can_be_blanked_and_the_chain_still_holds(events):
    assert audit.blank_personal(AuditEvent.objects.filter(position__lte=2)) == 2
    assert AuditEvent.objects.filter(personal__isnull=False).count() == 2
    assert audit.verify() == []


def test_an_undeclared_event_is_an_error():
    with pytest.raises(audit.UndeclaredCode):
        audit.record("nobody.declared-this", actor=audit.SYSTEM)
