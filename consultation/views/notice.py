"""The public notice, its form on paper, and the files attached to it."""

import logging

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from consultation import attaching, choices, notice
from consultation.models import Consultation, NoticeAttachment
from maps.statements import chosen

log = logging.getLogger(__name__)
CHUNK = 256 * 1024


def _address(request: HttpRequest, name: str) -> str:
    path = reverse(name)
    # PUBLIC_URL already ends in the prefix that reverse() begins with.
    typed = f"{settings.PUBLIC_URL}{path.removeprefix(settings.URL_PREFIX)}" if settings.PUBLIC_URL else ""
    return typed or request.build_absolute_uri(path)


def _context(request: HttpRequest, offered: choices.Choices) -> dict[str, object]:
    return choices.consultation_context(offered) | {"offered": offered} | _about(request, offered.consultation)


def _about(request: HttpRequest, found: Consultation | None) -> dict[str, object]:
    if found is None:
        return {}
    own = notice.of(found)
    return {
        "plan": found.plan,
        "maps": [(theme["key"], chosen(theme, "name")) for theme in found.plan.themes],
        "period": notice.period_of(found),
        "until_midnight": notice.closes_at_midnight(found),
        "basis": notice.basis(own),
        "places": notice.lines(own.places),
        "hearing": notice.lines(own.hearing),
        "issued_on": own.issued_on or localdate(found.opens_at),
        "form_address": _address(request, "consultation:comment-new"),
        "site_address": _address(request, "consultation:home"),
    }


@require_safe
@cache_control(private=True, no_cache=True)
def notice_page(request: HttpRequest) -> HttpResponse:
    """Show the notice; before the opening to staff only, after the closing to everybody. Six queries."""
    offered = choices.load(request.user)
    context = _context(request, offered)
    if offered.consultation:
        context["attachments"] = list(offered.consultation.attachments.all())
    return render(request, "consultation/notice.html", context)


@require_safe
@cache_control(private=True, no_cache=True)
def notice_form(request: HttpRequest) -> HttpResponse:
    """Show the form for comments on paper (意见表), one sheet of A4, with the fields of the form on the screen."""
    return render(request, "consultation/notice_form.html", _context(request, choices.load(request.user)))


@require_safe
def attachment(request: HttpRequest, digest: str) -> HttpResponse:
    """Answer with an attached file, always to be saved and never to be run by the browser. One query."""
    consultations = Consultation.objects.visible_to(request.user, timezone.now())
    found = NoticeAttachment.objects.filter(sha256=digest, consultation__in=consultations).first()
    if found is None:
        raise Http404
    try:
        file = found.file.open("rb")
    except OSError as error:
        log.error("the attachment %s of the notice can't be read: %s", found.pk, type(error).__name__)
        raise Http404(_("This file can't be read at the moment.")) from error
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"{found.title}.{found.kind}",
        content_type=attaching.CONTENT_TYPES[found.kind],
    )
    response.block_size = CHUNK
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["ETag"] = f'"{digest}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response
