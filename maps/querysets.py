"""Which rows, for whom: "who may see it" is always `visible_to`."""

from typing import Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models

from portal.models import Role

Reader = AbstractBaseUser | AnonymousUser


def reads_drafts(user: Reader) -> bool:
    """Say whether this reader sees layers that are not public yet: data editors, planners, administrators."""
    return user.is_authenticated and user.has_role(Role.EDITOR, Role.PLANNER, Role.ADMINISTRATOR)


class PlanQuerySet(models.QuerySet):
    """Plans; every loaded plan is public."""

    def visible_to(self, user: Reader) -> Self:
        """Return the plans that `user` may see: all that are loaded."""
        return self


class ChapterQuerySet(models.QuerySet):
    """Chapters; the text of a loaded plan is public."""

    def visible_to(self, user: Reader) -> Self:
        """Return the chapters that `user` may see: all."""
        return self

    def called(self, plan: models.Model, name: str) -> models.Model | None:
        """Return the chapter of `plan` with this number or slug, or None. One query."""
        return self.filter(models.Q(number=name) | models.Q(slug=name), plan=plan).first()


class LayerQuerySet(models.QuerySet):
    """Layers, drafts among them."""

    def visible_to(self, user: Reader) -> Self:
        """Return the layers that `user` may see: public ones, and drafts for those who work on them."""
        return self if reads_drafts(user) else self.filter(status="public")


class FeatureQuerySet(models.QuerySet):
    """Features; each is as visible as its layer."""

    def visible_to(self, user: Reader) -> Self:
        """Return the features that `user` may see: those of layers that `user` may see."""
        return self if reads_drafts(user) else self.filter(layer__status="public")

    def villages(self) -> Self:
        """Return the administrative villages, in the plan's order."""
        return self.filter(kind="village")


class IndicatorQuerySet(models.QuerySet):
    """Figures; all that the plan states are public."""

    def visible_to(self, user: Reader) -> Self:
        """Return the figures that `user` may see: all."""
        return self
