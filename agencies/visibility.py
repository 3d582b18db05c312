"""The one door to records: querysets that fail closed and refuse to write behind the actions' back."""

from collections.abc import Iterable
from typing import Any, Never, Protocol, Self, TypeVar
from uuid import UUID

from django.db import models

from agencies.roles import Permission


class Reader(Protocol):
    """Whoever asks: a user, as far as visibility needs to know one."""

    def units_with(self, permission: Permission) -> frozenset[UUID]:
        """The units in which the reader holds a permission now, reach included."""

    def roots_with(self, permission: Permission) -> frozenset[UUID] | None:
        """The topmost of those units where everything below them counts too; None when that cannot be relied on."""

    def holds(self, permission: Permission) -> bool:
        """Whether the reader holds a permission anywhere."""


M = TypeVar("M", bound=models.Model)


class BypassRefusedError(RuntimeError):
    """A bulk write that would skip the rules and the audit log was tried on an audited model."""


def _refuse(verb: str) -> Never:
    raise BypassRefusedError(f"{verb} skips the rules and the audit log: call the action of the app instead.")


class VisibleQuerySet(models.QuerySet[M]):
    """Records that have a reader. Without a `visible_to` of its own a model shows nothing to anybody."""

    def visible_to(self, user: Reader) -> Self:
        """Nothing: each model says who sees its records."""
        return self.none()

    def update(self, **kwargs: Any) -> int:
        """Refused: writes go through actions."""
        _refuse("update()")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused: records are not deleted."""
        _refuse("delete()")

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Refused: writes go through actions."""
        _refuse("bulk_create()")

    def bulk_update(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> int:
        """Refused: writes go through actions."""
        _refuse("bulk_update()")
