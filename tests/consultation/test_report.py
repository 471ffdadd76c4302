"""Reporting a published comment: anybody may, once; a planner settles it; nobody is named."""

import pytest
from django.utils import timezone

from consultation import limits, reporting
from consultation.models import Report
from portal.models import AuditEvent
from portal.refusal import Refusal
from tests import make
from tests.personas import signed_in

WRONG = {"reason": "personal-data", "words": "里面写了邻居的名字"}


@pytest.fixture
def shown(consultation):
    return make.create_public_comment(consultation)


def file(comment, network: str = "n1", **values) -> bool:
    given = {"reason": "unlawful", "words": "", "network": network, "now": timezone.now()} | values
    return reporting.report(comment, **given)


def test_a_comment_can_be_reported_from_its_page(client, shown):
    assert f'href="/comments/{shown.number}/report/"' in client.get(f"/comments/{shown.number}/").content.decode()
    form = client.get(f"/comments/{shown.number}/report/").content.decode()
    assert "举报意见" in form and 'name="reason"' in form and 'name="phone"' not in form
    response = client.post(f"/comments/{shown.number}/report/", WRONG)
    assert response.status_code == 303
    assert "举报已收到" in client.get(response["Location"]).content.decode()
    report = Report.objects.get()
    assert (report.comment, report.reason, report.words) == (shown, "personal-data", "里面写了邻居的名字")
    event = AuditEvent.objects.get(code="report.made")
    assert event.actor_label == "resident" and "words" not in event.data and "network" not in event.data


def test_the_network_is_kept_as_a_hash_only(client, shown):
    client.post(f"/comments/{shown.number}/report/", WRONG, REMOTE_ADDR="203.0.113.77")
    assert len(Report.objects.get().network) == 32 and "203.0.113" not in str(Report.objects.values().get())


def test_one_network_counts_once_while_the_report_is_open(client, shown):
    for _ in range(3):
        assert client.post(f"/comments/{shown.number}/report/", WRONG).status_code == 303
    assert Report.objects.count() == 1 and AuditEvent.objects.filter(code="report.made").count() == 1
    client.post(f"/comments/{shown.number}/report/", WRONG, REMOTE_ADDR="203.0.113.77")
    assert Report.objects.count() == 2


def test_a_report_without_a_reason_comes_back_with_its_words(client, shown):
    for reason in ("", "because"):
        response = client.post(f"/comments/{shown.number}/report/", {"reason": reason, "words": "写了一半的说明"})
        assert response.status_code == 400 and "写了一半的说明" in response.content.decode()
        assert "Please" not in response.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize("words", ["长" * 501, "零\x00字"])
def test_words_that_cannot_be_stored_are_refused_clearly(client, shown, words):
    assert client.post(f"/comments/{shown.number}/report/", WRONG | {"words": words}).status_code == 400
    assert not Report.objects.exists()


def test_personal_data_in_the_words_are_masked_before_they_are_stored(client, shown):
    client.post(f"/comments/{shown.number}/report/", WRONG | {"words": "我的电话13839112345"})
    assert "13839112345" not in Report.objects.get().words


def test_a_program_that_fills_in_the_hidden_field_is_thanked_and_forgotten(client, shown):
    assert client.post(f"/comments/{shown.number}/report/", WRONG | {"website": "http://x"}).status_code == 303
    assert not Report.objects.exists()


def test_too_many_reports_are_held_back_and_what_was_typed_comes_back(client, consultation, shown, monkeypatch):
    monkeypatch.setattr(limits, "REPORTS_PER_HOUR", 1)
    client.post(f"/comments/{shown.number}/report/", WRONG)
    other = make.create_public_comment(consultation)
    response = client.post(f"/comments/{other.number}/report/", WRONG)
    assert response.status_code == 429 and response["Retry-After"] and WRONG["words"] in response.content.decode()
    assert Report.objects.count() == 1


@pytest.mark.parametrize("state", ["pending", "withheld", "withdrawn"])
def test_a_hidden_comment_cannot_be_reported_nor_guessed(client, consultation, state):
    reason = {"withholding_reason": "other"} if state == "withheld" else {}
    hidden = make.create_comment(consultation, display=state, **reason)
    for method in (client.get, client.post):
        assert method(f"/comments/{hidden.number}/report/").status_code == 404
        assert method("/comments/JF-2027-999999/report/").status_code == 404
    with pytest.raises(Refusal, match="not-public"):
        file(hidden)


def test_the_public_never_sees_reports(client, shown):
    file(shown, words="蝴蝶翅膀磁铁")
    for path in ("/comments/", f"/comments/{shown.number}/", "/comments/feed/", "/api/v1/comments/", "/"):
        assert "蝴蝶" not in client.get(path).content.decode()
    assert "蝴蝶" not in client.get(f"/api/v1/comments/{shown.number}/").content.decode()


def test_the_desk_shows_reports_and_leads_to_them(planner, consultation, shown):
    file(shown, words="里面写了邻居的名字")
    make.create_public_comment(consultation)
    desk = signed_in(planner)
    assert "1 条意见被举报" in desk.get("/desk/").content.decode()
    queue = desk.get("/desk/?display=all&reported=1").content.decode()
    assert queue.count(f"/desk/comments/{shown.number}/") == 1 and queue.count('<th scope="row">') == 1
    page = desk.get(f"/desk/comments/{shown.number}/").content.decode()
    assert "公众举报" in page and "里面写了邻居的名字" in page and "待处理" in page
    assert "公众" in page and "提出人</span>" not in page[page.find("公开的意见被举报") :]


def settling(comment, **values) -> dict[str, object]:
    upto = comment.reports.last().pk if comment.reports.exists() else 1
    given = {"settle-finding": "unfounded", "settle-note": "只是不同看法", "settle-upto": upto, "do": "settle"}
    return given | {f"settle-{name}": value for name, value in values.items()}


def test_a_planner_settles_the_reports_with_a_reason_on_record(planner, shown):
    file(shown), file(shown, "n2")
    desk = signed_in(planner)
    assert desk.post(f"/desk/comments/{shown.number}/", settling(shown)).status_code == 302
    assert set(Report.objects.values_list("finding", "network", "settled_by")) == {("unfounded", "", planner.pk)}
    event = AuditEvent.objects.get(code="report.settled")
    assert event.data["reports"] == 2 and event.reason == "只是不同看法"
    assert "条意见被举报" not in desk.get("/desk/").content.decode()
    assert "举报不成立" in desk.get(f"/desk/comments/{shown.number}/").content.decode()


def test_a_report_that_came_while_the_planner_read_stays_open(planner, shown):
    file(shown)
    seen = settling(shown)
    file(shown, "n2")
    signed_in(planner).post(f"/desk/comments/{shown.number}/", seen)
    assert Report.objects.filter(settled_at__isnull=True).count() == 1


def test_two_planners_settle_once(planner, shown):
    file(shown)
    desk, form = signed_in(planner), settling(shown)
    desk.post(f"/desk/comments/{shown.number}/", form)
    assert desk.post(f"/desk/comments/{shown.number}/", form).status_code == 409
    assert AuditEvent.objects.filter(code="report.settled").count() == 1


@pytest.mark.parametrize("wrong", [{"finding": ""}, {"finding": "x"}, {"note": " "}, {"upto": "x"}, {"upto": 2**70}])
def test_a_settlement_without_finding_or_reason_is_refused(planner, shown, wrong):
    file(shown)
    assert signed_in(planner).post(f"/desk/comments/{shown.number}/", settling(shown, **wrong)).status_code == 400
    assert Report.objects.filter(settled_at__isnull=True).count() == 1


def test_only_planners_settle(exporter, administrator, editor, shown):
    file(shown)
    for user in (exporter, administrator, editor):
        assert signed_in(user).post(f"/desk/comments/{shown.number}/", settling(shown)).status_code == 403
        with pytest.raises(Refusal):
            given = {"finding": "upheld", "note": "x", "upto": 2**60, "now": timezone.now()}
            reporting.settle(shown, by=user, **given)
    assert Report.objects.filter(settled_at__isnull=True).count() == 1


def test_a_settled_report_may_be_made_again(planner, shown):
    file(shown)
    reporting.settle(shown, by=planner, finding="unfounded", note="x", upto=2**60, now=timezone.now())
    assert file(shown) and Report.objects.count() == 2


@pytest.mark.parametrize("rows", [1, 10])
def test_the_page_of_a_reported_comment_asks_a_fixed_number_of_queries(
    planner, shown, django_assert_max_num_queries, rows
):
    for position in range(rows):
        file(shown, f"n{position}")
    desk = signed_in(planner)
    with django_assert_max_num_queries(14):
        desk.get(f"/desk/comments/{shown.number}/")
