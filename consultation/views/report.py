"""Reporting a published comment: one reason, a few words, no name."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from consultation import limits, reporting
from consultation.models import Comment
from consultation.report_forms import ReportForm
from consultation.views.comments import published_comment
from portal.client_address import network_key
from portal.refusal import Refusal


@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def comment_report(request: HttpRequest, number: str) -> HttpResponse:
    """Show the form for a report, or file it; 404 for a hidden comment as for a number never given out."""
    comment = published_comment(number)
    if request.method != "POST":
        return _page(request, comment, ReportForm())
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, comment, form, Refusal("invalid", "", status=400))
    # A field that people don't see: programs fill it in, and are thanked like everybody.
    if not form.cleaned_data["website"]:
        refused = limits.report_refusal(request)
        if refused:
            return _page(request, comment, form, refused)
        reason, words = form.cleaned_data["reason"], form.cleaned_data["words"]
        reporting.report(comment, reason=reason, words=words, network=network_key(request), now=timezone.now())
    address = reverse("consultation:comment", args=[comment.number])
    return HttpResponseRedirect(f"{address}?reported=1", status=303)


def _page(request: HttpRequest, comment: Comment, form: ReportForm, refusal: Refusal | None = None) -> HttpResponse:
    context = {"comment": comment, "form": form, "refusal": refusal, "consultation": comment.consultation}
    response = render(request, "consultation/report.html", context, status=refusal.status if refusal else 200)
    if response.status_code == 429:
        response.headers["Retry-After"] = str(limits.seconds_left())
    return response
