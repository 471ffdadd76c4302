"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict[str, object]:
    """Give templates the language in use and the link to this page in the other one."""
    other = "en" if (get_language() or "").startswith("zh") else "zh-hans"
    query = request.GET.copy()
    query["lang"] = other
    return {
        "language": get_language(),
        "other_language": other,
        "other_language_url": f"{request.path}?{query.urlencode()}",
        "public_url": settings.PUBLIC_URL,
    }
