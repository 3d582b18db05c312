"""A record's history in the admin: its audit events, to those who may read them."""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from agencies.audit.log import record
from agencies.audit.models import AuditEvent
from agencies.log_reading import as_shown
from agencies.models import User
from agencies.roles import Permission

MOST_SHOWN = 200


class HistoryPage(BaseModelAdmin[Any]):
    """The audit log stands in for Django's own history."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """What was done to the record, and who read it. Reading this is written down as well."""
        obj = self.get_object(request, object_id)  # type: ignore[attr-defined]
        if obj is None:
            raise Http404
        user = request.user
        if not isinstance(user, User) or not self.has_view_permission(request, obj):
            raise PermissionDenied
        units = user.units_with(Permission.AUDIT_READ) | user.units_with(Permission.ITEM_READ_OWN)
        events = AuditEvent.objects.concerning(units).about(str(obj.pk), units=units)[:MOST_SHOWN]
        shown = as_shown(events, units)
        record(action="history.read", by=user, on=obj, events=len(shown))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % obj,
            "events": shown,
            "object": obj,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/record_history.html", context)
