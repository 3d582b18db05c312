"""Preview, release, sharing further, corrections over HTTP: the verbs that put content into others' hands."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet, StrictSerializer
from agencies.audit.log import disclose
from registry.information import actions
from registry.information.area_duty import suggested
from registry.information.preview import as_json
from registry.information.serializers import (
    ApprovalSerializer,
    CorrectSerializer,
    ItemSerializer,
    PreviewSerializer,
    RecipientsSerializer,
    ReleaseSerializer,
    ShareSerializer,
)

RELEASE_BODIES: dict[str, Any] = {
    "preview": RecipientsSerializer,
    "release": ReleaseSerializer,
    "share": ShareSerializer,
    "correct": CorrectSerializer,
    "withdraw_correction": StrictSerializer,
    "release_correction": ApprovalSerializer,
}
"""Bodies of these verbs."""


class ReleasingItems(RecordViewSet):
    """What an item's view set answers besides."""

    def _given(self) -> dict[str, Any]:
        """Item, person and revision of a move."""
        item = self.get_object()
        expected = self.expected_revision(item, required=False)
        return {"item": item, "by": self.person, "expected_revision": expected}

    @extend_schema(responses=ItemSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: Any = None) -> Response:
        """Number the item and deliver it, as the preview showed it. Never by whoever wrote it."""
        given = self._given()
        body = self.body()
        return self.answer(actions.release_item(**given, recipients=body.get("recipients"), preview=body["preview"]))

    @extend_schema(responses=PreviewSerializer)
    @action(detail=True, methods=["post"])
    def preview(self, request: Request, pk: Any = None) -> Response:
        """What a release would show to whom, before it does: its hash is what is approved."""
        item = self.get_object()
        recipients = self.body().get("recipients")
        seen = actions.preview_release(item=item, by=self.person, recipients=recipients)
        hint = suggested(area=actions.newest(item).area, unit=item.unit)
        missing = hint is not None and hint.unit.agency.code not in {r.agency for r in seen.recipients}
        disclose(by=self.person, kind=self.kind, on=item)
        body = as_json(seen) | {"suggestions": [hint] if missing else []}
        return Response(PreviewSerializer(body).data)

    @extend_schema(responses=ItemSerializer)
    @action(detail=True, methods=["post"])
    def share(self, request: Request, pk: Any = None) -> Response:
        """Deliver a released item to further units."""
        given = self._given()
        return self.answer(actions.share_item(**given, **self.body()))

    @extend_schema(responses=ItemSerializer)
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: Any = None) -> Response:
        """Write a correction of a released item, or write on at the one that waits for its release."""
        given = self._given()
        serializer = self.get_serializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        content, reason = data.get("current", {}), data.get("reason", "")
        return self.answer(actions.correct_item(**given, content=content, reason=reason))

    @extend_schema(responses=ItemSerializer)
    @action(detail=True, methods=["post"], url_path="withdraw-correction")
    def withdraw_correction(self, request: Request, pk: Any = None) -> Response:
        """Give up the correction that waits."""
        given = self._given()
        self.body()
        return self.answer(actions.withdraw_correction(**given))

    @extend_schema(responses=ItemSerializer)
    @action(detail=True, methods=["post"], url_path="release-correction")
    def release_correction(self, request: Request, pk: Any = None) -> Response:
        """Put the correction in the place of what was released, for everybody who has the item."""
        given = self._given()
        return self.answer(actions.release_correction(**given, **self.body()))
