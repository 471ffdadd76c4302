"""The API's finding side: search, and the sheet that sets figures beside the map."""

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from maps import search
from maps.api import PROBLEM, Public, plan_called
from maps.models import PlanVersion, SearchEntry
from maps.serializers import BothField, chapter_url
from portal.problems import ProblemSerializer
from portal.refusal import Refusal


class HitSerializer(serializers.Serializer):
    """A thing that was found."""

    type = serializers.ChoiceField(choices=SearchEntry.Type.choices)
    type_name = serializers.CharField(help_text="The group's name, in the language of the request.")
    name = BothField()
    kind = BothField(help_text="What it is, such as 行政村.")
    hint = BothField(help_text="What tells it from its namesakes: the subdistrict, the chapter.")
    layer = serializers.CharField(help_text="The key of its layer; empty for chapters and terms.")
    feature = serializers.CharField(help_text="The key of the feature on the map; empty for chapters and terms.")
    chapter = serializers.CharField(help_text="The chapter's number; empty for what is on the map.")
    url = serializers.SerializerMethodField(help_text="Where a chapter is to be read; null for what is on the map.")

    def get_url(self, hit: search.Hit) -> str | None:
        """Return where the chapter is."""
        return chapter_url(self.context["slug"], hit.chapter)


class HitsSerializer(serializers.Serializer):
    """What was found."""

    query = serializers.CharField()
    count = serializers.IntegerField()
    results = HitSerializer(many=True)


class ConsistencySerializer(serializers.Serializer):
    """The sheet: lists of what was compared, each with codes, numbers in hectares and a `verdict`."""

    plan = serializers.SlugField()
    version = serializers.IntegerField()
    checked_at = serializers.DateTimeField()
    page = serializers.CharField(help_text="The same for people.")
    tolerance = serializers.DictField(child=serializers.FloatField(), help_text="`share` of a figure, and `hectares`.")
    figures = serializers.ListField(child=serializers.DictField())
    sums = serializers.ListField(child=serializers.DictField())
    shapes = serializers.ListField(child=serializers.DictField())


class Search(Public):
    """Finding by name."""

    @extend_schema(
        summary="Find villages, communities, roads, waters, features, chapters and terms",
        description=(
            "Chinese (also traditional, or another character that sounds the same), pinyin, its initials, English; "
            "村, 街道 or 路 may be missing. At most ten, the best group first."
        ),
        parameters=[OpenApiParameter("q", str, required=True, description="At most 100 characters.", default="dwc")],
        responses={200: HitsSerializer, 400: ProblemSerializer, **PROBLEM},
    )
    def get(self, request: Request, slug: str) -> Response:
        """Find. Three queries: the plan, the names, the chapters' text where there is room."""
        query = request.query_params.get("q", "")
        hits = search.find(plan_called(slug), query)
        found = {"query": query, "count": len(hits), "results": hits}
        return Response(HitsSerializer(found, context={"slug": slug}).data)


class Consistency(Public):
    """Figures beside the map."""

    @extend_schema(
        summary="Do figures and map agree?",
        description=(
            "Each stated figure beside the ellipsoidal area of its drawing, in hectares; totals beside the sums of "
            "their parts; overlaps, gaps and what reaches beyond. Found when this version was loaded. "
            "`verdict` is `agrees`, `differs` or `not-drawn`. Areas that agree don't show that "
            "the shapes are in the right place."
        ),
        responses={200: ConsistencySerializer, **PROBLEM},
    )
    def get(self, request: Request, slug: str) -> Response:
        """Return the sheet of the current version. Two queries."""
        plan = plan_called(slug)
        version = PlanVersion.objects.filter(plan=plan, number=plan.version).only("checks", "loaded_at").first()
        if version is None or not version.checks:
            raise Refusal("not-checked", _("This version of the plan was not checked yet."), status=404)
        page = reverse("maps:consistency")
        return Response(
            {
                "plan": plan.slug,
                "version": plan.version,
                "checked_at": version.loaded_at,
                "page": page,
                **version.checks,
            }
        )
