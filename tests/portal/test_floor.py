"""The floor: audit, throttle, sealing, secret files, health, language, errors."""

import pytest
from django.db import DatabaseError, connection, transaction

from portal import audit, sealing, throttle
from portal.models import AuditEvent
from portal.secret_files import secret


@pytest.fixture
def events(db):
    audit.declare({"test.done": "Done"})
    return [audit.record("test.done", actor=audit.SYSTEM, data={"n": n}, personal={"name": "王"}) for n in range(3)]


def test_an_undeclared_code_is_an_error_never_silence(db):
    with pytest.raises(audit.UndeclaredCode):
        audit.record("nobody.declared", actor=audit.SYSTEM)


def test_the_chain_holds_and_still_holds_after_personal_data_are_blanked(events):
    assert audit.verify() == []
    assert audit.blank_personal(AuditEvent.objects.all()) == 3
    assert audit.verify() == [] and not AuditEvent.objects.filter(personal__isnull=False).exists()


@pytest.mark.parametrize("statement", ["UPDATE portal_auditevent SET reason = 'x'", "DELETE FROM portal_auditevent"])
def test_the_database_itself_refuses_to_change_the_audit(events, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_limit_lets_through_what_it_says_and_no_more(db):
    assert [throttle.hit("test", "me", 2) for _ in range(3)] == [True, True, False]
    assert throttle.hit("test", "you", 2)


def test_sealed_data_open_with_an_older_key_and_not_without(settings):
    settings.CONTACT_KEYS = ["old"]
    sealed = sealing.seal("13800000000")
    settings.CONTACT_KEYS = ["new", "old"]
    assert "138" not in sealed and sealing.unseal(sealed) == "13800000000"
    settings.CONTACT_KEYS = ["new"]
    with pytest.raises(ValueError):
        sealing.unseal(sealed)
    assert sealing.seal("") == "" == sealing.unseal("")


def test_a_secret_is_made_once_and_readable_by_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("TEST_SECRET", raising=False)
    first = secret("TEST_SECRET", tmp_path)
    assert first == secret("TEST_SECRET", tmp_path) and len(first) > 40
    assert (tmp_path / "TEST_SECRET").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("TEST_SECRET", "given")
    assert secret("TEST_SECRET", tmp_path) == "given"


def test_health_asks_nothing_and_readiness_names_what_is_missing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"status": "ok"}
    response = client.get("/readyz")
    assert response.status_code == 503 and response.json()["checks"]["plan"] == "not loaded"


def test_a_ready_portal_says_so(client, plan):
    assert client.get("/readyz").status_code == 200


def test_the_language_is_chinese_until_the_reader_chooses_and_then_kept(client, plan):
    assert client.get("/plan/", HTTP_ACCEPT_LANGUAGE="en")["Content-Language"] == "zh-hans"
    assert client.get("/plan/?lang=en")["Content-Language"] == "en"
    assert client.get("/plan/?lang=xx")["Content-Language"] == "en"
