"""The desk: the queue, one comment, and what becomes of a change that comes too late."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from consultation import desk_queue
from consultation.models import Comment
from portal.models import AuditEvent
from tests import make
from tests.personas import signed_in


@pytest.fixture
def desk(planner):
    return signed_in(planner)


def page(client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_what_waits_longest_comes_first_and_only_what_waits(desk, consultation):
    first = make.create_comment(consultation, submitted_at=timezone.now() - timedelta(days=3))
    second = make.create_comment(consultation)
    public = make.create_public_comment(consultation)
    body = page(desk, "/desk/")
    assert body.index(first.number) < body.index(second.number)
    assert public.number not in body
    assert "3天" in body.replace(" ", "")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("display=public", "public"),
        ("topic=other", "other"),
        ("village=village-guocun", "village"),
        ("q=水渠", "words"),
        ("display=all&handling=answered", "answered"),
    ],
)
def test_filters(desk, consultation, query, found):
    shown = {
        "public": make.create_public_comment(consultation, text="甲意见甲意见甲意见甲"),
        "other": make.create_comment(consultation, topic="other", text="乙意见乙意见乙意见乙"),
        "village": make.create_comment(consultation, village_key="village-guocun", text="丙意见丙意见丙意见丙"),
        "words": make.create_comment(consultation, text="丁意见，水渠淤塞，请清淤"),
        "answered": make.create_comment(consultation, handling="answered", display="withdrawn", text="戊意见戊意见"),
    }
    body = page(desk, f"/desk/?{query}")
    assert [name for name, comment in shown.items() if comment.number in body] == [found]


@pytest.mark.parametrize(
    "query", ["display=x&topic=%00&after=abc", "after=99999999999999999999", "q=%25%5F'", "before=-1"]
)
def test_nonsense_in_the_address_is_no_error(desk, consultation, query):
    page(desk, f"/desk/?{query}")


def test_pages_by_key_lose_and_repeat_nothing(desk, consultation, monkeypatch):
    monkeypatch.setattr(desk_queue, "PAGE", 2)
    numbers = [make.create_comment(consultation).number for _position in range(5)]
    comments = Comment.objects.filter(plan=consultation.plan)
    chosen = desk_queue.Filter()

    def read(query):
        from django.http import QueryDict

        return desk_queue.page(comments, chosen, QueryDict(query))

    one = read("")
    two = read(one.next)
    three = read(two.next)
    assert [c.number for p in (one, two, three) for c in p.comments] == numbers
    assert (one.previous, three.next) == ("", "")
    assert [c.number for c in read(three.previous).comments] == numbers[2:4]
    assert [c.number for c in read(two.previous).comments] == numbers[:2]


def test_counting_stops_at_a_limit(consultation, monkeypatch):
    monkeypatch.setattr(desk_queue, "COUNTED", 2)
    for _position in range(4):
        make.create_comment(consultation)
    assert desk_queue.counts(consultation.plan)["pending"] == 2


def test_the_queue_asks_as_often_for_thirty_rows_as_for_three(desk, consultation, django_assert_num_queries):
    def fill(count):
        for _position in range(count):
            make.create_comment(consultation, village_key="village-guocun", anchor=Point(113.2, 35.2, srid=4326))

    fill(3)
    page(desk, "/desk/")
    with django_assert_num_queries(10):
        page(desk, "/desk/")
    fill(27)
    with django_assert_num_queries(10):
        page(desk, "/desk/")


def test_after_publishing_the_next_one_comes_and_undo_brings_it_back(desk, consultation):
    first = make.create_comment(consultation, display_consent=True)
    second = make.create_comment(consultation)
    response = desk.post(f"/desk/comments/{first.number}/", {"do": "publish", "version": 1}, follow=True)
    assert response.redirect_chain[-1][0] == f"/desk/comments/{second.number}/"
    body = response.content.decode()
    assert f"{first.number}已公开" in body.replace(" ", "")
    assert f'action="/desk/comments/{first.number}/"' in body
    desk.post(f"/desk/comments/{first.number}/", {"do": "return", "version": 2})
    first.refresh_from_db()
    assert (first.display, first.published_at) == ("pending", None)
    codes = list(AuditEvent.objects.order_by("position").values_list("code", flat=True))
    assert codes == ["comment.published", "comment.returned"]


def test_after_the_last_one_comes_the_queue_with_its_filter(desk, consultation):
    comment = make.create_comment(consultation, display_consent=True, topic="other")
    response = desk.post(f"/desk/comments/{comment.number}/?topic=other", {"do": "publish", "version": 1})
    assert response["Location"] == "/desk/?topic=other"


def test_a_stale_save_is_refused_and_what_was_typed_is_kept(desk, consultation):
    comment = make.create_comment(consultation, version=2)
    typed = {"do": "decide", "version": 1, "decide-outcome": "adopted", "decide-reason": "写了很久的理由"}
    response = desk.post(f"/desk/comments/{comment.number}/", typed)
    assert response.status_code == 409
    assert "写了很久的理由" in response.content.decode()
    assert not AuditEvent.objects.exists()


def test_words_to_the_author_are_kept_when_somebody_else_withheld_it_already(desk, consultation):
    comment = make.create_comment(consultation, version=2, display="withheld", withholding_reason="other")
    typed = {"do": "withhold", "version": 1, "withhold-reason": "off-topic", "withhold-note": "给作者的话"}
    response = desk.post(f"/desk/comments/{comment.number}/", typed)
    assert response.status_code == 409
    assert "给作者的话" in response.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"do": "decide", "decide-outcome": "adopted", "decide-reason": "  "},
        {"do": "decide", "decide-outcome": "nonsense", "decide-reason": "理由"},
        {"do": "decide", "decide-outcome": "adopted", "decide-reason": "a\x00b"},
        {"do": "decide", "decide-outcome": "adopted", "decide-reason": "长" * 4001},
        {"do": "withhold", "withhold-reason": ""},
        {"do": "withhold", "withhold-reason": "nonsense"},
        {"do": "nonsense"},
        {},
    ],
)
def test_a_form_that_is_not_right_saves_nothing(desk, consultation, typed):
    comment = make.create_comment(consultation)
    response = desk.post(f"/desk/comments/{comment.number}/", {"version": 1, **typed})
    assert response.status_code == 400
    comment.refresh_from_db()
    assert comment.version == 1


def test_the_page_shows_text_public_copy_here_and_history(desk, planner, consultation):
    here = {"findings": [{"inside": True, "statement": "这里在郭村", "near_line": True}]}
    comment = make.create_comment(
        consultation,
        text="电话15403910001，请回复",
        public_text="电话［已隐去］，请回复",
        here=here,
        anchor=Point(113.2, 35.2, srid=4326),
        contact={"name": "王秀兰"},
    )
    body = page(desk, f"/desk/comments/{comment.number}/")
    for words in ("15403910001", "［已隐去］", "这里在郭村", "desk-map"):
        assert words in body
    assert "王秀兰" not in body


def test_contact_data_show_after_a_look_on_record(desk, consultation):
    comment = make.create_comment(consultation, contact={"name": "王秀兰", "phone": "15403910001"})
    body = desk.post(f"/desk/comments/{comment.number}/", {"do": "contact"}).content.decode()
    assert "王秀兰" in body
    assert list(AuditEvent.objects.values_list("code", flat=True)) == ["contact.read"]


def test_an_unknown_number_is_nothing(desk, consultation):
    page(desk, "/desk/comments/JF-2027-999999/", 404)
    page(desk, "/desk/comments/%00/", 404)
