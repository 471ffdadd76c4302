"""What a chapter's script needs to show the text beside the living map."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maps.models import Chapter, Plan

# What the script says. {name} and the like are filled in by the browser.
TEXTS = {
    "zoom_in": _("Closer"),
    "zoom_out": _("Farther"),
    "hectares": _("{n} ha"),
    "base_map_only": _("Planning area"),
    "lit": _("Shown on the map: {name}"),
    "collapse_map": _("Hide the map"),
    "expand_map": _("Show the map"),
}


def context(plan: Plan, chapter: Chapter) -> dict[str, object]:
    """Return the template's variables of the story: addresses, texts, and the layers of the chapter's own map.

    No queries.
    """
    theme = next((theme for theme in plan.themes if theme["key"] == chapter.theme), None)
    layers = theme["layers"] if theme else chapter.layers
    return {
        "story_urls": {"bundle": reverse("maps:bundle", args=[plan.slug, plan.map_digest])},
        "story_settings": {"chapter": chapter.number, "layers": layers},
        "story_texts": TEXTS,
    }
