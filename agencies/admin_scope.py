"""The one door to records on every page of the admin: lists, related rows, pickers."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.http import HttpRequest

from agencies.models import Place, User
from agencies.roles import Permission
from agencies.visibility import VisibleQuerySet


def person(request: HttpRequest) -> User:
    """Who is signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def scoped(
    queryset: QuerySet[Any] | None, field: "ForeignKey[Any, Any] | ManyToManyField[Any, Any]", user: User
) -> Any:
    """The choices of a picker: only what the person may see."""
    related = field.remote_field.model
    records = queryset if queryset is not None else related._default_manager.all()
    if isinstance(records, VisibleQuerySet):
        return records.visible_to(user)
    return records.none()


def told_apart(field: Any) -> Any:
    """A picker of places that tells those that are gone from those that bear their names today."""
    if field is not None and issubclass(field.queryset.model, Place):
        field.label_from_instance = Place.picked
    return field


class Scoped:
    """Rows and pickers begin at `visible_to`. For admins and inlines alike."""

    read_permissions: ClassVar[Sequence[Permission]] = ()
    write_permission: ClassVar[Permission | None] = None
    model: type[Model]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The one door."""
        records: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        if isinstance(records, VisibleQuerySet):
            return records.visible_to(person(request))
        return records

    def formfield_for_foreignkey(self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        """Pickers offer what the person may see, and accept nothing else."""
        kwargs["queryset"] = scoped(kwargs.get("queryset"), db_field, person(request))
        return told_apart(super().formfield_for_foreignkey(db_field, request, **kwargs))  # type: ignore[misc]

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """As above."""
        kwargs["queryset"] = scoped(kwargs.get("queryset"), db_field, person(request))
        return told_apart(super().formfield_for_manytomany(db_field, request, **kwargs))  # type: ignore[misc]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Roles that read this kind of record. Which ones, get_queryset says."""
        return isinstance(request.user, User) and any(request.user.holds(p) for p in self.read_permissions)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Roles that write this kind of record."""
        return self.write_permission is not None and person(request).holds(self.write_permission)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As above; admins narrow it by the record's unit and status."""
        return self.write_permission is not None and person(request).holds(self.write_permission)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Records are not deleted."""
        return False
