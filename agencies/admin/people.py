"""People, their roles and keys in the admin."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies import actions
from agencies.admin_base import RecordAdmin, RecordInline, person
from agencies.models import ApiKey, Membership, RoleCode, Unit, User
from agencies.roles import Permission, Role, Scope

DIRECTORY = (Permission.DIRECTORY_READ,)


class NewUserForm(forms.ModelForm[Any]):
    """A new person and their first role."""

    password = forms.CharField(label=_("password"), widget=forms.PasswordInput, min_length=12)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("unit"))
    role = forms.ChoiceField(label=_("role"), choices=RoleCode.choices)

    class Meta:
        model = User
        fields = ("username", "display_name", "language")


class MembershipInline(RecordInline):
    """What the person is, where, since when."""

    model = Membership
    read_permissions = DIRECTORY
    fields = readonly_fields = ("unit", "role", "valid_from", "valid_to")


@admin.register(User)
class UserAdmin(RecordAdmin):
    """People of the units one manages, and oneself."""

    read_permissions = DIRECTORY
    write_permission = Permission.PEOPLE_MANAGE
    list_display = ("username", "display_name", "is_active", "last_login", "synthetic")
    list_filter = ("is_active", "memberships__role")
    search_fields = ("username", "display_name")
    ordering = ("username",)
    inlines = (MembershipInline,)
    fields = ("username", "display_name", "email", "language", "is_active", "last_login")
    readonly_fields = ("last_login",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A new person needs a password, a unit one manages, and a role."""
        if obj is None:
            kwargs["form"] = NewUserForm
            kwargs["fields"] = None
        form = super().get_form(request, obj, change, **kwargs)
        if obj is None:
            managed = person(request).units_with(Permission.PEOPLE_MANAGE)
            form.base_fields["unit"].queryset = Unit.objects.filter(pk__in=managed)
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """As above."""
        new = ("username", "display_name", "language", "password", "unit", "role")
        return self.fields if obj else new

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Accounts change by moves; only the address for notices is written here."""
        return tuple(name for name in self.fields if name != "email") if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One's own address for notices, and that of people one manages."""
        return obj is not None and (obj.pk == request.user.pk or self._manages(request, obj))

    def _manages(self, request: HttpRequest, obj: User) -> bool:
        return bool(actions.answering_units(obj) & person(request).units_with(Permission.PEOPLE_MANAGE))

    def perform_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> User:
        """Through the action."""
        data = form.cleaned_data
        if change:
            return actions.set_email(user=obj, email=data["email"], by=person(request))
        return actions.create_user(
            username=data["username"],
            display_name=data["display_name"],
            password=data["password"],
            unit=data["unit"],
            role=Role(data["role"]),
            by=person(request),
        )

    def moves_for(self, request: HttpRequest, obj: User) -> list[dict[str, Any]]:
        """Let in or shut out."""
        if not self._manages(request, obj):
            return []
        if obj.is_active:
            return [{"name": "deactivate", "label": _("Deactivate"), "style": "danger"}]
        return [{"name": "activate", "label": _("Activate")}]

    def perform_move(self, request: HttpRequest, obj: User, name: str, reason: str) -> str:
        """Through the action."""
        if name not in {"activate", "deactivate"}:
            raise Http404
        actions.set_active(user=obj, active=name == "activate", by=person(request))
        return gettext("Done.")


class MembershipForm(forms.ModelForm[Any]):
    """A role for a person one manages."""

    class Meta:
        model = Membership
        fields = ("user", "unit", "role", "valid_from", "valid_to")


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    """Who is what, where, since when."""

    read_permissions = DIRECTORY
    write_permission = Permission.PEOPLE_MANAGE
    form = MembershipForm
    list_display = ("user", "unit", "role", "valid_from", "valid_to")
    list_filter = ("role", "unit__agency")
    search_fields = ("user__username", "unit__code")
    list_select_related = ("user", "unit")

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the units' names."""
        return super().get_queryset(request).prefetch_related("unit__names")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A role is granted and ended, not edited."""
        return False

    def perform_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> Membership:
        """Through the action."""
        data = form.cleaned_data
        return actions.grant_role(
            user=data["user"],
            unit=data["unit"],
            role=Role(data["role"]),
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            by=person(request),
        )

    def moves_for(self, request: HttpRequest, obj: Membership) -> list[dict[str, Any]]:
        """End it."""
        if obj.valid_to is None and person(request).may(Permission.PEOPLE_MANAGE, obj.unit_id):
            return [{"name": "end", "label": _("End this role today"), "style": "danger"}]
        return []

    def perform_move(self, request: HttpRequest, obj: Membership, name: str, reason: str) -> str:
        """Through the action."""
        if name != "end":
            raise Http404
        actions.end_role(membership=obj, by=person(request))
        return gettext("The role ends today.")


class ApiKeyForm(forms.ModelForm[Any]):
    """A new key."""

    scopes = forms.MultipleChoiceField(
        label=_("scopes"), choices=[(s.value, s.value) for s in Scope], widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ApiKey
        fields = ("name", "user", "unit", "scopes")


@admin.register(ApiKey)
class ApiKeyAdmin(RecordAdmin):
    """Keys of other systems. The secret is shown once, when the key is issued."""

    read_permissions = DIRECTORY
    write_permission = Permission.DIRECTORY_READ
    form = ApiKeyForm
    list_display = ("name", "prefix", "user", "unit", "scopes", "expires_at", "last_used_at", "revoked_at")
    list_filter = ("unit__agency",)
    search_fields = ("name", "prefix", "user__username")
    list_select_related = ("user", "unit")

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the units' names."""
        return super().get_queryset(request).prefetch_related("unit__names")

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """One's own key, in one's own unit."""
        return {"user": request.user.pk, "unit": person(request).home_unit}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A key is issued and revoked, not edited."""
        return False

    def perform_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> ApiKey:
        """Through the action; the secret is told once."""
        data = form.cleaned_data
        key, secret = actions.issue_key(
            user=data["user"],
            unit=data["unit"],
            name=data["name"],
            scopes=[Scope(s) for s in data["scopes"]],
            by=person(request),
        )
        told = format_html(gettext("The key, shown this once: <code>{}</code>"), secret)
        messages.warning(request, told)
        return key

    def moves_for(self, request: HttpRequest, obj: ApiKey) -> list[dict[str, Any]]:
        """Revoke."""
        by = person(request)
        if obj.revoked_at is None and (by.pk == obj.user_id or by.may(Permission.KEY_MANAGE, obj.unit_id)):
            return [{"name": "revoke", "label": _("Revoke now"), "style": "danger"}]
        return []

    def perform_move(self, request: HttpRequest, obj: ApiKey, name: str, reason: str) -> str:
        """Through the action."""
        if name != "revoke":
            raise Http404
        actions.revoke_key(key=obj, by=person(request))
        return gettext("The key no longer works.")
