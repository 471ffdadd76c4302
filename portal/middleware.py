"""What happens to every request before a view sees it."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from portal import views

log = logging.getLogger(__name__)
Respond = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Chinese unless the reader chose otherwise: by `?lang=`, which is remembered in a cookie.

    The browser's Accept-Language is not asked: the Chinese text is the one that counts, and a phone bought abroad
    should not hide it. A language that the portal lacks is ignored.
    """

    def __init__(self, get_response: Respond):
        self.get_response = get_response
        self.languages = dict(settings.LANGUAGES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Choose the language, answer in it, and remember a choice."""
        asked = request.GET.get("lang", "")
        kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = next((code for code in (asked, kept) if code in self.languages), settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = language
        # Given back afterwards: the thread that answered goes on to others.
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if asked in self.languages and asked != kept:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                asked,
                max_age=365 * 24 * 3600,
                path=settings.LANGUAGE_COOKIE_PATH,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            )
        return response


class OutageMiddleware:
    """Turn a database that can't be reached into a page that says so, status 503, wherever it happens."""

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; see process_exception."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view that the database left alone; anything else stays an error of ours."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        log.error("the database can't be reached: %s", type(exception).__name__)
        return views.outage(request)
