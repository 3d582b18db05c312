"""The caller's notices and choices over HTTP."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet, StrictSerializer
from agencies.api.filters import ChoiceFilter, Records
from agencies.models import User
from agencies.roles import Permission
from registry.notices import actions
from registry.notices.models import Notice, NoticePreference
from registry.notices.serializers import MarkedSerializer, NoticeSerializer, PreferencesSerializer
from registry.notices.terms import EVERY_KIND, MailChoice, NoticeKind


class NoticeFilters(filters.FilterSet):
    """Filters of the list."""

    kind = ChoiceFilter(NoticeKind.choices)
    reference = filters.CharFilter(lookup_expr="exact", max_length=64)
    unread = filters.BooleanFilter(method="not_read", label="Not yet marked as read.")

    def not_read(self, records: Records, name: str, value: bool) -> Records:
        """Unread, or read."""
        return records.filter(read_at__isnull=value)


class NoticeViewSet(RecordViewSet):
    """What the caller was told, newest first."""

    queryset = Notice.objects.all()
    serializer_class = NoticeSerializer
    read_permissions = (Permission.NOTICE_READ,)
    filterset_class = NoticeFilters
    ordering_fields = ("created_at",)
    ordering = ("-created_at",)
    write_serializers: ClassVar[dict[str, Any]] = {"read": StrictSerializer, "read_all": StrictSerializer}

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """With the unit."""
        return records.select_related("unit")

    @extend_schema(responses=NoticeSerializer)
    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: Any = None) -> Response:
        """Mark one as read."""
        notice = self.get_object()
        self.body()
        return self.answer(actions.mark_read(notice=notice, by=self.person))

    @extend_schema(responses=MarkedSerializer)
    @action(detail=False, methods=["post"], url_path="read-all")
    def read_all(self, request: Request) -> Response:
        """Mark all as read."""
        self.body()
        return Response({"marked": actions.mark_all_read(by=self.person)})


class NoticePreferenceViewSet(RecordViewSet):
    """What the caller chose: one answer, not a list."""

    queryset = NoticePreference.objects.all()
    serializer_class = PreferencesSerializer
    read_permissions = (Permission.NOTICE_READ,)
    write_serializers: ClassVar[dict[str, Any]] = {"partial_update": PreferencesSerializer}

    def _chosen(self) -> Response:
        user = User.objects.get(pk=self.person.pk)
        rows = list(self.get_queryset().order_by("kind"))
        if not any(row.kind == EVERY_KIND for row in rows):
            rows.insert(0, NoticePreference(kind=EVERY_KIND, email=MailChoice.NEVER))
        return Response(PreferencesSerializer({"email_address": user.email, "preferences": rows}).data)

    @extend_schema(operation_id="notice_preferences_retrieve", responses=PreferencesSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Where mails go, and what is mailed at once, once a day or never."""
        return self._chosen()

    @extend_schema(operation_id="notice_preferences_partial_update", responses=PreferencesSerializer)
    def partial_update(self, request: Request) -> Response:
        """Change what is named. These are the caller's own: no version is asked for."""
        data = self.body()
        actions.set_preferences(
            by=self.person, preferences=data.get("preferences", ()), email=data.get("email_address")
        )
        return self._chosen()
