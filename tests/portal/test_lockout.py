"""Signing in: the page works, and guessing passwords ends after five."""

import pytest

from tests.personas import employ

pytestmark = pytest.mark.django_db
PASSWORD = "spade-lantern-47"


@pytest.fixture
def colleague():
    user = employ("colleague", "planner", name="同事")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, password: str, **more):
    return client.post("/sign-in/", {"username": "colleague", "password": password}, **more)


def test_the_right_password_leads_to_the_desk(client, colleague, plan):
    response = sign_in(client, PASSWORD)
    assert (response.status_code, response["Location"]) == (302, "/desk/")


def test_a_wrong_password_says_so_and_keeps_the_name(client, colleague):
    response = sign_in(client, "wrong")
    assert response.status_code == 200
    assert 'value="colleague"' in response.content.decode()
    assert 'role="alert"' in response.content.decode()


def test_after_five_wrong_passwords_the_right_one_is_refused_too(client, colleague):
    for _attempt in range(5):
        response = sign_in(client, "wrong")
    assert response.status_code in (403, 429)
    response = sign_in(client, PASSWORD)
    assert response.status_code in (403, 429)
    assert "尝试次数" in response.content.decode()


def test_an_account_is_closed_only_for_the_address_that_guessed(client, colleague, plan):
    for _attempt in range(5):
        sign_in(client, "wrong")
    assert sign_in(client, PASSWORD, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_signing_in_never_leads_to_another_site(client, colleague, plan):
    data = {"username": "colleague", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/sign-in/", data)["Location"] == "/desk/"
