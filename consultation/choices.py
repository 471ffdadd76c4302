"""What the comment form offers: topics, villages, chapters; and a spare copy of it for when the database is away."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation.models import Consultation, Topic
from maps.models import Chapter, Feature


@dataclass(frozen=True)
class Choices:
    """The choices of one consultation, in the plan's order."""

    consultation: Consultation | None = None
    topics: list[Topic] = field(default_factory=list)
    villages: list[Feature] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)

    def topic(self, key: str) -> Topic | None:
        """Return the topic with this key, or None."""
        return next((topic for topic in self.topics if topic.key == key), None)

    def village_name(self, key: str) -> str:
        """Return the name of the village with this key, in the active language, or ""."""
        return next((village.name for village in self.villages if village.key == key), "")

    def chapter_name(self, number: str) -> str:
        """Return number and title of a chapter, in the active language, or ""."""
        return next((chapter_label(chapter) for chapter in self.chapters if chapter.number == number), "")


def chapter_label(chapter: Chapter) -> str:
    """Return how a chapter is called in lists and sentences."""
    return _("Chapter %(number)s: %(title)s") % {"number": chapter.number, "title": chapter.title}


# A copy for the outage of this process only: it answers nothing but "what were the words on the form?".
_spare: dict[str, Choices] = {}


def load(reader: object) -> Choices:
    """Return what the default plan's consultation offers to `reader`, and keep a spare copy. At most four queries."""
    slug = settings.DEFAULT_PLAN
    consultation = Consultation.objects.current(slug, reader, timezone.now())
    if consultation is None:
        return Choices()
    plan, anybody = consultation.plan, AnonymousUser()
    choices = Choices(
        consultation,
        list(consultation.topics.all()),
        list(Feature.objects.visible_to(anybody).villages().filter(plan=plan).only("key", "name_zh", "name_en")),
        list(plan.chapters.visible_to(anybody).only("plan", "number", "title_zh", "title_en")),
    )
    _spare[slug] = choices
    return choices


def spare(posted: Mapping[str, str]) -> Choices:
    """Return the choices without asking the database: those offered last, or else just what was `posted`."""
    kept = _spare.get(settings.DEFAULT_PLAN)
    if kept:
        return kept

    def chosen(name: str) -> str:
        return str(posted.get(name, ""))[:80]

    topic, village, chapter = chosen("topic"), chosen("village"), chosen("chapter")
    as_before = {"name_zh": "（与您刚才的选择相同）", "name_en": "(as you chose before)"}
    return Choices(
        topics=[Topic(key=topic, **as_before)] if topic else [],
        villages=[Feature(key=village, **as_before)] if village else [],
        chapters=[Chapter(number=chapter, title_zh="", title_en="")] if chapter else [],
    )


def consultation_context(offered: Choices) -> dict[str, object]:
    """Return what `consultation.context` would give to templates, without asking again."""
    consultation, now = offered.consultation, timezone.now()
    if consultation is None:
        return {"consultation": None, "days_left": 0, "phase": ""}
    return {
        "consultation": consultation,
        "days_left": consultation.days_left(now),
        "phase": consultation.phase(now).value,
    }
