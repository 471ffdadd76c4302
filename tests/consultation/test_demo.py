"""The demonstration: believable, in all states, the same every time, and never beside real comments."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from consultation.demo.story import told
from consultation.models import Comment, Contact, Decision
from consultation.opening import open_consultation
from consultation.states import Channel, Display, Handling, Outcome, PlaceKind
from portal import audit
from tests import make


@pytest.fixture
def opened(jiefang):
    return open_consultation(jiefang, actor=audit.SYSTEM, now=timezone.now()).consultation


def test_the_whole_story_covers_every_state(opened, capsys):
    call_command("create_demo")
    comments = Comment.objects.all()
    assert comments.count() == 72
    assert set(comments.values_list("display", flat=True)) == set(Display.values)
    assert set(comments.values_list("handling", flat=True)) == set(Handling.values)
    assert set(Decision.objects.values_list("outcome", flat=True)) == set(Outcome.values)
    kinds = set(comments.values_list("place_kind", flat=True))
    assert kinds == set(PlaceKind.values)
    assert len(set(comments.values_list("channel", flat=True)) & set(Channel.values)) >= 6
    assert comments.values("topic").distinct().count() == opened.topics.count()
    assert comments.filter(supports__gt=0).count() > 30
    assert not comments.filter(public_text__contains="15403910").exists()
    assert audit.verify() == []
    call_command("create_demo")
    assert comments.count() == 72
    assert "72 comments are there already" in capsys.readouterr().out


def test_a_display_that_just_began_began_before_the_story(opened):
    closes_at = opened.closes_at
    call_command("create_demo", comments=3, verbosity=0)
    opened.refresh_from_db()
    assert opened.opens_at < timezone.now() - timedelta(days=19)
    assert opened.closes_at == closes_at
    assert Comment.objects.filter(submitted_at__lt=opened.opens_at).count() == 0


def test_many_are_made_at_once_with_the_chain_whole(opened):
    call_command("create_demo", comments=400)
    assert Comment.objects.count() == 400
    numbers = sorted(Comment.objects.values_list("number", flat=True))
    assert [int(number[-6:]) for number in numbers] == list(range(1, 401))
    assert Contact.objects.count() > 100
    scope = opened.plan.features.get(kind="scope").geometry
    assert not Comment.objects.exclude(anchor__isnull=True).exclude(anchor__coveredby=scope.buffer(0.005)).exists()
    assert audit.verify() == []


def test_real_comments_are_left_alone(opened):
    make.create_comment(opened)
    with pytest.raises(CommandError, match="real people"):
        call_command("create_demo")
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("count", [0, -1, 200_001])
def test_a_senseless_number_is_refused(opened, count):
    with pytest.raises(CommandError, match="from 1 to 200000"):
        call_command("create_demo", comments=count)


def test_without_an_open_consultation_it_says_what_to_do(jiefang):
    with pytest.raises(CommandError, match="open_consultation"):
        call_command("create_demo")


def test_the_texts_are_many_and_each_is_its_own():
    assert len({one.text for one in told()}) == len(told()) == 72
