"""Delegations in the admin: give one, take one back, see those of one's units."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, person
from agencies.delegations import delegate, may_revoke, revoke_delegation, takers
from agencies.models import Delegable, Delegation, Unit
from agencies.roles import Permission

STATES = {
    "upcoming": _("begins later"),
    "in_force": _("in force"),
    "ended": _("ended"),
    "revoked": _("taken back"),
}


class DelegationForm(forms.ModelForm[Any]):
    """A new delegation: to whom, in which unit, what, from when until when, on which paper."""

    username = forms.ChoiceField(label=_("given to"))
    scope = forms.MultipleChoiceField(
        label=_("what is delegated"), choices=Delegable.choices, widget=forms.CheckboxSelectMultiple
    )
    starts_on = forms.DateField(label=_("first day"), widget=AdminDateWidget)
    ends_on = forms.DateField(label=_("last day"), widget=AdminDateWidget, help_text=_("At most 90 days in all."))

    class Meta:
        model = Delegation
        fields = ("unit", "reason")

    def _post_clean(self) -> None:
        """The action checks and says what is wrong at each field."""


@admin.register(Delegation)
class DelegationAdmin(RecordAdmin):
    """Delegations given by and to oneself, and those of the units one manages."""

    when_empty = _("Delegations that you gave or were given stand here.")
    read_permissions = (Permission.DIRECTORY_READ,)
    write_permission = Permission.DELEGATION_GIVE
    form = DelegationForm
    list_display = ("giver", "taker", "unit", "shown_scope", "starts_on", "ends_on", "state")
    list_filter = ("unit__agency",)
    search_fields = ("from_user__username", "to_user__username", "unit__code")
    ordering = ("-starts_on", "id")
    list_select_related = ("from_user", "to_user", "unit")
    new_fields = ("unit", "username", "scope", "starts_on", "ends_on", "reason")
    fields = ("giver", "taker", "unit", "shown_scope", "starts_on", "ends_on", "reason", "state", "revoked_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        """With people and the units' names."""
        return super().get_queryset(request).select_related("from_user", "to_user").prefetch_related("unit__names")

    @admin.display(description=_("given by"), ordering="from_user__username")
    def giver(self, delegation: Delegation) -> str:
        """Name and username of the head."""
        return f"{delegation.from_user} ({delegation.from_user.username})"

    @admin.display(description=_("given to"), ordering="to_user__username")
    def taker(self, delegation: Delegation) -> str:
        """Name and username of whoever stands in."""
        return f"{delegation.to_user} ({delegation.to_user.username})"

    @admin.display(description=_("what is delegated"))
    def shown_scope(self, delegation: Delegation) -> str:
        """In words."""
        return delegation.scope_text

    @admin.display(description=_("status"))
    def state(self, delegation: Delegation) -> str:
        """By its own days."""
        return str(STATES[delegation.state])

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What a head fills in, or what was given."""
        return self.fields if obj else self.new_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A delegation is given and taken back, not edited."""
        return self.fields if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The units in which one is head, and those who work there."""
        if obj is None:
            kwargs["fields"] = ("unit", "reason")
        form = super().get_form(request, obj, change, **kwargs)
        if obj is None and "unit" in form.base_fields:
            by = person(request)
            units = Unit.objects.filter(pk__in=by.units_with(Permission.DELEGATION_GIVE))
            form.base_fields["unit"].queryset = units
            form.base_fields["unit"].initial = units.first()
            form.base_fields["username"].choices = [(u.username, f"{u} ({u.username})") for u in takers(by)]
        return form

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As above."""
        return False

    def perform_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> Delegation:
        """Through the action."""
        data = form.cleaned_data
        return delegate(by=person(request), **{name: data[name] for name in self.new_fields})

    def moves_for(self, request: HttpRequest, obj: Delegation) -> list[dict[str, Any]]:
        """Take it back, while there is something to take back."""
        if obj.state in {"upcoming", "in_force"} and may_revoke(obj, person(request)):
            return [{"name": "revoke", "label": _("Take back now"), "style": "danger"}]
        return []

    def perform_move(self, request: HttpRequest, obj: Delegation, name: str, reason: str) -> str:
        """Through the action."""
        if name != "revoke":
            raise Http404
        revoke_delegation(delegation=obj, by=person(request))
        return gettext("Taken back: it gives nothing any more.")
