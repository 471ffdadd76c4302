"""*Here* in short: one line for each finding, and one sentence for the place; the full words are `maps.statements`.

Texts in the active language, of what the database found (`maps.statements.Found`); no queries. It knows no plan.
"""

from django.utils.translation import gettext as _

from maps.statements import Found, chosen, length
from portal.bilingual import in_chinese

# How a finding stands: the drawing says in, says out, can't tell, or only says what lies nearest.
INSIDE, OUTSIDE, NEAR, NEAREST = "inside", "outside", "near", "nearest"


def state(found: Found) -> str:
    """Return how a finding stands; NEAR goes before in and out, for the drawing can't tell them apart there."""
    if found.answer == "nearest":
        return NEAREST
    if found.near_line:
        return NEAR
    return INSIDE if found.inside else OUTSIDE


def title(found: Found) -> str:
    """Name the question: the theme where the area is divided or the nearest is named, else the line itself."""
    by_theme = found.answer in ("partition", "nearest")
    return chosen(vars(found), "layer_name") if by_theme else found.name


def brief(found: Found) -> str:
    """Answer the question in one line, without rule and uncertainty."""
    if found.feature is None:
        return _("not on this plan's map")
    values = {"name": found.name, "distance": length(found.metres), "kind": found.word("name")}
    return _brief(found) % values


def _brief(found: Found) -> str:
    if found.answer == "nearest":
        return _("%(name)s, about %(distance)s away: %(kind)s")
    if found.answer == "partition":
        if not found.inside:
            return _("none as drawn; the nearest is %(name)s, about %(distance)s away")
        return _("%(name)s, about %(distance)s from its edge") if found.near_line else "%(name)s"
    if found.dimension is not None and found.dimension < 2:
        return _("runs through here") if found.inside else _("passes about %(distance)s away")
    if found.inside:
        return _("inside as drawn, about %(distance)s from the line")
    return _("outside as drawn, about %(distance)s from the line")


def summary(rows: list[Found], *, in_area: bool) -> str:
    """Say in a sentence or two what most likely applies: subdistrict, control lines, nearest village."""
    if not in_area:
        return _("This place is outside the planning area, so the plan says nothing about it.")
    lines = [row for row in rows if row.answer == "control-line" and row.feature is not None]
    said = [_belongs(rows), _held(lines), _doubtful(lines), _village(rows)]
    return ("" if in_chinese() else " ").join(sentence for sentence in said if sentence)


def _belongs(rows: list[Found]) -> str:
    names = [row.name for row in rows if row.kind == "subdistrict" and row.inside]
    return _("This place is in %(name)s.") % {"name": names[0]} if names else ""


def _held(lines: list[Found]) -> str:
    if not lines:
        return ""
    held = [row for row in lines if row.inside]
    if not held:
        return _("As drawn, it is inside none of the control lines.")
    return _("As drawn, it is inside %(names)s.") % {"names": _quoted(held)}


def _doubtful(lines: list[Found]) -> str:
    near = [row for row in lines if row.near_line]
    if not near:
        return ""
    return _("It is close to the drawn line of %(names)s: please check with the planning authority.") % {
        "names": _quoted(near)
    }


def _village(rows: list[Found]) -> str:
    for row in rows:
        if row.answer == "nearest" and row.feature is not None:
            return _("Nearest is %(name)s: %(kind)s.") % {"name": row.name, "kind": row.word("name")}
    return ""


def _quoted(rows: list[Found]) -> str:
    return "".join(f"“{row.name}”" for row in rows) if in_chinese() else ", ".join(f"“{row.name}”" for row in rows)
