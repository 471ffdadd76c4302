"""The receipt as a page, shown right after a comment was filed.

Number and code come to it in a signed cookie that only this page gets, for half an hour: so the code is in no address,
no log and no session table, the page can be reloaded and returned to without sending the comment again, and whoever
opens the browser later finds it gone.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

COOKIE = "receipt"
SALT = "consultation.receipt"
SECONDS = 30 * 60


def keep(response: HttpResponse, number: str, code: str) -> None:
    """Give the browser its receipt to keep for half an hour."""
    response.set_signed_cookie(
        COOKIE,
        f"{number} {code}",
        salt=SALT,
        max_age=SECONDS,
        path=reverse("consultation:comment-received"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


@never_cache
@require_safe
def comment_received(request: HttpRequest) -> HttpResponse:
    """Show the receipt that this browser was given; without one, lead to where a receipt can be typed in."""
    try:
        kept = request.get_signed_cookie(COOKIE, salt=SALT, max_age=SECONDS)
    except (KeyError, signing.BadSignature):
        return HttpResponseRedirect(reverse("consultation:receipt"))
    number, _blank, code = kept.partition(" ")
    path = reverse("consultation:receipt")
    # PUBLIC_URL already ends in the prefix that reverse() begins with.
    typed = f"{settings.PUBLIC_URL}{path.removeprefix(settings.URL_PREFIX)}" if settings.PUBLIC_URL else ""
    context = {"number": number, "code": code, "receipt_address": typed or request.build_absolute_uri(path)}
    return render(request, "consultation/comment_received.html", context)
