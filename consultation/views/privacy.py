"""The rules on personal information as a page: the version that applies now, and every earlier one."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultation import choices, privacy
from consultation.models import Consultation


@require_safe
def rules(request: HttpRequest, version: str = "") -> HttpResponse:
    """Show the rules: those that apply now, or those of `version`, as they stand with a comment. One query."""
    shown = privacy.find(version) if version else privacy.current()
    if shown is None:
        raise Http404
    found = Consultation.objects.current(settings.DEFAULT_PLAN, request.user, timezone.now())
    context = choices.consultation_context(choices.Choices(found)) | {
        "rules": shown,
        "html": shown.html(found),
        "is_current": shown == privacy.current(),
        "others": [other for other in privacy.versions() if other != shown],
    }
    return render(request, "consultation/privacy.html", context)
