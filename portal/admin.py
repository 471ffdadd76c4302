"""Accounts and audit in the admin."""

from axes.models import AccessAttempt
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import accounts, audit
from portal.admin_site import ReadOnlyAdmin, administers
from portal.models import AuditEvent, Role, User

admin.site.unregister(Group)


class RolesField(forms.MultipleChoiceField):
    """The roles as boxes to tick."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
        )


class AccountForm(UserChangeForm):
    """An account with its roles. Nobody takes their own administration away: then nobody might be left."""

    roles = RolesField()

    def clean(self) -> dict:
        """Refuse to lock oneself out."""
        cleaned = super().clean()
        keeps = Role.ADMINISTRATOR in cleaned.get("roles", []) and cleaned.get("is_active")
        if self.instance == self.by and not keeps:
            self.add_error("roles", _("You can't take administration away from yourself; another administrator can."))
        return cleaned


class NewAccountForm(AdminUserCreationForm):
    """A new account: user name, password by the rules, roles."""

    roles = RolesField()


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts of staff. They are closed, not deleted: the audit names them."""

    form, add_form = AccountForm, NewAccountForm
    list_display = ["username", "label", "role_names", "is_active", "last_login"]
    list_filter = ["is_active"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password", "is_active", "roles"]}),
        (gettext_lazy("Person"), {"fields": ["last_name", "first_name", "email"]}),
        (None, {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "last_name", "usable_password", "password1", "password2", "roles"]})
    ]
    readonly_fields = ["last_login", "date_joined"]

    @admin.display(description=gettext_lazy("roles"))
    def role_names(self, user: User) -> str:
        """Return the roles in words."""
        return "、".join(str(Role(role).label) for role in user.roles if role in Role.values)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show accounts to administrators."""
        return administers(request)

    has_add_permission = has_module_permission

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Show accounts to administrators."""
        return administers(request)

    has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Never: close the account instead."""
        return False

    def get_form(self, request: HttpRequest, obj: User | None = None, **kwargs: object) -> type[forms.ModelForm]:
        """Tell the form who is asking."""
        form = super().get_form(request, obj, **kwargs)
        form.by = request.user
        return form

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        """Save by the one function that also leaves an audit event."""
        accounts.save_account(obj, by=request.user, is_new=not change, changed=form.changed_data)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Set a password for somebody, on record."""
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            accounts.note_password_change(self.get_object(request, id), by=request.user)
        return response


@admin.register(AuditEvent)
class AuditAdmin(ReadOnlyAdmin):
    """What was done, the latest first. To check the chain: manage.py verify_audit."""

    list_display = ["position", "at", "actor_label", "what", "subject", "reason"]
    list_filter = ["code"]
    search_fields = ["actor_label", "subject_id", "reason"]
    ordering = ["-position"]
    show_full_result_count = False
    fields = ["position", "at", "actor_label", "what", "code", "subject", "data", "reason", "digest", "previous"]

    @admin.display(description=gettext_lazy("event"))
    def what(self, event: AuditEvent) -> str:
        """Return the sentence for people."""
        return audit.sentence(event.code)

    @admin.display(description=gettext_lazy("subject"))
    def subject(self, event: AuditEvent) -> str:
        """Return what it happened to: a comment's number where there is one."""
        return event.data.get("number") or f"{event.subject_type} {event.subject_id}".strip()


@admin.register(AccessAttempt)
class AttemptAdmin(ReadOnlyAdmin):
    """Failed sign-ins. To open a closed account before the quarter of an hour is over, delete its line."""

    list_display = ["attempt_time", "username", "ip_address", "failures_since_start"]
    fields = ["attempt_time", "username", "ip_address", "failures_since_start"]

    def has_delete_permission(self, request: HttpRequest, obj: AccessAttempt | None = None) -> bool:
        """Let administrators open an account again."""
        return administers(request)
