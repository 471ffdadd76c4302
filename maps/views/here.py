"""*Here* as a page: the same answer as on the map, without map or script; to read, print and share by its address."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import Point
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maps.briefs import NEAR, OUTSIDE
from maps.here import here, point_at
from maps.models import Feature, Plan
from maps.serializers import chapter_url
from maps.views.text import default_plan
from portal.refusal import Refusal


@dataclass
class Asked:
    """What the reader asked for, as they typed it, and what is wrong with it."""

    lon: str
    lat: str
    village: str
    refusal: Refusal | None = None

    @property
    def is_blank(self) -> bool:
        """Say whether nothing was asked yet."""
        return not (self.lon.strip() or self.lat.strip() or self.village)


@require_safe
def here_page(request: HttpRequest) -> HttpResponse:
    """Answer for `lon` and `lat`, or for a `village`; else show the form. What can't be read comes back with a 400.

    Three queries: the plan, its villages, and one statement for the answer.
    """
    plan = default_plan()
    villages = list(plan.features.visible_to(AnonymousUser()).villages())
    asked = Asked(*(request.GET.get(name, "") for name in ("lon", "lat", "village")))
    context = {"plan": plan, "villages": villages, "asked": asked}
    if asked.is_blank:
        return render(request, "maps/here.html", context)
    try:
        village, point = _place(asked, villages)
    except Refusal as refusal:
        asked.refusal = refusal
        return render(request, "maps/here.html", context, status=400)
    return render(request, "maps/here.html", context | _answer(request, plan, village, point))


def _place(asked: Asked, villages: list[Feature]) -> tuple[Feature | None, Point]:
    """Return the village that was chosen, if one was, and the point; raises Refusal."""
    if asked.lon.strip() or asked.lat.strip():
        return None, point_at(asked.lon, asked.lat)
    for village in villages:
        if village.key == asked.village:
            return village, village.geometry.point_on_surface
    raise Refusal("village-not-found", _("The plan's map has no such village."), status=400, field="village")


def _answer(request: HttpRequest, plan: Plan, village: Feature | None, point: Point) -> dict[str, object]:
    answer = here(plan, point, request.user)
    for finding in answer["findings"]:
        finding["chapter_url"] = chapter_url(plan.slug, finding["chapter"])
    return {
        "answer": answer,
        "village": village,
        "holds": sorted((one for one in answer["findings"] if one["state"] != OUTSIDE), key=_order),
        "others": [finding for finding in answer["findings"] if finding["state"] == OUTSIDE],
        "lon": f"{point.x:.6f}",
        "lat": f"{point.y:.6f}",
    }


def _order(finding: dict) -> tuple[bool, bool, bool]:
    """Control lines first, and of those what holds; what everybody expects (the area, the subdistrict) last."""
    expected = finding["answer"] == "scope" or finding["kind"] == "subdistrict"
    return expected, finding["answer"] != "control-line", not finding["inside"] and finding["state"] == NEAR
