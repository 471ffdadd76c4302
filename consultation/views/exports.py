"""The desk's exports: choose, take the file, and see who took what."""

import tempfile

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from consultation import desk_queue, rules
from consultation.desk_access import desk_page, plan_of
from consultation.desk_forms import ExportForm
from consultation.exporting import FORMATS, Wish, export, file_name
from maps.models import Plan
from portal import audit
from portal.models import AuditEvent
from portal.refusal import Refusal

SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def exports(request: HttpRequest) -> HttpResponse:
    """Show the form of the exports; posted, hand over the file. Who may not is refused, on record when posted."""
    plan = plan_of(request)
    may_have_contact = rules.may_export_contact(request.user) is None
    if request.method != "POST":
        refusal = rules.may_export(request.user)
        if refusal:
            raise refusal
        return _shown(request, plan, ExportForm(may_have_contact=may_have_contact))
    wish = Wish(
        format=request.POST.get("format", ""),
        display=request.POST.get("display", ""),
        with_contact="with_contact" in request.POST,
        reason=request.POST.get("reason", "").replace("\x00", "")[:500],
    )
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        export(plan, wish, by=request.user, into=file)
    except Refusal as refusal:
        file.close()
        form = ExportForm(request.POST, may_have_contact=may_have_contact)
        if refusal.status == 403 or refusal.field not in form.fields:
            raise
        if not form.has_error(refusal.field):
            form.add_error(refusal.field, refusal.message)
        return _shown(request, plan, form, status=refusal.status)
    file.seek(0)
    content_type = FORMATS[wish.format].content_type
    return FileResponse(file, as_attachment=True, filename=file_name(plan, wish), content_type=content_type)


def _shown(request: HttpRequest, plan: Plan, form: ExportForm, status: int = 200) -> HttpResponse:
    taken = AuditEvent.objects.filter(code="comments.exported", plan_id=plan.pk).order_by("-position")[:SHOWN]
    context = {
        "plan": plan,
        "form": form,
        "filter": desk_queue.Filter.read(request.GET),
        "taken": [
            {
                "at": event.at,
                "who": "" if event.actor_label == audit.SYSTEM else event.actor_label,
                "format": FORMATS[event.data["format"]].name
                if event.data["format"] in FORMATS
                else event.data["format"],
                "rows": event.data["rows"],
                "with_contact": event.data["with_contact"],
                "reason": event.reason,
                "digest": event.data["sha256"],
            }
            for event in taken
        ],
        "may_export": True,
    }
    return render(request, "consultation/desk/exports.html", context, status=status)
