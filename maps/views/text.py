"""The plan as pages to read: contents, chapters, layers as tables. They need no script and no map."""

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import get_script_prefix
from django.views.decorators.http import require_safe

from maps.drawing import illustration
from maps.linking import linked
from maps.models import Chapter, Feature, Layer, Plan
from maps.statements import chosen
from maps.views import story
from portal.bilingual import in_chinese


def default_plan() -> Plan:
    """Return the plan that the portal's pages are about; raises Http404 before it is loaded. One query."""
    return get_object_or_404(Plan, slug=settings.DEFAULT_PLAN)


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The plan's front page: what it is, its chapters, its figures. Three queries."""
    found = default_plan()
    chapters = list(found.chapters.defer("text_zh", "text_en"))
    figures = list(found.indicators.all())
    context = {"plan": found, "chapters": chapters, "missing": _missing(chapters), "figures": figures}
    return render(request, "maps/plan.html", context)


def _missing(chapters: list[Chapter]) -> list[int]:
    """Return the numbers that the published order leaves out."""
    numbers = {int(chapter.number) for chapter in chapters if chapter.number.isdecimal()}
    return sorted(set(range(1, max(numbers, default=0))) - numbers)


@require_safe
def chapter(request: HttpRequest, chapter: str) -> HttpResponse:
    """One chapter in full, by number or slug, beside its map, with figures and layers. Six queries, nine at first."""
    found = default_plan()
    this = Chapter.objects.called(found, chapter)
    if this is None:
        raise Http404
    chapters = list(found.chapters.defer("text_zh", "text_en"))
    place = next(position for position, other in enumerate(chapters) if other.pk == this.pk)
    # The map is the portal's front page (`/`, under a prefix where there is one): see `maps.linking`.
    linked_chapter = linked(found, this, get_script_prefix())
    figures = list(found.indicators.filter(chapter_number=this.number))
    for figure in figures:
        figure.linked_name = linked_chapter.name_of(figure)
    context = story.context(found, this) | {
        "plan": found,
        "chapter": this,
        "html": linked_chapter.html,
        "previous": chapters[place - 1] if place else None,
        "next": chapters[place + 1] if place + 1 < len(chapters) else None,
        "layers": list(found.layers.visible_to(request.user).filter(key__in=this.layers)),
        "figures": figures,
        "illustration": illustration.of_theme(found, this.theme) if this.theme else None,
    }
    return render(request, "maps/chapter.html", context)


@require_safe
def layers(request: HttpRequest) -> HttpResponse:
    """All layers by group, in the order of the plan's lists. Two queries."""
    found = default_plan()
    rows = found.layers.visible_to(request.user).annotate(feature_count=Count("features"))
    by_group: dict[str, list[Layer]] = {}
    for row in rows.order_by("-order"):
        by_group.setdefault(row.group, []).append(row)
    groups = [(chosen(group, "name"), by_group.get(group["key"], [])) for group in found.groups]
    context = {"plan": found, "groups": [(name, rows) for name, rows in groups if rows]}
    return render(request, "maps/layers.html", context)


@require_safe
def layer(request: HttpRequest, key: str) -> HttpResponse:
    """One layer as a table of its features, with map, legend, source and clearance. Five queries."""
    found = default_plan()
    this = found.layers.visible_to(request.user).filter(key=key).first()
    if this is None:
        raise Http404
    names = {} if in_chinese() else dict(found.features.filter(kind="subdistrict").values_list("name_zh", "name_en"))
    shown = illustration.of_layer(found, this)
    context = {
        "plan": found,
        "layer": this,
        "legend": shown.own if shown else illustration.legend_of(found, this, request.user),
        "rows": [_row(this, feature, names) for feature in this.features.defer("geometry")],
        "illustration": shown,
    }
    return render(request, "maps/layer.html", context)


def _row(layer: Layer, feature: Feature, names: dict[str, str]) -> dict[str, object]:
    subdistricts = [names.get(name, name) for name in feature.subdistrict.split("、")]
    return {
        "feature": feature,
        "kind": chosen(layer.kinds.get(feature.kind, {}), "name"),
        "subdistrict": ("、" if in_chinese() else ", ").join(subdistricts),
    }
