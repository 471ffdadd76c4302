"""The public notice in the admin: its own words, and the files attached to it. Administrators only, on record."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from consultation import attaching, notice
from consultation.models import Notice, NoticeAttachment
from portal.admin_site import ReadOnlyAdmin, administers


class NoticeAdmin(ReadOnlyAdmin):
    """What a notice says beyond the data of its consultation."""

    list_display = ["consultation", "issued_on"]
    list_select_related = ["consultation"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let administrators write one."""
        return administers(request)

    def has_change_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        """Let administrators change it."""
        return administers(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Notice | None = None) -> list[str]:
        """Keep a notice with its consultation."""
        return ["consultation"] if obj else []

    def save_model(self, request: HttpRequest, obj: Notice, form: forms.ModelForm, change: bool) -> None:
        """Save by the one function that also leaves an audit event."""
        notice.save(obj, by=request.user, changed=[name for name in form.changed_data if name != "consultation"])


class AttachmentForm(forms.ModelForm):
    """The file, and what it is called; the file is judged by its content."""

    class Meta:
        model = NoticeAttachment
        fields = ["consultation", "order", "title_zh", "title_en", "file"]

    def clean(self) -> dict[str, object]:
        """Refuse what may not be attached, or is attached already, beside the field."""
        given = super().clean()
        if given.get("file") and given.get("consultation"):
            refused = attaching.file_refusal(given["file"]) or attaching.known_refusal(
                given["consultation"], given["file"]
            )
            if refused:
                raise ValidationError({"file": str(refused.message)})
        return given


class NoticeAttachmentAdmin(ReadOnlyAdmin):
    """Files of the notice: attached and taken away, never changed."""

    list_display = ["title_zh", "consultation", "kind", "size", "digest"]
    list_select_related = ["consultation"]
    readonly_fields = ["digest", "attached_at", "kind", "size"]
    form = AttachmentForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let administrators attach files."""
        return administers(request)

    def has_delete_permission(self, request: HttpRequest, obj: NoticeAttachment | None = None) -> bool:
        """Let administrators take files away."""
        return administers(request)

    def get_fields(self, request: HttpRequest, obj: NoticeAttachment | None = None) -> list[str]:
        """Ask for the file when there is none yet; tell of it afterwards."""
        fields = ["consultation", "order", "title_zh", "title_en"]
        return [*fields, *self.readonly_fields] if obj else [*fields, "file"]

    def save_model(self, request: HttpRequest, obj: NoticeAttachment, form: forms.ModelForm, change: bool) -> None:
        """Attach by the one function that also leaves an audit event."""
        given = form.cleaned_data
        titles = {name: given[name] for name in ("title_zh", "title_en", "order")}
        made = attaching.attach(given["consultation"], given["file"], by=request.user, now=timezone.now(), **titles)
        # The admin goes on with its own object, for its message and its link.
        obj.__dict__.update(made.__dict__)

    def delete_model(self, request: HttpRequest, obj: NoticeAttachment) -> None:
        """Take it away by the one function that also leaves an audit event."""
        attaching.remove(obj, by=request.user)

    @admin.display(description="SHA-256")
    def digest(self, attachment: NoticeAttachment) -> str:
        """Return the digest as it stands in the notice."""
        return format_html("<code>{}</code>", attachment.sha256)


admin.site.register(Notice, NoticeAdmin)
admin.site.register(NoticeAttachment, NoticeAttachmentAdmin)
