"""The history of a case over HTTP: timeline, entries, receipts of hand-overs, task forces, the lead suggested."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet
from agencies.audit.log import disclose
from agencies.models import today
from agencies.refusals import Invalid
from registry.cases import actions
from registry.cases.history_serializers import (
    EndTaskForceSerializer,
    EntryWriteSerializer,
    ReceiveSerializer,
    SuggestedLeadAskedSerializer,
    SuggestedLeadSerializer,
    TaskForceWriteSerializer,
    TimelineSerializer,
)
from registry.cases.models import HandOver, TaskForce
from registry.cases.serializers import CaseSerializer
from registry.cases.suggestion import suggestion
from registry.cases.timeline import timeline

ASKED = frozenset({"area", "on", "detected_by"})


class CaseHistoryViewSet(RecordViewSet):
    """What happens to a case beside what its lead writes."""

    write_serializers: ClassVar[dict[str, Any]] = {
        "entries": EntryWriteSerializer,
        "receive_hand_over": ReceiveSerializer,
        "task_forces": TaskForceWriteSerializer,
        "end_task_force": EndTaskForceSerializer,
    }

    def known_parameters(self) -> frozenset[str]:
        """A suggestion is asked for by parameters."""
        return ASKED if self.action == "suggested_lead" else super().known_parameters()

    def _given(self) -> dict[str, Any]:
        """Case, person and revision of a move."""
        case = self.get_object()
        return {"case": case, "by": self.person, "expected_revision": self.expected_revision(case, required=False)}

    @extend_schema(
        parameters=[
            OpenApiParameter("area", str, required=True, description="Code of the area."),
            OpenApiParameter("on", str, description="Day (today)."),
            OpenApiParameter("detected_by", str, description="Code of the agency that detected the case."),
        ],
        responses=SuggestedLeadSerializer,
        filters=False,
    )
    @action(detail=False, methods=["get"], url_path="suggested-lead", pagination_class=None, filter_backends=[])
    def suggested_lead(self, request: Request) -> Response:
        """Which agency leads by area and first detection, and which law says so."""
        asked = SuggestedLeadAskedSerializer(data=request.query_params.dict(), context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        return Response(SuggestedLeadSerializer(suggestion(**{"on": today(), **asked.validated_data})).data)

    @extend_schema(responses=TimelineSerializer)
    @action(detail=True, methods=["get"])
    def timeline(self, request: Request, pk: Any = None) -> Response:
        """What happened in the case, oldest first: from its record and from what those who take part wrote."""
        case = self.get_object()
        disclose(by=self.person, kind=self.kind, on=case, ids=self.shown_in([case]), purpose=self.purpose)
        return Response(TimelineSerializer({"lines": timeline(case, case.shown_items)}).data)

    @extend_schema(responses={201: CaseSerializer})
    @action(detail=True, methods=["post"])
    def entries(self, request: Request, pk: Any = None) -> Response:
        """Write into the timeline. Entries are never changed: a mistake gets a further one."""
        given = self._given()
        return self.answer(actions.add_entry(**given, **self.body()).case, status=201)

    @extend_schema(responses=CaseSerializer)
    @action(detail=True, methods=["post"], url_path="receive-hand-over")
    def receive_hand_over(self, request: Request, pk: Any = None) -> Response:
        """The new lead's unit confirms that it received what was handed over."""
        given, data = self._given(), self.body()
        made = HandOver.objects.filter(case=given.pop("case"), pk=data.pop("hand_over")).first()
        if made is None:
            raise Invalid({"hand_over": _("The case has no such hand-over.")}, code="unknown")
        return self.answer(actions.receive_hand_over(hand_over=made, **given, **data).case)

    @extend_schema(responses={201: CaseSerializer})
    @action(detail=True, methods=["post"], url_path="task-forces")
    def task_forces(self, request: Request, pk: Any = None) -> Response:
        """Units that take part form a task force until a day."""
        given = self._given()
        return self.answer(actions.set_up_task_force(**given, **self.body()).case, status=201)

    @extend_schema(responses=CaseSerializer)
    @action(detail=True, methods=["post"], url_path="end-task-force")
    def end_task_force(self, request: Request, pk: Any = None) -> Response:
        """Dissolve a task force before its day."""
        given, data = self._given(), self.body()
        force = TaskForce.objects.filter(case=given.pop("case"), pk=data.pop("task_force")).first()
        if force is None:
            raise Invalid({"task_force": _("The case has no such task force.")}, code="unknown")
        return self.answer(actions.end_task_force(task_force=force, **given, **data).case)
