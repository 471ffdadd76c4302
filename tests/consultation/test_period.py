"""How long a draft is on display, and the command that opens it."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from consultation import period
from consultation.models import Consultation
from portal.models import AuditEvent


@pytest.mark.parametrize(
    ("first", "last", "lawful"),
    [
        ("2023-03-24", "2023-04-23", True),
        ("2023-04-07", "2023-05-06", False),
        ("2024-04-28", "2024-05-28", True),
        ("2025-05-13", "2025-06-13", True),
        ("2024-05-20", "2024-06-15", False),
        ("2022-12-30", "2023-01-29", True),
    ],
)
def test_periods_of_real_notices_are_judged_as_the_law_counts(first, last, lawful):
    refused = period.last_day_refusal(date.fromisoformat(first), date.fromisoformat(last))
    assert (refused is None) == lawful
    if refused:
        assert refused.code == "period-too-short"
        assert str(period.earliest_last_day(date.fromisoformat(first))) in refused.message


@pytest.mark.parametrize(
    ("first", "earliest"),
    [
        ("2024-04-28", "2024-05-28"),  # a Tuesday
        ("2024-05-02", "2024-06-03"),  # 1 June is a Saturday
        ("2024-05-03", "2024-06-03"),  # 2 June is a Sunday
        ("2023-01-30", "2023-03-01"),  # over the end of February
    ],
)
def test_a_period_that_would_end_on_a_weekend_ends_on_monday(first, earliest):
    assert period.earliest_last_day(date.fromisoformat(first)) == date.fromisoformat(earliest)


def test_the_last_day_lasts_until_midnight_in_china():
    assert period.end(date(2027, 3, 31)) == datetime(2027, 3, 31, 16, tzinfo=UTC)


def test_contact_data_go_after_24_months_also_from_a_leap_day():
    assert period.contacts_purged_on(date(2027, 3, 31)) == date(2029, 3, 31)
    assert period.contacts_purged_on(date(2028, 2, 29)) == date(2030, 2, 28)


@time_machine.travel("2027-03-01T01:30:00Z", tick=False)
def test_the_command_opens_for_thirty_days_from_now_with_all_topics(plan):
    call_command("open_consultation")
    consultation = Consultation.objects.get()
    assert consultation.opens_at == timezone.now()
    assert consultation.closes_at == datetime(2027, 3, 31, 16, tzinfo=UTC)
    assert consultation.purge_contacts_on == date(2029, 3, 31)
    assert consultation.topics.count() == 13
    assert consultation.topics.last().key == "other"
    assert consultation.organiser_zh == ""
    assert AuditEvent.objects.get().code == "consultation.opened"


@time_machine.travel("2027-03-01T01:30:00Z", tick=False)
def test_the_command_run_again_changes_only_what_is_given(plan):
    call_command("open_consultation")
    call_command("open_consultation")
    assert AuditEvent.objects.count() == 1
    call_command("open_consultation", closes=date(2027, 4, 15), phone="0391-3569528")
    consultation = Consultation.objects.get()
    assert consultation.closes_at == period.end(date(2027, 4, 15))
    assert consultation.opens_at == timezone.now()
    assert consultation.phone == "0391-3569528"
    assert [event.code for event in AuditEvent.objects.all()] == ["consultation.opened", "consultation.changed"]


@time_machine.travel("2027-03-01T01:30:00Z", tick=False)
def test_the_command_refuses_a_short_period_with_the_earliest_day_and_opens_nothing(plan):
    with pytest.raises(CommandError, match="2027-03-31"):
        call_command("open_consultation", closes=date(2027, 3, 30))
    assert not Consultation.objects.exists()


def test_the_command_says_how_to_load_a_plan_that_is_missing(db):
    with pytest.raises(CommandError, match="load_plan"):
        call_command("open_consultation")
