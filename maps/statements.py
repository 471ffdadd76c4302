"""*Here* in plain words: one statement for each finding, in the active language, uncertainty said plainly.

What a rule means comes from the plan package (`rule_*`, `outside_*` of each kind); this module only says where the
place lies. It knows no plan.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.bilingual import in_chinese


@dataclass(frozen=True)
class Found:
    """What the database found for one thing asked; see `maps.here_sql` for where each value comes from.

    `feature` is what holds the point or what is nearest, None where the plan has none of the kind. `metres` is the
    distance to the nearest edge of the kind, whichever side the point is on.
    """

    layer: str
    group: str
    layer_name_zh: str
    layer_name_en: str
    chapter: str
    answer: str
    kind: str
    words: dict
    feature: str | None
    name_zh: str | None
    name_en: str | None
    note_zh: str | None
    note_en: str | None
    error_m: int | None
    attributes: dict
    dimension: int | None
    inside: bool
    metres: float | None

    @property
    def near_line(self) -> bool:
        """Say whether the edge is nearer than the drawing is sure: which side the point is on is then open."""
        return self.metres is not None and self.metres < self.error_m

    @property
    def name(self) -> str:
        """Name the kind, for what is asked by kind, or the feature, in the active language."""
        by_kind = self.answer in ("control-line", "scope") or self.feature is None
        return self.word("name") if by_kind else chosen(vars(self), "name")

    def word(self, name: str) -> str:
        """Return a text of the kind, or of its variant that fits the feature's attributes; "" where there is none."""
        for attribute, variants in self.words.get("by", {}).items():
            variant = variants.get(str(self.attributes.get(attribute)), {})
            if text := chosen(variant, name):
                return text
        return chosen(self.words, name)


def chosen(texts: dict, name: str) -> str:
    """Return `<name>_zh` or `<name>_en` of a table, as the active language wants; Chinese where English is empty."""
    chinese = texts.get(f"{name}_zh") or ""
    return chinese if in_chinese() else texts.get(f"{name}_en") or chinese


def length(metres: float) -> str:
    """Say a distance as people do: tens of metres below a kilometre, then tenths of kilometres."""
    if metres < 995:
        return _("%(number)s m") % {"number": max(round(metres / 10) * 10, 10)}
    kilometres = metres / 1000
    return _("%(number)s km") % {"number": f"{kilometres:.1f}" if kilometres < 100 else f"{kilometres:.0f}"}


def statement(found: Found, *, in_area: bool) -> str:
    """Say in plain words what was found; `in_area` tells whether the place lies in the plan's area at all."""
    if found.feature is None:
        return _("The map of this plan has no “%(name)s”.") % {"name": found.name}
    if found.answer == "scope":
        sentences = _scope(found)
    elif found.answer == "nearest":
        sentences = _nearest(found) if in_area else _nearest(found)[:1]
    elif not in_area and not found.inside:
        sentences = [_("This plan's “%(name)s” doesn't reach here; the nearest of it is about %(distance)s away.")]
    elif found.answer == "partition":
        sentences = _partition(found)
    elif found.dimension < 2:
        sentences = _passing(found)
    else:
        sentences = _line(found)
    return _joined(sentences, found)


def _joined(sentences: list[str], found: Found) -> str:
    values = {
        "name": found.name,
        "distance": length(found.metres),
        "uncertainty": length(found.error_m),
        "rule": ended(found.word("rule")),
    }
    said = (sentence % values for sentence in sentences)
    return ("" if in_chinese() else " ").join(sentence for sentence in said if sentence)


def ended(text: str) -> str:
    """Return a text of the package with a full stop, which its writer may have left out."""
    text = text.strip()
    # A bracket ends a sentence only where a whole sentence stands in it.
    if not text or text.rstrip("）)”")[-1:] in tuple("。！？.!?"):
        return text
    return text + ("。" if in_chinese() else ".")


def _plain(text: str) -> str:
    """Return a text of the package as a sentence of ours: a per cent sign in it is no placeholder."""
    return ended(text).replace("%", "%%")


def _scope(found: Found) -> list[str]:
    doubt = (
        _("The edge is about %(distance)s away and drawn to within about %(uncertainty)s: please ask the planning "
          "authority whether this place belongs to it.")
        if found.near_line
        else ""
    )  # fmt: skip
    if found.inside:
        return [_("This place is in the planning area."), doubt]
    far = "" if found.near_line else _("Its edge is about %(distance)s away.")
    return [
        _plain(found.word("outside")) or _("This place is outside the planning area."),
        _("This plan says nothing about it."),
        far,
        doubt,
    ]


def _nearest(found: Found) -> list[str]:
    if found.near_line:
        place = _("Nearest on the map: %(name)s, about %(distance)s away; it is drawn to within about %(uncertainty)s.")
    else:
        place = _("Nearest on the map: %(name)s, about %(distance)s away.")
    return [place, "%(rule)s"]


def _partition(found: Found) -> list[str]:
    if not found.inside:
        return [_("This place is in none of these areas as drawn. The nearest is %(name)s, about %(distance)s away.")]
    theme = chosen({"theme_zh": found.attributes.get("theme"), "theme_en": found.attributes.get("theme_en")}, "theme")
    doubt = (
        _("Its edge is about %(distance)s away and drawn to within about %(uncertainty)s: please ask the planning "
          "authority on which side this place is.")
        if found.near_line
        else ""
    )  # fmt: skip
    # Some packages say the theme again as the rule.
    said = "" if theme and theme.strip("。.") in found.word("rule") else _plain(theme)
    return [_("This place belongs to: %(name)s."), doubt, said, "%(rule)s"]


def _passing(found: Found) -> list[str]:
    if found.inside:
        return [_("“%(name)s” runs through this place."), "%(rule)s"]
    return [
        _("As drawn, “%(name)s” passes about %(distance)s away. The drawing is uncertain by about %(uncertainty)s."),
        "%(rule)s",
    ]


def _line(found: Found) -> list[str]:
    if found.inside and found.near_line:
        return [
            _("As drawn, this place is inside “%(name)s”, about %(distance)s from its line. The drawing is uncertain "
              "by about %(uncertainty)s: please ask the planning authority whether it is inside."),
            "%(rule)s",
        ]  # fmt: skip
    if found.inside:
        return [_("This place is inside “%(name)s”."), "%(rule)s"]
    if found.near_line:
        return [
            _("As drawn, this place is outside “%(name)s”, about %(distance)s from its line. The drawing is uncertain "
              "by about %(uncertainty)s: please ask the planning authority whether it is inside."),
            _("If it is inside: %(rule)s") if found.word("rule") else "",
        ]  # fmt: skip
    return [
        _plain(found.word("outside")) or _("This place is outside “%(name)s”."),
        _("Its nearest drawn line is about %(distance)s away."),
    ]
