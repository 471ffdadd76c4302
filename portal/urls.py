"""Addresses of the whole portal; the apps' own lists are included by name."""

from django.contrib import admin
from django.urls import include, path

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"

urlpatterns = [
    path("", include("portal.site_urls")),
    path("", include("maps.urls")),
    path("", include("consultation.urls")),
    path("api/v1/", include("portal.api_urls")),
    path("admin/", admin.site.urls),
]
