"""Shapes of items and deliveries in the API: the originator's and the recipient's view of the same record."""

from typing import Any
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField, utc
from agencies.models import Area, Place, Unit, User
from agencies.roles import Permission
from registry.information.models import Delivery, ItemVersion
from registry.information.terms import InformationGrade, Secrecy, SourceGrade, Tlp, Urgency, Usefulness
from registry.reference.models import Substance, Topic


class ContentSerializer(StrictSerializer):
    """What an item says: the fields an author writes."""

    title = serializers.CharField(source="current.title", max_length=300)
    body = serializers.CharField(source="current.body", allow_blank=True, required=False, max_length=100_000)
    topic = CodeField(Topic.objects, source="current.topic")
    area = CodeField(Area.objects, source="current.area", allow_null=True, required=False)
    places = CodeField(Place.objects, source="current.places", many=True, required=False)
    substances = CodeField(Substance.objects, source="current.substances", many=True, required=False)
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
    recipients = CodeField(Unit.objects, many=True, required=False)


class ItemChangeSerializer(ContentSerializer):
    """Body of a change to a draft."""

    recipients = CodeField(Unit.objects, many=True, required=False)


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
    recipients = serializers.ListField(
        child=serializers.CharField(), read_only=True, allow_null=True, help_text="To the originator only."
    )
    return_reason = serializers.CharField(read_only=True, allow_null=True, help_text="To the originator only.")
    recall_reason = serializers.CharField(read_only=True)
    deliveries_url = serializers.CharField(read_only=True, help_text="The deliveries of this item the caller may see.")

    @cached_property
    def _units(self) -> frozenset[UUID]:
        """Units whose items are the caller's own."""
        user: User = self.context["request"].user
        return user.units_with(Permission.ITEM_READ_OWN)

    @cached_property
    def _deliveries(self) -> str:
        address: str = self.context["request"].build_absolute_uri("/api/v1/deliveries?item=")
        return address

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """The fields above, written out: asking each of them for each item takes longer than all the rest of a page."""
        own, version = instance.unit_id in self._units, instance.current
        return _content(instance, version) | {
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
            "recipients": instance.recipient_codes if own else None,
            "return_reason": instance.return_reason if own else None,
            "recall_reason": instance.recall_reason,
            "deliveries_url": f"{self._deliveries}{instance.pk}",
        }


def _content(item: Any, version: ItemVersion) -> dict[str, Any]:
    """The fields of ContentSerializer; codes of related rows come with the item (see the view's `prepare`)."""
    return {
        "title": version.title,
        "body": version.body,
        "topic": version.topic.code,
        "area": version.area.code if version.area else None,
        "places": item.place_codes,
        "substances": item.substance_codes,
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
        "source_grade": version.source_grade,
        "information_grade": version.information_grade,
        "urgency": version.urgency,
    }


class ReleaseSerializer(StrictSerializer):
    """Body of a release: who gets it. Left out, the recipients noted on the draft."""

    recipients = CodeField(Unit.objects, many=True, required=False, help_text=_("Codes of recipient units."))


class EvaluationSerializer(StrictSerializer):
    """What a recipient made of an item."""

    usefulness = serializers.ChoiceField(Usefulness.choices)
    source_grade = serializers.ChoiceField(SourceGrade.choices, allow_blank=True, required=False)
    information_grade = serializers.ChoiceField(InformationGrade.choices, allow_blank=True, required=False)
    note = serializers.CharField(allow_blank=True, required=False, max_length=4000)


class EvaluationReadSerializer(EvaluationSerializer):
    """An evaluation as it stands."""

    evaluated_at = UtcDateTimeField(read_only=True)


class AssignSerializer(StrictSerializer):
    """Body of an assignment: the username of somebody of the recipient unit."""

    to = serializers.CharField(max_length=64)


class DeliverySerializer(StrictSerializer):
    """A delivery. A recalled one shows number, dates and reason, never the title."""

    id = serializers.UUIDField(read_only=True)
    item = serializers.UUIDField(source="item_id", read_only=True)
    reference = serializers.CharField(source="item.reference", read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True)
    originator = serializers.CharField(source="item.unit.code", read_only=True)
    originating_agency = serializers.CharField(source="item.unit.agency.code", read_only=True)
    recipient = serializers.CharField(source="unit.code", read_only=True)
    receiving_agency = serializers.CharField(source="unit.agency.code", read_only=True)
    title = serializers.SerializerMethodField(allow_null=True)
    status = serializers.CharField(read_only=True)
    delivered_at = UtcDateTimeField(read_only=True)
    due_at = UtcDateTimeField(read_only=True)
    opened_at = UtcDateTimeField(read_only=True, allow_null=True)
    acknowledged_at = UtcDateTimeField(read_only=True, allow_null=True)
    in_time = serializers.BooleanField(read_only=True, allow_null=True)
    recalled_at = UtcDateTimeField(read_only=True, allow_null=True)
    recall_reason = serializers.CharField(source="item.recall_reason", read_only=True)
    assigned_to = serializers.SerializerMethodField(allow_null=True, help_text="To the recipient only.")
    evaluation = serializers.SerializerMethodField(allow_null=True)
    synthetic = serializers.BooleanField(read_only=True)

    def get_title(self, delivery: Delivery) -> str | None:
        """The title while the delivery stands."""
        return None if delivery.recalled_at else delivery.version.title

    def get_assigned_to(self, delivery: Delivery) -> str | None:
        """Username of whoever works on it."""
        user: User = self.context["request"].user
        mine = delivery.unit_id in user.units_with(Permission.ITEM_READ_DELIVERED)
        return delivery.assigned_to.username if mine and delivery.assigned_to else None

    def get_evaluation(self, delivery: Delivery) -> dict[str, Any] | None:
        """What the recipient made of it."""
        evaluation = getattr(delivery, "evaluation", None)
        return EvaluationReadSerializer(evaluation).data if evaluation else None
