"""Addresses of the API of `maps`."""

from django.urls import path

from maps import api, api_finding
from maps.views import files

urlpatterns = [
    path("plans/", api.PlanList.as_view(), name="plans"),
    path("plans/<slug:slug>/", api.PlanDetail.as_view(), name="plan"),
    path("plans/<slug:slug>/chapters/", api.ChapterList.as_view(), name="chapters"),
    path("plans/<slug:slug>/chapters/<slug:number>/", api.ChapterDetail.as_view(), name="chapter"),
    path("plans/<slug:slug>/layers/", api.LayerList.as_view(), name="layers"),
    path("plans/<slug:slug>/layers/<slug:key>.geojson", files.layer_geojson, name="layer-geojson"),
    path("plans/<slug:slug>/indicators/", api.IndicatorList.as_view(), name="indicators"),
    path("plans/<slug:slug>/search/", api_finding.Search.as_view(), name="search"),
    path("plans/<slug:slug>/consistency/", api_finding.Consistency.as_view(), name="consistency"),
    path("plans/<slug:slug>/here/", api.Here.as_view(), name="here"),
]
