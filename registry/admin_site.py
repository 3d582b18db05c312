"""The admin site: titles, banners, and a first page that says what to do today."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from agencies.admin_base import RecordAdmin
from agencies.models import User
from agencies.roles import Permission
from registry import ceiling
from registry.autocomplete import AuditedAutocomplete
from registry.information.marks import refusal_of
from registry.information.models import Delivery, InformationItem
from registry.information.terms import DeliveryStatus
from registry.notices.models import Notice
from registry.requests.models import InformationRequest
from registry.requests.terms import RequestStatus

ORDER = (
    *("information", "requests", "cases", "conferences", "commendations", "reports", "notices"),
    *("documents", "agencies", "reorganisations", "reference", "audit"),
)
"""Apps as the sidebar lists them."""


class RegistryAdminSite(AdminSite):
    """Django's admin, dressed for the registry."""

    site_header = _("Inter-agency information registry")
    site_title = _("Registry")
    index_title = _("Today")
    site_url = None
    enable_nav_sidebar = True

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only admins whose records have a door: what other packages would register is left out."""
        if admin_class is not None and issubclass(admin_class, RecordAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def i18n_javascript(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Texts of the admin's scripts, with those that Django lacks in Vietnamese."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "registry"])(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Whatever form is sent: a text with a secrecy stamp is refused, at its field."""

        @wraps(view)
        def below_the_ceiling(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method == "POST":
                request.refusal = refusal_of(request.POST.dict())  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return super().admin_view(below_the_ceiling, cacheable)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        """Suggestions, kept in the audit log where reading is."""
        return AuditedAutocomplete.as_view(admin_site=self)(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Banners and who is acting, for every page."""
        context = super().each_context(request)
        user = request.user
        memberships = user.current_memberships if isinstance(user, User) else []
        context |= {
            "synthetic_data": settings.DEMO,
            "secrecy_banner": ceiling.banner(),
            "acting": {
                "unit": memberships[0].unit.code if memberships else "",
                "agency": memberships[0].unit.agency.name() if memberships else "",
                "roles": [m.get_role_display() for m in memberships],
            },
            "acting_for": user.delegations if isinstance(user, User) else [],
            "notices": SimpleLazyObject(lambda: _notices(user)),
        }
        return context

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What people work with first, vocabularies and the log last."""
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: ORDER.index(app["app_label"]) if app["app_label"] in ORDER else len(ORDER))

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Work first, then the list of records."""
        user = request.user
        work = _work(user) if isinstance(user, User) else []
        leads = isinstance(user, User) and (user.holds(P.REPORT_PREPARE) or user.holds(P.REPORT_SEAL))
        quarter = reverse("admin:reports_quarter") if leads else ""
        return super().index(request, {"work": work, "quarter": quarter, **(extra_context or {})})


@dataclass(frozen=True, slots=True)
class Card:
    """One kind of work on the first page: for whom, which records, the list behind the count."""

    permission: Permission
    label: Any
    hint: Any
    tone: str
    model: type[Model]
    statuses: tuple[str, ...]
    overdue: bool = False
    unit: str = "unit_id"
    """The unit whose work it is, by field."""
    query: tuple[tuple[str, str], ...] = ()
    """What else the list is asked for."""

    def count(self, user: User) -> int:
        """How many wait for this person's units."""
        records: QuerySet[Any] = self.model._default_manager.filter(
            **{f"{self.unit}__in": user.units_with(self.permission)}, status__in=self.statuses
        )
        return (records.filter(due_at__lt=timezone.now()) if self.overdue else records).count()

    def url(self) -> str:
        """The list of them."""
        opts = self.model._meta
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        query = {"status__in": ",".join(self.statuses), **dict(self.query)}
        if self.overdue:
            query["due_at__lt"] = timezone.localtime().isoformat(sep=" ", timespec="seconds")
        return f"{address}?{urlencode(query)}"


_OPEN = (DeliveryStatus.DELIVERED.value, DeliveryStatus.OPENED.value)
_OWED = (RequestStatus.SENT.value, RequestStatus.RECEIVED.value)
P, Item, Asked = Permission, InformationItem, InformationRequest
_ADDRESSED: dict[str, Any] = {"unit": "addressee_id", "query": (("direction", "received"),)}
CARDS = (
    Card(P.ITEM_RELEASE, _("To release or return"), _("Submitted by your officers"), "act", Item, ("submitted",)),
    Card(P.ITEM_DRAFT, _("Returned to you"), _("The head asks for a change"), "act", Item, ("returned",)),
    Card(
        P.DELIVERY_HANDLE,
        _("Acknowledgement overdue"),
        _("The receipt clock has run out"),
        "overdue",
        Delivery,
        _OPEN,
        True,
    ),
    Card(P.ITEM_READ_DELIVERED, _("New for your units"), _("Not opened yet"), "new", Delivery, ("delivered",)),
    Card(P.REQUEST_SEND, _("Requests to send"), _("Drafted by your officers"), "act", Asked, ("draft",)),
    Card(
        P.REQUEST_HANDLE, _("Requests to acknowledge"), _("Asked of your unit"), "new", Asked, ("sent",), **_ADDRESSED
    ),
    Card(P.REQUEST_PREPARE, _("Requests to answer"), _("An answer is owed"), "act", Asked, _OWED, **_ADDRESSED),
    Card(
        P.REQUEST_ANSWER,
        _("Answers overdue"),
        _("The deadline has passed"),
        "overdue",
        Asked,
        _OWED,
        True,
        **_ADDRESSED,
    ),
    Card(P.DELIVERY_EVALUATE, _("To evaluate"), _("Say what it was worth"), "act", Delivery, ("acknowledged",)),
    Card(P.ITEM_DRAFT, _("Drafts"), _("Not submitted yet"), "waiting", Item, ("draft",)),
)


def _notices(user: Any) -> dict[str, Any]:
    """The way to one's notices and how many are unread, for the header; nothing for who gets none. One query."""
    if not isinstance(user, User) or not user.holds(Permission.NOTICE_READ):
        return {}
    address = reverse("admin:notices_notice_changelist")
    return {"unread": Notice.objects.visible_to(user).unread().count(), "url": f"{address}?unread=yes"}


def _work(user: User) -> list[dict[str, Any]]:
    """What waits for this person, as the first page shows it."""
    return [
        {"label": c.label, "count": c.count(user), "url": c.url(), "tone": c.tone, "hint": c.hint}
        for c in CARDS
        if user.holds(c.permission)
    ]
