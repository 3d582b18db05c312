"""The admin site: titles, banners, and a first page that says what to do today."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.roles import Permission
from registry.information.models import Delivery, InformationItem
from registry.information.terms import DeliveryStatus, Status


class RegistryAdminSite(AdminSite):
    """Django's admin, dressed for the registry."""

    site_header = _("Inter-agency information registry")
    site_title = _("Registry")
    index_title = _("Today")
    site_url = None
    enable_nav_sidebar = True

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Banners and who is acting, for every page."""
        context = super().each_context(request)
        user = request.user
        memberships = user.current_memberships if isinstance(user, User) else []
        context |= {
            "synthetic_data": settings.DEMO,
            "secrecy_banner": gettext("Below state secret only: nothing marked Mật or higher may be entered here."),
            "acting": {
                "unit": memberships[0].unit.code if memberships else "",
                "agency": memberships[0].unit.agency.name() if memberships else "",
                "roles": [m.get_role_display() for m in memberships],
            },
        }
        return context

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Work first, then the list of records."""
        work = _work(request.user) if isinstance(request.user, User) else []
        return super().index(request, {"work": work, **(extra_context or {})})


def _work(user: User) -> list[dict[str, Any]]:
    """Cards of the first page: what waits for this person, with the list behind each count."""
    items = reverse("admin:information_informationitem_changelist")
    inbox = reverse("admin:information_delivery_changelist")
    received = Delivery.objects.filter(unit_id__in=user.units_with(Permission.ITEM_READ_DELIVERED))
    open_ = received.filter(status__in=[DeliveryStatus.DELIVERED, DeliveryStatus.OPENED])
    drafted = InformationItem.objects.filter(unit_id__in=user.units_with(Permission.ITEM_DRAFT))
    released = InformationItem.objects.filter(unit_id__in=user.units_with(Permission.ITEM_RELEASE))
    cards: list[tuple[Permission, Any, int, str, str, Any]] = [
        (
            Permission.ITEM_RELEASE,
            _("To release or return"),
            released.filter(status=Status.SUBMITTED).count(),
            f"{items}?status__exact=submitted",
            "act",
            _("Submitted by your officers"),
        ),
        (
            Permission.ITEM_DRAFT,
            _("Returned to you"),
            drafted.filter(status=Status.RETURNED).count(),
            f"{items}?status__exact=returned",
            "act",
            _("The head asks for a change"),
        ),
        (
            Permission.DELIVERY_HANDLE,
            _("Acknowledgement overdue"),
            open_.filter(due_at__lt=timezone.now()).count(),
            f"{inbox}?status__in=delivered,opened",
            "overdue",
            _("The receipt clock has run out"),
        ),
        (
            Permission.ITEM_READ_DELIVERED,
            _("New for your units"),
            received.filter(status=DeliveryStatus.DELIVERED).count(),
            f"{inbox}?status__exact=delivered",
            "new",
            _("Not opened yet"),
        ),
        (
            Permission.DELIVERY_EVALUATE,
            _("To evaluate"),
            received.filter(status=DeliveryStatus.ACKNOWLEDGED).count(),
            f"{inbox}?status__exact=acknowledged",
            "act",
            _("Say what it was worth"),
        ),
        (
            Permission.ITEM_DRAFT,
            _("Drafts"),
            drafted.filter(status=Status.DRAFT).count(),
            f"{items}?status__exact=draft",
            "waiting",
            _("Not submitted yet"),
        ),
    ]
    return [
        {"label": label, "count": count, "url": url, "tone": tone, "hint": hint}
        for permission, label, count, url, tone, hint in cards
        if user.holds(permission)
    ]
