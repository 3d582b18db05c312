"""Shapes of previews, releases, corrections and explanations in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import RecipientField, UtcDateTimeField
from agencies.models import User
from agencies.roles import Permission
from registry.information.differences import as_json, differences
from registry.information.models import ItemVersion
from registry.information.preview import shown
from registry.information.serializers.items import ContentSerializer

RECIPIENTS = _("Codes of recipient units; the code of an agency stands for its central unit.")
HASH = _("Hash of the preview that is approved.")


class RecipientsSerializer(StrictSerializer):
    """Body of a preview: who would get it. Left out, those noted on the draft, or those who have the item."""

    recipients = RecipientField(many=True, required=False, help_text=RECIPIENTS)


class ReleaseSerializer(RecipientsSerializer):
    """Body of a release: who gets it, and the hash of the preview that was looked at."""

    preview = serializers.CharField(max_length=64, required=False, default="", help_text=HASH)


class ShareSerializer(StrictSerializer):
    """Body of a delivery to further units."""

    recipients = RecipientField(many=True, help_text=RECIPIENTS)
    preview = serializers.CharField(max_length=64, required=False, default="", help_text=HASH)


class ApprovalSerializer(StrictSerializer):
    """Body of the release of a correction."""

    preview = serializers.CharField(max_length=64, required=False, default="", help_text=HASH)


class CorrectSerializer(ContentSerializer):
    """Body of a correction: the reason, and the fields that change."""

    reason = serializers.CharField(max_length=2000, help_text=_("Recipients read it."))


class ShownSerializer(StrictSerializer):
    """One field as it will be read."""

    field = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    value = serializers.JSONField(read_only=True)
    text = serializers.CharField(read_only=True)


class ReceivesSerializer(StrictSerializer):
    """One recipient, the rule that gives it the item, the recipients it learns of."""

    unit = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    agency = serializers.CharField(read_only=True)
    rule = serializers.CharField(read_only=True)
    others = serializers.ListField(child=serializers.CharField(), read_only=True)


class SuggestionSerializer(StrictSerializer):
    """A unit that should get the item by the area rule and is not among the recipients."""

    unit = serializers.CharField(source="unit.code", read_only=True)
    agency = serializers.CharField(source="unit.agency.code", read_only=True)
    area = serializers.CharField(source="area.code", read_only=True)
    rule = serializers.CharField(read_only=True)
    legal_basis = serializers.CharField(read_only=True)
    article = serializers.CharField(read_only=True)


class PreviewSerializer(StrictSerializer):
    """What a release would show to whom. Approve it by its hash."""

    hash = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    fields_shown = ShownSerializer(source="fields", many=True, read_only=True)
    files = serializers.ListField(child=serializers.DictField(), read_only=True)
    recipients = ReceivesSerializer(many=True, read_only=True)
    withheld = serializers.ListField(child=serializers.CharField(), read_only=True)
    suggestions = SuggestionSerializer(many=True, read_only=True)


class DifferenceSerializer(StrictSerializer):
    """One field that changed."""

    field = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    before = serializers.CharField(read_only=True)
    after = serializers.CharField(read_only=True)


class StepSerializer(StrictSerializer):
    """One rule of the chain."""

    rule = serializers.CharField(read_only=True)
    holds = serializers.BooleanField(read_only=True)
    text = serializers.CharField(read_only=True)


class ExplanationSerializer(StrictSerializer):
    """Whether the item is seen, and why: the rules in the order in which they are asked."""

    allowed = serializers.BooleanField(read_only=True)
    steps = StepSerializer(many=True, read_only=True)


class VersionSerializer(StrictSerializer):
    """A version of an item. An auditor sees that it exists, when and why, and which fields changed: no content."""

    id = serializers.UUIDField(read_only=True)
    item = serializers.UUIDField(source="item_id", read_only=True)
    reference = serializers.CharField(source="item.reference", read_only=True, allow_null=True)
    number = serializers.IntegerField(read_only=True)
    reason = serializers.CharField(read_only=True)
    released_at = UtcDateTimeField(read_only=True, allow_null=True)
    withdrawn_at = UtcDateTimeField(read_only=True, allow_null=True)
    approved_hash = serializers.CharField(read_only=True)
    changed = serializers.SerializerMethodField(help_text="Names of the fields that differ from the version before.")
    content = serializers.SerializerMethodField(allow_null=True, help_text="To the originator only.")
    differences = serializers.SerializerMethodField(allow_null=True, help_text="To the originator only.")

    def _own(self, version: ItemVersion) -> bool:
        user: User = self.context["request"].user
        return version.item.unit_id in user.units_with(Permission.ITEM_READ_OWN)

    def _before(self, version: ItemVersion) -> ItemVersion | None:
        earlier = [v for v in version.item.versions.all() if v.number < version.number and v.released_at]
        return max(earlier, key=lambda v: v.number, default=None)

    def get_changed(self, version: ItemVersion) -> list[str]:
        """Names alone."""
        before = self._before(version)
        return [d.field for d in differences(before, version)] if before else []

    def get_content(self, version: ItemVersion) -> dict[str, Any] | None:
        """Every field as it was."""
        return {field.field: field.value for field in shown(version)} if self._own(version) else None

    def get_differences(self, version: ItemVersion) -> list[dict[str, Any]] | None:
        """Before and after."""
        before = self._before(version)
        if not self._own(version):
            return None
        return as_json(differences(before, version)) if before else []
