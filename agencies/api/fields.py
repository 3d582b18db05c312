"""Fields of the API: codes instead of keys, UTC instead of local time."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Manager
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.findable import hint_for
from agencies.models import Agency, Unit, central_unit, today
from agencies.successions import standing_successors


def utc(value: datetime | None) -> str | None:
    """`2024-05-31T17:00:00Z`."""
    return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


class UtcDateTimeField(serializers.DateTimeField):
    """ISO 8601 in UTC with a Z."""

    def to_representation(self, value: datetime | None) -> str | None:  # type: ignore[override]
        """See utc."""
        return utc(value)


@extend_schema_field({"type": "string", "pattern": r"^\d{2}:\d{2}(:\d{2})?$", "example": "22:00"})
class LocalTimeField(serializers.TimeField):
    """A time of day where the agencies are. It has no offset: one that was sent would be read as something else."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H:%M:%S"], **kwargs)


@extend_schema_field({"type": "string"})
class CodeField(serializers.RelatedField[Any, Any, Any]):
    """A record named by its code. Only records the caller may see can be named: others do not exist."""

    default_error_messages = {
        "unknown_code": _("“%(code)s” is not a code known here."),
        "not_a_code": _("Write a code as text."),
    }

    def __init__(self, records: "Manager[Any] | None" = None, **kwargs: Any) -> None:
        self.records = records
        if not kwargs.get("read_only"):
            kwargs["queryset"] = records.none() if records is not None else None
        super().__init__(**kwargs)

    def get_queryset(self) -> Any:
        """What the caller may see."""
        if self.records is None:
            return None
        return self.records.all().visible_to(self.context["request"].user)  # type: ignore[attr-defined]

    def use_pk_only_optimization(self) -> bool:
        """The code is needed."""
        return False

    def to_internal_value(self, data: Any) -> Any:
        """The record with that code."""
        if not isinstance(data, str):
            self.fail("not_a_code")
        found = self.get_queryset().filter(code=data[:64]).first()
        if found is None:
            unknown = _("“%(code)s” is not a code known here.") % {"code": data[:64]}
            raise serializers.ValidationError(" ".join(filter(None, (unknown, self.hint(data)))), code="unknown_code")
        return found

    def hint(self, text: str) -> str:
        """Which unit is meant where somebody wrote a name, present or former, instead of a code."""
        return hint_for(text[:64]) if self.records is not None and self.records.model is Unit else ""

    def to_representation(self, value: Any) -> str:
        """The code."""
        return str(value.code)


class RecipientField(CodeField):
    """A unit by its code, or a whole agency by its own: the agency's central unit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Unit.objects, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """The unit."""
        if isinstance(data, str):
            agency = Agency.objects.visible_to(self.context["request"].user).filter(code=data[:64]).first()
            central = central_unit(agency) if agency is not None else None
            if central is not None:
                return central
        return self._standing(super().to_internal_value(data))

    def _standing(self, unit: Unit) -> Unit:
        """A unit that is no more receives nothing: the fault names the one in its place."""
        if unit.valid_to is None or unit.valid_to > today():
            return unit
        told = ", ".join(f"{one.code} ({one.name()})" for one in standing_successors(unit)) or "-"
        named = {"code": unit.code, "day": unit.valid_to.isoformat(), "now": told}
        text = _("%(code)s is no more since %(day)s. In its place now: %(now)s.") % named
        raise serializers.ValidationError(text, code="unit_ended")
