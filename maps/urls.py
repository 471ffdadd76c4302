"""Addresses of the pages and files of `maps`."""

from django.urls import path, re_path, register_converter

from maps.views import drawing, figures, files, here, search, text


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
    path("plan/print/", drawing.print_page, name="print"),
    re_path(
        r"^plan/print/(?P<theme>[-\w]+)\.(?P<paper>a4|a3)\.(?P<orientation>portrait|landscape)\.(?P<language>zh|en)\.svg$",
        drawing.print_sheet,
        name="print-sheet",
    ),
    path("plan/layers/", text.layers, name="layers"),
    path("plan/layers/<slug:key>/", text.layer, name="layer"),
    path("plan/<slug:chapter>/", text.chapter, name="chapter"),
    path("here/", here.here_page, name="here"),
    path("here/map.svg", drawing.around, name="here-map"),
    re_path(
        r"^plans/(?P<slug>[-\w]+)/maps/(?P<about>theme|layer)/"
        r"(?P<key>[-\w]+)\.(?P<language>zh|en)\.(?P<size>page|phone)\.(?P<digest>[0-9a-f]{64})\.svg$",
        drawing.static_map,
        name="static-map",
    ),
    path("plans/<slug:slug>/map.<digest:digest>.json", files.bundle, name="bundle"),
    path("plans/<slug:slug>/layers/<slug:key>.<digest:digest>.geojson", files.layer_file, name="layer-file"),
]
