"""Every public page of the portal, by name and address, and the words of the ones that only a form opens."""

from playwright.sync_api import Page

from consultation.models import Consultation
from tests.make import create_comment, create_public_comment, decide

NUMBER, CODE = "JF-2027-000007", "K2M4P6R8"
PAGES = {
    "home": "/",
    "plan": "/plan/",
    "chapter": "/plan/4/",
    "chapter on villages": "/plan/6/",
    "layers": "/plan/layers/",
    "layer": "/plan/layers/control-lines/",
    "here, form": "/here/",
    "here, answer": "/here/?village=village-guocun",
    "here, outside": "/here/?lon=113.0&lat=35.0",
    "here, mistyped": "/here/?lon=abc&lat=91",
    "figures": "/plan/figures/",
    "consistency": "/plan/consistency/",
    "search": "/plan/search/?q=郭村",
    "search, nothing": "/plan/search/?q=qqqq",
    "print": "/plan/print/",
    "comments": "/comments/",
    "comment": "/comments/JF-2027-000001/",
    "comment form": "/comments/new/?village=village-guocun",
    "receipt form": "/receipt/",
    "not found": "/nothing/",
    "API": "/api/v1/docs/",
    "sign-in": "/sign-in/",
}


def fill_ledger(consultation: Consultation, planner) -> None:
    """Give the pages something to show: a published comment with its answer, and one whose receipt is known."""
    shown = create_public_comment(consultation, number="JF-2027-000001")
    decide(shown, planner, reply="谢谢您的意见，已在第四章补充。")
    create_comment(consultation, number=NUMBER, code=CODE, contact={"name": "张三", "phone": "13800000000"})


def post_empty_comment(page: Page, root: str) -> None:
    """Open the comment form with its errors."""
    page.goto(f"{root}/comments/new/")
    page.locator("[data-send]").click()
    page.wait_for_selector(".error-summary")


def open_receipt(page: Page, root: str) -> None:
    """Open what number and code lead to."""
    page.goto(f"{root}/receipt/")
    page.fill("#id_number", NUMBER)
    page.fill("#id_code", CODE)
    page.locator(".receipt-form button").click()
    page.wait_for_selector(".timeline")


OPENED = {"comment form with errors": post_empty_comment, "receipt": open_receipt}
