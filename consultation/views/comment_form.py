"""The form for a comment, and what comes back when it can't be filed: always what was typed, and what to do."""

import logging
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consultation import actions, choices, fair_play, limits, places, rules
from consultation.forms import CommentForm
from consultation.place_words import PlaceWords, coordinates
from consultation.views.kept_receipt import keep
from portal import question
from portal.refusal import Refusal

log = logging.getLogger(__name__)
OUTAGE = (OperationalError, InterfaceError)
NOT_OPEN = ("consultation-closed", "consultation-not-open", "no-consultation")
PREFILLED = ("lon", "lat", "feature", "village", "chapter", "topic")


class _TokenCheck(CsrfViewMiddleware):
    """Django's check of the form's token, which says what is wrong instead of answering in our place."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def _token_refusal(request: HttpRequest) -> Refusal | None:
    check = _TokenCheck(lambda request: HttpResponse())
    # None: the view's own exemption must not count here.
    reason = check.process_view(request, None, (), {})
    if not reason:
        return None
    message = _("The page was open too long, or your browser refuses cookies. Nothing was saved. Please send it again.")
    return Refusal("csrf", message, status=403)


# Exempt because we check the token ourselves: a page that was open overnight must not cost anybody their words.
@csrf_exempt
# The page may stay in the browser's history with what was typed, but nowhere else.
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def comment_new(request: HttpRequest) -> HttpResponse:
    """Show the form, or file what it holds and lead to the receipt."""
    if request.method != "POST":
        return _blank(request)
    try:
        posted = request.POST
    except (RequestDataTooBig, TooManyFieldsSent):
        return _too_large(request)
    try:
        return _file(request, posted)
    except OUTAGE as error:
        log.error("a comment could not be filed, the database can't be reached: %s", type(error).__name__)
        return _outage(request, posted)


def _blank(request: HttpRequest) -> HttpResponse:
    offered = choices.load(request.user)
    initial = {name: request.GET[name][:80] for name in PREFILLED if request.GET.get(name)}
    given = [kind for kind, name in (("map", "lon"), ("feature", "feature"), ("village", "village")) if name in initial]
    initial["place"] = next(iter(given), "chapter" if "chapter" in initial else "")
    form = CommentForm(initial=initial, choices=offered)
    refused = rules.may_comment(offered.consultation, timezone.now()) if offered.consultation else None
    return _page(request, form, refused)


def _file(request: HttpRequest, posted: QueryDict) -> HttpResponse:
    offered = choices.load(request.user)
    form = CommentForm(posted, choices=offered)
    consultation, now = offered.consultation, timezone.now()
    if consultation is None:
        message = _("No plan is out for comments at the moment. What you typed is kept below; copy it if you want.")
        return _page(request, form, Refusal("no-consultation", message, status=409))
    refused = _token_refusal(request)
    if refused:
        return _page(request, form, refused)
    try:
        if not form.is_valid():
            raise rules.may_comment(consultation, now) or Refusal("invalid", "", status=400)
        draft = _draft(form)
        receipt = actions.sent_before(consultation, draft, form.idempotency_key)
        if receipt is None:
            receipt = _submit(request, form, draft, now)
    except Refusal as refusal:
        return _refused(request, form, refusal)
    response = HttpResponseRedirect(reverse("consultation:comment-received"), status=303)
    keep(response, receipt.comment.number, receipt.code)
    return response


def _submit(request: HttpRequest, form: CommentForm, draft: actions.Draft, now: datetime) -> actions.Receipt:
    """Register what wasn't registered before. Raises a Refusal where rule, proof or limit says no."""
    consultation = form.offered.consultation
    refused = rules.may_comment(consultation, now)
    if refused:
        raise refused
    evidence = fair_play.Evidence.of_form(request.POST)
    return fair_play.submit(request, consultation, draft, evidence, now=now, idempotency_key=form.idempotency_key)


def _draft(form: CommentForm) -> actions.Draft:
    return actions.Draft(
        topic=form.offered.topic(form.cleaned_data["topic"]),
        text=form.cleaned_data["text"],
        place=places.resolve(form.offered.consultation.plan, form.place_value()),
        display_consent=form.cleaned_data["display_consent"],
        contact=form.contact(),
        language=get_language() or settings.LANGUAGE_CODE,
    )


def _refused(request: HttpRequest, form: CommentForm, refusal: Refusal) -> HttpResponse:
    if refusal.code == "idempotency-key-reused":
        # Somebody came back by the back button and changed the words: sent again, they are a comment of their own.
        form.renew_key()
        message = _("This form was sent already, with other words. Send it again to file it as another comment.")
        refusal = Refusal(refusal.code, message, status=409)
    if refusal.field in form.fields:
        form.add_error(refusal.field, str(refusal.message))
        refusal = Refusal(refusal.code, "", status=refusal.status)
    return _page(request, form, refusal)


def _outage(request: HttpRequest, posted: QueryDict) -> HttpResponse:
    """Give back the filled form, asking the database nothing: no reader, no names but those kept from before."""
    request.user = AnonymousUser()
    message = _(
        "The portal can't reach its database at the moment, so your comment is not filed yet. Everything you typed is "
        "still here. Please wait a minute and send it again; it will be filed once, however often you try."
    )
    # Unbound: what may be wrong with a field can wait until the comment can be filed.
    form = CommentForm(initial=posted.dict(), choices=choices.spare(posted))
    return _page(request, form, Refusal("database-unavailable", message, status=503), in_words=False)


def _page(
    request: HttpRequest, form: CommentForm, refusal: Refusal | None = None, *, in_words: bool = True
) -> HttpResponse:
    offered = form.offered
    status = refusal.status if refusal and request.method == "POST" else 200
    place, problem = _map_place(form) if in_words and offered.consultation else (None, "")
    context = {
        "form": form,
        "refusal": refusal,
        "is_outage": status == 503,
        "is_closed": bool(refusal)
        and refusal.code in ("consultation-closed", "consultation-not-open", "no-consultation"),
        "place_in_words": PlaceWords(offered.consultation.plan, [place]).say(place) if place else "",
        "place_coordinates": coordinates(place.anchor) if place else "",
        "place_problem": problem,
        "map_url": _map_url(form),
        "contact_fields": [form["name"], form["phone"], form["email"]],
        "text_max": rules.TEXT_MAX,
        "text_min": rules.TEXT_MIN,
        **_fair_play(request, refusal),
        # What is known already isn't asked again, least of all of a database that is away.
        **choices.consultation_context(offered),
    }
    response = render(request, "consultation/comment_form.html", context, status=status)
    if status in (429, 503):
        response.headers["Retry-After"] = "60" if status == 503 else str(limits.seconds_left())
    return response


def _fair_play(request: HttpRequest, refusal: Refusal | None) -> dict[str, object]:
    """Return what the form carries to show that it isn't one of thousands; where the proof failed, a question too."""
    if not settings.PROOF_OF_WORK:
        return {"asks_proof": False}
    kept = request.POST.get("opened", "") if request.method == "POST" else ""
    return {
        "asks_proof": True,
        "shows_question": bool(refusal) and refusal.code in ("proof-required", "proof-invalid"),
        "question": question.ask(),
        "opened": fair_play.page_time(kept),
    }


def _map_place(form: CommentForm) -> tuple[places.Place | None, str]:
    """Return the place that came from the map, and what is wrong with it, for the words beside its choice."""
    plan = form.offered.consultation.plan
    value = {name: str(form[name].value() or "") for name in ("lon", "lat", "feature")}
    try:
        if value["lon"] and value["lat"]:
            return places.resolve(plan, places.point_value(value["lon"], value["lat"])), ""
        if value["feature"]:
            return places.resolve(plan, {"feature": value["feature"]}), ""
    except Refusal as refusal:
        return None, str(refusal.message)
    return None, ""


def _map_url(form: CommentForm) -> str:
    """Return the address of the map, at the place that was chosen there."""
    lon, lat, feature = (str(form[name].value() or "") for name in ("lon", "lat", "feature"))
    hash_of_place = f"#at={quote(lon)},{quote(lat)}" if lon and lat else f"#feature={quote(feature)}" if feature else ""
    return reverse("consultation:home") + hash_of_place


def _too_large(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("This is too large to be sent"),
        "text": _(
            "A comment has at most %(most)s characters; what you sent is many times longer. Nothing was saved. "
            "Go back: what you typed is still in the form there. Please shorten it."
        )
        % {"most": rules.TEXT_MAX},
        "status": 413,
    }
    return render(request, "portal/error.html", context, status=413)
