"""Maps drawn on the server: static maps for pages, the little map of a place, and sheets to print."""

import gzip

import brotli
from django.conf import settings
from django.contrib.gis.geos import Point
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maps import map_files
from maps.drawing import legend
from maps.drawing.illustration import SIZES, drawing_digest
from maps.drawing.looks import forms
from maps.drawing.sheet import ORIENTATIONS, PAPERS, Paper, draw_sheet
from maps.drawing.static_map import draw, theme_of
from maps.here import point_at
from maps.models import Layer, Plan
from maps.statements import chosen
from maps.views.text import default_plan
from portal import views as portal_views
from portal.bilingual import in_chinese
from portal.refusal import Refusal

SVG = "image/svg+xml"
# Drawings hang on a digest, so they never grow stale: a process keeps the last ones as long as there is room.
drawings = map_files.BodyCache(size=8 * 1024 * 1024, seconds=7 * 24 * 3600)
# Half the height and width of the little map around a place, in degrees: about four kilometres across.
AROUND_LON, AROUND_LAT = 0.021, 0.0145
AROUND_WIDTH = 480


@require_safe
def static_map(
    request: HttpRequest, slug: str, about: str, key: str, language: str, size: str, digest: str
) -> HttpResponse:
    """Answer with the map of a theme or a layer; only public layers are drawn. Another version's address is sent on.

    One query for the plan; two more, and about a tenth of a second, for a drawing that this process hasn't made yet.
    """
    found = map_files.not_modified(request, digest, map_files.IMMUTABLE)
    if found is not None:
        return found
    plan = get_object_or_404(Plan, slug=slug)
    current = drawing_digest(plan)
    if digest != current:
        values = {"slug": slug, "about": about, "key": key, "language": language, "size": size, "digest": current}
        response = redirect("maps:static-map", **values)
        response.headers["Cache-Control"] = "no-store"
        return response
    coding = map_files.coding_for(request)
    place = (plan.pk, about, key, language, size, digest, coding)
    body = drawings.get(place)
    if body is None:
        body = _coded(_drawn(plan, about, key, language, SIZES[size]), coding)
        drawings.put(place, body)
    return map_files.respond(body, digest, map_files.IMMUTABLE)


def _drawn(plan: Plan, about: str, key: str, language: str, width: int) -> str:
    if about == "theme":
        if theme_of(plan, key) is None:
            raise Http404
        return draw(plan, theme=key, language=language, width=width)
    layer = get_object_or_404(plan.layers, key=key, status=Layer.Status.PUBLIC)
    title = layer.name_en if language == "en" and layer.name_en else layer.name_zh
    return draw(plan, layers=(key,), language=language, width=width, title=title)


def _coded(svg: str, coding: str) -> map_files.Body:
    plain = svg.encode()
    coders = {"br": lambda: brotli.compress(plain, quality=9), "gzip": lambda: gzip.compress(plain, 9, mtime=0)}
    return map_files.Body(coders[coding]() if coding else plain, coding, SVG)


@require_safe
def around(request: HttpRequest) -> HttpResponse:
    """Answer with a little map of `lon` and `lat`, what the map shows at first around it, and a pin. Two queries.

    Never kept by anybody: the place is the reader's own affair.
    """
    plan = default_plan()
    try:
        point = point_at(request.GET.get("lon", ""), request.GET.get("lat", ""))
        _expect_on_map(plan, point)
    except Refusal as refusal:
        return portal_views.refused(request, refusal)
    response = HttpResponse(_around(plan, point), content_type=SVG)
    response.headers["Cache-Control"] = map_files.PRIVATE
    return response


def _expect_on_map(plan: Plan, point: Point) -> None:
    west, south, east, north = plan.bounds
    across = west - 2 * AROUND_LON <= point.x <= east + 2 * AROUND_LON
    if not (across and south - 2 * AROUND_LAT <= point.y <= north + 2 * AROUND_LAT):
        raise Refusal(
            "not-on-map", _("This place lies too far from the planning area: the map doesn't show it."), status=404
        )


def _around(plan: Plan, point: Point) -> str:
    lon, lat = point.x, point.y
    keys = plan.layers.filter(status=Layer.Status.PUBLIC, shown_at_first=True).values_list("key", flat=True)
    return draw(
        plan,
        layers=tuple(keys),
        language="zh" if in_chinese() else "en",
        width=AROUND_WIDTH,
        title="",
        bbox=(lon - AROUND_LON, lat - AROUND_LAT, lon + AROUND_LON, lat + AROUND_LAT),
        pin=(lon, lat),
    )


@require_safe
def print_page(request: HttpRequest) -> HttpResponse:
    """A page that prints one sheet: `theme`, `paper` and `orientation` choose it. Two queries."""
    plan = default_plan()
    try:
        theme, paper = _asked(request, plan)
    except Refusal as refusal:
        return portal_views.refused(request, refusal)
    language = "zh" if in_chinese() else "en"
    values = {"theme": theme["key"], "paper": paper.name, "orientation": paper.orientation, "language": language}
    context = {
        "plan": plan,
        "theme": theme,
        "title": chosen(theme, "name"),
        "themes": [(one["key"], chosen(one, "name")) for one in plan.themes],
        "papers": [(name, name.upper()) for name in PAPERS],
        "orientations": [("portrait", _("Portrait")), ("landscape", _("Landscape"))],
        "paper": paper,
        "sheet_url": reverse("maps:print-sheet", kwargs=values),
        "page_css": f"css/print-page-{paper.name}-{paper.orientation}.css",
        "legend": legend.rows(forms(plan, tuple(theme["layers"]), language)),
    }
    return render(request, "maps/print_sheet.html", context)


def _asked(request: HttpRequest, plan: Plan) -> tuple[dict, Paper]:
    """Return the theme and the paper that were asked for, or the first theme on upright A4; raises Refusal."""
    keys = [theme["key"] for theme in plan.themes]
    key = request.GET.get("theme") or (keys[0] if keys else "")
    name = request.GET.get("paper", "a4").lower()
    orientation = request.GET.get("orientation", "portrait").lower()
    if key not in keys:
        names = {"names": _(", ").join(f"{chosen(theme, 'name')} ({theme['key']})" for theme in plan.themes)}
        message = _("The plan has no such map. It has: %(names)s.") % names
        raise Refusal("theme-not-found", message, status=404, field="theme")
    if name not in PAPERS or orientation not in ORIENTATIONS:
        message = _(
            "Sheets are printed on A4 or A3 (paper=a4, a3), upright or across (orientation=portrait, landscape)."
        )
        raise Refusal("paper-unknown", message, status=400, field="paper")
    return theme_of(plan, key), Paper(name, orientation)


@require_safe
def print_sheet(request: HttpRequest, theme: str, paper: str, orientation: str, language: str) -> HttpResponse:
    """Answer with the sheet itself as SVG, true to scale. Two queries."""
    plan = default_plan()
    found = theme_of(plan, theme)
    if found is None:
        raise Http404
    address = f"{_site(request)}#layers={','.join(found['layers'])}"
    today = timezone.localdate()
    sheet = Paper(paper, orientation)
    svg = draw_sheet(plan, theme=found, paper=sheet, language=language, address=address, on=today)
    response = HttpResponse(svg, content_type=SVG)
    # The date and the host stand on it.
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


def _site(request: HttpRequest) -> str:
    """Return the address of the portal's map, as people type it where that is known."""
    home = reverse("consultation:home")
    if settings.PUBLIC_URL:
        return f"{settings.PUBLIC_URL}/{home.removeprefix(settings.URL_PREFIX).lstrip('/')}"
    return request.build_absolute_uri(home)
