"""The API's only way to say no: RFC 9457 problem documents with a stable `code`."""

import math
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.response import Response

from portal.refusal import Refusal

CONTENT_TYPE = "application/problem+json"


class ProblemSerializer(serializers.Serializer):
    """The shape of every error, for the API's schema."""

    type = serializers.CharField(default="about:blank")
    status = serializers.IntegerField(help_text="The HTTP status once more.")
    code = serializers.CharField(help_text="What went wrong, for programs. It doesn't change.")
    title = serializers.CharField(help_text="What went wrong, for people, in the language of the request.")
    detail = serializers.CharField(required=False, help_text="More about it, for people.")
    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="What is wrong with single fields: their names, each with sentences for people.",
    )


def problem(
    status: int, code: str, title: str, *, headers: dict[str, str] | None = None, **more: object
) -> JsonResponse:
    """Return a problem document; `more` are further members such as `errors` (field to list of sentences)."""
    body = {"type": "about:blank", "status": status, "code": code, "title": str(title), **more}
    return JsonResponse(
        body, status=status, content_type=CONTENT_TYPE, headers=headers, json_dumps_params={"ensure_ascii": False}
    )


def exception_handler(exception: Exception, context: dict) -> JsonResponse | Response | None:
    """Turn what a DRF view raised into a problem document; None (a 500) only for what is our own mistake."""
    if isinstance(exception, Refusal):
        more = {"errors": {exception.field: [str(exception.message)]}} if exception.field else {}
        return problem(exception.status, exception.code, exception.message, **more)
    if isinstance(exception, Http404):
        return problem(404, "not-found", _("There is nothing at this address."))
    if isinstance(exception, PermissionDenied):
        return problem(403, "forbidden", _("You may not do this."))
    if isinstance(exception, OperationalError | InterfaceError):
        title = _("The portal can't reach its database at the moment. Please try again in a minute.")
        return problem(503, "database-unavailable", title, headers={"Retry-After": "60"})
    if isinstance(exception, exceptions.ValidationError):
        return problem(400, "invalid", _("Some fields need another look."), errors=exception.detail)
    if isinstance(exception, exceptions.APIException):
        headers = (
            {"Retry-After": str(math.ceil(exception.wait or 60))}
            if isinstance(exception, exceptions.Throttled)
            else None
        )
        code = str(exception.default_code).replace("_", "-")
        return problem(exception.status_code, code, exception.detail, headers=headers)
    return None


def reading_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a plain view of the API answer GET and HEAD; anything else gets a problem document (405)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        title = _("Method “%(method)s” is not allowed here.") % {"method": request.method}
        return problem(405, "method-not-allowed", title, headers={"Allow": "GET, HEAD"})

    return guarded


def is_for_program(request: HttpRequest) -> bool:
    """Say whether this address belongs to the API, so that its errors are problem documents, not pages."""
    return request.path_info.startswith("/api/")
