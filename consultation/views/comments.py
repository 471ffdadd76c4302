"""What others said: the published comments as a list and one by one, and supporting them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from consultation import actions, choices, limits, listing, receipts, standing
from consultation.models import Comment
from consultation.place_words import PlaceWords, at, coordinates
from consultation.states import Outcome
from portal.refusal import Refusal

PAGE_SIZE = 20


@require_safe
@cache_control(private=True, no_cache=True)
def comments(request: HttpRequest) -> HttpResponse:
    """List published comments, the newest first, by topic, village and decision. A fixed number of queries."""
    offered = choices.load(request.user)
    try:
        wanted = listing.Filter.parse(request.GET)
        cursor = listing.Cursor.parse(request.GET["page"]) if request.GET.get("page") else None
    except Refusal:
        # An address that was cut off or typed by hand: the whole list is a better answer than an error.
        return HttpResponseRedirect(reverse("consultation:comments"))
    found = wanted.apply(Comment.objects.published().filter(plan__slug=settings.DEFAULT_PLAN))
    rows = list(listing.page(found.select_related("topic", "decision", "plan"), cursor, PAGE_SIZE))
    shown, is_more = rows[:PAGE_SIZE], len(rows) > PAGE_SIZE
    words = PlaceWords(shown[0].plan, shown) if shown else None
    chosen = {"topic": wanted.topic, "village": wanted.village, "decision": wanted.decision}
    chosen = {name: value for name, value in chosen.items() if value}
    context = {
        "items": [
            {"comment": comment, "place": words.say(comment), "decision": standing.decision_of(comment)}
            for comment in shown
        ],
        "offered": offered,
        "decisions": [(listing.UNDECIDED, _("not decided yet")), *Outcome.choices],
        "chosen": chosen,
        "is_filtered": bool(chosen),
        "is_first_page": cursor is None,
        "first_query": f"?{urlencode(chosen)}" if chosen else "",
        "next_query": f"?{urlencode({**chosen, 'page': str(listing.Cursor.after(shown[-1]))})}" if is_more else "",
    } | choices.consultation_context(offered)
    return render(request, "consultation/comments.html", context)


def _published(number: str) -> Comment:
    """Return a published comment; Http404 for a hidden one just as for a number that was never given out."""
    comment = Comment.objects.published().whole().filter(number=receipts.normalised(number)[:20]).first()
    if comment is None:
        raise Http404
    return comment


def _page(request: HttpRequest, comment: Comment, *, note: str = "", status: int = 200) -> HttpResponse:
    words = PlaceWords(comment.plan, [comment])
    context = {
        "comment": comment,
        "place": words.say(comment),
        "place_coordinates": coordinates(comment.anchor),
        "map_url": reverse("consultation:home") + at(comment.anchor),
        "decision": standing.decision_of(comment),
        "reply": standing.reply_of(comment),
        "note": note,
    }
    return render(request, "consultation/comment_detail.html", context, status=status)


@require_safe
@cache_control(private=True, no_cache=True)
def comment(request: HttpRequest, number: str) -> HttpResponse:
    """Show one published comment with its place, decision and reply."""
    thanks = _("Thank you. Your support is counted.") if request.GET.get("supported") else ""
    return _page(request, _published(number), note=thanks)


@require_POST
def comment_support(request: HttpRequest, number: str) -> HttpResponse:
    """Count one person's support of a published comment, once."""
    found = _published(number)
    refused = limits.support_refusal(request, found.pk)
    if refused:
        response = _page(request, found, note=str(refused.message), status=429)
        response.headers["Retry-After"] = str(limits.seconds_left())
        return response
    actions.support(found, supporter=limits.supporter(request), now=timezone.now())
    address = reverse("consultation:comment", args=[found.number])
    return HttpResponseRedirect(f"{address}?supported=1#support", status=303)
