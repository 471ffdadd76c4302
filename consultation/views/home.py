"""The map page: the plan on the map, what it says at a place, and the way to a comment."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultation.context import current_consultation
from consultation.map_tool_texts import TOOL_TEXTS
from consultation.models.consultation import Phase
from consultation.views.elder_home import elder_home, wants_doors
from maps.models import Plan

# What the page's scripts say. {n} and the like are filled in by the browser.
TEXTS = {
    "zoom_in": _("Closer"),
    "zoom_out": _("Farther"),
    "chapter": _("Chapter {n}"),
    "hectares": _("{n} ha"),
    "in_mu": _("({n} mu)"),
    "stated": _("as stated in the plan"),
    "metres": _("{n} m"),
    "kilometres": _("{n} km"),
    "uncertainty": _("Schematic: the line may be off by about {distance}."),
    "show_features": _("List ({n})"),
    "nothing_found": _("Nothing is called “{words}”, and no chapter uses it."),
    "things_found": _("{n} results. Arrow keys choose, Enter opens."),
    "found_on_map": _("On the map"),
    "search_failed": _("The search doesn't answer at the moment."),
    "state_inside": _("inside"),
    "state_outside": _("not inside"),
    "state_near": _("near the drawn line: please check"),
    "state_nearest": _("nearest"),
    "not_applying": _("What does not apply here"),
    "not_proof": _("This is information, not a legal proof: the drawing is schematic. Version {version} of the plan."),
    "place": _("Longitude, latitude:"),
    "copy_coordinates": _("Copy"),
    "copy_link": _("Copy the link"),
    "here_title": _("What the plan says here"),
    "outside_title": _("Outside the planning area"),
    "reading": _("Looking it up in the plan…"),
    "outside_plan": _("This place is outside the planning area, so the plan says nothing about it."),
    "back_to_plan": _("Back to the planning area"),
    "general_comment": _("Comment without a place"),
    "here_failed": _("The plan's answer can't be fetched at the moment."),
    "try_again": _("Try again"),
    "read_as_page": _("Read this as a page"),
    "pick_place": _("Tap the place on the map that you want to speak about."),
    "move_first": _("Move the map with the arrow keys first; Enter then takes the place under the crosshair."),
    "published_comments": _("Published comments"),
    "comments_title": _("Published comments ({n})"),
    "comment_here": _("Comment {number}"),
    "comments_here": _("{n} comments"),
    "no_decision": _("not answered yet"),
    "read_comment": _("Read the comment and the answer"),
    "tianditu": _("Tianditu base map"),
    "tiles_failed": _("The online base map can't be reached. The plan's own base map is shown."),
    "comments_in_view": _("Comments in view ({n})"),
    "comments_in_view_cut": _("Comments in view (the newest {n})"),
    "comments_cut": _("There are more comments here: zoom in to see them."),
    "address_unknown": _("This link names what the map no longer has: {names}. The rest is shown."),
    **TOOL_TEXTS,
}


def home(request: HttpRequest) -> HttpResponse:
    """Show the map; without a loaded plan, say so. The villages stand in the page for those without script."""
    plan = Plan.objects.visible_to(request.user).filter(slug=settings.DEFAULT_PLAN).first()
    if plan is None:
        return render(request, "consultation/no_plan.html", status=503)
    # Asked once, for the frame of the page too.
    consultation = current_consultation(request)
    if wants_doors(request):
        return elder_home(request, plan, consultation)
    takes_comments = consultation["phase"]() == Phase.OPEN
    chapters = plan.chapters.visible_to(request.user).values_list("number", flat=True)
    context = consultation | {
        "plan": plan,
        "villages": plan.features.visible_to(request.user).villages(),
        "map_urls": _addresses(plan, list(chapters), takes_comments),
        "map_settings": {"tianditu_key": settings.TIANDITU_KEY},
        "map_texts": TEXTS,
        "tianditu_attribution": settings.TIANDITU_ATTRIBUTION if settings.TIANDITU_KEY else "",
    }
    return render(request, "consultation/home.html", context)


def _addresses(plan: Plan, chapters: list[str], takes_comments: bool) -> dict[str, object]:
    """Return every address that the page's scripts ask or link to; `comment_new` is "" while none is taken."""
    return {
        "bundle": reverse("maps:bundle", args=[plan.slug, plan.map_digest]),
        "here": reverse("api:here", args=[plan.slug]),
        "here_page": reverse("maps:here"),
        "search": reverse("api:search", args=[plan.slug]),
        "print": reverse("maps:print"),
        "comment_new": reverse("consultation:comment-new") if takes_comments else "",
        "comments": reverse("api:comments"),
        "comment": reverse("consultation:comment", args=["NUMBER"]),
        "chapters": {number: reverse("maps:chapter", args=[number]) for number in chapters},
    }
