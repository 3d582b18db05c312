"""Shapes of items and deliveries in the API: the originator's and the recipient's view of the same record."""

from typing import Any
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, RecipientField, UtcDateTimeField, utc
from agencies.api.places import told
from agencies.models import Area, Place, Unit, User
from agencies.roles import Permission
from registry.information.models import InformationItem, ItemVersion
from registry.information.readers import How, occasion_of
from registry.information.terms import InformationGrade, Secrecy, SourceGrade, Tlp, Urgency
from registry.reference.models import Substance, Topic


@extend_schema_field({"type": "array", "items": {"type": "string", "format": "uuid"}})
class VisibleItemsField(serializers.Field[Any, Any, Any, Any]):
    """Items by their ids. One that the caller may not see does not exist."""

    def to_internal_value(self, data: Any) -> list[InformationItem]:
        """The items, or a fault that does not tell hidden from absent."""
        ids = serializers.ListField(child=serializers.UUIDField(), max_length=50).run_validation(data)
        seen = InformationItem.objects.visible_to(self.context["request"].user).filter(pk__in=ids)
        found = list(seen.order_by("pk"))
        if len(found) != len(set(ids)):
            raise serializers.ValidationError(
                _("One of these items does not exist, or you may not see it."), code="unknown_item"
            )
        return found

    def to_representation(self, value: Any) -> list[str]:
        """The ids, in order."""
        return sorted(str(item.pk) for item in value.all())


class ContentSerializer(StrictSerializer):
    """What an item says: the fields an author writes."""

    title = serializers.CharField(source="current.title", max_length=300)
    body = serializers.CharField(source="current.body", allow_blank=True, required=False, max_length=100_000)
    topic = CodeField(Topic.objects, source="current.topic")
    area = CodeField(Area.objects, source="current.area", allow_null=True, required=False)
    places = CodeField(Place.objects, source="current.places", many=True, required=False)
    substances = CodeField(Substance.objects, source="current.substances", many=True, required=False)
    sources = VisibleItemsField(
        source="current.sources", required=False, help_text="Ids of the items it is based on. To the originator only."
    )
    facts_from = serializers.DateField(source="current.facts_from", allow_null=True, required=False)
    facts_to = serializers.DateField(source="current.facts_to", allow_null=True, required=False)
    secrecy = serializers.ChoiceField(Secrecy.choices, source="current.secrecy", required=False)
    tlp = serializers.ChoiceField(Tlp.choices, source="current.tlp", required=False)
    no_judicial_use = serializers.BooleanField(source="current.no_judicial_use", required=False)
    no_onward = serializers.BooleanField(source="current.no_onward", required=False)
    contact_before_action = serializers.BooleanField(source="current.contact_before_action", required=False)
    return_after_reading = serializers.BooleanField(source="current.return_after_reading", required=False)
    expires_on = serializers.DateField(source="current.expires_on", allow_null=True, required=False)
    conditions = serializers.CharField(source="current.conditions", allow_blank=True, required=False, max_length=500)
    show_recipients = serializers.BooleanField(source="current.show_recipients", required=False)
    source_grade = serializers.ChoiceField(
        SourceGrade.choices, source="current.source_grade", allow_blank=True, required=False
    )
    information_grade = serializers.ChoiceField(
        InformationGrade.choices, source="current.information_grade", allow_blank=True, required=False
    )
    urgency = serializers.ChoiceField(Urgency.choices, source="current.urgency", required=False)


class ItemWriteSerializer(ContentSerializer):
    """Body of a new item."""

    unit = CodeField(Unit.objects)
    recipients = RecipientField(many=True, required=False)


class ItemChangeSerializer(ContentSerializer):
    """Body of a change to a draft."""

    recipients = RecipientField(many=True, required=False)


class ItemSerializer(ContentSerializer):
    """An item as the caller may see it. The originator's own matters are null to a recipient."""

    id = serializers.UUIDField(read_only=True)
    reference = serializers.CharField(read_only=True, allow_null=True)
    unit = serializers.CharField(source="unit.code", read_only=True)
    agency = serializers.CharField(source="unit.agency.code", read_only=True)
    status = serializers.CharField(read_only=True)
    version = serializers.IntegerField(source="current.number", read_only=True)
    released_at = UtcDateTimeField(read_only=True, allow_null=True)
    recalled_at = UtcDateTimeField(read_only=True, allow_null=True)
    created_at = UtcDateTimeField(read_only=True)
    synthetic = serializers.BooleanField(read_only=True)
    own = serializers.BooleanField(read_only=True, help_text="Whether one of the caller's units originated the item.")
    author = serializers.CharField(read_only=True, allow_null=True, help_text="To the originator only.")
    sources = serializers.ListField(  # type: ignore[assignment]
        child=serializers.UUIDField(),
        read_only=True,
        allow_null=True,
        help_text="Ids of the items it is based on. To the originator only.",
    )
    recipients = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        allow_null=True,
        help_text="To the originator, and to recipients where they see each other.",
    )
    correction_reason = serializers.CharField(read_only=True)
    return_reason = serializers.CharField(read_only=True, allow_null=True, help_text="To the originator only.")
    recall_reason = serializers.CharField(read_only=True)
    deliveries_url = serializers.CharField(read_only=True, help_text="The deliveries of this item the caller may see.")
    attachments_url = serializers.CharField(read_only=True, help_text="The files of this item the caller may see.")
    withheld = serializers.BooleanField(
        read_only=True,
        help_text="In lists without X-Purpose the body of another agency's TLP:RED item is left out: read it alone.",
    )

    @cached_property
    def _units(self) -> frozenset[UUID]:
        """Units whose items are the caller's own."""
        user: User = self.context["request"].user
        return user.units_with(Permission.ITEM_READ_OWN)

    @cached_property
    def _deliveries(self) -> str:
        address: str = self.context["request"].build_absolute_uri("/api/v1/deliveries?item=")
        return address

    @cached_property
    def _attachments(self) -> str:
        address: str = self.context["request"].build_absolute_uri("/api/v1/attachments?item=")
        return address

    @cached_property
    def _listed(self) -> bool:
        """Whether a purpose would be needed and was not said: bodies that need one are left out."""
        view = self.context.get("view")
        return getattr(view, "action", "") == "list" and not getattr(view, "purpose", "")

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """The fields above, written out: asking each of them for each item takes longer than all the rest of a page."""
        own, version = instance.unit_id in self._units, instance.current
        withheld = self._listed and occasion_of(instance, self.context["request"].user) is not None
        shown = _content(instance, version) | {
            "places": sorted({told(self.context, code) for code in instance.place_codes}),
            "sources": [str(pk) for pk in instance.source_ids] if own else None,
            "id": str(instance.pk),
            "reference": instance.reference,
            "unit": instance.unit.code,
            "agency": instance.unit.agency.code,
            "status": instance.status,
            "version": version.number,
            "released_at": utc(instance.released_at),
            "recalled_at": utc(instance.recalled_at),
            "created_at": utc(instance.created_at),
            "synthetic": instance.synthetic,
            "own": own,
            "author": instance.author.username if own else None,
            "recipients": instance.recipient_codes if own or version.show_recipients else None,
            "correction_reason": version.reason,
            "return_reason": instance.return_reason if own else None,
            "recall_reason": instance.recall_reason,
            "deliveries_url": f"{self._deliveries}{instance.pk}",
            "attachments_url": f"{self._attachments}{instance.pk}",
            "withheld": withheld,
        }
        return shown | {"body": ""} if withheld else shown


def _content(item: Any, version: ItemVersion) -> dict[str, Any]:
    """The fields of ContentSerializer; codes of related rows come with the item (see the view's `prepare`)."""
    return {
        "title": version.title,
        "body": version.body,
        "topic": version.topic.code,
        "area": version.area.code if version.area else None,
        "places": item.place_codes,
        "substances": item.substance_codes,
        "sources": None,
        "facts_from": version.facts_from,
        "facts_to": version.facts_to,
        "secrecy": version.secrecy,
        "tlp": version.tlp,
        "no_judicial_use": version.no_judicial_use,
        "no_onward": version.no_onward,
        "contact_before_action": version.contact_before_action,
        "return_after_reading": version.return_after_reading,
        "expires_on": version.expires_on,
        "conditions": version.conditions,
        "show_recipients": version.show_recipients,
        "source_grade": version.source_grade,
        "information_grade": version.information_grade,
        "urgency": version.urgency,
    }


class ReadingSerializer(StrictSerializer):
    """One reading of an item. `person` is a username, given within one's own agency only."""

    at = UtcDateTimeField(read_only=True)
    how = serializers.ChoiceField([how.value for how in How], read_only=True)
    agency = serializers.CharField(read_only=True)
    unit = serializers.CharField(read_only=True)
    role = serializers.CharField(read_only=True)
    person = serializers.CharField(read_only=True)
