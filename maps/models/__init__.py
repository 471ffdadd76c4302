"""The plan as geography. Geometry is WGS 84 longitude/latitude (SRID 4326), equal to CGCS2000 at this accuracy."""

from maps.models.layer import Feature, Layer, MapFile
from maps.models.plan import Chapter, Indicator, Plan, PlanVersion
from maps.models.search import SearchEntry, SearchKey

__all__ = ["Chapter", "Feature", "Indicator", "Layer", "MapFile", "Plan", "PlanVersion", "SearchEntry", "SearchKey"]
