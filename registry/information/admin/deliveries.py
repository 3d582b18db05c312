"""Deliveries in the admin: the inbox, and the receipts of what went out."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, person
from agencies.admin_naming import code_with_name
from agencies.models import named_then
from agencies.roles import Permission
from registry.badges import badge
from registry.information import receipts
from registry.information.admin import delivery_steps, use_steps
from registry.information.admin.forms import AssignForm, EvaluationForm
from registry.information.admin.inlines import CorrectionInline, RecallInline
from registry.information.models import Delivery
from registry.information.terms import DeliveryStatus
from registry.information.workflow import DELIVERY_MOVES

READS = (Permission.ITEM_READ_OWN, Permission.ITEM_READ_DELIVERED)


@admin.register(Delivery)
class DeliveryAdmin(RecordAdmin):
    """What came in, and the receipts of what went out."""

    when_empty = _("What other agencies released to your units arrives here.")
    read_permissions = READS
    discloses = True
    list_display = (
        "reference",
        "title",
        "origin",
        "recipient",
        "state",
        "delivered_at",
        "due_at",
        "punctual",
    )
    lookups = ("due_at",)
    list_filter = ("status", "item__unit__agency", "unit__agency", "delivered_at")
    search_fields = ("item__reference",)
    ordering = ("-delivered_at", "-id")
    list_select_related = ("item__unit", "item__current", "unit")
    fields = (
        "item_page",
        "origin",
        "recipient",
        "state",
        "delivered_at",
        "due_at",
        "opened_at",
        "acknowledged_at",
        "punctual",
        "recalled_at",
        "recall_reason",
        "assigned_to",
        "worth",
        "own_grade",
        "note",
    )
    inlines = (CorrectionInline, RecallInline)
    steps = {
        "ask-consent": use_steps.AskConsentStep(),
        "pass-on": use_steps.PassOnStep(),
        "disposal": delivery_steps.DisposalStep(),
    }
    readonly_fields = fields

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The recall is told where there is one; who works on it, to the recipient alone."""
        hidden = {"recalled_at", "recall_reason"} if obj is None or not obj.recalled_at else set()
        if obj is None or obj.unit_id not in person(request).units_with(Permission.ITEM_READ_DELIVERED):
            hidden.add("assigned_to")
        return [name for name in self.fields if name not in hidden]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Receipts change by moves alone."""
        return False

    @admin.display(description=_("reference"), ordering="item__reference")
    def reference(self, delivery: Delivery) -> str:
        """The item's number."""
        return delivery.item.reference or "-"

    @admin.display(description=_("item"))
    def item_page(self, delivery: Delivery) -> str:
        """The way to the content, which opens it for the recipient. After a recall there is none."""
        if delivery.recalled_at:
            return self.reference(delivery)
        address = reverse("admin:information_informationitem_change", args=[delivery.item_id])
        return format_html('<a href="{}">{} · {}</a>', address, self.reference(delivery), self.title(delivery))

    @admin.display(description=_("title"))
    def title(self, delivery: Delivery) -> str:
        """The title while the delivery stands."""
        current = delivery.item.current
        return gettext("recalled") if delivery.recalled_at or current is None else current.title

    @admin.display(description=_("from"))
    def origin(self, delivery: Delivery) -> str:
        """The originating unit, and its name when it delivered."""
        return code_with_name(named_then(delivery.item.unit, delivery.names_day()))

    @admin.display(description=_("to"))
    def recipient(self, delivery: Delivery) -> str:
        """The receiving unit, and its name then."""
        return code_with_name(delivery.unit)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the units' names, in two queries."""
        return super().get_queryset(request).prefetch_related("unit__names", "item__unit__names")

    @admin.display(description=_("status"), ordering="status")
    def state(self, delivery: Delivery) -> str:
        """The status as a badge."""
        return badge(delivery.status, delivery.get_status_display())

    @admin.display(description=_("recall reason"))
    def recall_reason(self, delivery: Delivery) -> str:
        """What remains for the recipient: the number, the time, the reason."""
        return delivery.item.recall_reason

    @admin.display(description=_("acknowledged in time"))
    def punctual(self, delivery: Delivery) -> str:
        """In time, late, or still open."""
        match delivery.in_time:
            case True:
                return badge("done", gettext("in time"))
            case False:
                return badge("overdue", gettext("late"))
        return "-"

    @admin.display(description=_("evaluation"))
    def worth(self, delivery: Delivery) -> str:
        """What the recipient made of it."""
        evaluation = getattr(delivery, "evaluation", None)
        return str(evaluation) if evaluation else "-"

    @admin.display(description=_("the recipient's own grade"))
    def own_grade(self, delivery: Delivery) -> str:
        """Beside, never over, the originator's."""
        evaluation = getattr(delivery, "evaluation", None)
        grades = [evaluation.source_grade, evaluation.information_grade] if evaluation else []
        return "".join(grades) or "-"

    @admin.display(description=_("note"))
    def note(self, delivery: Delivery) -> str:
        """What the recipient wrote."""
        evaluation = getattr(delivery, "evaluation", None)
        return evaluation.note if evaluation and evaluation.note else "-"

    def heading(self, obj: Delivery) -> dict[str, Any]:
        """What it is about, and where it stands."""
        return {"headline": self.title(obj), "badges": [{"code": obj.status, "label": obj.get_status_display()}]}

    def moves_for(self, request: HttpRequest, obj: Delivery) -> list[dict[str, Any]]:
        """Acknowledge, evaluate, give the work to somebody."""
        by, moves = person(request), list[dict[str, Any]]()
        handles = by.may(Permission.DELIVERY_HANDLE, obj.unit_id)
        if handles:
            moves += self._acknowledgements(obj)
        if (obj.status, "evaluate") in DELIVERY_MOVES and by.may(Permission.DELIVERY_EVALUATE, obj.unit_id):
            label = DELIVERY_MOVES[obj.status, "evaluate"].label
            moves.append({"name": "evaluate", "label": label, "style": "primary", "form": EvaluationForm(obj)})
        if handles and obj.status != DeliveryStatus.RECALLED:
            moves.append({"name": "assign", "label": gettext("Assign"), "form": AssignForm(obj)})
        return moves

    def _acknowledgements(self, obj: Delivery) -> Iterator[dict[str, Any]]:
        """Of the item, of a correction, of a recall: what needs nothing but a press."""
        if (obj.status, "acknowledge") in DELIVERY_MOVES:
            yield {"name": "acknowledge", "label": gettext("Acknowledge"), "style": "primary"}
        if not obj.recalled_at and obj.corrections.filter(acknowledged_at__isnull=True).exists():
            label = gettext("Acknowledge the correction")
            yield {"name": "acknowledge_correction", "label": label, "style": "primary"}
        if obj.recalled_at and getattr(obj, "recall_receipt", None) is None:
            yield {"name": "acknowledge_recall", "label": gettext("Acknowledge the recall")}

    def perform_move(self, request: HttpRequest, obj: Delivery, name: str, reason: str) -> str:
        """The same functions as the API."""
        by = person(request)
        match name:
            case "acknowledge":
                receipts.acknowledge_delivery(delivery=obj, by=by)
            case "acknowledge_correction":
                receipts.acknowledge_correction(delivery=obj, by=by)
            case "acknowledge_recall":
                receipts.acknowledge_recall(delivery=obj, by=by)
            case "assign":
                delivery = receipts.assign_delivery(delivery=obj, by=by, username=request.POST.get("to", ""))
                return gettext("Assigned to %s.") % str(delivery.assigned_to)
            case "evaluate":
                answers: dict[str, Any] = {field: request.POST.get(field, "") for field in EvaluationForm.base_fields}
                receipts.evaluate_delivery(delivery=obj, by=by, **answers)
                return gettext("Thank you: the originator sees your evaluation.")
            case _:
                raise Http404
        return gettext("Acknowledged.")
