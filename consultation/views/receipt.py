"""Following a comment by its receipt: where it stands, what is public of it, and what its author may still do.

The code comes by POST only and is in no address. What a receipt opened stays open for an hour by a signed pass in the
page's own forms, so that the code need not be written into the page.
"""

from collections.abc import Callable

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from consultation import actions, limits, receipts, standing
from consultation.forms import ReceiptForm
from consultation.models import Comment, Contact
from consultation.place_words import PlaceWords, coordinates
from portal.refusal import Refusal

SALT = "consultation.receipt.pass"
PASS_SECONDS = 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Ask for number and code, and show what they open."""
    if request.method != "POST":
        return _form(request, ReceiptForm())
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=400)
    refused = limits.receipt_refusal(request)
    if refused:
        return _form(request, form, refused, status=429)
    comment = receipts.find(form.cleaned_data["number"], form.cleaned_data["code"])
    if comment is None:
        return _form(request, form, receipts.unknown(), status=404)
    return _opened(request, comment)


@never_cache
@require_POST
def receipt_withdraw(request: HttpRequest) -> HttpResponse:
    """Take the comment from display, on its author's wish."""
    return _act(
        request, actions.withdraw, _("Your comment is no longer shown. It is handled and counted all the same.")
    )


@never_cache
@require_POST
def receipt_delete_contact(request: HttpRequest) -> HttpResponse:
    """Delete the contact data of the comment, on its author's wish."""
    return _act(request, actions.delete_contact, _("Your contact data are deleted."))


def _act(request: HttpRequest, action: Callable[[Comment], object], done: str) -> HttpResponse:
    try:
        key = signing.loads(request.POST.get("pass", ""), salt=SALT, max_age=PASS_SECONDS)
    except signing.BadSignature:
        message = _("This page was open for more than an hour. Nothing was changed. Please type number and code again.")
        return _form(request, ReceiptForm(), Refusal("receipt-expired", message), status=403)
    comment = Comment.objects.whole().filter(pk=key).first()
    if comment is None:
        return _form(request, ReceiptForm(), receipts.unknown(), status=404)
    try:
        action(comment)
    except Refusal as refusal:
        return _opened(request, comment, refusal=refusal)
    return _opened(request, comment, done=done)


def _form(
    request: HttpRequest, form: ReceiptForm, refusal: Refusal | None = None, *, status: int = 200
) -> HttpResponse:
    response = render(request, "consultation/receipt_form.html", {"form": form, "refusal": refusal}, status=status)
    if status == 429:
        response.headers["Retry-After"] = str(limits.seconds_left())
    return response


def _opened(request: HttpRequest, comment: Comment, *, refusal: Refusal | None = None, done: str = "") -> HttpResponse:
    words = PlaceWords(comment.plan, [comment])
    context = {
        "comment": comment,
        "steps": standing.steps(comment),
        "reply": standing.reply_of(comment),
        "place": words.say(comment),
        "place_coordinates": coordinates(comment.anchor),
        "has_contact": Contact.objects.filter(comment=comment).exists(),
        "pass": signing.dumps(comment.pk, salt=SALT),
        "refusal": refusal,
        "done": done,
    }
    return render(request, "consultation/receipt.html", context, status=refusal.status if refusal else 200)
