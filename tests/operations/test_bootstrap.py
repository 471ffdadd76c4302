"""`bootstrap`: first accounts once, for their owner only; a database that can't serve is refused with a reason."""

import stat

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal import accounts
from portal.management.commands.bootstrap import require_postgis
from portal.models import AuditEvent, Role, User


@pytest.fixture
def steps_of_others(settings):
    """Without the plan and the consultation, which have tests of their own."""
    settings.BOOTSTRAP_COMMANDS = []


@pytest.fixture
def place(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path


def passwords(text: str) -> dict[str, str]:
    return dict(line.split() for line in text.splitlines() if not line.startswith("#"))


@pytest.mark.django_db
def test_there_is_one_account_for_each_role_and_each_can_sign_in(place):
    made = accounts.create_first_accounts(place / "accounts.txt")
    assert set(made) == set(Role.values)
    for role in Role:
        user = User.objects.get(username=role.value)
        assert user.roles == [role.value]
        assert user.check_password(made[role.value])
        assert user.is_superuser == user.is_staff == (role is Role.ADMINISTRATOR)
    assert AuditEvent.objects.filter(code="account.created").count() == len(Role)


@pytest.mark.django_db
def test_the_file_of_passwords_can_be_read_by_its_owner_only(place):
    made = accounts.create_first_accounts(place / "accounts.txt")
    assert stat.S_IMODE((place / "accounts.txt").stat().st_mode) == 0o600
    assert passwords((place / "accounts.txt").read_text(encoding="utf-8")) == made


@pytest.mark.django_db
def test_where_anybody_has_an_account_none_is_made(place):
    User.objects.create(username="somebody")
    assert accounts.create_first_accounts(place / "accounts.txt") == {}
    assert User.objects.count() == 1
    assert not (place / "accounts.txt").exists()


@pytest.mark.django_db
def test_no_account_is_made_when_its_password_can_not_be_kept(place):
    with pytest.raises(OSError):
        accounts.create_first_accounts(place / "missing" / "accounts.txt")
    assert not User.objects.exists()


def test_no_two_passwords_are_alike_and_none_is_short():
    made = {accounts.random_password() for _ in range(100)}
    assert len(made) == 100
    assert {len(password) for password in made} == {19}


@pytest.mark.django_db
def test_bootstrap_prints_passwords_once_and_collects_static_files_only_when_they_changed(
    place, steps_of_others, capsys, settings
):
    call_command("bootstrap")
    first = capsys.readouterr().out
    call_command("bootstrap")
    second = capsys.readouterr().out
    kept = passwords((place / "accounts.txt").read_text(encoding="utf-8"))
    assert all(password in first and password not in second for password in kept.values())
    assert "Static files: collected" in first
    assert "Static files: up to date" in second
    settings.STATIC_URL = "/elsewhere/static/"
    call_command("bootstrap")
    assert "Static files: collected" in capsys.readouterr().out


@pytest.mark.django_db
def test_bootstrap_in_a_container_shows_no_password(place, steps_of_others, capsys):
    call_command("bootstrap", hide_passwords=True)
    shown = capsys.readouterr().out
    kept = passwords((place / "accounts.txt").read_text(encoding="utf-8"))
    assert not [password for password in kept.values() if password in shown]
    assert str(place / "accounts.txt") in shown


@pytest.fixture
def bare_database(django_db_setup, django_db_blocker):
    """A database made from template0, so without PostGIS; its owner is no superuser. Yields its name."""
    name = f"{connection.settings_dict['NAME']}_bare"
    parameters = connection.get_connection_params()
    way = {key: parameters[key] for key in ("host", "port", "user", "password") if parameters.get(key)}
    with psycopg.connect(**way, dbname="postgres", autocommit=True) as administration:
        administration.execute(f'DROP DATABASE IF EXISTS "{name}"')
        administration.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        with django_db_blocker.unblock():
            yield name
        administration.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def in_bare_database(bare_database, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", bare_database)
    yield
    connection.close()


def test_a_database_without_postgis_whose_user_may_not_install_it_is_refused_with_what_to_do(in_bare_database):
    with pytest.raises(CommandError, match="CREATE EXTENSION postgis"):
        require_postgis()


def test_a_server_that_is_not_there_is_refused_without_a_traceback(in_bare_database, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {})
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "geheim-im-url")
    with pytest.raises(CommandError, match="can't be reached") as refused:
        require_postgis()
    assert "geheim" not in str(refused.value)


@pytest.mark.django_db
def test_a_server_without_postgis_is_refused_with_the_package_to_install(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("portal.management.commands.bootstrap.NEEDED", (("no_such_extension", "postgresql-x"),))
        with pytest.raises(CommandError, match=r"has no no_such_extension.*apt-get install postgresql-x"):
            require_postgis()
