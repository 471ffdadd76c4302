"""The plan's figures as charts, and the sheet that sets them beside the map."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maps import consistency_words, units
from maps import figures as chart_of
from maps.models import PlanVersion
from maps.views.text import default_plan

NO_SHEET = {"figures": [], "sums": [], "shapes": [], "tolerance": {}}


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure that the plan states, as bars with tables; `unit` chooses ha, mu or km². Four queries.

    A unit that doesn't exist gives the page in hectares, says so, and is a 400.
    """
    plan = default_plan()
    asked = request.GET.get("unit", "ha")
    known = asked in units.NAMES
    context = {
        "plan": plan,
        "chart": chart_of.chart(plan),
        "units": units.NAMES.items(),
        "unit": asked if known else "ha",
        "unknown_unit": "" if known else asked[:40],
    }
    return render(request, "maps/figures.html", context, status=200 if known else 400)


@require_safe
def consistency(request: HttpRequest) -> HttpResponse:
    """Each stated figure beside the measured area, sums, overlaps and gaps, as found at loading. Two queries."""
    plan = default_plan()
    version = PlanVersion.objects.filter(plan=plan, number=plan.version).only("checks", "loaded_at").first()
    sheet = NO_SHEET | (version.checks if version else {})
    verdicts = Counter(row["verdict"] for part in ("figures", "sums", "shapes") for row in sheet[part])
    context = {
        "plan": plan,
        "checked_at": version.loaded_at if version else None,
        "figures": [consistency_words.figure(row) for row in sheet["figures"]],
        "sums": [consistency_words.sum_of(row) for row in sheet["sums"]],
        "shapes": [consistency_words.shape(row) for row in sheet["shapes"]],
        "agreeing": verdicts["agrees"],
        "differing": verdicts["differs"],
        "not_drawn": verdicts["not-drawn"],
        "title": _("Do figures and map agree?"),
    }
    return render(request, "maps/consistency.html", context)
