"""Features as GeoJSON, by a viewset as its documentation shows it."""

from django.urls import include, path
from rest_framework import permissions, routers, viewsets
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from maps.models import Feature


class FeatureSerializer(GeoFeatureModelSerializer):
    """A feature with what our own file of its layer holds too."""

    class Meta:
        model = Feature
        geo_field = "geometry"
        id_field = "key"
        fields = ("key", "kind", "name_zh", "name_en", "note_zh", "note_en", "subdistrict", "basis", "error_m")
        fields += ("stated_ha", "attributes", "geometry")


class FeatureViewSet(viewsets.ReadOnlyModelViewSet):
    """The features of one public layer."""

    serializer_class = FeatureSerializer
    permission_classes = (permissions.AllowAny,)

    def get_queryset(self) -> object:
        """Return the features of the layer that `?layer=` names."""
        return Feature.objects.filter(layer__key=self.request.GET["layer"], layer__status="public").order_by("order")


router = routers.SimpleRouter()
router.register("features", FeatureViewSet, "feature")
urlpatterns = [path("", include("portal.site_urls")), path("", include(router.urls))]
