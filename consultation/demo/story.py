"""The hand-written comments of the demonstration, and when each thing happened to them: always the same story."""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from consultation.states import Channel, Display

FILE = Path(__file__).parent / "comments.toml"
# One story for all: the same command gives the same ledger on every machine.
SEED = 2035


@dataclass(frozen=True)
class Told:
    """A comment as it is told in comments.toml."""

    topic: str
    text: str
    point: list[float] | None = None
    line: list[list[float]] | None = None
    area: list[list[float]] | None = None
    village: str = ""
    feature: str = ""
    chapter: str = ""
    consent: bool = True
    channel: str = Channel.WEB.value
    language: str = "zh-hans"
    display: str = Display.PENDING.value
    handling: str = ""
    withholding: str = ""
    note: str = ""
    outcome: str = ""
    reason: str = ""
    reply: str = ""
    supports: int = 0
    name: str = ""
    phone: str = ""
    email: str = ""

    @property
    def place(self) -> dict | None:
        """Return the place as the API takes it."""
        if self.point:
            return {"type": "Point", "coordinates": self.point}
        if self.line:
            return {"type": "LineString", "coordinates": self.line}
        if self.area:
            return {"type": "Polygon", "coordinates": [self.area]}
        chosen = {"village": self.village, "feature": self.feature, "chapter": self.chapter}
        return next(({name: key} for name, key in chosen.items() if key), None)

    @property
    def shown_with_consent(self) -> bool:
        """Say whether its author agreed to display; nothing is public without."""
        return self.consent or self.display == Display.PUBLIC

    @property
    def contact(self) -> dict[str, str]:
        """Return what the author left to be reached by."""
        return {name: getattr(self, name) for name in ("name", "phone", "email") if getattr(self, name)}


@dataclass(frozen=True, order=True)
class Step:
    """Something that happens to a comment: when, to which one, what."""

    at: datetime
    comment: int
    what: str = field(compare=False)


@cache
def told() -> tuple[Told, ...]:
    """Return the comments in the order in which they arrive."""
    with FILE.open("rb") as file:
        comments = [Told(**values) for values in tomllib.load(file)["comments"]]
    # What still waits for review is what came last; the rest came in no order.
    waiting = [comment for comment in comments if comment.display == Display.PENDING and not comment.outcome]
    seen = [comment for comment in comments if comment not in waiting]
    random.Random(SEED).shuffle(seen)
    return (*seen, *waiting)


def steps(comments: list[Told], begins: datetime, ends: datetime) -> Iterator[Step]:
    """Yield what happens between `begins` and `ends`, in order of time: comments arrive, planners review and answer."""
    dice = random.Random(SEED)
    story: list[Step] = []
    for position, comment in enumerate(comments):
        at = begins + (ends - begins) * ((position + dice.random() * 0.9) / len(comments))
        story.append(Step(at, position, "submit"))
        reviewed = min(at + timedelta(hours=dice.uniform(2, 50)), ends)
        if comment.display == Display.WITHDRAWN:
            story += [
                Step(reviewed, position, "publish"),
                Step(min(reviewed + timedelta(days=1), ends), position, "withdraw"),
            ]
        elif comment.display != Display.PENDING:
            story.append(Step(reviewed, position, "publish" if comment.display == Display.PUBLIC else "withhold"))
        if comment.outcome:
            story.append(Step(min(reviewed + timedelta(hours=dice.uniform(3, 70)), ends), position, "decide"))
        elif comment.display == Display.PUBLIC:
            story.append(Step(reviewed, position, "progress"))
    yield from sorted(story, key=lambda step: step.at)
