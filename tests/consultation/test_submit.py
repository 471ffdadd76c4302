"""The form at /comments/new/: what it files, and what comes back when it can't."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from consultation import choices
from consultation.models import Comment, Contact

TEXT = "村北的水渠多年没有清淤，汛期容易积水，请考虑。"
FORM = "/comments/new/"


def fill(key: str = "5717544e-67b8-47c1-88fd-7d684c29c815", **values: str) -> dict[str, str]:
    return {"place": "none", "topic": "farmland", "text": TEXT, "key": key} | values


def kept_text(response) -> str:
    return unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", response.content.decode(), re.DOTALL)[1])


def kept_key(response) -> str:
    return re.search(r'name="key" value="([^"]+)"', response.content.decode())[1]


def test_a_comment_is_filed_and_leads_to_its_receipt(client, consultation):
    values = fill(place="village", village="village-guocun", name="王秀兰", phone="138 3911 2345", display_consent="on")
    response = client.post(FORM, values)
    assert (response.status_code, response["Location"]) == (303, "/comments/received/")
    comment = Comment.objects.get()
    assert (comment.text, comment.topic.key, comment.village_key) == (TEXT, "farmland", "village-guocun")
    assert (comment.display, comment.display_consent) == ("pending", True)
    assert Contact.objects.get().opened() == {"name": "王秀兰", "phone": "138 3911 2345", "email": ""}
    page = client.get("/comments/received/")
    assert comment.number in page.content.decode()
    assert page["Cache-Control"].count("no-store")


def test_consent_to_display_is_not_given_unless_ticked(client, consultation):
    client.post(FORM, fill())
    assert not Comment.objects.get().display_consent
    assert "checked" not in re.search(r'<input[^>]*name="display_consent"[^>]*>', client.get(FORM).content.decode())[0]


def test_a_point_from_the_map_is_said_in_words_and_filed(client, consultation):
    page = client.get(f"{FORM}?lon=113.2&lat=35.2").content.decode()
    assert "郭村附近" in page and "113.2000°E, 35.2000°N" in page and 'href="/#at=113.2,35.2"' in page
    client.post(FORM, fill(place="map", lon="113.2", lat="35.2"))
    comment = Comment.objects.get()
    assert (comment.place_kind, comment.anchor.coords, comment.village_key) == (
        "point",
        (113.2, 35.2),
        "village-guocun",
    )


def test_the_form_keeps_out_of_shared_caches_and_gives_each_visit_its_own_key(client, consultation):
    first, second = client.get(FORM), client.get(FORM)
    assert "private" in first["Cache-Control"]
    assert kept_key(first) != kept_key(second)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": ""}, "请填写意见内容。"),
        ({"text": "太短"}, "意见内容至少 10 个字，现有 2 个字。"),
        ({"text": "长" * 100_000}, "意见内容最多 2000 个字，现有 100000 个字"),
        ({"topic": ""}, "请选择意见类别"),
        ({"topic": "no-such-topic"}, "no-such-topic"),
        ({"place": ""}, "请选择您的意见涉及的位置"),
        ({"place": "village"}, "请选择村（社区）。"),
        ({"place": "chapter", "chapter": ""}, "请选择章节。"),
        ({"place": "map"}, "请在地图上选定位置。"),
        ({"place": "none", "village": "village-guocun"}, "您选了“不涉及具体位置”"),
        ({"place": "map", "lon": "113.4", "lat": "35.2"}, "该位置超出了规划的范围。"),
        ({"place": "map", "lon": "nan", "lat": "35.2"}, "坐标"),
        ({"place": "map", "lon": "here", "lat": "there"}, "无法识别地图上的位置"),
        ({"place": "map", "lon": "35.2", "lat": "113.2"}, "经度和纬度似乎写反了"),
        ({"place": "feature", "feature": "no-such-thing"}, "没有这个图形"),
        ({"phone": "call me"}, "请核对电话号码"),
        ({"email": "nobody"}, "邮"),
        ({"website": "spam.example"}, "留空"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(client, consultation, values, sentence):
    sent = fill(name="王秀兰", **values)
    response = client.post(FORM, sent)
    page = response.content.decode()
    assert response.status_code == 400
    assert sentence in page and 'role="alert"' in page
    assert kept_text(response) == sent["text"]
    assert kept_key(response) == sent["key"]
    assert "王秀兰" in page
    assert not Comment.objects.exists()


def test_each_error_in_the_summary_leads_to_its_field(client, consultation):
    page = client.post(FORM, fill(text="", topic="")).content.decode()
    for target in ("id_text", "id_topic"):
        assert f'href="#{target}"' in page and f'id="{target}"' in page


def test_a_line_break_counts_as_one_character(client, consultation):
    client.post(FORM, fill(text="一二三四五\r\n六七八九"))
    assert Comment.objects.get().text == "一二三四五\n六七八九"


def test_after_closing_everything_typed_is_kept(client, consultation):
    consultation.closes_at = timezone.now() - timedelta(minutes=1)
    consultation.opens_at = consultation.closes_at - timedelta(days=31)
    consultation.save()
    response = client.post(FORM, fill(phone="13839112345"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "公示已于" in page and kept_text(response) == TEXT and "13839112345" in page
    assert "data-send " not in page and "提交意见" not in page
    assert not Comment.objects.exists()


def test_before_opening_the_form_is_closed_for_visitors(client, consultation):
    consultation.opens_at = timezone.now() + timedelta(days=1)
    consultation.closes_at = consultation.opens_at + timedelta(days=31)
    consultation.save()
    assert "目前没有正在征求意见的规划" in client.get(FORM).content.decode()
    assert client.post(FORM, fill()).status_code == 409


def test_a_page_that_was_open_too_long_costs_nobody_their_words(consultation):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(FORM, fill())
    assert response.status_code == 403
    assert kept_text(response) == TEXT and "页面打开时间过长" in response.content.decode()
    assert not Comment.objects.exists()
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', response.content.decode())[1]
    again = strict.post(FORM, fill(csrfmiddlewaretoken=token))
    assert again.status_code == 303 and Comment.objects.count() == 1


def test_a_form_beyond_all_measure_gets_a_page_that_says_so(client, consultation, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    response = client.post(FORM, fill(text="长" * 20_000))
    assert response.status_code == 413 and "内容过大" in response.content.decode()


def away(*args: object, **kwargs: object):
    raise OperationalError("connection refused")


@pytest.mark.parametrize("where", ["consultation.choices.load", "consultation.actions.submit"])
@pytest.mark.parametrize("was_served_before", [True, False])
def test_an_outage_brings_the_filled_form_back_and_a_retry_files_one(
    client, consultation, monkeypatch, where, was_served_before, django_assert_num_queries
):
    choices._spare.clear()
    if was_served_before:
        client.get(FORM)
    values = fill(place="village", village="village-guocun", name="王秀兰", phone="13839112345", display_consent="on")
    with monkeypatch.context() as broken:
        broken.setattr(where, away)
        response = client.post(FORM, values)
    page = response.content.decode()
    assert response.status_code == 503 and response["Retry-After"] == "60"
    assert "意见还没有登记" in page and "再次提交" in page
    assert kept_text(response) == TEXT and kept_key(response) == values["key"]
    assert "王秀兰" in page and "13839112345" in page
    assert re.search(r'value="village-guocun" selected', page) and re.search(r'value="farmland" selected', page)
    assert re.search(r'name="place" value="village" checked', page)
    assert re.search(r'name="display_consent"[^>]* checked', page)
    assert client.post(FORM, values).status_code == 303
    assert client.post(FORM, values).status_code == 303
    assert Comment.objects.count() == 1


def test_the_outage_page_asks_the_database_nothing(client, consultation, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("consultation.choices.load", away)
    with django_assert_num_queries(0):
        assert client.post(FORM, fill()).status_code == 503


def test_the_form_asks_a_fixed_number_of_queries(client, consultation, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get(FORM)
