"""Finding: what somebody types, compared with the keys of a plan's search index. The same on the map, page and API."""

from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Min, Q, Value, When
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from maps.models import Chapter, Plan, SearchEntry, SearchKey
from maps.search_text import PART, folded, is_chinese, syllables, without_generic
from portal.bilingual import in_chinese
from portal.refusal import Refusal

MOST = 10
# The longest name has some fifty signs; what is longer was pasted by mistake.
LONGEST_QUERY = 100
# Of two matches the one with fewer points comes first. A key has 0 to 9; these are added where the words were bent.
WITHOUT_ENDING, SOUNDS_ALIKE = 10, 20
AROUND = 24


@dataclass(frozen=True)
class Hit:
    """A thing that was found, in both languages; `layer`, `feature` or `chapter` say where it is."""

    type: str
    name_zh: str
    name_en: str
    kind_zh: str
    kind_en: str
    hint_zh: str
    hint_en: str
    layer: str
    feature: str
    chapter: str

    @property
    def type_name(self) -> str:
        """Name the group that it belongs to, in the active language."""
        return str(SearchEntry.Type(self.type).label)

    @property
    def name(self) -> str:
        """Name it in the active language."""
        return self._chosen("name")

    @property
    def kind(self) -> str:
        """Say what it is, in the active language."""
        return self._chosen("kind")

    @property
    def hint(self) -> str:
        """Say what tells it from its namesakes, in the active language."""
        return self._chosen("hint")

    def _chosen(self, name: str) -> str:
        chinese = getattr(self, f"{name}_zh")
        return chinese if in_chinese() else getattr(self, f"{name}_en") or chinese


FIELDS = tuple(Hit.__dataclass_fields__)


def find(plan: Plan, query: str) -> list[Hit]:
    """Return at most MOST things that `query` may mean, the best group first and the best of each group first.

    Two queries: names, then the chapters' text where there is room. Raises Refusal for a text that can't be searched.
    """
    if len(query) > LONGEST_QUERY:
        message = _("This is too long to search for: please type at most %(number)s characters.")
        raise Refusal("query-too-long", message % {"number": LONGEST_QUERY}, status=400, field="q")
    wanted = folded(query)
    if not wanted:
        message = _("Please type a name or a word: letters, digits or Chinese characters.")
        raise Refusal("query-empty", message, status=400, field="q")
    hits = _named(plan, _wordings(wanted))
    if len(hits) < MOST and ((is_chinese(wanted) and len(wanted) >= 2) or len(wanted) >= 4):
        hits += _in_text(plan, query, {hit.chapter for hit in hits if hit.type == SearchEntry.Type.CHAPTER})
    return _grouped(hits[:MOST])


def _wordings(wanted: str) -> dict[str, int]:
    """Return what to look for, each with its points: as typed, without its ending, as it sounds."""
    wordings = {wanted: 0, without_generic(wanted): WITHOUT_ENDING}
    if not is_chinese(wanted):
        # Keyboards write ü as v: lvse is 绿色.
        wordings[wanted.replace("lv", "lu").replace("nv", "nu")] = SOUNDS_ALIKE
    if is_chinese(wanted) and len(wanted) >= 2:
        wordings |= {"".join(syllables(text)): points + SOUNDS_ALIKE for text, points in tuple(wordings.items())}
    return wordings | {wanted: 0}


def _named(plan: Plan, wordings: dict[str, int]) -> list[Hit]:
    """Return what has a key that begins with one of `wordings`. One query."""
    begins, points = Q(), []
    for wording, extra in sorted(wordings.items(), key=lambda pair: pair[1]):
        begins |= Q(key__startswith=wording)
        # Within a name it makes no difference whether the words go on: 王褚 is in 东王褚村 as in 核心区（王褚）.
        points.append(When(key=wording, rank__lt=PART, then=F("rank") * 2 + Value(extra)))
        points.append(When(key__startswith=wording, then=F("rank") * 2 + Value(extra + 1)))
    rows = (
        SearchKey.objects.filter(begins, plan=plan)
        .values(*(f"entry__{field}" for field in FIELDS), "entry__order")
        .annotate(points=Min(Case(*points, output_field=IntegerField())))
        # Of two that fit alike the shorter name is nearer to what was typed.
        .order_by("points", Length("entry__name_zh"), "entry__order")[:MOST]
    )
    return [Hit(**{field: row[f"entry__{field}"] for field in FIELDS}) for row in rows]


def _in_text(plan: Plan, query: str, known: set[str]) -> list[Hit]:
    """Return the chapters whose text holds the very words, with the place where they stand. One query."""
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in query).split())
    chapters = Chapter.objects.filter(Q(text_zh__icontains=words) | Q(text_en__icontains=words), plan=plan)
    return [
        Hit(
            type=SearchEntry.Type.CHAPTER,
            name_zh=chapter.title_zh,
            name_en=chapter.title_en,
            kind_zh="",
            kind_en="",
            hint_zh=_excerpt(chapter.text_zh, words) or f"第{chapter.number}章",
            hint_en=_excerpt(chapter.text_en, words) or f"Chapter {chapter.number}",
            layer="",
            feature="",
            chapter=chapter.number,
        )
        for chapter in chapters
        if chapter.number not in known
    ]


def _excerpt(text: str, words: str) -> str:
    """Return a little of `text` around `words`; "" where they aren't in it."""
    flat = " ".join(line.strip(" -#*") for line in text.splitlines() if line.strip(" -#*"))
    at = flat.casefold().find(words.casefold())
    if at < 0:
        return ""
    start, end = max(at - AROUND, 0), at + len(words) + AROUND
    return f"{'…' if start else ''}{flat[start:end].strip()}{'…' if end < len(flat) else ''}"


def _grouped(hits: list[Hit]) -> list[Hit]:
    """Put what is of one type together, in the order in which the types came first."""
    types = list(dict.fromkeys(hit.type for hit in hits))
    return sorted(hits, key=lambda hit: types.index(hit.type))
