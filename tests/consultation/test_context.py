"""What every page knows about the consultation, and what it costs."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import timezone

from tests import make


def said(template: str) -> str:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return Template(template).render(RequestContext(request))


def test_a_page_that_asks_nothing_costs_nothing(consultation, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert said("hello") == "hello"


def test_all_of_it_costs_one_query(consultation, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = said("{{ consultation.title }} {{ consultation.plan.short_name }} {{ days_left }} {{ phase }}")
    assert page == f"{consultation.title} {consultation.plan.short_name} 30 open"


def test_the_open_consultation_goes_before_a_later_one(consultation):
    now = timezone.now()
    make.create_consultation(
        consultation.plan, slug="older", opens_at=now - timedelta(days=90), closes_at=now - timedelta(days=50)
    )
    assert said("{{ consultation.slug }}") == consultation.slug
    consultation.opens_at, consultation.closes_at = now - timedelta(days=200), now - timedelta(days=150)
    consultation.save()
    assert said("{{ consultation.slug }} {{ days_left }} {{ phase }}") == "older 0 closed"


def test_without_a_consultation_or_a_database_there_is_none(plan, monkeypatch):
    template = "{% if consultation %}yes{% else %}no{% endif %}{{ days_left }}{{ phase }}"
    assert said(template) == "no0"

    def away(*args: object):
        raise OperationalError

    monkeypatch.setattr("consultation.querysets.ConsultationQuerySet.current", away)
    assert said(template) == "no0"
