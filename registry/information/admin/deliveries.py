"""Deliveries in the admin: the inbox, and the receipts of what went out."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, person
from agencies.roles import Permission
from registry.badges import badge
from registry.information import receipts
from registry.information.admin import delivery_steps, use_steps
from registry.information.admin.inlines import CorrectionInline, RecallInline
from registry.information.models import Delivery
from registry.information.workflow import DELIVERY_MOVES

READS = (Permission.ITEM_READ_OWN, Permission.ITEM_READ_DELIVERED)


@admin.register(Delivery)
class DeliveryAdmin(RecordAdmin):
    """What came in, and the receipts of what went out."""

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
    list_filter = ("status", "item__unit__agency", "unit__agency", "delivered_at")
    search_fields = ("item__reference",)
    ordering = ("-delivered_at", "-id")
    list_select_related = ("item__unit", "item__current", "unit")
    fields = (
        "reference",
        "title",
        "origin",
        "recipient",
        "state",
        "delivered_at",
        "due_at",
        "opened_at",
        "acknowledged_at",
        "punctual",
        "assigned_to",
        "worth",
        "own_grade",
        "note",
    )
    inlines = (CorrectionInline, RecallInline)
    steps = {
        "evaluate": delivery_steps.EvaluateStep(),
        "assign": delivery_steps.AssignStep(),
        "ask-consent": use_steps.AskConsentStep(),
        "pass-on": use_steps.PassOnStep(),
        "disposal": delivery_steps.DisposalStep(),
    }
    readonly_fields = fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Receipts change by moves alone."""
        return False

    @admin.display(description=_("reference"), ordering="item__reference")
    def reference(self, delivery: Delivery) -> str:
        """The item's number."""
        return delivery.item.reference or "-"

    @admin.display(description=_("title"))
    def title(self, delivery: Delivery) -> str:
        """The title while the delivery stands."""
        current = delivery.item.current
        return gettext("recalled") if delivery.recalled_at or current is None else current.title

    @admin.display(description=_("from"))
    def origin(self, delivery: Delivery) -> str:
        """The originating unit."""
        return delivery.item.unit.code

    @admin.display(description=_("to"))
    def recipient(self, delivery: Delivery) -> str:
        """The receiving unit."""
        return delivery.unit.code

    @admin.display(description=_("status"), ordering="status")
    def state(self, delivery: Delivery) -> str:
        """The status as a badge."""
        return badge(delivery.status, delivery.get_status_display())

    @admin.display(description=_("acknowledged in time"), boolean=True)
    def punctual(self, delivery: Delivery) -> bool | None:
        """Yes, no, or still open."""
        return delivery.in_time

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

    def moves_for(self, request: HttpRequest, obj: Delivery) -> list[dict[str, Any]]:
        """What needs nothing but a press: acknowledgements."""
        by = person(request)
        moves: list[dict[str, Any]] = []
        if not by.may(Permission.DELIVERY_HANDLE, obj.unit_id):
            return moves
        if (obj.status, "acknowledge") in DELIVERY_MOVES:
            moves.append({"name": "acknowledge", "label": gettext("Acknowledge"), "style": "primary"})
        if not obj.recalled_at and obj.corrections.filter(acknowledged_at__isnull=True).exists():
            label = gettext("Acknowledge the correction")
            moves.append({"name": "acknowledge_correction", "label": label, "style": "primary"})
        if obj.recalled_at and getattr(obj, "recall_receipt", None) is None:
            moves.append({"name": "acknowledge_recall", "label": gettext("Acknowledge the recall")})
        return moves

    def perform_move(self, request: HttpRequest, obj: Delivery, name: str, reason: str) -> str:
        """The same functions as the API."""
        verbs = {
            "acknowledge": (receipts.acknowledge_delivery, gettext("Acknowledged.")),
            "acknowledge_correction": (receipts.acknowledge_correction, gettext("Acknowledged.")),
            "acknowledge_recall": (receipts.acknowledge_recall, gettext("Acknowledged.")),
        }
        if name not in verbs:
            raise Http404
        verb, done = verbs[name]
        verb(delivery=obj, by=person(request))
        return done
