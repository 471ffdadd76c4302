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

from consultation import actions, choices, limits, listing, receipts, standing, village_counts
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
    found = wanted.apply(Comment.objects.published().of_plan(settings.DEFAULT_PLAN))
    rows = list(listing.page(found.select_related("topic", "decision", "plan"), cursor, PAGE_SIZE))
    shown, is_more = rows[:PAGE_SIZE], len(rows) > PAGE_SIZE
    words = PlaceWords(shown[0].plan, shown) if shown else None
    chosen = wanted.chosen
    context = {
        "items": [
            {"comment": comment, "place": words.say(comment), "decision": standing.decision_of(comment)}
            for comment in shown
        ],
        "offered": offered,
        "villages": _villages(offered, wanted),
        "near_words": coordinates(wanted.near),
        "near_metres": listing.NEAR_METRES,
        "all_around_query": wanted.query_without("lon", "lat"),
        "map_url": reverse("consultation:home") + at(wanted.near),
        "decisions": [(listing.UNDECIDED, _("not decided yet")), *Outcome.choices],
        "chosen": chosen,
        "is_filtered": bool(chosen),
        "is_first_page": cursor is None,
        "first_query": f"?{urlencode(chosen)}" if chosen else "",
        "next_query": f"?{urlencode({**chosen, 'page': str(listing.Cursor.after(shown[-1]))})}" if is_more else "",
    } | choices.consultation_context(offered)
    return render(request, "consultation/comments.html", context)


def _villages(offered: choices.Choices, wanted: listing.Filter) -> list[dict[str, object]]:
    """Return the villages with the number of their published comments and the query that shows them. One query."""
    if offered.consultation is None:
        return []
    counts = village_counts.published(offered.consultation.plan, [village.key for village in offered.villages])
    return [
        {
            "village": village,
            "count": counts.get(village.key, 0),
            "is_many": counts.get(village.key, 0) >= village_counts.COUNTED,
            "query": wanted.query_without("village", village=village.key),
        }
        for village in offered.villages
    ]


def published_comment(number: str) -> Comment:
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
    thanks = ""
    if request.GET.get("supported"):
        thanks = _("Thank you. Your support is counted.")
    elif request.GET.get("reported"):
        thanks = _("Thank you. A planner looks at your report and decides whether the comment stays public.")
    return _page(request, published_comment(number), note=thanks)


@require_POST
def comment_support(request: HttpRequest, number: str) -> HttpResponse:
    """Count one person's support of a published comment, once."""
    found = published_comment(number)
    refused = limits.support_refusal(request, found.pk)
    if refused:
        response = _page(request, found, note=str(refused.message), status=429)
        response.headers["Retry-After"] = str(limits.seconds_left())
        return response
    actions.support(found, supporter=limits.supporter(request), now=timezone.now())
    address = reverse("consultation:comment", args=[found.number])
    return HttpResponseRedirect(f"{address}?supported=1#support", status=303)
