"""The audit in the database's own hands: it links every event to the one before, and refuses change."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION portal_audit_digest(event portal_auditevent) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        event.position, event.previous, to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        event.actor_id, event.actor_label, event.code, event.subject_type, event.subject_id, event.plan_id,
        event.data, event.reason, event.personal_digest
    )::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION portal_audit_append() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
    -- One writer at a time until its commit: two events can't both follow the same one.
    PERFORM pg_advisory_xact_lock(hashtext('portal_auditevent'));
    SELECT position, digest INTO last FROM portal_auditevent ORDER BY position DESC LIMIT 1;
    NEW.position := coalesce(last.position, 0) + 1;
    NEW.previous := coalesce(last.digest, '');
    NEW.personal_digest := CASE WHEN NEW.personal IS NULL THEN ''
        ELSE encode(sha256(convert_to(NEW.personal_salt || NEW.personal::text, 'UTF8')), 'hex') END;
    NEW.digest := portal_audit_digest(NEW);
    RETURN NEW;
END $$;

CREATE FUNCTION portal_audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.personal IS NULL AND NEW.personal_salt = '' AND NEW.blanked_at IS NOT NULL
        AND to_jsonb(NEW) - ARRAY['personal', 'personal_salt', 'blanked_at']
          = to_jsonb(OLD) - ARRAY['personal', 'personal_salt', 'blanked_at'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The audit is append-only: % refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER portal_audit_append BEFORE INSERT ON portal_auditevent
    FOR EACH ROW EXECUTE FUNCTION portal_audit_append();
CREATE TRIGGER portal_audit_guard BEFORE UPDATE OR DELETE ON portal_auditevent
    FOR EACH ROW EXECUTE FUNCTION portal_audit_guard();
"""

BACKWARD = """
DROP TRIGGER portal_audit_guard ON portal_auditevent;
DROP TRIGGER portal_audit_append ON portal_auditevent;
DROP FUNCTION portal_audit_guard();
DROP FUNCTION portal_audit_append();
DROP FUNCTION portal_audit_digest(portal_auditevent);
"""


class Migration(migrations.Migration):
    """Chain and guard of portal_auditevent."""

    dependencies = [("portal", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
