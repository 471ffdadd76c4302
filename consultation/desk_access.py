"""Who gets to the desk: a signed-in person whose role works with the ledger. Nothing of it is kept by a browser."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultation import rules
from maps.models import Plan
from portal.refusal import Refusal
from portal.views import refused

View = Callable[..., HttpResponse]


def desk_page(view: View) -> View:
    """Let a view answer signed-in people only, show what it refuses with the reason, and forbid every cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            refusal = rules.may_read_ledger(request.user)
            if refusal:
                raise refusal
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return refused(request, refusal)

    return never_cache(login_required(guarded))


def plan_of(request: HttpRequest) -> Plan:
    """Return the plan whose ledger is worked on: `?plan=`, else the default one. 404 for one that isn't loaded."""
    slug = request.GET.get("plan") or settings.DEFAULT_PLAN
    plan = Plan.objects.visible_to(request.user).filter(slug=slug[:60]).first()
    if plan is None:
        raise Http404(_("This plan isn't loaded."))
    return plan
