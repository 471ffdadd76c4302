"""The API's read side: plans, chapters, layers, figures, *here*. Everybody may read what is public."""

from django.db.models import Count
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer
from rest_framework.views import APIView

from maps import serializers
from maps.here import here, point_at
from maps.models import Chapter, Indicator, Layer, Plan
from portal.problems import ProblemSerializer
from portal.refusal import Refusal

PROBLEM = {404: ProblemSerializer}


def results(name: str, serializer: type) -> object:
    """Return the schema of a list: an object with `results`."""
    return inline_serializer(name, {"results": ListSerializer(child=serializer())})


def plan_called(slug: str) -> Plan:
    """Return the plan; raises a Refusal that is a 404. One query."""
    plan = Plan.objects.filter(slug=slug).first()
    if plan is None:
        raise Refusal("plan-not-found", _("There is no such plan."), status=404)
    return plan


class Public(APIView):
    """Something that is the same for everybody: who asks is not looked at, so any cache may share it."""

    permission_classes = (AllowAny,)
    authentication_classes = ()


class PlanList(Public):
    """All plans."""

    @extend_schema(
        operation_id="plans_list", summary="All plans", responses=results("Plans", serializers.PlanSerializer)
    )
    def get(self, request: Request) -> Response:
        """List the plans of this portal. One query."""
        plans = Plan.objects.order_by("slug")
        return Response({"results": serializers.PlanSerializer(plans, many=True).data})


class PlanDetail(Public):
    """One plan."""

    @extend_schema(summary="One plan", responses={200: serializers.PlanSerializer, **PROBLEM})
    def get(self, request: Request, slug: str) -> Response:
        """Say what the plan is called, when it holds, where it lies, and where the rest of it is. One query."""
        return Response(serializers.PlanSerializer(plan_called(slug)).data)


class ChapterList(Public):
    """The chapters of a plan."""

    @extend_schema(
        operation_id="plans_chapters_list",
        summary="The chapters of a plan",
        responses={200: results("Chapters", serializers.ChapterSerializer), **PROBLEM},
    )
    def get(self, request: Request, slug: str) -> Response:
        """List the chapters in their published order, without their text. Two queries."""
        chapters = plan_called(slug).chapters.defer("text_zh", "text_en")
        return Response({"results": serializers.ChapterSerializer(chapters, many=True, context={"slug": slug}).data})


class ChapterDetail(Public):
    """One chapter."""

    @extend_schema(
        summary="One chapter in full",
        description="`number` is the published number, such as 4, or the chapter's slug.",
        responses={200: serializers.ChapterTextSerializer, **PROBLEM},
    )
    def get(self, request: Request, slug: str, number: str) -> Response:
        """Return a chapter with its text, both languages. Two queries."""
        chapter = Chapter.objects.called(plan_called(slug), number)
        if chapter is None:
            raise Refusal("chapter-not-found", _("There is no such chapter in this plan."), status=404)
        return Response(serializers.ChapterTextSerializer(chapter, context={"slug": slug}).data)


class LayerList(APIView):
    """The layers of a plan; staff who work on drafts see them too."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="plans_layers_list",
        summary="The layers of a plan",
        responses={200: results("Layers", serializers.LayerSerializer), **PROBLEM},
    )
    def get(self, request: Request, slug: str) -> Response:
        """List the layers in drawing order, the lowest first, with legend and addresses. Two queries."""
        layers = Layer.objects.visible_to(request.user).filter(plan=plan_called(slug))
        layers = layers.annotate(feature_count=Count("features"))
        return Response({"results": serializers.LayerSerializer(layers, many=True, context={"slug": slug}).data})


class IndicatorList(Public):
    """The figures of a plan."""

    @extend_schema(
        operation_id="plans_indicators_list",
        summary="The figures of a plan",
        responses={200: results("Indicators", serializers.IndicatorSerializer), **PROBLEM},
    )
    def get(self, request: Request, slug: str) -> Response:
        """List every figure that the plan states: total and subdistricts, unit, nature, year. Two queries."""
        figures = Indicator.objects.filter(plan=plan_called(slug))
        return Response({"results": serializers.IndicatorSerializer(figures, many=True).data})


def _degrees(name: str, what: str, example: float) -> OpenApiParameter:
    return OpenApiParameter(
        name,
        float,
        required=True,
        description=f"{what} in degrees, WGS 84 (CGCS2000 is equal at this accuracy; not GCJ-02).",
        default=example,
    )


class Here(APIView):
    """What the plan says at a place."""

    permission_classes = (AllowAny,)

    @extend_schema(
        summary="What the plan says at a place",
        description=(
            "One finding for each control line, also where it doesn't apply; the one feature of each theme that "
            "divides the area; the nearest village; belts, axis and cores that touch the place. A place outside the "
            "planning area gets an answer too, with `in_area` false. Not a legal proof: the drawing is schematic, and "
            "`near_line` says where it can't tell inside from outside."
        ),
        parameters=[_degrees("lon", "Longitude", 113.2), _degrees("lat", "Latitude", 35.25)],
        responses={200: serializers.HereSerializer, 400: ProblemSerializer, **PROBLEM},
    )
    def get(self, request: Request, slug: str) -> Response:
        """Answer theme by theme, in plain words. Two queries: the plan, and one statement for everything else."""
        point = point_at(request.query_params.get("lon", ""), request.query_params.get("lat", ""))
        answer = here(plan_called(slug), point, request.user)
        for finding in answer["findings"]:
            finding["chapter_url"] = serializers.chapter_url(slug, finding["chapter"])
        return Response(answer)
