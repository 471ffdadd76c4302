"""A place in words, for people who see no map."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from consultation.choices import chapter_label
from consultation.models import Comment
from consultation.places import Place
from consultation.states import PlaceKind
from maps.models import Feature, Plan

# What the public learns of a position: about ten metres.
DECIMALS = 4
DRAWN = (PlaceKind.POINT, PlaceKind.LINE, PlaceKind.AREA)


class PlaceWords:
    """Says places in words; asks for the names of all of them at once (two queries, or fewer)."""

    def __init__(self, plan: Plan, places: Iterable[Comment | Place]):
        keys = {key for place in places for key in (place.village_key, place.feature_key) if key}
        numbers = {place.chapter_number for place in places if place.chapter_number}
        reader = AnonymousUser()
        features = Feature.objects.visible_to(reader).filter(plan=plan, key__in=keys).only("key", "name_zh", "name_en")
        chapters = (
            plan.chapters.visible_to(reader).filter(number__in=numbers).only("plan", "number", "title_zh", "title_en")
        )
        self._names = {feature.key: feature.name for feature in features} if keys else {}
        self._chapters = {chapter.number: chapter_label(chapter) for chapter in chapters} if numbers else {}

    def village(self, place: Comment | Place) -> str:
        """Return the name of the village that the place is in or near, or ""."""
        return self._names.get(place.village_key, "")

    def say(self, place: Comment | Place) -> str:
        """Return the place in words; what a newer version of the plan no longer has is called by its key."""
        kind = getattr(place, "place_kind", None) or place.kind
        if kind == PlaceKind.VILLAGE:
            return self._names.get(place.village_key, place.village_key)
        if kind == PlaceKind.FEATURE:
            return self._names.get(place.feature_key, place.feature_key)
        if kind == PlaceKind.CHAPTER:
            return self._chapters.get(place.chapter_number, place.chapter_number)
        if kind in DRAWN:
            return self._near(kind, self.village(place))
        return _("No particular place")

    @staticmethod
    def _near(kind: str, village: str) -> str:
        if not village:
            return str(PlaceKind(kind).label)
        if kind == PlaceKind.LINE:
            return _("A line near %(village)s") % {"village": village}
        if kind == PlaceKind.AREA:
            return _("An area near %(village)s") % {"village": village}
        return _("A place near %(village)s") % {"village": village}


def coordinates(point: Point | None) -> str:
    """Return a position as people read it, longitude first: 113.2100°E, 35.2100°N; "" for None."""
    if point is None:
        return ""
    east, north = ("E" if point.x >= 0 else "W"), ("N" if point.y >= 0 else "S")
    return f"{abs(point.x):.{DECIMALS}f}°{east}, {abs(point.y):.{DECIMALS}f}°{north}"


def at(point: Point | None) -> str:
    """Return the end of an address that opens the map at a position: #at=113.2100,35.2100; "" for None."""
    return f"#at={point.x:.{DECIMALS}f},{point.y:.{DECIMALS}f}" if point else ""
