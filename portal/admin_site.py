"""Django's admin for administrators: accounts, consultations, and a look at the plan and the audit.

Who may enter is a matter of the role alone, and what may be changed there goes through the same audited functions as
everywhere else; groups and permissions of Django's own play no part, not even for a superuser.
"""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Role
from portal.refusal import Refusal
from portal.views import refused


def administers(request: HttpRequest) -> bool:
    """Say whether this request is an administrator's."""
    return request.user.is_authenticated and request.user.has_role(Role.ADMINISTRATOR)


class PortalAdminSite(admin.AdminSite):
    """The admin site; one signs in at the portal's own page."""

    site_header = gettext_lazy("Administration")
    site_title = gettext_lazy("Administration")
    index_title = gettext_lazy("Accounts, consultations, plan, audit")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Let administrators in, nobody else."""
        return administers(request)

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Send strangers to the portal's sign-in, and tell who is signed in with another role why not."""
        if request.user.is_authenticated and not administers(request):
            return refused(request, Refusal("administrators-only", _("Only administrators get in here.")))
        wanted = request.GET.get("next") or reverse("admin:index")
        return redirect_to_login(wanted, reverse("portal:sign-in"))


class ReadOnlyAdmin(admin.ModelAdmin):
    """A look for administrators; nothing is added, changed or deleted here."""

    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it to administrators."""
        return administers(request)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Show it to administrators."""
        return administers(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never here."""
        return False
