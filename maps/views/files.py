"""Files of the map: the bundle that the browser draws, and single layers for GIS programs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maps import map_files
from maps.models import Layer, Plan
from maps.querysets import reads_drafts
from portal.problems import problem, reading_only


@require_safe
def bundle(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """Answer with the map bundle of this digest; a page of an older version is sent on to the current one.

    No query for a 304 or for a bundle in memory, else one.
    """
    found = map_files.not_modified(request, digest, map_files.IMMUTABLE) or map_files.public_file(
        request, slug, digest, map_files.IMMUTABLE
    )
    if found is not None:
        return found
    current = Plan.objects.filter(slug=slug).values_list("map_digest", flat=True).first()
    if current is None or current == digest:
        raise Http404
    return _moved("maps:bundle", slug, digest=current)


@require_safe
def layer_file(request: HttpRequest, slug: str, key: str, digest: str) -> HttpResponse:
    """Answer with a public layer's GeoJSON of this digest; an older one is sent on to the current one.

    No query for a 304 or for a file in memory, else one.
    """
    found = map_files.not_modified(request, digest, map_files.IMMUTABLE) or map_files.public_file(
        request, slug, digest, map_files.IMMUTABLE
    )
    if found is not None:
        return found
    layers = Layer.objects.filter(plan__slug=slug, key=key, status=Layer.Status.PUBLIC)
    current = layers.values_list("digest", flat=True).first()
    if current is None or current == digest:
        raise Http404
    return _moved("maps:layer-file", slug, key=key, digest=current)


def _moved(name: str, slug: str, **rest: str) -> HttpResponse:
    response = redirect(name, slug=slug, **rest)
    response.headers["Cache-Control"] = "no-store"
    return response


@reading_only
def layer_geojson(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Answer with a layer's GeoJSON as it is now; drafts only to those who may see them.

    One query for the digest, and one more for bytes that are not in memory. Who asks is looked at for drafts only, so
    that what is public can be shared by every cache.
    """
    layer = Layer.objects.filter(plan__slug=slug, key=key).only("digest", "status").first()
    if layer is not None and layer.status == Layer.Status.PUBLIC:
        found = map_files.not_modified(request, layer.digest, map_files.REVALIDATE) or map_files.public_file(
            request, slug, layer.digest, map_files.REVALIDATE
        )
        if found is not None:
            return found
    elif layer is not None and reads_drafts(request.user):
        body = map_files.read_body(slug, layer.digest, map_files.coding_for(request))
        if body is not None:
            return map_files.respond(body, layer.digest, map_files.PRIVATE)
    return problem(404, "layer-not-found", _("There is no such layer in this plan."))
