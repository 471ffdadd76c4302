"""Addresses of the pages and files of `maps`."""

from django.urls import path, register_converter

from maps.views import figures, files, here, search, text


class DigestConverter:
    """A SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        """Return the digest as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the digest as it stands."""
        return value


register_converter(DigestConverter, "digest")

app_name = "maps"
urlpatterns = [
    path("plan/", text.plan, name="plan"),
    path("plan/figures/", figures.figures, name="figures"),
    path("plan/consistency/", figures.consistency, name="consistency"),
    path("plan/search/", search.search, name="search"),
    path("plan/layers/", text.layers, name="layers"),
    path("plan/layers/<slug:key>/", text.layer, name="layer"),
    path("plan/<slug:chapter>/", text.chapter, name="chapter"),
    path("here/", here.here_page, name="here"),
    path("plans/<slug:slug>/map.<digest:digest>.json", files.bundle, name="bundle"),
    path("plans/<slug:slug>/layers/<slug:key>.<digest:digest>.geojson", files.layer_file, name="layer-file"),
]
