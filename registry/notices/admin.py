"""One's own notices, and one's choices about them, in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, person
from agencies.roles import Permission
from registry.notices import actions
from registry.notices.models import Notice, NoticePreference


class UnreadFilter(admin.SimpleListFilter):
    """Read or not."""

    title = _("read")
    parameter_name = "unread"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Two halves."""
        return [("yes", _("not read")), ("no", _("read"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The half chosen."""
        return queryset if self.value() is None else queryset.filter(read_at__isnull=self.value() == "yes")


@admin.register(Notice)
class NoticeAdmin(RecordAdmin):
    """What one was told."""

    when_empty = _("You are told here when something waits for you or has happened to what is yours.")
    read_permissions = (Permission.NOTICE_READ,)
    list_display = ("kind", "record", "unit_code", "created_at", "unread")
    list_filter = (UnreadFilter, "kind")
    list_select_related = ("unit",)
    search_fields = ("reference",)
    ordering = ("-created_at", "-id")
    actions: Any = ("mark_as_read",)
    fields = ("kind", "record", "unit_code", "created_at", "read_at", "emailed_at")
    readonly_fields = fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A notice is read, not changed."""
        return False

    @admin.display(description=_("record"), ordering="reference")
    def record(self, notice: Notice) -> str:
        """The reference, leading to the record's page."""
        return format_html('<a href="{}">{}</a>', notice.path, notice.reference)

    @admin.display(description=_("unit"))
    def unit_code(self, notice: Notice) -> str:
        """For which unit."""
        return notice.unit.code if notice.unit else "-"

    @admin.display(description=_("not read"), boolean=True)
    def unread(self, notice: Notice) -> bool:
        """Whether it waits to be read."""
        return notice.read_at is None

    @admin.action(description=_("Mark as read"))
    def mark_as_read(self, request: HttpRequest, queryset: QuerySet[Notice]) -> None:
        """Those ticked in the list."""
        notices = list(queryset)
        for notice in notices:
            actions.mark_read(notice=notice, by=person(request))
        told = ngettext("%(count)d notice marked as read.", "%(count)d notices marked as read.", len(notices))
        messages.success(request, told % {"count": len(notices)})

    def moves_for(self, request: HttpRequest, obj: Notice) -> list[dict[str, Any]]:
        """Mark it as read."""
        return [{"name": "read", "label": _("Mark as read"), "style": "primary"}] if obj.read_at is None else []

    def perform_move(self, request: HttpRequest, obj: Notice, name: str, reason: str) -> str:
        """The same function as the API."""
        if name != "read":
            raise Http404
        actions.mark_read(notice=obj, by=person(request))
        return gettext("Marked as read.")


@admin.register(NoticePreference)
class NoticePreferenceAdmin(RecordAdmin):
    """One's own choices. The address for mails stands on one's own account."""

    when_empty = _("Without a choice of yours notices stand here and no mail is sent.")
    read_permissions = (Permission.NOTICE_READ,)
    write_permission = Permission.NOTICE_MANAGE
    list_display = ("kind", "email", "quiet_from", "quiet_to")
    fields = ("kind", "email", "quiet_from", "quiet_to")
    ordering = ("kind",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A choice stays with its kind."""
        return ("kind",) if obj else ()

    def perform_save(
        self, request: HttpRequest, obj: NoticePreference, form: ModelForm[Any], change: bool
    ) -> NoticePreference:
        """Through the action."""
        data = form.cleaned_data
        return actions.set_preference(
            by=person(request),
            kind=obj.kind,
            email=data["email"],
            quiet_from=data["quiet_from"],
            quiet_to=data["quiet_to"],
        )
