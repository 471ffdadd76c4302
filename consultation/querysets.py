"""Which consultations and comments, for whom: everything that is shown starts from `visible_to`."""

from datetime import datetime
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models

from consultation.states import Display
from maps.models import Plan
from portal.models import Role

Reader = AbstractBaseUser | AnonymousUser


def reads_ledger(user: Reader) -> bool:
    """Say whether this reader works with the whole ledger: planners, exporters and administrators."""
    return user.is_authenticated and user.has_role(Role.PLANNER, Role.EXPORTER, Role.ADMINISTRATOR)


class ConsultationQuerySet(models.QuerySet):
    """Consultations of all plans."""

    def visible_to(self, user: Reader, now: datetime) -> Self:
        """Return those that `user` may see: what has begun; staff also see what is to come."""
        return self if user.is_authenticated and user.is_active else self.filter(opens_at__lte=now)

    def open_at(self, now: datetime) -> Self:
        """Return those that take comments at `now`."""
        return self.filter(opens_at__lte=now, closes_at__gt=now)

    def current(self, plan_slug: str, user: Reader, now: datetime) -> models.Model | None:
        """Return the consultation of a plan that is open, or else the latest that `user` may see, with its plan."""
        is_open = models.Q(opens_at__lte=now, closes_at__gt=now)
        found = self.visible_to(user, now).filter(plan__slug=plan_slug).select_related("plan")
        return found.order_by(models.Case(models.When(is_open, then=0), default=1), "-opens_at").first()


class CommentQuerySet(models.QuerySet):
    """The ledger."""

    def published(self) -> Self:
        """Return what the public may see: reviewed by a planner and consented to by its author."""
        return self.filter(display=Display.PUBLIC, display_consent=True)

    def of_plan(self, slug: str) -> Self:
        """Return those of a plan. Its key is asked for, not joined: only so the index gives pages in their order."""
        return self.filter(plan_id=Plan.objects.filter(slug=slug).values("pk")[:1])

    def whole(self) -> Self:
        """Return comments with all that a page about one of them shows, in the same query."""
        return self.select_related("consultation", "plan", "topic", "decision", "reply")

    def visible_to(self, user: Reader) -> Self:
        """Return what `user` may see: the published ones; the whole ledger for those who work with it."""
        return self if reads_ledger(user) else self.published()

    def pending(self) -> Self:
        """Return what waits for a planner, the oldest first."""
        return self.filter(display=Display.PENDING).order_by("id")
