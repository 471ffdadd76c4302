"""Consultations in the admin; comments are looked up here and handled on the desk."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from consultation import notice_admin as _notice_admin  # noqa: F401, registers itself
from consultation import opening
from consultation.models import Comment, Consultation, Topic
from portal.admin_site import ReadOnlyAdmin, administers


class TopicsInline(admin.TabularInline):
    """Topics of a consultation; none is taken away, since comments stand on them."""

    model = Topic
    extra = 0
    fields = ["order", "key", "name_zh", "name_en"]
    ordering = ["order"]
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Consultation | None = None) -> bool:
        """Show topics to administrators."""
        return administers(request)

    has_add_permission = has_change_permission = has_view_permission


@admin.register(Consultation)
class ConsultationAdmin(ReadOnlyAdmin):
    """Consultations: words, period, topics. A new one is set up by manage.py open_consultation."""

    list_display = ["title", "plan", "opens_at", "closes_at", "purge_contacts_on"]
    list_select_related = ["plan"]
    readonly_fields = ["plan", "slug"]
    inlines = [TopicsInline]

    def has_change_permission(self, request: HttpRequest, obj: Consultation | None = None) -> bool:
        """Let administrators change it."""
        return administers(request)

    def save_model(self, request: HttpRequest, obj: Consultation, form: forms.ModelForm, change: bool) -> None:
        """Leave saving to `save_related`, when the topics are known as well."""

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: list, change: bool) -> None:
        """Save by the one function that also leaves an audit event."""
        topics = sum(row.has_changed() for formset in formsets for row in formset.forms)
        opening.save_consultation(
            form.instance,
            by=request.user,
            changed=form.changed_data,
            topics=topics,
            save_topics=lambda: super(ConsultationAdmin, self).save_related(request, form, formsets, change),
        )


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """The ledger, to look a comment up: the masked text only. It is handled on the desk."""

    list_display = ["number", "topic", "display", "handling", "submitted_at", "desk"]
    list_filter = ["display", "handling", "channel"]
    list_select_related = ["topic"]
    search_fields = ["number"]
    show_full_result_count = False
    fields = ["number", "desk", "topic", "public_text", "channel", "submitted_at", "display", "handling", "supports"]

    @admin.display(description=gettext_lazy("desk"))
    def desk(self, comment: Comment) -> str:
        """Return the link to the desk."""
        address = reverse("consultation:desk-comment", args=[comment.number])
        return format_html('<a href="{}">{}</a>', address, comment.number)
