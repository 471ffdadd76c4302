"""What every page knows about the consultation."""

from functools import partial

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from consultation.models import Consultation


def current_consultation(request: HttpRequest) -> dict[str, object]:
    """Give templates `consultation`, `days_left` and `phase` (before, open, closed, or "" without a consultation).

    It is the one of the default plan that is open, or else the latest that the reader may see, or else None. One
    query, asked only when a template uses one of them; a page of ours that tells of an outage asks in vain and gets
    None.
    """
    found = SimpleLazyObject(partial(_current, request))

    def days_left() -> int:
        return found.days_left(timezone.now()) if found else 0

    def phase() -> str:
        return found.phase(timezone.now()).value if found else ""

    return {"consultation": found, "days_left": days_left, "phase": phase}


def _current(request: HttpRequest) -> Consultation | None:
    # An error page may be made before the middleware that says who is there.
    reader = getattr(request, "user", AnonymousUser())
    try:
        return Consultation.objects.current(settings.DEFAULT_PLAN, reader, timezone.now())
    except (OperationalError, InterfaceError):
        return None
