"""Finding as a page: the search box and its results without any script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maps import search as finding
from maps.views.text import default_plan
from portal.refusal import Refusal


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer for `q`, or show the box. What can't be searched comes back with the reason and a 400. Three queries."""
    plan = default_plan()
    query = request.GET.get("q", "")
    context = {"plan": plan, "query": query, "longest": finding.LONGEST_QUERY}
    if not query.strip():
        return render(request, "maps/search.html", context)
    try:
        hits = finding.find(plan, query)
    except Refusal as refusal:
        return render(request, "maps/search.html", context | {"refusal": refusal}, status=refusal.status)
    groups: dict[str, list[finding.Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.type_name, []).append(hit)
    return render(request, "maps/search.html", context | {"groups": groups.items(), "count": len(hits)})
