"""Exports: what is in the file, for whom, and that nothing private is where it doesn't belong."""

import csv
import io
import json
from itertools import pairwise

import pytest
from django.contrib.gis.geos import Point, Polygon

from consultation import exports
from consultation.exporting import Wish, export
from consultation.models import Comment
from portal import audit
from portal.models import AuditEvent
from portal.refusal import Refusal
from tests import make
from tests.personas import signed_in

PHONE = "15403910001"


def made(plan, by=audit.SYSTEM, **wish) -> bytes:
    into = io.BytesIO()
    export(plan, Wish(**wish), by=by, into=into)
    return into.getvalue()


def read_csv(body: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


@pytest.fixture
def comment(consultation, planner) -> Comment:
    comment = make.create_public_comment(
        consultation,
        text=f"=水渠不通，电话{PHONE}",
        public_text="=水渠不通，电话［已隐去］",
        anchor=Point(113.212345678, 35.212345678, srid=4326),
        village_key="village-guocun",
        contact={"name": "王秀兰", "phone": PHONE, "email": "wang@example.com"},
    )
    make.decide(comment, planner, reply="会修的")
    return comment


def test_the_table_holds_what_is_handed_in_masked(plan, comment):
    (row,) = read_csv(made(plan))
    expected = {
        "序号": "1",
        "受理编号": comment.number,
        "意见来源（渠道）": "网站",
        "提出人（脱敏）": "王**",
        "所在村（社区）": "郭村",
        "意见类别": "耕地与永久基本农田",
        "意见原文（脱敏）": "'=水渠不通，电话［已隐去］",
        "采纳情况": "采纳",
        "理由及修改说明": "已在第四章补充。",
        "答复内容": "会修的",
        "承办人": "规划员",
        "公开状态": "公开",
        "经度（概略）": "113.2123",
        "纬度（概略）": "35.2123",
    }
    assert {name: row[name] for name in expected} == expected
    assert "姓名" not in row


def test_contact_data_come_with_right_and_reason_and_go_on_record(plan, comment, exporter):
    body = made(plan, by=exporter, with_contact=True, reason="答复回访")
    (row,) = read_csv(body)
    assert (row["姓名"], row["电话"], row["电子邮箱"]) == ("王秀兰", PHONE, "wang@example.com")
    assert PHONE in row["意见原文（未脱敏）"]
    event = AuditEvent.objects.get()
    assert (event.code, event.reason, event.actor) == ("comments.exported", "答复回访", exporter)
    assert event.data["rows"] == 1
    assert len(event.data["sha256"]) == 64


@pytest.mark.parametrize(
    ("role", "wish", "code"),
    [
        ("planner", {"with_contact": True, "reason": "x"}, "no-contact-export-right"),
        ("exporter", {"with_contact": True, "reason": "  "}, "reason-missing"),
        ("administrator", {}, "no-export-right"),
        ("editor", {}, "no-export-right"),
        ("exporter", {"format": "xlsx"}, "unknown-format"),
        ("exporter", {"display": "nonsense"}, "unknown-display"),
    ],
)
def test_what_is_refused_goes_on_record_and_writes_nothing(request, plan, comment, role, wish, code):
    into = io.BytesIO()
    with pytest.raises(Refusal) as refused:
        export(plan, Wish(**wish), by=request.getfixturevalue(role), into=into)
    assert refused.value.code == code
    assert into.getvalue() == b""
    event = AuditEvent.objects.get()
    assert (event.code, event.data["code"]) == ("export.refused", code)


def test_nobody_without_a_name_takes_contact_data_out(plan, comment):
    with pytest.raises(Refusal):
        made(plan, with_contact=True, reason="x")


def test_geojson_is_as_rfc_7946_wants_it(plan, comment, consultation):
    clockwise = Polygon([(113.2, 35.2), (113.2, 35.21), (113.21, 35.21), (113.21, 35.2), (113.2, 35.2)], srid=4326)
    anchor = Point(113.205, 35.205, srid=4326)
    make.create_comment(consultation, geometry=clockwise, anchor=anchor, place_kind="area")
    make.create_comment(consultation)
    body = json.loads(made(plan, format="geojson"))
    point, area, none = body["features"]
    assert body["type"] == "FeatureCollection"
    assert point["geometry"] == {"type": "Point", "coordinates": [113.2123, 35.2123]}
    assert point["id"] == point["properties"]["number"] == comment.number
    assert point["properties"]["supports"] == 0
    ring = area["geometry"]["coordinates"][0]
    assert sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) < 0
    assert none["geometry"] is None
    assert PHONE not in json.dumps(body)


def test_geojson_with_contact_data_opens_them(plan, comment, exporter):
    body = json.loads(made(plan, by=exporter, format="geojson", with_contact=True, reason="x"))
    assert body["features"][0]["properties"]["phone"] == PHONE


def test_an_empty_ledger_gives_headings_and_an_empty_collection(plan, consultation):
    assert made(plan).decode("utf-8-sig").startswith("序号,受理编号")
    assert json.loads(made(plan, format="geojson"))["features"] == []


def test_one_state_of_display_can_be_chosen(plan, comment, consultation):
    waiting = make.create_comment(consultation)
    assert [row["受理编号"] for row in read_csv(made(plan, display="pending"))] == [waiting.number]


def test_another_plans_comments_stay_out(plan, comment):
    other = make.create_plan("other", number_prefix="XX")
    make.create_comment(make.create_consultation(other))
    assert len(read_csv(made(plan))) == 1


def test_an_export_is_one_query_however_long(plan, consultation, django_assert_num_queries):
    columns = exports.columns_for(exports.Audience.CONTACT)

    def fill(count):
        for _position in range(count):
            make.create_comment(consultation, contact={"name": "张三"}, village_key="village-guocun")

    for count in (3, 27):
        fill(count)
        # A savepoint around the cursor, and its release; the cursor itself lives in the database.
        with django_assert_num_queries(3):
            rows = list(exports.rows(Comment.objects.filter(plan=plan), columns))
    assert len(rows) == 30


def test_the_desk_hands_over_a_file_with_a_chinese_name(exporter, comment):
    response = signed_in(exporter).post("/desk/exports/", {"format": "csv"})
    assert "filename*=utf-8''" in response["Content-Disposition"]
    assert b"".join(response.streaming_content).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "typed",
    [{"format": "pdf"}, {"format": "csv", "display": "x"}, {"format": "csv", "with_contact": "on", "reason": ""}],
)
def test_a_form_that_is_not_right_is_shown_again_with_the_reason(exporter, comment, typed):
    response = signed_in(exporter).post("/desk/exports/", typed)
    assert response.status_code == 400
    assert "errorlist" in response.content.decode()


def test_the_page_shows_who_took_what(exporter, comment):
    client = signed_in(exporter)
    client.post("/desk/exports/", {"format": "csv"})
    body = client.get("/desk/exports/").content.decode()
    assert "归档员" in body
    assert AuditEvent.objects.get().data["sha256"][:12] in body
