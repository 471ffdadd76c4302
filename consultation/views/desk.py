"""The desk: the queue of comments, and the page on which one comment is read, shown or withheld, and answered."""

from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultation import actions, desk_comment, desk_queue, reporting, rules
from consultation.desk_access import desk_page, plan_of
from consultation.desk_forms import DecisionForm, WithholdForm
from consultation.models import Comment, Topic
from consultation.place_words import PlaceWords
from consultation.report_forms import SettleForm
from consultation.states import Display, Handling
from maps.models import Feature
from portal.refusal import Refusal


@require_safe
@desk_page
def queue(request: HttpRequest) -> HttpResponse:
    """Show the comments of one state, what waits longest first, fifty at a time."""
    plan, chosen, now = plan_of(request), desk_queue.Filter.read(request.GET), timezone.now()
    page = desk_queue.page(Comment.objects.visible_to(request.user).filter(plan=plan), chosen, request.GET)
    places = PlaceWords(plan, page.comments)
    rows = [
        {
            "comment": c,
            "place": places.say(c),
            "days": (now - c.submitted_at).days,
            "excerpt": desk_comment.excerpt(c),
        }
        for c in page.comments
    ]
    counts = desk_queue.counts(plan)
    tabs = [
        {"label": label, "count": counts.get(value), "query": chosen.showing(value).query, "value": value}
        for value, label in [*Display.choices, (desk_queue.ALL, _("all"))]
    ]
    context = {
        "plan": plan,
        "filter": chosen,
        "tabs": tabs,
        "counted": desk_queue.COUNTED,
        "rows": rows,
        "page": page,
        "topics": Topic.objects.filter(consultation__plan=plan).order_by("order", "id"),
        "villages": Feature.objects.filter(plan=plan).villages().only("key", "name_zh", "name_en").order_by("order"),
        "handlings": Handling.choices,
        "may_export": rules.may_export(request.user) is None,
        "undo": desk_comment.undo_of(request),
        "reported": desk_queue.count_reported(plan),
    }
    return render(request, "consultation/desk/queue.html", context)


@dataclass
class Answer:
    """What a posted form came to: the refusal, the forms with what was typed, the contact data that were asked for."""

    refusal: Refusal | None = None
    typed: dict[str, forms.Form] = field(default_factory=dict)
    contact: dict[str, str] | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def comment(request: HttpRequest, number: str) -> HttpResponse:
    """Show one comment with everything that belongs to it, and take the forms below it."""
    visible = Comment.objects.visible_to(request.user).select_related("topic", "plan", "decision", "reply")
    one = get_object_or_404(visible, number=number)
    answer = Answer()
    if request.method == "POST":
        try:
            done = _post(request, one, answer)
        except Refusal as refusal:
            answer.refusal = refusal
            one.refresh_from_db()
        else:
            if done:
                return done
    return _shown(request, one, answer)


def _shown(request: HttpRequest, one: Comment, answer: Answer) -> HttpResponse:
    chosen = desk_queue.Filter.read(request.GET)
    queue = Comment.objects.visible_to(request.user).filter(plan=one.plan)
    decision, reply = getattr(one, "decision", None), getattr(one, "reply", None)
    typed = {
        "outcome": decision.outcome if decision else "",
        "reason": decision.reason if decision else "",
        "reply": reply.text if reply else "",
    }
    context = desk_comment.context(request.user, one) | {
        "filter": chosen,
        "next": desk_queue.next_pending(queue, chosen, after=one),
        "refusal": answer.refusal,
        "contact": answer.contact,
        "withhold_form": answer.typed.get("withhold") or WithholdForm(prefix="withhold"),
        "settle_form": answer.typed.get("settle") or SettleForm(prefix="settle"),
        "decision_form": answer.typed.get("decide") or DecisionForm(prefix="decide", initial=typed),
        "undo": desk_comment.undo_of(request),
    }
    invalid = any(form.errors for form in answer.typed.values())
    status = answer.refusal.status if answer.refusal else 400 if invalid else 200
    return render(request, "consultation/desk/comment.html", context, status=status)


def _post(request: HttpRequest, one: Comment, answer: Answer) -> HttpResponse | None:
    """Do what the posted form asks for; None when the page is to be shown again. Raises a Refusal."""
    do = {"publish": _publish, "withhold": _withhold, "return": _return, "decide": _decide, "contact": _contact}
    do["settle"] = _settle
    wanted = do.get(request.POST.get("do", ""))
    if wanted is None:
        raise Refusal("unknown-action", _("This form can't be read. Nothing was saved."), status=400)
    return wanted(request, one, answer)


def _valid(
    request: HttpRequest, one: Comment, answer: Answer, kind: type[forms.Form], name: str, may: Refusal | None
) -> dict[str, str] | None:
    """Return what was typed, once role, version and shape are right; None where the form has errors."""
    form = answer.typed[name] = kind(request.POST, prefix=name)
    _current(request, one, may)
    return form.cleaned_data if form.is_valid() else None


def _current(request: HttpRequest, one: Comment, may: Refusal | None) -> None:
    """Refuse who may not, and what was decided in sight of an older version of the comment."""
    if may and may.status == 403:
        raise may
    if request.POST.get("version") != str(one.version):
        raise actions.stale()
    if may:
        raise may


def _publish(request: HttpRequest, one: Comment, answer: Answer) -> HttpResponse:
    _current(request, one, rules.may_publish(request.user, one))
    actions.publish(one, by=request.user, now=timezone.now())
    desk_comment.tell(request, _("%(number)s is public now.") % {"number": one.number}, undo=one)
    return _to_next(request, one)


def _withhold(request: HttpRequest, one: Comment, answer: Answer) -> HttpResponse | None:
    typed = _valid(request, one, answer, WithholdForm, "withhold", rules.may_withhold(request.user, one))
    if typed is None:
        return None
    actions.withhold(one, by=request.user, reason=typed["reason"], note=typed["note"])
    text = _("%(number)s is not shown. It is still answered and counted.") % {"number": one.number}
    desk_comment.tell(request, text, undo=one)
    return _to_next(request, one)


def _return(request: HttpRequest, one: Comment, answer: Answer) -> HttpResponse:
    _current(request, one, rules.may_return_to_review(request.user, one))
    actions.return_to_review(one, by=request.user)
    messages.success(request, _("%(number)s waits for review again.") % {"number": one.number})
    return _to(request, one)


def _decide(request: HttpRequest, one: Comment, answer: Answer) -> HttpResponse | None:
    typed = _valid(request, one, answer, DecisionForm, "decide", rules.may_decide(request.user, one))
    if typed is None:
        return None
    actions.decide(one, by=request.user, now=timezone.now(), **typed)
    messages.success(request, _("Decision on %(number)s saved and open to its author.") % {"number": one.number})
    return _to(request, one)


def _settle(request: HttpRequest, one: Comment, answer: Answer) -> HttpResponse | None:
    form = answer.typed["settle"] = SettleForm(request.POST, prefix="settle")
    if not form.is_valid():
        return None
    reporting.settle(one, by=request.user, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("The reports of %(number)s are settled.") % {"number": one.number})
    return _to(request, one)


def _contact(request: HttpRequest, one: Comment, answer: Answer) -> None:
    answer.contact = actions.read_contact(one, by=request.user)


def _to(request: HttpRequest, one: Comment) -> HttpResponse:
    query = desk_queue.Filter.read(request.GET).query
    address = reverse("consultation:desk-comment", args=[one.number])
    return redirect(f"{address}?{query}" if query else address)


def _to_next(request: HttpRequest, done: Comment) -> HttpResponse:
    """Go on with what waits longest after `done`, within the same filter; back to the queue when nothing does."""
    chosen = desk_queue.Filter.read(request.GET)
    queue = Comment.objects.visible_to(request.user).filter(plan=done.plan_id)
    following = desk_queue.next_pending(queue, chosen, after=done)
    if following:
        return _to(request, following)
    address = reverse("consultation:desk")
    return redirect(f"{address}?{chosen.query}" if chosen.query else address)
