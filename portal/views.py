"""Health, and the pages that nobody wants to see."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.problems import is_for_program, problem
from portal.refusal import Refusal


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Say that the process answers; asks nothing else, so that a proxy doesn't restart it for the database's sake."""
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether the portal can do its work: database, migrations, and what `READINESS` adds (200, else 503)."""
    checks: dict[str, str] = {}
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        checks["database"] = "ok"
        checks["migrations"] = f"{len(pending)} to apply" if pending else "ok"
        for name, path in settings.READINESS.items():
            checks[name] = import_string(path)() if not pending else "unknown"
    except DatabaseError:
        checks["database"] = "unreachable"
    ready = all(state == "ok" for state in checks.values())
    return JsonResponse({"status": "ok" if ready else "not ready", "checks": checks}, status=200 if ready else 503)


def _error(request: HttpRequest, status: int, code: str, title: str, text: str) -> HttpResponse:
    if is_for_program(request):
        return problem(status, code, title, detail=text)
    return render(request, "portal/error.html", {"title": title, "text": text, "status": status}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that makes no sense (400)."""
    text = _("The address or the form held something that can't be read. Nothing was saved.")
    return _error(request, 400, "bad-request", _("This can't be read"), text)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody who may not do this (403)."""
    text = _("Your account doesn't have the right to do this. An administrator can change that.")
    return _error(request, 403, "forbidden", _("You may not do this"), text)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer with the reason that a rule gave."""
    return _error(request, refusal.status, refusal.code, _("This isn't possible"), str(refusal.message))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a wrong address (404)."""
    text = _("The address may be mistyped, or the page was never public. The plan and the map are still here.")
    return _error(request, 404, "not-found", _("There is nothing here"), text)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for our own mistake (500), without any detail of it."""
    text = _("This is our mistake, not yours. It was noted. Please try again in a minute.")
    return _error(request, 500, "server-error", _("Something went wrong"), text)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came without its token (403): the page was open too long, or cookies are off."""
    text = _("The page was open too long, or your browser refuses cookies. Go back, reload the page and send it again.")
    return _error(request, 403, "csrf", _("Please send the form again"), text)


def outage(request: HttpRequest) -> HttpResponse:
    """Answer while the database can't be reached (503). The page asks the database nothing."""
    title = _("The portal can't reach its database at the moment. Please try again in a minute.")
    if is_for_program(request):
        return problem(503, "database-unavailable", title, headers={"Retry-After": "60"})
    response = render(request, "portal/outage.html", {"title": title}, status=503)
    response.headers["Retry-After"] = "60"
    return response
