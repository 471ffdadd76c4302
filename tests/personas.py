"""The people of the tests: who visits, who wrote, and who works here. Staff are users; residents have no account."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from consultation.models import Comment
from portal.models import Role, User
from tests import make


@dataclass(frozen=True)
class Author:
    """Somebody who sent a comment and kept the receipt."""

    comment: Comment
    code: str

    @property
    def number(self) -> str:
        return self.comment.number


def employ(username: str, *roles: Role, name: str = "", **values: object) -> User:
    """Make a member of staff with these roles, who signs in by `signed_in` (no password)."""
    return User.objects.create(username=username, last_name=name, roles=list(roles), **values)


def signed_in(user: User, **defaults: str) -> Client:
    """Return a browser in which `user` is signed in."""
    client = Client(**defaults)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def visitor() -> AnonymousUser:
    """Somebody who reads; `client` is their browser."""
    return AnonymousUser()


@pytest.fixture
def author(consultation) -> Author:
    """A resident with a registered comment, who agreed to display and left a telephone number."""
    contact = {"name": "王秀兰", "phone": "13839112345"}
    comment = make.create_comment(consultation, code="AUTHRC23", display_consent=True, contact=contact)
    return Author(comment, "AUTHRC23")


@pytest.fixture
def planner(db) -> User:
    """Reviews, answers and decides."""
    return employ("planner", Role.PLANNER, name="规划员")


@pytest.fixture
def exporter(db) -> User:
    """Hands in the file."""
    return employ("exporter", Role.EXPORTER, name="归档员")


@pytest.fixture
def editor(db) -> User:
    """Loads the plan's data; has no business with the ledger."""
    return employ("editor", Role.EDITOR, name="数据员")


@pytest.fixture
def administrator(db) -> User:
    """Manages accounts."""
    return employ("administrator", Role.ADMINISTRATOR, name="管理员", is_staff=True)
