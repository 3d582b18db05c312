"""Words of reorganisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What happens to units on the day."""

    RENAME = "rename", _("rename a unit")
    MERGE = "merge", _("merge units into one")
    SPLIT = "split", _("split a unit into several")
    MOVE = "move", _("put units below another unit, or in another place")
    CLOSE = "close", _("close units")


CLOSING = frozenset({Kind.MERGE, Kind.SPLIT, Kind.CLOSE})
"""Kinds after which the units named in `units` are no more."""


class Status(models.TextChoices):
    """Where a reorganisation stands."""

    DRAFT = "draft", _("planned")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")
