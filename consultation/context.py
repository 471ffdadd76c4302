"""What every page knows about the consultation."""

from django.http import HttpRequest


def current_consultation(request: HttpRequest) -> dict[str, object]:
    """Give templates the consultation of the default plan that is open, or else the latest one."""
    return {}
