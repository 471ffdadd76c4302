"""The published comments as an Atom feed: what the public may read, and nothing else."""

import re

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import linebreaks
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_cookie

from consultation import standing
from consultation.models import Comment
from consultation.place_words import PlaceWords

NEWEST = 50
# XML 1.0 has no way to write these, and a text pasted from elsewhere may hold them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _written(text: str) -> str:
    return _UNWRITABLE.sub("", text)


class PublishedComments(Feed):
    """The newest published comments, fifty at most, with their decisions. Four queries, however many there are."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> list[Comment]:
        """Return the comments, with what is said of them, so that nothing is asked entry by entry."""
        found = Comment.objects.published().of_plan(settings.DEFAULT_PLAN)
        comments = list(found.whole().defer("text", "here", "geometry").order_by("-published_at", "-id")[:NEWEST])
        words = PlaceWords(comments[0].plan, comments) if comments else None
        for comment in comments:
            comment.place_in_words = words.say(comment)
        return comments

    def title(self, comments: list[Comment]) -> str:
        """Name the feed after the consultation."""
        return _written(comments[0].consultation.title) if comments else _("Published comments")

    def subtitle(self, comments: list[Comment]) -> str:
        """Say what it is."""
        return _("What people say about the plan, and what the planners decided.")

    def language(self, comments: list[Comment]) -> str:
        """Return the language of the frame; the comments themselves are in their authors' words."""
        return "en" if get_language() == "en" else "zh-Hans"

    def link(self, comments: list[Comment]) -> str:
        """Lead to the list."""
        return reverse("consultation:comments")

    def feed_url(self, comments: list[Comment]) -> str:
        """Return the feed's own address."""
        return reverse("consultation:feed")

    def items(self, comments: list[Comment]) -> list[Comment]:
        """Return the entries."""
        return comments

    def item_title(self, comment: Comment) -> str:
        """Name topic and place."""
        return _written(f"{comment.topic.name} · {comment.place_in_words}（{comment.number}）")

    def item_description(self, comment: Comment) -> str:
        """Return the public text as HTML in which nothing of it is markup, and the decision with its reason."""
        html = linebreaks(_written(comment.public_text), autoescape=True)
        decision = standing.decision_of(comment)
        if decision:
            said = linebreaks(_written(decision.reason), autoescape=True)
            html += format_html("<p><strong>{}</strong></p>", decision.get_outcome_display()) + said
        return html

    def item_link(self, comment: Comment) -> str:
        """Lead to the comment."""
        return reverse("consultation:comment", args=[comment.number])

    def item_pubdate(self, comment: Comment) -> object:
        """Return when it became public."""
        return comment.published_at

    def item_updateddate(self, comment: Comment) -> object:
        """Return when it was decided, or else when it became public."""
        decision = standing.decision_of(comment)
        return max(comment.published_at, decision.decided_at) if decision else comment.published_at

    def item_categories(self, comment: Comment) -> list[str]:
        """Return its topic."""
        return [comment.topic.name]


_feed = PublishedComments()


# No cache may keep it unasked: what was withdrawn has to be gone at the next look.
@require_safe
@vary_on_cookie
@cache_control(private=True, no_cache=True)
@conditional_page
def published(request: HttpRequest) -> HttpResponse:
    """Answer with the feed; 304 where nothing changed (ETag by content)."""
    # By time alone a reader would miss that something was withdrawn, as nothing newer has come: only the ETag counts.
    request.META.pop("HTTP_IF_MODIFIED_SINCE", None)
    return _feed(request)
