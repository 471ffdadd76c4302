"""The API's shapes: what comes in with a comment and a receipt, and what goes out. Shape only; rules.py decides."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consultation import validators
from consultation.states import Display, Handling, Outcome, PlaceKind
from portal import proof

PLACE = {
    "description": "A GeoJSON geometry (Point, LineString, Polygon; longitude and latitude in degrees) inside the "
    "plan's area, or one of the plan's own things by its id, or null for no particular place.",
    "nullable": True,
    "oneOf": [
        {
            "type": "object",
            "required": ["type", "coordinates"],
            "properties": {
                "type": {"type": "string", "enum": ["Point", "LineString", "Polygon"]},
                "coordinates": {"type": "array", "items": {}},
            },
        },
        *(
            {
                "type": "object",
                "required": [name],
                "properties": {name: {"type": "string", "maxLength": 80}},
                "additionalProperties": False,
            }
            for name in ("village", "feature", "chapter")
        ),
    ],
}


@extend_schema_field(PLACE)
class PlaceField(serializers.Field):
    """A place as it was sent; `consultation.places.resolve` reads it."""

    def to_internal_value(self, data: object) -> object:
        """Return it as it is."""
        return data


class ContactSerializer(serializers.Serializer):
    """How to reach the author: only to answer, stored sealed, deleted on schedule."""

    name = serializers.CharField(required=False, allow_blank=True, max_length=validators.NAME_LENGTH)
    phone = serializers.CharField(required=False, allow_blank=True, max_length=validators.PHONE_LENGTH)
    email = serializers.EmailField(required=False, allow_blank=True, max_length=validators.EMAIL_LENGTH)

    def validate_phone(self, value: str) -> str:
        """Refuse what can't be a telephone number."""
        if value:
            validators.phone_number(value)
        return value


class CommentInSerializer(serializers.Serializer):
    """A comment as it is sent."""

    topic = serializers.CharField(max_length=40, help_text="Key of a topic of the consultation.")
    text = serializers.CharField(
        allow_blank=True, trim_whitespace=True, help_text="10 to 2 000 characters. Name nobody; give no numbers."
    )
    place = PlaceField(required=False, allow_null=True, default=None)
    display_consent = serializers.BooleanField(
        default=False, help_text="Whether text and place may be shown, without the author, after review."
    )
    contact = ContactSerializer(required=False, allow_null=True)
    consultation = serializers.SlugField(
        required=False, max_length=60, help_text="Slug of a consultation; the plan's open one without it."
    )
    proof = serializers.JSONField(
        required=False, allow_null=True, help_text="A solved puzzle from /api/v1/proof/, as an object or in base64."
    )

    def validate_text(self, value: str) -> str:
        """Return the text with plain line ends."""
        return validators.plain_line_ends(value)


class ChallengeParametersSerializer(serializers.Serializer):
    """What is to be solved."""

    algorithm = serializers.ChoiceField(choices=[proof.ALGORITHM])
    cost = serializers.IntegerField(help_text="How often each try is hashed.")
    keyLength = serializers.IntegerField()
    keyPrefix = serializers.CharField(help_text="Hexadecimal: how the key that is looked for begins.")
    keySignature = serializers.CharField()
    nonce = serializers.CharField(help_text="Hexadecimal.")
    salt = serializers.CharField(help_text="Hexadecimal. The first hash is of salt, nonce and counter (32 bits).")
    expiresAt = serializers.IntegerField(help_text="Seconds since 1970.")
    data = serializers.DictField()


class ChallengeSerializer(serializers.Serializer):
    """A puzzle of the ALTCHA protocol, version 2."""

    parameters = ChallengeParametersSerializer()
    signature = serializers.CharField()


class ReceiptSerializer(serializers.Serializer):
    """What the author keeps."""

    number = serializers.CharField(help_text="Such as JF-2027-000123. Anybody may know it.")
    code = serializers.CharField(help_text="Shown now and never again; stored as a hash only.")
    receipt = serializers.CharField(help_text="Address of the page where number and code are typed in.")


class ReceiptInSerializer(serializers.Serializer):
    """Number and code of a receipt."""

    number = serializers.CharField(max_length=40)
    code = serializers.CharField(max_length=40)


class CommentPropertiesSerializer(serializers.Serializer):
    """What the public may read of a comment: nothing of its author."""

    number = serializers.CharField()
    topic = serializers.CharField(help_text="Key of the topic.")
    topic_name = serializers.CharField()
    text = serializers.CharField(help_text="As shown: telephone numbers and the like are masked.")
    place = serializers.ChoiceField(choices=PlaceKind.values)
    village = serializers.CharField(allow_null=True, help_text="Id of the village that it is in or near.")
    village_name = serializers.CharField(allow_null=True)
    feature = serializers.CharField(allow_null=True)
    chapter = serializers.CharField(allow_null=True)
    submitted_at = serializers.DateTimeField()
    decision = serializers.ChoiceField(choices=Outcome.values, allow_null=True)
    decision_name = serializers.CharField(allow_null=True)
    decision_reason = serializers.CharField(allow_null=True)
    reply = serializers.CharField(allow_null=True)
    supports = serializers.IntegerField()


@extend_schema_field(OpenApiTypes.OBJECT)
class GeometryField(serializers.JSONField):
    """A GeoJSON point with four decimals, or null."""


class CommentFeatureSerializer(serializers.Serializer):
    """A comment as a GeoJSON feature."""

    type = serializers.ChoiceField(choices=["Feature"])
    id = serializers.CharField()
    geometry = GeometryField(allow_null=True)
    properties = CommentPropertiesSerializer()


class CommentCollectionSerializer(serializers.Serializer):
    """A page of comments as a GeoJSON feature collection."""

    type = serializers.ChoiceField(choices=["FeatureCollection"])
    next = serializers.CharField(allow_null=True, help_text="Address of the next page; null on the last one.")
    features = CommentFeatureSerializer(many=True)


class SupportSerializer(serializers.Serializer):
    """How many support a comment now."""

    number = serializers.CharField()
    supports = serializers.IntegerField()
    counted = serializers.BooleanField(help_text="False when the same person had supported it before.")


class StepSerializer(serializers.Serializer):
    """One step on the way of a comment."""

    key = serializers.ChoiceField(choices=["registered", "reviewed", "answered"])
    state = serializers.ChoiceField(choices=["done", "now", "later"])
    title = serializers.CharField()
    text = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)


class StandingSerializer(serializers.Serializer):
    """What became of a comment, for the one who has its receipt."""

    number = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    topic = serializers.CharField()
    text = serializers.CharField(help_text="As it was sent.")
    public_text = serializers.CharField(allow_null=True, help_text="As the public reads it; null when it isn't shown.")
    place = serializers.CharField(help_text="In words.")
    display = serializers.ChoiceField(choices=Display.values)
    display_consent = serializers.BooleanField()
    withholding_reason = serializers.CharField(allow_null=True)
    withholding_note = serializers.CharField(allow_null=True)
    handling = serializers.ChoiceField(choices=Handling.values)
    decision = serializers.ChoiceField(choices=Outcome.values, allow_null=True)
    decision_reason = serializers.CharField(allow_null=True)
    reply = serializers.CharField(allow_null=True)
    supports = serializers.IntegerField()
    has_contact = serializers.BooleanField(help_text="Whether contact data are kept with the comment.")
    steps = StepSerializer(many=True)
