"""Requests for information of the demo: written out one by one in the script, played through the real actions."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from agencies.models import User
from agencies.roles import Role
from registry.requests import actions
from registry.requests.models import InformationRequest
from registry.requests.terms import AnswerKind
from reports.demo.cast import Cast

UNSENT, UNANSWERED = {"draft"}, {"draft", "sent", "received", "drafted"}
DRAFTING = timedelta(hours=1)
"""From the draft to the sending; an answer is drafted as long before it is given."""


class Requests:
    """Plays the requests of the script. `days_ago` counts back from now, `sent` is a moment in Viet Nam."""

    def __init__(self, script: Mapping[str, Any], cast: Cast) -> None:
        self._words = script["requests"]
        self._marker = script["marker"]
        self._cast = cast

    def load(self, now: datetime) -> int:
        """All of them, in the order of their numbers; how many."""
        plans = self._words["plan"]
        for number, plan in enumerate(plans):
            self._play(number, plan, self._sent_at(plan, now))
        return len(plans)

    def _sent_at(self, plan: Mapping[str, Any], now: datetime) -> datetime:
        if "days_ago" in plan:
            return now - timedelta(days=plan["days_ago"]) - DRAFTING
        return timezone.make_aware(datetime.fromisoformat(plan["sent"]))

    def _play(self, number: int, plan: Mapping[str, Any], sent_at: datetime) -> None:
        about, purposes = plan["about"], self._words["purpose"]
        content = {
            "addressee": self._cast.units[plan["addressee"]],
            "subject": f"Đề nghị cung cấp thông tin về {about}",
            "question": f"{self._marker} Đề nghị đơn vị bạn cung cấp thông tin hiện có về {about}.",
            "purpose": purposes[number % len(purposes)],
            "commitment": True,
            "urgency": plan["urgency"],
        }
        request = actions.create_request(
            unit=self._cast.units[plan["unit"]],
            by=self._cast.user(plan["unit"], Role.OFFICER),
            content=content,
            at=sent_at - DRAFTING,
            synthetic=True,
        )
        if plan["outcome"] not in UNSENT:
            actions.send_request(request=request, by=self._head(plan["unit"]), at=sent_at)
            self._receive(request, plan, sent_at)
        if plan["outcome"] not in UNANSWERED:
            self._end(request, plan, sent_at + timedelta(hours=plan["hours"]))

    def _receive(self, request: InformationRequest, plan: Mapping[str, Any], sent_at: datetime) -> None:
        """The focal point acknowledges and asks back; an answer may lie drafted."""
        if plan["outcome"] == "sent":
            return
        focal, officer = self._focal(plan["addressee"]), self._cast.user(plan["unit"], Role.OFFICER)
        actions.receive_request(request=request, by=focal, at=sent_at + timedelta(minutes=40))
        question, reply = self._words["message"]
        actions.write_message(request=request, by=focal, text=question, at=sent_at + timedelta(minutes=50))
        actions.write_message(request=request, by=officer, text=reply, at=sent_at + timedelta(minutes=85))
        if plan["outcome"] == "drafted":
            self._draft(request, plan, AnswerKind.NO_INFORMATION, "", sent_at + timedelta(hours=5))

    def _end(self, request: InformationRequest, plan: Mapping[str, Any], at: datetime) -> None:
        """Answer, refuse or withdraw."""
        head = self._head(plan["addressee"])
        match plan["outcome"]:
            case "refused":
                actions.refuse_request(request=request, by=head, reason=plan["reason"], text=plan["text"], at=at)
            case "withdrawn":
                reason = self._words["withdraw_reason"]
                actions.withdraw_request(request=request, by=self._head(plan["unit"]), reason=reason, at=at)
            case "reopened":
                self._answer(request, plan, AnswerKind.ANSWERED, plan["text"], at)
                again, reason = at + timedelta(hours=20), self._words["reopen_reason"]
                actions.reopen_request(request=request, by=self._head(plan["unit"]), reason=reason, at=again)
                self._answer(request, plan, AnswerKind.ANSWERED, plan["second"], again + timedelta(hours=26))
            case kind:
                self._answer(request, plan, kind, plan["text"], at)

    def _answer(self, request: InformationRequest, plan: Mapping[str, Any], kind: str, text: str, at: datetime) -> None:
        self._draft(request, plan, kind, text, at - DRAFTING)
        actions.give_answer(request=request, by=self._head(plan["addressee"]), at=at)

    def _draft(self, request: InformationRequest, plan: Mapping[str, Any], kind: str, text: str, at: datetime) -> None:
        analyst = self._cast.user(plan["addressee"], Role.ANALYST)
        actions.draft_answer(request=request, by=analyst, kind=kind, text=text, at=at)

    def _head(self, unit: str) -> User:
        return self._cast.user(unit, Role.RELEASER)

    def _focal(self, unit: str) -> User:
        return self._cast.user(unit, Role.FOCAL_POINT)
