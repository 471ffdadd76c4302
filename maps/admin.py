"""The plan in the admin, to look at: plan packages are the only way in."""

from csp.constants import NONCE, SELF
from csp.decorators import csp_update
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from leaflet.admin import LeafletGeoAdminMixin

from maps.models import Feature, Layer, Plan
from portal.admin_site import ReadOnlyAdmin, administers


@admin.register(Plan)
class PlanAdmin(ReadOnlyAdmin):
    """Plans as they were loaded."""

    list_display = ["short_name", "slug", "version", "review_number", "loaded_at"]


@admin.register(Layer)
class LayerAdmin(ReadOnlyAdmin):
    """Layers with source and clearance."""

    list_display = ["name", "key", "plan", "group", "status", "order"]
    list_filter = ["plan", "status"]
    list_select_related = ["plan"]


@admin.register(Feature)
class FeatureAdmin(LeafletGeoAdminMixin, ReadOnlyAdmin):
    """Features, each on django-leaflet's map, which shows and doesn't change."""

    modifiable = False
    list_display = ["name", "key", "layer", "kind", "stated_ha", "basis"]
    list_filter = ["layer", "kind"]
    list_select_related = ["layer"]
    search_fields = ["name_zh", "name_en", "key"]
    fields = ["name_zh", "name_en", "key", "layer", "kind", "stated_ha", "measured_ha", "error_m", "basis", "geometry"]
    readonly_fields = fields[:-1]

    def has_change_permission(self, request: HttpRequest, obj: Feature | None = None) -> bool:
        """Show the form, because a map needs one; what is sent with it is refused."""
        return administers(request) and request.method in ("GET", "HEAD")

    # django-leaflet's widget sets itself up in an inline script, which the page's nonce allows on this page only.
    @method_decorator(csp_update({"script-src": [SELF, NONCE]}))
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """Show a feature without anything to save."""
        buttons = ("show_save", "show_save_and_continue", "show_save_and_add_another", "show_delete")
        return super().changeform_view(request, object_id, form_url, dict.fromkeys(buttons, False))

    def save_model(self, request: HttpRequest, obj: Feature, form: ModelForm, change: bool) -> None:
        """Never: geometry comes in by plan packages."""
        raise PermissionDenied
