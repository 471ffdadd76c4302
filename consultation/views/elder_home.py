"""The home page of 长辈版: three large doors and the villages by name, in place of the map. It needs no script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maps.models import Feature, Plan
from portal.bilingual import in_chinese


def wants_doors(request: HttpRequest) -> bool:
    """Say whether to show the doors: in 长辈版, unless the map was asked for with `?show=map`."""
    return request.is_elder and request.GET.get("show") != "map"


def elder_home(request: HttpRequest, plan: Plan, context: dict[str, object]) -> HttpResponse:
    """Show the doors and the villages of `plan` by subdistrict. One query, in English two."""
    villages = plan.features.visible_to(request.user).villages().defer("geometry")
    context = context | {"plan": plan, "districts": _by_district(plan, villages)}
    return render(request, "consultation/elder_home.html", context)


def _by_district(plan: Plan, villages: list[Feature]) -> list[tuple[str, list[Feature]]]:
    """Return (subdistrict in the reader's language, its villages), in the plan's order."""
    names = {} if in_chinese() else dict(plan.features.filter(kind="subdistrict").values_list("name_zh", "name_en"))
    found: dict[str, list[Feature]] = {}
    for village in villages:
        found.setdefault(names.get(village.subdistrict, village.subdistrict), []).append(village)
    return list(found.items())
