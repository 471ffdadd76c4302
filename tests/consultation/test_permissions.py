"""Who may do what on the desk: every role, every address and action, every state; by direct POST too."""

import pytest

from consultation.models import Comment
from consultation.states import Display
from portal.models import AuditEvent
from tests import make
from tests.personas import signed_in

ROLES = ("visitor", "planner", "exporter", "editor", "administrator")
STATES = ("pending", "public", "withheld", "withdrawn", "no-consent")


def browser(request, role: str):
    if role == "visitor":
        return request.getfixturevalue("client")
    return signed_in(request.getfixturevalue(role))


def comment_in(consultation, state: str) -> Comment:
    if state == "public":
        return make.create_public_comment(consultation)
    if state == "withheld":
        return make.create_comment(
            consultation, display="withheld", display_consent=True, withholding_reason="off-topic"
        )
    if state == "withdrawn":
        return make.create_comment(consultation, display="withdrawn")
    return make.create_comment(consultation, display_consent=state == "pending")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", ["/desk/", "/desk/comments/{number}/", "/desk/exports/"])
def test_pages(request, consultation, role, path):
    comment = comment_in(consultation, "pending")
    response = browser(request, role).get(path.format(number=comment.number))
    allowed = {"planner", "exporter"} | ({"administrator"} if "exports" not in path else set())
    if role == "visitor":
        assert response.status_code == 302
        assert response["Location"].startswith("/sign-in/?next=/desk/")
    elif role in allowed:
        assert response.status_code == 200
    else:
        assert response.status_code == 403
        assert comment.text not in response.content.decode()
    assert "no-store" in response.get("Cache-Control", "") or role == "visitor"


ALLOWED = {
    "publish": {"pending", "withheld"},
    "withhold": {"pending", "public", "no-consent"},
    "return": {"public", "withheld"},
    "decide": set(STATES),
    "contact": set(STATES),
}
TYPED = {
    "withhold": {"withhold-reason": "off-topic", "withhold-note": "与规划无关"},
    "decide": {"decide-outcome": "adopted", "decide-reason": "已补充", "decide-reply": "谢谢"},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("do", ALLOWED)
@pytest.mark.parametrize("role", ROLES)
def test_actions(request, consultation, role, do, state):
    comment = comment_in(consultation, state)
    before = Comment.objects.values().get(pk=comment.pk)
    data = {"do": do, "version": comment.version, **TYPED.get(do, {})}
    response = browser(request, role).post(f"/desk/comments/{comment.number}/", data)
    if role == "planner" and state in ALLOWED[do]:
        assert response.status_code == (200 if do == "contact" else 302)
        return
    expected = {"visitor": 302, "planner": 409}.get(role, 403)
    assert response.status_code == expected
    assert Comment.objects.values().get(pk=comment.pk) == before
    assert not AuditEvent.objects.exists()


def test_every_role_but_the_planner_gets_a_page_without_forms(exporter, administrator, consultation):
    comment = comment_in(consultation, "pending")
    for user in (exporter, administrator):
        page = signed_in(user).get(f"/desk/comments/{comment.number}/").content.decode()
        assert 'name="do"' not in page


def test_a_former_planner_gets_nowhere(planner, consultation):
    comment = comment_in(consultation, "pending")
    client = signed_in(planner)
    planner.is_active = False
    planner.save()
    data = {"do": "publish", "version": comment.version}
    assert client.post(f"/desk/comments/{comment.number}/", data).status_code == 302
    comment.refresh_from_db()
    assert comment.display == Display.PENDING


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("with_contact", [False, True])
def test_exports(request, consultation, role, with_contact):
    make.create_comment(consultation, contact={"phone": "15403910001"})
    data = {"format": "csv", "reason": "归档"} | ({"with_contact": "on"} if with_contact else {})
    response = browser(request, role).post("/desk/exports/", data)
    allowed = {"exporter"} if with_contact else {"exporter", "planner"}
    if role in allowed:
        assert response.status_code == 200
        assert response["Content-Type"].startswith("text/csv")
        assert list(AuditEvent.objects.values_list("code", flat=True)) == ["comments.exported"]
    elif role == "visitor":
        assert response.status_code == 302
    else:
        assert response.status_code == 403
        refused = role in ("planner", "administrator")
        assert AuditEvent.objects.filter(code="export.refused").exists() == refused


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", ["/admin/", "/admin/portal/user/", "/admin/consultation/comment/"])
def test_the_admin_is_for_administrators(request, consultation, role, path):
    comment_in(consultation, "pending")
    response = browser(request, role).get(path)
    expected = {"visitor": 302, "administrator": 200}.get(role, 302)
    assert response.status_code == expected
    if role not in ("visitor", "administrator"):
        assert browser(request, role).get(path, follow=True).status_code == 403
