"""The registers of official papers in the admin: read only, a number comes with its paper."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin
from agencies.roles import Permission
from registry.badges import badge
from reports.models import RegisteredPaper


@admin.register(RegisteredPaper)
class RegisteredPaperAdmin(RecordAdmin):
    """Papers that have their number: those that went to all agencies, and one's own units'."""

    read_permissions = (Permission.REPORT_READ,)
    list_display = ("number_and_symbol", "year", "kind", "subject_vi", "signed_on", "office_vi", "unit_code", "made_up")
    list_filter = ("kind", "year", "agency")
    search_fields = ("symbol", "subject_vi", "subject_en")
    search_help_text = _("Symbol or subject")
    ordering = ("-year", "agency", "-number")
    list_select_related = ("agency", "unit")
    readonly_fields = ("number_and_symbol", "unit_code", "made_up")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("number_and_symbol", "year", "kind", "subject_vi", "subject_en", "made_up")}),
        (_("Signature"), {"fields": ("signed_on", "office_vi", "office_en", "signer")}),
        (_("Registration"), {"fields": ("unit_code", "to_all", "registered_by", "created_at")}),
    )

    @admin.display(description=_("number and symbol"), ordering="number")
    def number_and_symbol(self, paper: RegisteredPaper) -> str:
        """As it stands on the paper."""
        return str(paper)

    @admin.display(description=_("issuing unit"), ordering="unit__code")
    def unit_code(self, paper: RegisteredPaper) -> str:
        """The unit's code."""
        return paper.unit.code

    @admin.display(description=_("synthetic"))
    def made_up(self, paper: RegisteredPaper) -> str:
        """Marks made-up data."""
        return badge("synthetic", gettext("synthetic")) if paper.synthetic else ""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A number is taken by whatever makes the paper."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is registered stays."""
        return False
