"""Attachments over HTTP: bytes in, bytes out, and nothing else leads to the store."""

from typing import Any, ClassVar
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import FileResponse
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import PURPOSE, RecordViewSet, StrictSerializer, etag_header
from agencies.api.fields import UtcDateTimeField
from agencies.audit.log import record
from agencies.audit.purpose import demand
from agencies.models import User
from agencies.refusals import Incomplete
from agencies.roles import Permission
from registry.api.uploads import FormParser, OctetStreamParser
from registry.information import receipts
from registry.information.attachments import INFECTED, Handling, attach_file, remove_attachment, store
from registry.information.file_types import TEXT
from registry.information.models import Attachment, InformationItem
from registry.information.names import ascii_name
from registry.information.readers import occasion_of
from registry.information.terms import Scan

READS = (Permission.ITEM_READ_OWN, Permission.ITEM_READ_DELIVERED)
HANDLING = ("no_onward", "no_judicial_use", "originator_only")
PARSERS = [OctetStreamParser, FormParser]
BINARY = {(200, "application/octet-stream"): OpenApiTypes.BINARY}


class UploadSerializer(StrictSerializer):
    """A file and what holds for it."""

    file = serializers.FileField()
    no_onward = serializers.BooleanField(required=False, default=False)
    no_judicial_use = serializers.BooleanField(required=False, default=False)
    originator_only = serializers.BooleanField(
        required=False, default=False, help_text="Kept from recipients: only the originating unit sees the file."
    )


class AttachmentSerializer(StrictSerializer):
    """A file of an item as the caller may see it."""

    id = serializers.UUIDField(read_only=True)
    item = serializers.UUIDField(source="item_id", read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True)
    name = serializers.CharField(read_only=True)
    media_type = serializers.CharField(source="stored.media_type", read_only=True)
    size = serializers.IntegerField(source="stored.size", read_only=True, help_text="Bytes.")
    sha256 = serializers.CharField(source="stored.sha256", read_only=True)
    scan = serializers.ChoiceField(Scan.choices, source="stored.scan", read_only=True)
    scanned_at = UtcDateTimeField(source="stored.scanned_at", read_only=True, allow_null=True)
    no_onward = serializers.BooleanField(read_only=True)
    no_judicial_use = serializers.BooleanField(read_only=True)
    originator_only = serializers.BooleanField(read_only=True)
    added_at = UtcDateTimeField(read_only=True)
    content_url = serializers.SerializerMethodField()

    def get_content_url(self, attachment: Attachment) -> str:
        """Where the bytes are, for whoever may see them."""
        address: str = self.context["request"].build_absolute_uri(f"/api/v1/attachments/{attachment.pk}/content")
        return address


class AttachmentFilters(filters.FilterSet):
    """Filters of the list."""

    item = filters.UUIDFilter(field_name="item_id")


class ItemFilesViewSet(RecordViewSet):
    """Files are attached to an item that the caller may see and edit."""

    queryset = InformationItem.objects.all()
    serializer_class = AttachmentSerializer
    read_permissions = READS
    write_serializers: ClassVar[dict[str, Any]] = {"attach": UploadSerializer}

    def known_parameters(self) -> frozenset[str]:
        """A raw body leaves no other place for the conditions; a form has fields for them."""
        raw = (self.request.content_type or "").partition(";")[0] == OctetStreamParser.media_type
        return frozenset(HANDLING) if raw else frozenset()

    @extend_schema(
        operation_id="information_items_attach",
        request={"application/octet-stream": OpenApiTypes.BINARY, "multipart/form-data": UploadSerializer},
        responses={201: AttachmentSerializer},
        parameters=[
            OpenApiParameter("Content-Disposition", str, OpenApiParameter.HEADER, description="Names a raw file."),
            *(OpenApiParameter(name, bool, description="With a raw file.") for name in HANDLING),
        ],
    )
    def attach(self, request: Request, pk: Any = None) -> Response:
        """Attach a file to a draft or a returned item: the raw body, named by Content-Disposition, or a form."""
        item = self.get_object()
        expected = self.expected_revision(item, required=False)
        try:
            data = self.body()
            handling = Handling(**{name: data[name] for name in HANDLING})
            made = attach_file(
                item=item, by=self.person, file=data["file"], handling=handling, expected_revision=expected
            )
        finally:
            for file in request.FILES.values():
                file.close()
        address = request.build_absolute_uri(f"/api/v1/attachments/{made.pk}")
        headers = etag_header(made.item) | {"Location": address}
        shown = AttachmentSerializer(made, context=self.get_serializer_context())
        return Response(shown.data, status=201, headers=headers)


class AttachmentViewSet(RecordViewSet):
    """Files of the items the caller may see."""

    queryset = Attachment.objects.all()
    serializer_class = AttachmentSerializer
    read_permissions = READS
    filterset_class = AttachmentFilters
    ordering_fields = ("added_at",)
    ordering = ("-added_at", "-id")
    discloses = True
    write_serializers: ClassVar[dict[str, Any]] = {"remove": StrictSerializer}

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in one query."""
        return records.select_related("item__unit", "item__current", "version", "stored")

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Bytes come as they are, whatever the client says it would like."""
        return super().perform_content_negotiation(request, force=force or self.action == "content")

    @extend_schema(parameters=[PURPOSE], responses=BINARY)
    @action(detail=True, methods=["get"])
    def content(self, request: Request, pk: Any = None) -> FileResponse:
        """The bytes, to be saved and never shown. Written to the audit log before the first of them leaves."""
        attachment = self.get_object()
        purpose = demand(occasion_of(attachment.item, self.person), self.purpose)
        return served(attachment=attachment, by=self.person, purpose=purpose)

    @extend_schema(responses=AttachmentSerializer)
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: Any = None) -> Response:
        """Take the file off a draft. Nobody is shown it any more. If-Match is the item's."""
        attachment = self.get_object()
        expected = self.expected_revision(attachment.item, required=False)
        self.body()
        removed = remove_attachment(attachment=attachment, by=self.person, expected_revision=expected)
        shown = AttachmentSerializer(removed, context=self.get_serializer_context())
        # Nobody reads the file any more: a repetition is answered by its item.
        address = request.build_absolute_uri(f"/api/v1/information-items/{removed.item_id}")
        headers = etag_header(InformationItem.objects.get(pk=removed.item_id)) | {"Location": address}
        return Response(shown.data, headers=headers)


def served(*, attachment: Attachment, by: User, purpose: str) -> FileResponse:
    """The bytes as a download that no browser runs or keeps. Reading them opens the delivery."""
    stored = attachment.stored
    if stored.scan == Scan.INFECTED:
        raise Incomplete(INFECTED, code="infected")
    content = store().open(stored.stored_name)
    record(action="download", by=by, on=attachment, purpose=purpose)
    receipts.note_opening(item=attachment.item, by=by)
    kind = f"{stored.media_type}; charset=utf-8" if stored.media_type == TEXT.media_type else stored.media_type
    response = FileResponse(content, content_type=kind)
    response["Content-Length"] = str(stored.size)
    name, plain = quote(attachment.name, safe=""), ascii_name(attachment.name)
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{name}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response
