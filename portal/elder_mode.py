"""长辈版: the same pages in large type, with choices in place of the map, for those who want it so.

Chosen by `?view=elder` or `?view=standard` and remembered in a cookie, like the language: it needs neither script nor
account. Sizes and contrasts are in static/css/elder.css; sources: GB/T 37668-2019 and the ministry's rules for web
sites that suit the elderly (2021): text of 18 dp and more, targets of 60 dp, no pop-ups, an entry named 长辈版.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

COOKIE = "view"
ELDER, STANDARD = "elder", "standard"
VIEWS = (ELDER, STANDARD)
Respond = Callable[[HttpRequest], HttpResponse]


class ElderModeMiddleware:
    """Set `request.is_elder` from `?view=` or the cookie, and remember a choice; a view that we lack is ignored."""

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Choose the view, answer in it, and remember a choice."""
        asked, kept = request.GET.get("view", ""), request.COOKIES.get(COOKIE, "")
        request.is_elder = next((view for view in (asked, kept) if view in VIEWS), STANDARD) == ELDER
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            # The same address looks different to the one who chose: a cache on the way has to know.
            patch_vary_headers(response, ["Cookie"])
        if asked in VIEWS and asked != kept:
            response.set_cookie(
                COOKIE,
                asked,
                max_age=365 * 24 * 3600,
                path=settings.LANGUAGE_COOKIE_PATH,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            )
        return response


def elder_mode(request: HttpRequest) -> dict[str, object]:
    """Give templates `is_elder`, and `other_view_url`: this page in the other view."""
    is_elder = getattr(request, "is_elder", False)
    query = request.GET.copy()
    query["view"] = STANDARD if is_elder else ELDER
    return {"is_elder": is_elder, "other_view_url": f"{request.path}?{query.urlencode()}"}
