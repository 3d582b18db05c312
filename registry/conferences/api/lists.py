"""The lists of a conference over HTTP: offices, agenda, papers."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet, StrictSerializer
from agencies.refusals import Invalid
from registry.conferences import actions
from registry.conferences.api.prepared import papers
from registry.conferences.row_serializers import (
    AgendaPointWriteSerializer,
    AgendaSerializer,
    ConferenceAttendanceWriteSerializer,
    InvitationsSerializer,
    InviteSerializer,
    IssueSerializer,
    OrderSerializer,
    PapersSerializer,
    PaperWriteSerializer,
    PresenceSerializer,
    ReturnSerializer,
    WithdrawSerializer,
)
from registry.conferences.serializers import ConferenceSerializer


class ConferenceLists(RecordViewSet):
    """Verbs on the lists; each calls the action of the same name."""

    bodies: ClassVar[dict[str, Any]] = {
        "attendance": ConferenceAttendanceWriteSerializer,
        "invitations": InviteSerializer,
        "record_attendance": PresenceSerializer,
        "add_to_agenda": AgendaPointWriteSerializer,
        "fill_agenda": StrictSerializer,
        "reorder_agenda": OrderSerializer,
        "withdraw_agenda_point": WithdrawSerializer,
        "add_paper": PaperWriteSerializer,
        "issue_copies": IssueSerializer,
        "return_copy": ReturnSerializer,
    }

    def given(self) -> dict[str, Any]:
        """Conference, person and revision of a move."""
        conference = self.get_object()
        expected = self.expected_revision(conference, required=False)
        return {"conference": conference, "by": self.person, "expected_revision": expected}

    @extend_schema(responses={201: ConferenceSerializer})
    @action(detail=True, methods=["post"])
    def attendance(self, request: Request, pk: Any = None) -> Response:
        """Put an office on the list."""
        return self.answer(actions.add_attendance(**self.given(), **self.body()).conference, status=201)

    @extend_schema(responses=InvitationsSerializer)
    @action(detail=True, methods=["post"])
    def invitations(self, request: Request, pk: Any = None) -> Response:
        """Invite the focal points of every agency's central units, and of further units. Again: nobody twice."""
        made = actions.invite_focal_points(**self.given(), **self.body())
        return Response(InvitationsSerializer(made, context=self.get_serializer_context()).data)

    @extend_schema(responses=ConferenceSerializer)
    @action(detail=True, methods=["post"], url_path="record-attendance")
    def record_attendance(self, request: Request, pk: Any = None) -> Response:
        """Tick in one go who came, was excused, did not come; until it is convened."""
        given = self.given()
        presence = {office["number"]: office["presence"] for office in self.body()["offices"]}
        return self.answer(actions.record_attendance(**given, presence=presence))

    @extend_schema(responses=AgendaSerializer)
    @action(detail=True, methods=["get"])
    def agenda(self, request: Request, pk: Any = None) -> Response:
        """The points in order."""
        return Response(AgendaSerializer({"points": self.get_object().agenda.all()}).data)

    @extend_schema(responses={201: ConferenceSerializer})
    @agenda.mapping.post
    def add_to_agenda(self, request: Request, pk: Any = None) -> Response:
        """Type a point, at the end."""
        return self.answer(actions.add_agenda_point(**self.given(), **self.body()).conference, status=201)

    @extend_schema(responses=ConferenceSerializer)
    @action(detail=True, methods=["post"], url_path="fill-agenda")
    def fill_agenda(self, request: Request, pk: Any = None) -> Response:
        """Carry there what is open and does not stand there yet."""
        given = self.given()
        self.body()
        actions.fill_agenda(**given)
        return self.answer(given["conference"])

    @extend_schema(responses=ConferenceSerializer)
    @action(detail=True, methods=["post"], url_path="reorder-agenda")
    def reorder_agenda(self, request: Request, pk: Any = None) -> Response:
        """Put the points in another order."""
        return self.answer(actions.reorder_agenda(**self.given(), **self.body()))

    @extend_schema(responses=ConferenceSerializer)
    @action(detail=True, methods=["post"], url_path="withdraw-agenda-point")
    def withdraw_agenda_point(self, request: Request, pk: Any = None) -> Response:
        """Take a point off the agenda, with a reason."""
        given, data = self.given(), self.body()
        conference = given.pop("conference")
        point = _numbered(conference.agenda, data["number"], "number")
        actions.withdraw_agenda_point(point=point, reason=data["reason"], **given)
        return self.answer(conference)

    @extend_schema(responses=PapersSerializer)
    @action(detail=True, methods=["get"])
    def papers(self, request: Request, pk: Any = None) -> Response:
        """The papers and where their copies are."""
        found = papers(self.person).filter(conference=self.get_object()).order_by("number")
        return Response(PapersSerializer({"papers": found}, context=self.get_serializer_context()).data)

    @extend_schema(responses={201: ConferenceSerializer})
    @papers.mapping.post
    def add_paper(self, request: Request, pk: Any = None) -> Response:
        """Write down a paper and how many copies there are."""
        return self.answer(actions.add_paper(**self.given(), **self.body()).conference, status=201)

    @extend_schema(responses=ConferenceSerializer)
    @action(detail=True, methods=["post"], url_path="issue-copies")
    def issue_copies(self, request: Request, pk: Any = None) -> Response:
        """Hand out one copy to each of the units."""
        given, data = self.given(), self.body()
        conference = given.pop("conference")
        paper = _numbered(conference.papers, data.pop("paper"), "paper")
        actions.issue_copies(paper=paper, **given, **data)
        return self.answer(conference)

    @extend_schema(responses=ConferenceSerializer)
    @action(detail=True, methods=["post"], url_path="return-copy")
    def return_copy(self, request: Request, pk: Any = None) -> Response:
        """A copy came back, also after the minutes were approved."""
        given, data = self.given(), self.body()
        conference = given.pop("conference")
        paper = _numbered(conference.papers, data["paper"], "paper")
        actions.return_copy(copy=_numbered(paper.issued, data["copy_number"], "copy_number"), **given)
        return self.answer(conference)


def _numbered(rows: Any, number: int, field: str) -> Any:
    """The row of this number, or Invalid."""
    found = rows.filter(number=number).first()
    if found is None:
        raise Invalid({field: _("The conference has nothing of this number.")})
    return found
