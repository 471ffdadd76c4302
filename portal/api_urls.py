"""The API: schema and docs here, the rest in the apps' own lists."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from portal import api_docs, api_root

app_name = "api"
urlpatterns = [
    path("", api_root.Root.as_view(), name="root"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", api_docs.docs, name="docs"),
    path("", include("maps.api_urls")),
    path("", include("consultation.api_urls")),
]
