"""Whose request it is, behind any number of proxies of ours."""

from datetime import date

import pytest
from django.test import RequestFactory

from portal.client_address import client_address, network_key


def request(remote="203.0.113.9", forwarded=""):
    return RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)


@pytest.mark.parametrize(
    "proxies, forwarded, expected",
    [
        (0, "1.2.3.4", "203.0.113.9"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 5.6.7.8", "1.2.3.4"),
        (2, "1.2.3.4", "1.2.3.4"),
        (1, "nonsense", ""),
    ],
)
def test_only_what_our_own_proxies_saw_counts(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    assert client_address(request(forwarded=forwarded)) == expected


def test_a_household_with_ipv6_is_one_network_for_one_day():
    day = date(2026, 11, 22)
    one, two = (network_key(request(f"2001:db8:1:2::{end}"), day) for end in (1, 2))
    assert one == two != network_key(request("2001:db8:1:3::1"), day)
    assert one != network_key(request("2001:db8:1:2::1"), date(2026, 11, 23)) and "2001" not in one
