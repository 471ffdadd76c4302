"""What the map's tools say: strength of layers, coordinates, measuring, comparing, one's own place, passing on."""

from django.utils.translation import gettext_lazy as _

# {n} and the like are filled in by the browser.
TOOL_TEXTS = {
    "strength": _("Strength"),
    "strength_of": _("Strength of {group}"),
    "percent": _("{n} %"),
    "scale": _("about 1:{n}"),
    "compare_value": _("{left} {percent} %, {right} {rest} %"),
    "measure_length_how": _("Tap the map to set points; the distance adds up."),
    "measure_area_how": _("Tap the corners of the area, three or more."),
    "measure_crossed": _("The outline crosses itself; undo the last point."),
    "measured_length": _("{km} ({m})"),
    "measured_area": _("{ha} ha ({mu} mu)"),
    "measured_with_edge": _("{area}, outline {edge}"),
    "locating": _("Asking your device where you are…"),
    "located": _(
        "You are about here, give or take {distance}. Your position stays in this browser; tap the map to ask about a "
        "place."
    ),
    "locate_rough": _("Your position is only known to within {distance}. Please tap the map where you mean."),
    "locate_outside": _("You are outside the planning area, so the map stays where it is."),
    "locate_refused": _(
        "Your device doesn't tell this page where you are. You can allow it in the browser's settings, or tap the map."
    ),
    "locate_failed": _("Your position can't be found at the moment. Please tap the map, or search for a village."),
    "locate_slow": _("Finding your position takes too long. Please tap the map, or search for a village."),
    "locate_missing": _("This browser can't find positions. Please tap the map, or search for a village."),
    "copied": _("Copied."),
    "copy_by_hand": _("Please copy it from the field."),
}
