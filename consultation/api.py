"""The API of the conversation: send a comment, read what is public, support it, follow a receipt.

Nobody signs in here, so there is no session that a foreign page could use, and no token to ask for. Only JSON comes in.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consultation import (
    actions,
    comments_geojson,
    fair_play,
    limits,
    listing,
    places,
    receipts,
    rules,
    standing,
    validators,
)
from consultation import serializers as shapes
from consultation.api_input import BoundedJSONParser, read
from consultation.models import Comment, Consultation, Contact, Topic
from consultation.place_words import PlaceWords
from consultation.states import Display
from portal.problems import ProblemSerializer
from portal.refusal import Refusal

PAGE_SIZE = 100
PAGE_SIZE_MAX = 1000
GEOJSON = "application/geo+json"


def problems(*statuses: int) -> dict[int, type]:
    """Return the schema of errors with these statuses."""
    return dict.fromkeys(statuses, ProblemSerializer)


def _parameter(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, description=description)


class Open(APIView):
    """Open to everybody; what comes in is JSON of a bounded size."""

    permission_classes = (AllowAny,)
    authentication_classes = ()
    parser_classes = (BoundedJSONParser,)


def throttled(refused: Refusal | None) -> None:
    """Answer a refused use with 429 and when to come again."""
    if refused:
        raise Throttled(limits.seconds_left(), str(refused.message))


class CommentList(Open):
    """The published comments, and the way in for new ones."""

    @extend_schema(
        operation_id="comments_list",
        summary="Published comments as GeoJSON, the newest first",
        parameters=[
            _parameter("bbox", "west,south,east,north in degrees: only comments with a place in there."),
            _parameter("topic", "Key of a topic."),
            _parameter("village", "Id of a village."),
            _parameter("decision", "A decision, or `undecided`."),
            _parameter("page", "Where the page begins; take it from `next`."),
            OpenApiParameter(
                "limit", int, description=f"Comments per page, at most {PAGE_SIZE_MAX}; else {PAGE_SIZE}."
            ),
        ],
        responses={(200, GEOJSON): shapes.CommentCollectionSerializer, **problems(400)},
    )
    def get(self, request: Request) -> HttpResponse:
        """List comments that their authors and a planner agreed to show. One query."""
        query = request.query_params
        wanted = listing.Filter.parse(query)
        size = self._size(query.get("limit", ""))
        cursor = listing.Cursor.parse(query["page"]) if query.get("page") else None
        comments = wanted.apply(Comment.objects.visible_to(AnonymousUser()))
        comments = comments.of_plan(settings.DEFAULT_PLAN)
        found = comments_geojson.read(listing.page(comments, cursor, size), size)
        following = {**query.dict(), "page": str(found.next)} if found.next else None
        next_url = f"{reverse('api:comments')}?{urlencode(following)}" if following else None
        response = HttpResponse(found.collection(next_url), content_type=GEOJSON)
        response.headers["Cache-Control"] = "no-cache"
        return response

    @staticmethod
    def _size(text: str) -> int:
        if not text:
            return PAGE_SIZE
        if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= PAGE_SIZE_MAX):
            message = _("The limit is a number from 1 to %(most)s.") % {"most": PAGE_SIZE_MAX}
            raise Refusal("limit-unreadable", message, status=400, field="limit")
        return int(text)

    @extend_schema(
        operation_id="comments_create",
        summary="Send a comment",
        description="Registered at once, read by a planner, shown only with the author's consent. With an "
        "`Idempotency-Key` the same request may be sent again: it is filed once and gets the same receipt (200). Needs "
        "`proof`, a solved puzzle from `/api/v1/proof/` (problems `proof-required`, `proof-invalid`).",
        parameters=[
            OpenApiParameter(
                "Idempotency-Key",
                str,
                OpenApiParameter.HEADER,
                description="16 to 64 letters, digits, hyphens, underscores; random, such as a UUID.",
            )
        ],
        request=shapes.CommentInSerializer,
        responses={
            201: shapes.ReceiptSerializer,
            200: shapes.ReceiptSerializer,
            **problems(400, 404, 409, 413, 415, 429, 503),
        },
    )
    def post(self, request: Request) -> Response:
        """Register a comment."""
        values = read(shapes.CommentInSerializer, request)
        key = request.headers.get("Idempotency-Key", "")
        if key and not validators.is_idempotency_key(key):
            message = _("An idempotency key has 16 to 64 letters, digits, hyphens, underscores.")
            raise Refusal("idempotency-key-unreadable", message, status=400, field="Idempotency-Key")
        now = timezone.now()
        consultation = _consultation(values.get("consultation"), now)
        draft = _draft(consultation, values)
        receipt = actions.sent_before(consultation, draft, key)
        if receipt is None:
            refused = rules.may_comment(consultation, now)
            if refused:
                raise refused
            evidence = fair_play.Evidence(proof=values.get("proof"))
            try:
                receipt = fair_play.submit(request, consultation, draft, evidence, now=now, idempotency_key=key)
            except Refusal as refusal:
                throttled(refusal if refusal.code == "throttled" else None)
                raise
        body = {
            "number": receipt.comment.number,
            "code": receipt.code,
            "receipt": request.build_absolute_uri(reverse("consultation:receipt")),
        }
        response = Response(body, status=201 if receipt.is_new else 200)
        response["Cache-Control"] = "no-store"
        return response


def _consultation(slug: str | None, now: datetime) -> Consultation:
    """Return the consultation that is meant. Raises a Refusal where there is none."""
    reader = AnonymousUser()
    if slug:
        visible = Consultation.objects.visible_to(reader, now).select_related("plan")
        found = visible.filter(slug=slug).first()
    else:
        found = Consultation.objects.current(settings.DEFAULT_PLAN, reader, now)
    if found is None:
        raise Refusal("no-consultation", _("There is no such consultation."), status=404, field="consultation")
    return found


def _topic(consultation: Consultation, key: str) -> Topic:
    """Return the topic of this key, or refuse with the keys that there are. One query."""
    topics = {topic.key: topic for topic in consultation.topics.all()}
    if key not in topics:
        message = _("This consultation has no such topic. Its topics are: %(topics)s.")
        raise Refusal("topic-unknown", message % {"topics": ", ".join(topics)}, status=400, field="topic")
    return topics[key]


def _draft(consultation: Consultation, values: dict) -> actions.Draft:
    """Check everything that needs no plan first, so that a closed consultation says so before anything else."""
    refused = rules.text_refusal(values["text"])
    if refused:
        raise refused
    topic = _topic(consultation, values["topic"])
    return actions.Draft(
        topic=topic,
        text=values["text"],
        place=places.resolve(consultation.plan, values["place"]),
        display_consent=values["display_consent"],
        contact={name: value for name, value in (values.get("contact") or {}).items() if value},
        language=get_language() or settings.LANGUAGE_CODE,
    )


def public_comment(number: str) -> Comment:
    """Return a published comment. Raises the same Refusal (404) for a hidden one as for a number never given out."""
    comment = Comment.objects.published().filter(number=receipts.normalised(number)[:20]).first()
    if comment is None:
        raise Refusal("comment-not-found", _("There is no public comment with this number."), status=404)
    return comment


class CommentDetail(Open):
    """One published comment."""

    @extend_schema(
        operation_id="comments_retrieve",
        summary="One published comment",
        responses={(200, GEOJSON): shapes.CommentFeatureSerializer, **problems(404)},
    )
    def get(self, request: Request, number: str) -> HttpResponse:
        """Return a comment as a GeoJSON feature; a hidden one is as absent as one that never was."""
        comment = public_comment(number)
        found = comments_geojson.read(Comment.objects.published().filter(pk=comment.pk), 1)
        if not found.features:
            raise Refusal("comment-not-found", _("There is no public comment with this number."), status=404)
        response = HttpResponse(found.features[0], content_type=GEOJSON)
        response.headers["Cache-Control"] = "no-cache"
        return response


class CommentSupport(Open):
    """附议."""

    @extend_schema(
        operation_id="comments_support",
        summary="Support a published comment",
        description="Counted once for each browser (by the cookie of our forms; without it, once a day per network).",
        request=None,
        responses={200: shapes.SupportSerializer, **problems(404, 429, 503)},
    )
    def post(self, request: Request, number: str) -> Response:
        """Count a support."""
        comment = public_comment(number)
        throttled(limits.support_refusal(request, comment.pk))
        counted = actions.support(comment, supporter=limits.supporter(request), now=timezone.now())
        return Response({"number": comment.number, "supports": comment.supports, "counted": counted})


class ReceiptLookup(Open):
    """Following a comment."""

    @extend_schema(
        operation_id="receipt_lookup",
        summary="What became of my comment",
        request=shapes.ReceiptInSerializer,
        responses={200: shapes.StandingSerializer, **problems(400, 404, 413, 415, 429, 503)},
    )
    def post(self, request: Request) -> Response:
        """Show where a comment stands; a wrong number and a wrong code get the same answer (404, receipt-unknown)."""
        values = read(shapes.ReceiptInSerializer, request)
        throttled(limits.receipt_refusal(request))
        comment = receipts.find(values["number"], values["code"])
        if comment is None:
            raise receipts.unknown()
        response = Response(shapes.StandingSerializer(_standing(comment)).data)
        response["Cache-Control"] = "no-store"
        return response


def _standing(comment: Comment) -> dict:
    decision, reply = standing.decision_of(comment), standing.reply_of(comment)
    shown = comment.display == Display.PUBLIC
    return {
        "number": comment.number,
        "submitted_at": comment.submitted_at,
        "topic": comment.topic.key,
        "text": comment.text,
        "public_text": comment.public_text if shown else None,
        "place": PlaceWords(comment.plan, [comment]).say(comment),
        "display": comment.display,
        "display_consent": comment.display_consent,
        "withholding_reason": comment.withholding_reason or None,
        "withholding_note": comment.withholding_note or None,
        "handling": comment.handling,
        "decision": decision.outcome if decision else None,
        "decision_reason": decision.reason if decision else None,
        "reply": reply.text if reply else None,
        "supports": comment.supports,
        "has_contact": Contact.objects.filter(comment=comment).exists(),
        "steps": standing.steps(comment),
    }
