"""Shapes of items and deliveries in the API: the originator's and the recipient's view of the same record."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.models import Area, Place, Unit, User
from agencies.roles import Permission
from registry.information.models import Delivery, InformationItem
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
    own = serializers.SerializerMethodField(help_text="Whether one of the caller's units originated the item.")
    author = serializers.SerializerMethodField(allow_null=True, help_text="To the originator only.")
    recipients = serializers.SerializerMethodField(allow_null=True, help_text="To the originator only.")
    return_reason = serializers.SerializerMethodField(allow_null=True, help_text="To the originator only.")
    recall_reason = serializers.CharField(read_only=True)
    deliveries_url = serializers.SerializerMethodField()
    attachments_url = serializers.SerializerMethodField()

    def _own(self, item: InformationItem) -> bool:
        user: User = self.context["request"].user
        return item.unit_id in user.units_with(Permission.ITEM_READ_OWN)

    def get_own(self, item: InformationItem) -> bool:
        """Originated by one of the caller's units."""
        return self._own(item)

    def get_author(self, item: InformationItem) -> str | None:
        """Username of the author."""
        return item.author.username if self._own(item) else None

    def get_recipients(self, item: InformationItem) -> list[str] | None:
        """Codes of the recipient units, noted or delivered."""
        return [u.code for u in item.recipients.all()] if self._own(item) else None

    def get_return_reason(self, item: InformationItem) -> str | None:
        """Why the head sent it back."""
        return item.return_reason if self._own(item) else None

    def get_deliveries_url(self, item: InformationItem) -> str:
        """The deliveries of this item the caller may see."""
        address: str = self.context["request"].build_absolute_uri(f"/api/v1/deliveries?item={item.pk}")
        return address

    def get_attachments_url(self, item: InformationItem) -> str:
        """The files of this item the caller may see."""
        address: str = self.context["request"].build_absolute_uri(f"/api/v1/attachments?item={item.pk}")
        return address


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
