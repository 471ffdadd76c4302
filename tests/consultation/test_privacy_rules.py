"""The rules on personal information: what they say, that no version changes, and that each comment names its own."""

import hashlib
from datetime import date

import pytest
from django.utils import timezone

from consultation import actions, privacy
from consultation.models import Comment
from tests import make

FILED = {"place": "none", "topic": "other", "text": "村北的水渠多年没有清淤，汛期容易积水。", "key": "k" * 32}


def page(client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_the_rules_say_who_why_what_how_long_and_how_to_take_it_back(client, plan):
    make.create_consultation(plan, phone="0391-3569528", purge_contacts_on=date(2029, 3, 1))
    body = page(client, "/privacy/")
    for words in ("某街道办事处", "0391-3569528", "2029年3月1日", "第二十六条", "第十三条第一款第三项", "第三十四条"):
        assert words in body
    for words in ("不满十四周岁", "不向任何第三方提供", "中华人民共和国境内", "查回执", "第六十五条", "<table>"):
        assert words in body
    assert "{organiser}" not in body and "{contact}" not in body and "{purge_day}" not in body


def test_the_rules_are_readable_in_english_as_reference(client, consultation):
    body = page(client, "/privacy/?lang=en")
    assert "A subdistrict office" in body and "for reference" in body and "children under 14".lower() in body.lower()


def test_the_rules_are_readable_without_any_consultation(client, plan):
    assert "规划组织编制机关" in page(client, "/privacy/")


def test_what_an_administrator_types_is_text_in_the_rules(client, plan):
    make.create_consultation(plan, organiser_zh="<b>某</b>_街道_|办*事*处 [x](javascript:alert(1))")
    body = page(client, "/privacy/")
    assert "<b>某</b>" not in body and 'href="javascript' not in body
    assert "_街道_|办*事*处" in body


def test_a_version_that_never_was_is_not_found(client, consultation):
    for version in ("2001-01-01", "x", "..", "%2e%2e%2fsettings"):
        assert client.get(f"/privacy/{version}/").status_code == 404


def test_an_earlier_version_stays_readable_and_says_so(client, consultation, monkeypatch):
    earlier = privacy.Rules("2020-01-01", "以前的规则，{organiser}。", "Earlier rules.")
    every = (*privacy.versions(), earlier)
    monkeypatch.setattr(privacy, "versions", lambda: every)
    body = page(client, "/privacy/2020-01-01/")
    assert "以前的规则，某街道办事处。" in body and "以前的版本" in body


def test_a_published_version_is_never_changed():
    """A change is a new pair of files; whoever changes these texts changes what people were told."""
    written = (privacy.FOLDER / "SHA256SUMS").read_text().splitlines()
    kept = {name: digest for digest, name in (line.split() for line in written)}
    assert kept == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in privacy.FOLDER.glob("*.md")}
    assert {name[10:] for name in kept} == {".zh.md", ".en.md"}


def test_the_digest_of_the_text_stands_on_the_page(client, consultation):
    written = (privacy.FOLDER / f"{privacy.current().version}.zh.md").read_bytes()
    assert hashlib.sha256(written).hexdigest() in page(client, "/privacy/")


def test_both_languages_have_the_same_parts_and_the_same_blanks():
    for rules in privacy.versions():
        for mark in ("\n## ", "\n| ", "\n- ", "{organiser}", "{contact}", "{purge_day}"):
            assert rules.text_zh.count(mark) == rules.text_en.count(mark), mark


def test_a_comment_names_the_version_beside_which_it_was_sent_and_the_receipt_shows_it(client, consultation):
    draft = actions.Draft(topic=consultation.topics.first(), text=FILED["text"])
    receipt = actions.submit(consultation, draft, now=timezone.now())
    assert receipt.comment.privacy_version == privacy.current().version
    shown = client.post("/receipt/", {"number": receipt.comment.number, "code": receipt.code}).content.decode()
    assert f'href="/privacy/{privacy.current().version}/"' in shown


def test_what_staff_enter_from_a_letter_was_not_sent_beside_the_rules(consultation):
    draft = actions.Draft(topic=consultation.topics.first(), text=FILED["text"], channel="letter")
    assert actions.submit(consultation, draft, now=timezone.now()).comment.privacy_version == ""


def test_form_and_footer_lead_to_the_rules(client, consultation):
    assert page(client, "/comments/new/").count('href="/privacy/"') >= 2


def test_the_page_asks_one_query(client, consultation, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/privacy/")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_rules_are_only_read(client, consultation, method):
    assert getattr(client, method)("/privacy/").status_code == 405
    assert not Comment.objects.exists()
