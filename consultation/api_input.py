"""JSON that comes in: of a bounded size and depth, and read into plain values or refused with the fields named."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from portal.refusal import Refusal


class BoundedJSONParser(JSONParser):
    """JSON as RFC 8259 has it (no NaN), as large as a form may be, and not so deep that reading it fails."""

    def parse(self, stream: object, media_type: str | None = None, parser_context: dict | None = None) -> object:
        """Return the parsed body. Raises ParseError (400) for what isn't JSON, a Refusal (413) for too much of it."""
        try:
            length = int(parser_context["request"].META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise too_large()
        try:
            return super().parse(stream, media_type, parser_context)
        except (ParseError, RecursionError) as error:
            raise ParseError(_("The body is not JSON that can be read. Nothing was saved.")) from error


def too_large() -> Refusal:
    """Return the answer to a body beyond all measure."""
    return Refusal("too-large", _("This is too large to be sent. Nothing was saved."), status=413)


def read(shape: type[Serializer], request: Request) -> dict:
    """Return the body's values in this shape. Raises a ValidationError (400) that names every wrong field."""
    try:
        body = request.data
    except RequestDataTooBig as error:
        # Where something else has begun to read the request, Django's own limit speaks first.
        raise too_large() from error
    serializer = shape(data=body)
    if not serializer.is_valid():
        raise ValidationError(_flat(serializer.errors))
    return serializer.validated_data


def _flat(errors: dict, prefix: str = "") -> dict[str, list[str]]:
    """Return errors of nested fields under their full names: {"contact.phone": ["…"]}."""
    found: dict[str, list[str]] = {}
    for name, value in errors.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{name}.")
        else:
            found[f"{prefix}{name}"] = [str(sentence) for sentence in value]
    return found
