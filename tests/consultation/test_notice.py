"""The public notice: its text follows from the consultation; its files are what they say they are."""

import hashlib
import io
import logging
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from consultation import attaching, notice
from consultation.models import Notice, NoticeAttachment
from portal.models import AuditEvent
from portal.refusal import Refusal
from tests import make
from tests.personas import signed_in

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page(client, path: str = "/notice/", status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def office(part: str, *more: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "x")
    return written.getvalue()


def put(consultation, by, content: bytes = PDF, name: str = "a.pdf", **values) -> NoticeAttachment:
    given = {"title_zh": "公示稿", "title_en": "Draft", "order": 0} | values
    return attaching.attach(consultation, SimpleUploadedFile(name, content), by=by, now=timezone.now(), **given)


def at(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("first", "last", "days", "is_lawful"),
    [
        ("2023-03-24", "2023-04-23", 30, True),
        ("2023-04-07", "2023-05-06", 29, False),
        ("2024-04-28", "2024-05-28", 30, True),
        ("2025-05-13", "2025-06-13", 31, True),
        ("2024-05-20", "2024-06-15", 26, False),
        ("2022-12-30", "2023-01-29", 30, True),
    ],
)
def test_the_length_is_computed_as_the_law_counts(first, last, days, is_lawful):
    period = notice.Period(date.fromisoformat(first), date.fromisoformat(last))
    assert (period.days, period.is_lawful) == (days, is_lawful)


def test_a_period_ends_on_the_day_whose_midnight_it_ends_at(plan):
    found = make.create_consultation(plan, opens_at=at("2025-05-13"), closes_at=at("2025-06-14"))
    assert notice.period_of(found) == notice.Period(date(2025, 5, 13), date(2025, 6, 13))


def test_the_notice_has_the_parts_that_notices_have(client, plan):
    values = {"phone": "0391-3569528", "email": "ghj@example.gov.cn", "address_zh": "解放路1号（邮编454000）"}
    opens = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    make.create_consultation(plan, opens_at=opens, closes_at=opens + timedelta(days=32), **values)
    body = page(client)
    body_of_notice = body[body.find("<article") :]
    parts = ["（草案）公示的公告", "城乡规划法", "一、公示内容", "二、公示时间", "公示期31日", "最后一日24时"]
    parts += [
        "三、公示方式",
        "四、意见反馈方式",
        "http://testserver/comments/new/",
        "0391-3569528",
        "ghj@example.gov.cn",
        "解放路1号",
    ]
    parts += ["五、意见处理", "意见采纳情况及理由将随规划报批材料一并上报", "六、听证", 'id="attachments"', "signature"]
    positions = [body_of_notice.find(part) for part in parts]
    assert -1 not in positions and sorted(positions) == positions
    assert "逾期视为无意见" not in body
    assert 'href="/plan/4/"' in body and "国土空间格局" in body


def test_ways_that_are_not_configured_are_not_offered(client, consultation):
    body = page(client)
    article = body[body.find("<article") : body.find("</article>")]
    assert "电话" not in article and "电子邮件" not in article and "来信" not in article


def test_places_hearing_and_basis_are_the_authoritys_own(client, consultation):
    values = {"places_zh": "某村公示栏\n\n便民中心", "hearing_zh": "时间：四月一日", "basis_zh": "根据某法第一条"}
    Notice.objects.create(consultation=consultation, issued_on=date(2026, 3, 2), **values)
    body = page(client)
    for words in ("<li>某村公示栏</li>", "<li>便民中心</li>", "时间：四月一日", "根据某法第一条", "2026年3月2日"):
        assert words in body
    assert "没有安排听证会" not in body and "中发〔2019〕18号" not in body


def test_before_the_opening_staff_alone_see_a_preview(client, plan, planner):
    now = timezone.now()
    values = {"opens_at": now + timedelta(days=2), "closes_at": now + timedelta(days=40), "title_zh": "尚未公开的标题"}
    make.create_consultation(plan, **values)
    assert "目前没有正在公示" in page(client) and "一、公示内容" not in page(client)
    assert "目前没有正在公示" in page(client, "/notice/form/")
    body = page(signed_in(planner))
    assert "工作人员预览" in body and "一、公示内容" in body


def test_after_the_closing_the_notice_stays_and_says_so(client, plan):
    now = timezone.now()
    make.create_consultation(plan, opens_at=now - timedelta(days=50), closes_at=now - timedelta(days=10))
    body = page(client)
    assert "本次公示已于" in body and "一、公示内容" in body and "不再接收意见" in body
    assert 'href="/comments/new/"' not in body[body.find("<article") : body.find("</article>")]


def test_without_a_plan_the_page_says_so(client, db):
    assert "目前没有正在公示" in page(client)
    assert "目前没有正在公示" in page(client, "/notice/form/")


def test_the_notice_is_there_in_english_for_reference(client, consultation):
    body = page(client, "/notice/?lang=en")
    assert "IV. How to comment" in body and "for reference" in body and "A subdistrict office" in body


def test_the_paper_form_has_the_fields_of_the_form(client, consultation):
    body = page(client, "/notice/form/")
    for words in (
        "姓名/单位",
        "电话或邮箱",
        "所在村（社区）",
        "耕地与永久基本农田",
        "涉及位置",
        "签名",
        "http://testserver/comments/new/",
    ):
        assert words in body
    assert "身份证" not in body


@pytest.mark.parametrize("count", [0, 5])
def test_the_notice_asks_a_fixed_number_of_queries(client, consultation, planner, django_assert_num_queries, count):
    for position in range(count):
        put(consultation, planner, PDF + bytes([65 + position]))
    with django_assert_num_queries(6):
        client.get("/notice/")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 9, "png"),
        (b"\xff\xd8\xff\xe0" + b"x" * 9, "jpg"),
        (office("word/document.xml"), "docx"),
        (office("xl/workbook.xml"), "xlsx"),
    ],
)
def test_a_file_is_told_by_its_content_and_served_to_be_saved(client, consultation, planner, content, kind):
    put(consultation, planner, content, name="anything.exe", title_zh="图集/第一册")
    digest = hashlib.sha256(content).hexdigest()
    body = page(client)
    assert digest in body and "图集/第一册" in body
    response = client.get(f"/notice/files/{digest}/")
    assert b"".join(response.streaming_content) == content
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment") and kind in response["Content-Disposition"]
    assert response["Content-Type"] == attaching.CONTENT_TYPES[kind]
    assert "sandbox" in response["Content-Security-Policy"]
    assert AuditEvent.objects.get(code="attachment.added").data["sha256"] == digest


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"<?php system('id');", "file-kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file-kind"),
        (b"<html>", "file-kind"),
        (b"PK\x03\x04broken", "file-kind"),
        (office("other/thing.xml"), "file-kind"),
        (office("word/document.xml", "word/vbaProject.bin"), "file-kind"),
        (b"MZ\x90\x00", "file-kind"),
    ],
)
def test_what_may_not_be_attached_is_refused_and_leaves_nothing(consultation, planner, tmp_path, content, code):
    with pytest.raises(Refusal) as refused:
        put(consultation, planner, content, name="draft.pdf")
    assert refused.value.code == code and refused.value.field == "file"
    assert not NoticeAttachment.objects.exists() and not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_a_file_that_is_too_large_is_refused(consultation, planner, monkeypatch):
    monkeypatch.setattr(attaching, "LARGEST", 10)
    with pytest.raises(Refusal, match="file-too-large"):
        put(consultation, planner)


def test_the_same_file_is_attached_once(consultation, planner):
    put(consultation, planner)
    with pytest.raises(Refusal, match="file-known"):
        put(consultation, planner)


def test_files_of_a_consultation_to_come_are_for_staff(client, plan, planner):
    now = timezone.now()
    later = make.create_consultation(plan, opens_at=now + timedelta(days=2), closes_at=now + timedelta(days=40))
    digest = put(later, planner).sha256
    assert client.get(f"/notice/files/{digest}/").status_code == 404
    assert signed_in(planner).get(f"/notice/files/{digest}/").status_code == 200


def test_a_lost_file_and_an_unknown_one_are_not_found(client, consultation, planner, caplog):
    caplog.set_level(logging.CRITICAL)
    attachment = put(consultation, planner)
    attachment.file.storage.delete(attachment.file.name)
    assert client.get(f"/notice/files/{attachment.sha256}/").status_code == 404
    assert client.get(f"/notice/files/{'0' * 64}/").status_code == 404
    assert client.get("/notice/files/../../secrets/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_removed_file_is_gone_and_its_digest_stays_on_record(consultation, planner, tmp_path):
    attachment = put(consultation, planner)
    attaching.remove(attachment, by=planner)
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]
    assert AuditEvent.objects.get(code="attachment.removed").data["sha256"] == hashlib.sha256(PDF).hexdigest()


ADD, NOTICE = "/admin/consultation/noticeattachment/add/", "/admin/consultation/notice/add/"


def test_an_administrator_attaches_and_removes_files(consultation, administrator):
    browser = signed_in(administrator)
    values = {"consultation": consultation.pk, "order": 1, "title_zh": "公示稿", "title_en": ""}
    assert "不能上传" in browser.post(ADD, values | {"file": SimpleUploadedFile("a.pdf", b"no")}).content.decode()
    assert browser.post(ADD, values | {"file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 302
    attachment = NoticeAttachment.objects.get()
    assert (attachment.title_zh, attachment.size) == ("公示稿", len(PDF))
    again = browser.post(ADD, values | {"file": SimpleUploadedFile("a.pdf", PDF)})
    assert "已经上传" in again.content.decode()
    gone = f"/admin/consultation/noticeattachment/{attachment.pk}/delete/"
    assert browser.post(gone, {"post": "yes"}).status_code == 302
    assert not NoticeAttachment.objects.exists()


def test_an_administrator_writes_the_notice_and_it_is_on_record(client, consultation, administrator):
    browser = signed_in(administrator)
    values = {"consultation": consultation.pk, "issued_on": "", "basis_zh": "", "basis_en": "", "places_en": ""}
    values |= {"places_zh": "某村公示栏", "hearing_zh": "", "hearing_en": ""}
    assert browser.post(NOTICE, values).status_code == 302
    assert "某村公示栏" in page(client)
    assert AuditEvent.objects.get(code="notice.changed").data["changed"] == ["places_zh"]


def test_nobody_else_changes_the_notice(consultation, planner, exporter, editor):
    for user in (planner, exporter, editor):
        assert signed_in(user).get(ADD).status_code in (302, 403)
        assert signed_in(user).post(NOTICE, {"consultation": consultation.pk}).status_code in (302, 403)
    assert not Notice.objects.exists() and not NoticeAttachment.objects.exists()


def test_times_of_the_day_are_counted_in_the_portals_zone(plan):
    opens = datetime(2025, 5, 12, 16, tzinfo=UTC)
    found = make.create_consultation(plan, opens_at=opens, closes_at=opens + timedelta(days=32))
    assert notice.period_of(found).first == date(2025, 5, 13) and notice.closes_at_midnight(found)
