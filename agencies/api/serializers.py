"""Shapes of the directory, people's keys and the audit log in the API."""

from dataclasses import asdict
from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.findable import reasons
from agencies.models import Agency, Language, Place, Unit, today
from agencies.roles import Scope


class Readable(serializers.Serializer[Any]):
    """A shape that is only read."""

    def day(self) -> date:
        """The day the answer speaks of: `as_of`, else today."""
        day: date = self.context.get("as_of") or today()
        return day


class NameSerializer(Readable):
    """A name and when it held."""

    language = serializers.ChoiceField(Language.choices)
    name = serializers.CharField()
    abbreviation = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]


class MatchSerializer(Readable):
    """A name that a search met, in words too."""

    language = serializers.ChoiceField(Language.choices)
    name = serializers.CharField()
    abbreviation = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    current = serializers.BooleanField(help_text="Whether it holds on the day asked for.")
    text = serializers.CharField()


class Sought(Readable):
    """Something that is found by its names."""

    matched = serializers.SerializerMethodField(help_text="Why `q` found it; empty where only the code was met.")

    @extend_schema_field(MatchSerializer(many=True))
    def get_matched(self, record: Any) -> list[dict[str, Any]]:
        """Works on the names that came along."""
        sought = self.context.get("sought") or ""
        return [asdict(one) for one in reasons(record.names.all(), sought, self.day())] if sought else []


class AgencySerializer(Readable):
    """An agency under the name valid on the day asked for."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    protocol_order = serializers.IntegerField()
    name = serializers.SerializerMethodField()
    names = NameSerializer(many=True)

    def get_name(self, agency: Agency) -> str:
        """In the reader's language."""
        return agency.name(self.day())


class SuccessionSerializer(Readable):
    """What became of it."""

    successor = serializers.CharField(source="successor.code")
    on = serializers.DateField()


class UnitSuccessionSerializer(SuccessionSerializer):
    """What became of a unit, and how."""

    kind = serializers.CharField()


class UnitSerializer(Sought):
    """A unit as it stood on the day asked for: its name, the unit above it, its place."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    agency = serializers.CharField(source="agency.code")
    level = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    name = serializers.SerializerMethodField()
    parent = serializers.SerializerMethodField(allow_null=True)  # type: ignore[assignment]
    place = serializers.SerializerMethodField(allow_null=True)
    names = NameSerializer(many=True)
    successions = UnitSuccessionSerializer(many=True)

    def get_name(self, unit: Unit) -> str:
        """In the reader's language."""
        return unit.name(self.day())

    def _placement(self, unit: Unit) -> Any:
        held = [p for p in unit.placements.all() if p.holds_on(self.day())]
        return held[0] if held else None

    def get_parent(self, unit: Unit) -> str | None:
        """Code of the unit above."""
        placement = self._placement(unit)
        return placement.parent.code if placement and placement.parent else None

    def get_place(self, unit: Unit) -> str | None:
        """Code of the place."""
        placement = self._placement(unit)
        return placement.place.code if placement and placement.place else None


class RenameSerializer(StrictSerializer):
    """Body of a renaming: the name from a day on."""

    language = serializers.ChoiceField(Language.choices)
    name = serializers.CharField(max_length=255)
    abbreviation = serializers.CharField(max_length=64, allow_blank=True, required=False)
    on = serializers.DateField()
    source = serializers.CharField(  # type: ignore[assignment]
        max_length=255, allow_blank=True, required=False
    )


class PlaceSerializer(Sought):
    """A province or city for as long as it existed."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    stat_code = serializers.CharField()
    kind = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    name = serializers.SerializerMethodField()
    names = NameSerializer(many=True)
    successions = SuccessionSerializer(many=True)

    def get_name(self, place: Place) -> str:
        """In the reader's language; the last it bore when it is gone."""
        day = self.day()
        if place.valid_to is not None and day >= place.valid_to:
            day = date.fromordinal(place.valid_to.toordinal() - 1)
        return place.name(day)


class LeadSerializer(Readable):
    """Which agency leads, from when, by which law."""

    agency = serializers.CharField(source="agency.code")
    legal_basis = serializers.CharField(source="legal_basis.code")
    article = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)


class AreaSerializer(Readable):
    """A kind of area and who leads in it."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField(source="__str__")
    lead = serializers.SerializerMethodField(allow_null=True)
    leads = LeadSerializer(many=True)

    def get_lead(self, area: Any) -> str | None:
        """Code of the agency that leads on the day asked for."""
        held = [lead for lead in area.leads.all() if lead.holds_on(self.day())]
        return held[0].agency.code if held else None


class ApiKeySerializer(Readable):
    """An API key without its secret."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    prefix = serializers.CharField()
    username = serializers.CharField(source="user.username")
    unit = serializers.CharField(source="unit.code")
    scopes = serializers.ListField(child=serializers.ChoiceField([s.value for s in Scope]))
    created_at = UtcDateTimeField()
    expires_at = UtcDateTimeField()
    last_used_at = UtcDateTimeField(allow_null=True)
    revoked_at = UtcDateTimeField(allow_null=True)


class ApiKeyIssueSerializer(StrictSerializer):
    """Body of a new key."""

    name = serializers.CharField(max_length=128)
    username = serializers.CharField(max_length=64)
    unit = CodeField(Unit.objects)
    scopes = serializers.ListField(child=serializers.ChoiceField([s.value for s in Scope]), min_length=1, max_length=3)
    expires_at = serializers.DateTimeField(required=False)


class ApiKeyIssuedSerializer(ApiKeySerializer):
    """The one answer that holds the secret."""

    api_key = serializers.CharField(help_text="PREFIX.SECRET, shown this once.")


class AuditEventSerializer(Readable):
    """One event."""

    id = serializers.UUIDField(source="public_id")
    at = UtcDateTimeField()
    actor = serializers.CharField()
    actor_unit = serializers.CharField()
    role = serializers.CharField()
    api_key = serializers.CharField()
    request_id = serializers.CharField()
    action = serializers.CharField()
    object_type = serializers.CharField()
    object_id = serializers.CharField()
    object_ref = serializers.CharField()
    purpose = serializers.CharField()
    outcome = serializers.CharField()
    subjects = serializers.ListField(
        child=serializers.UUIDField(), help_text="Ids of other records it showed, in the order shown."
    )
    detail = serializers.DictField()


class MembershipSerializer(Readable):
    """A role held now."""

    unit = serializers.CharField(source="unit.code")
    agency = serializers.CharField(source="unit.agency.code")
    role = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)


class ActingForSerializer(Readable):
    """A delegation that holds now: what the caller may do in whose place."""

    id = serializers.UUIDField(help_text="Of the delegation.")
    delegator = serializers.CharField()
    unit = serializers.CharField()
    scope = serializers.ListField(child=serializers.CharField())
    until = serializers.DateField(help_text="The last day on which it holds.")


class MeSerializer(Readable):
    """Who is asking."""

    username = serializers.CharField()
    display_name = serializers.CharField()
    unit = serializers.CharField(allow_null=True)
    agency = serializers.CharField(allow_null=True)
    roles = serializers.ListField(child=serializers.CharField())
    memberships = MembershipSerializer(many=True)
    permissions = serializers.ListField(child=serializers.CharField())
    scopes = serializers.ListField(child=serializers.CharField(), allow_null=True)
    api_key = serializers.CharField(allow_null=True, help_text="Prefix of the key used.")
    language = serializers.CharField()
    acting_for = ActingForSerializer(many=True, help_text="Delegations that hold now; always empty with a key.")
    secrecy_ceiling = serializers.CharField(help_text="The highest marking whose content may be stored.")
    secrecy_authorisation = serializers.CharField(help_text="The paper that authorises the ceiling; may be empty.")
    synthetic = serializers.BooleanField()
