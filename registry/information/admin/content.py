"""The content of a version as fields of a form, and as text on a page that cannot be edited."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import (
    AdminDateWidget,
    AdminTextareaWidget,
    AdminTextInputWidget,
    FilteredSelectMultiple,
)
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.refusals import Invalid
from registry.information import actions
from registry.information.models import InformationItem, ItemVersion
from registry.information.preview import then

CONTENT = tuple(name for name in forms.fields_for_model(ItemVersion) if name in actions.EDITABLE - {"sources"})
"""The fields of the forms. What an item is based on is named by reference instead: no list offers items to pick."""


def sources_field() -> forms.CharField:
    """References of the items it is based on."""
    return forms.CharField(
        label=_("based on"),
        required=False,
        max_length=1000,
        widget=AdminTextInputWidget(),
        help_text=_("References of the items it is based on, separated by commas. It inherits their strictest marks."),
    )


def sources_named(text: str, user: User) -> list[InformationItem]:
    """The items of the references, or Invalid: what the person may not see does not exist."""
    references = {part.strip() for part in text.split(",") if part.strip()}
    found = list(InformationItem.objects.visible_to(user).filter(reference__in=references))
    unknown = references - {item.reference for item in found}
    if unknown:
        raise Invalid({"based_on": _("No item that you see has the reference: %s.") % ", ".join(sorted(unknown))})
    return found


def sources_text(version: ItemVersion) -> str:
    """The references, as they are typed."""
    return ", ".join(str(item) for item in version.sources.order_by("reference"))


def _widget(field: Any, **kwargs: Any) -> Any:
    """Admin widgets for the version's fields."""
    if isinstance(field, models.DateField):
        kwargs["widget"] = AdminDateWidget()
    elif isinstance(field, models.ManyToManyField):
        kwargs["widget"] = FilteredSelectMultiple(field.verbose_name, is_stacked=False)
    elif isinstance(field, models.TextField):
        kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 10})
    elif isinstance(field, models.CharField) and not field.choices:
        kwargs["widget"] = AdminTextInputWidget()
    return field.formfield(**kwargs)


def content_fields() -> dict[str, forms.Field]:
    """The version's fields; `short_description` is the label that read-only pages show."""
    fields = forms.fields_for_model(ItemVersion, fields=CONTENT, formfield_callback=_widget)
    for field in fields.values():
        vars(field)["short_description"] = field.label
    return fields


def shown(version: ItemVersion, name: str) -> Any:
    """A field of the version as read-only text."""
    field = ItemVersion._meta.get_field(name)
    if isinstance(field, models.BooleanField):
        return gettext("yes") if getattr(version, name) else gettext("no")
    if isinstance(field, models.ManyToManyField):
        return ", ".join(str(related) for related in then(version, getattr(version, name).all())) or "-"
    if getattr(field, "choices", None):
        return getattr(version, f"get_{name}_display")() or "-"
    value = getattr(version, name)
    return "-" if value in {None, ""} else value
