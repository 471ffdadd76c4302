"""The words for where a comment stands: three axes that move independently, and what belongs to them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Display(TextChoices):
    """Whether the public sees the comment. Refusing display never deletes it: it is still answered and counted."""

    PENDING = "pending", _("to be reviewed")
    PUBLIC = "public", _("public")
    WITHHELD = "withheld", _("not shown")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")


class Handling(TextChoices):
    """How far the authority has come with its answer."""

    REGISTERED = "registered", _("registered")
    DRAFTING = "drafting", _("answer being drafted")
    FOR_SIGN_OFF = "for-sign-off", _("for sign-off")
    ANSWERED = "answered", _("answered")


class Outcome(TextChoices):
    """采纳情况: what the authority decided; always with a reason (城乡规划法 26)."""

    ADOPTED = "adopted", _("adopted")
    PARTLY_ADOPTED = "partly-adopted", _("partly adopted")
    NOT_ADOPTED = "not-adopted", _("not adopted")
    ALREADY_REFLECTED = "already-reflected", _("already reflected in the plan")
    OUT_OF_SCOPE = "out-of-scope", _("outside this plan, referred")
    MERGED = "merged", _("merged with another comment")


class WithholdingReason(TextChoices):
    """Why a comment is not shown; the author is told."""

    SENSITIVE_PLACE = "sensitive-place", _("sensitive or secret places")
    UNLAWFUL = "unlawful", _("unlawful content")
    PERSONAL_ATTACK = "personal-attack", _("an attack on a person")
    PERSONAL_DATA = "personal-data", _("personal data of others")
    ADVERTISING = "advertising", _("advertising")
    OFF_TOPIC = "off-topic", _("not about this plan")
    DUPLICATE = "duplicate", _("a duplicate")
    OTHER = "other", _("another reason")


class Channel(TextChoices):
    """How the comment came in; one ledger for all of them."""

    WEB = "web", _("web site")
    LETTER = "letter", _("letter")
    PHONE = "phone", _("telephone")
    EMAIL = "email", _("e-mail")
    COUNTER = "counter", _("at the counter")
    MEETING = "meeting", _("meeting")
    HEARING = "hearing", _("hearing")
    DEPARTMENT = "department", _("another department")
    OTHER = "other", _("another way")


class PlaceKind(TextChoices):
    """What a comment points at."""

    POINT = "point", _("a place on the map")
    LINE = "line", _("a line on the map")
    AREA = "area", _("an area on the map")
    FEATURE = "feature", _("something that the plan draws")
    VILLAGE = "village", _("a village")
    CHAPTER = "chapter", _("a chapter of the plan")
    NONE = "none", _("no particular place")
