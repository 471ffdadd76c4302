"""Where the API begins: the addresses from which everything else is reached."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class RootSerializer(serializers.Serializer):
    """Absolute addresses, by name."""

    plans = serializers.URLField()
    comments = serializers.URLField()
    receipt = serializers.URLField(help_text="For POST, with number and code.")
    schema = serializers.URLField()
    docs = serializers.URLField()


class Root(APIView):
    """The API's own table of contents; public, asks the database nothing."""

    permission_classes = (AllowAny,)
    authentication_classes = ()

    @extend_schema(
        operation_id="root",
        summary="Where to begin",
        responses={200: RootSerializer},
    )
    def get(self, request: Request) -> Response:
        """Return names and absolute addresses."""
        return Response({name: request.build_absolute_uri(reverse(f"api:{name}")) for name in RootSerializer().fields})
