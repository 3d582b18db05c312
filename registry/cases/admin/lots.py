"""Seizure lots and factors for estimates in the admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, RecordInline, person
from agencies.roles import Permission
from registry.cases.admin.lot_steps import CompareStep, CustodyStep, MergeStep, ReweighStep, SplitStep
from registry.cases.admin.rows import READS, LotColumns
from registry.cases.admin.totals import TotalsPage
from registry.cases.duplicates import possible_duplicates
from registry.cases.estimates import estimates
from registry.cases.models import ConversionFactor, CustodyEvent, LotComparison, LotDivision, LotReweighing, SeizureLot


def _listed(division: LotDivision | None, side: str) -> str:
    """Lots on one side of a split or merge."""
    if division is None:
        return "-"
    return "; ".join(map(str, getattr(division, side).select_related("substance")))


class CustodyInline(RecordInline):
    """Who held the lot."""

    model = CustodyEvent
    fields = (
        "number", "happened_on", "from_unit", "to_unit", "store", "seal", "value", "measure", "note", "recorded_by",
    )  # fmt: skip
    readonly_fields = fields
    read_permissions = READS


class ReweighingInline(RecordInline):
    """Quantities the lot had before it was weighed anew."""

    model = LotReweighing
    fields = ("number", "former_text", "former_comparator", "reason", "decided_by", "decided_at")
    readonly_fields = fields
    read_permissions = READS


class ComparisonInline(RecordInline):
    """Decisions on possible duplicates, of pairs the reader sees."""

    model = LotComparison
    fk_name = "lot"
    fields = ("decided_at", "other", "verdict", "reason", "unit", "decided_by")
    readonly_fields = fields
    read_permissions = READS


class Suspected(admin.SimpleListFilter):
    """Lots that may be the same seizure as another one the reader sees."""

    title = _("possible duplicates")
    parameter_name = "suspected"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """With or without a decision."""
        return [("open", _("not decided yet")), ("decided", _("decided"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Either side of a pair."""
        if self.value() not in {"open", "decided"}:
            return queryset
        seen = SeizureLot.objects.visible_to(person(request))
        pairs = possible_duplicates(seen, decided=self.value() == "decided")
        return queryset.filter(pk__in={lot.pk for pair in pairs for lot in (pair.lot, pair.other)})


@admin.register(SeizureLot)
class SeizureLotAdmin(LotColumns, TotalsPage, RecordAdmin):
    """Lots of the cases in which one's units take part. They are entered on the page of their case."""

    when_empty = _("Lots of the cases of your units stand here. They are recorded on the page of their case.")
    read_permissions = READS
    discloses = True
    list_display = ("__str__", "case", "seized_on", "weighed", "standing")
    list_filter = (Suspected, "weighed", "substance", "seized_on")
    search_fields = ("raw_text", "case__reference")
    search_help_text = _("Words of the quantity or reference of the case")
    date_hierarchy = "seized_on"
    ordering = ("-seized_on", "-id")
    list_select_related = ("case", "substance", "unit")
    inlines = (CustodyInline, ReweighingInline, ComparisonInline)
    fields = (
        "case", "substance", "raw_text", "comparator", "amount", "unit", "normalised", "seized_on", "standing",
        "came_from", "became", "estimated",
    )  # fmt: skip
    readonly_fields = fields
    steps: ClassVar[Any] = {
        "custody": CustodyStep(),
        "reweigh": ReweighStep(),
        "split": SplitStep(),
        "merge": MergeStep(),
        "duplicates": CompareStep(),
    }

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what the page shows; whether it repeats another lot, as far as the reader sees that one."""
        found = super().get_queryset(request).select_related("case__unit", "substance", "unit")
        shown = found.told_to(person(request))  # type: ignore[attr-defined]
        return shown.prefetch_related("case__participations")

    def shown_in(self, request: HttpRequest, records: Any) -> list[str]:
        """Lots are read as a part of their case."""
        return list(dict.fromkeys(pk for lot in records for pk in (str(lot.pk), str(lot.case_id))))

    @admin.display(description=_("came out of"))
    def came_from(self, lot: SeizureLot) -> str:
        """The lots before."""
        return _listed(lot.made_by, "sources")

    @admin.display(description=_("went into"))
    def became(self, lot: SeizureLot) -> str:
        """The lots after."""
        return _listed(lot.divided_by, "products")

    @admin.display(description=_("estimates"))
    def estimated(self, lot: SeizureLot) -> str:
        """In other dimensions, labelled as what they are."""
        return "; ".join(one.label for one in estimates(lot)) or "-"


@admin.register(ConversionFactor)
class ConversionFactorAdmin(RecordAdmin):
    """Factors for estimates: read by everybody, set by the operator of the installation."""

    when_empty = _("The operator of the installation sets factors. Without one nothing is estimated.")
    read_permissions = (Permission.DIRECTORY_READ,)
    list_display = ("substance", "from_measure", "to_measure", "factor", "version", "valid_from", "valid_to", "source")
    list_filter = ("substance",)
    ordering = ("substance", "from_measure", "to_measure", "-version")
    list_select_related = ("substance", "from_measure", "to_measure")
    fields = list_display
    readonly_fields = list_display
