"""Suggestions of the admin's pickers: what they show of records whose reading is kept is written down first."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView

from agencies.admin_base import RecordAdmin, person
from agencies.audit.log import disclose
from agencies.findable import why_found
from agencies.models import Place, Unit


class AuditedAutocomplete(AutocompleteJsonView):
    """Django's view, with a place in the audit log."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """A unit or a place found by a name says which one was met; a place that is gone says so."""
        told = super().serialize_result(obj, to_field_name)
        if isinstance(obj, Place):
            told["text"] = obj.picked()
        names = getattr(obj, "names", None)
        why = why_found(names.all(), self.term) if names is not None and isinstance(obj, Unit | Place) else ""
        return {**told, "text": f"{told['text']} · {why}"} if why else told

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page of suggestions, just before it is answered."""
        context = super().get_context_data(**kwargs)
        page = self.model_admin
        if isinstance(page, RecordAdmin) and page.discloses:
            shown = page.shown_in(self.request, context["object_list"])
            disclose(by=person(self.request), kind=page.model.__name__, ids=shown, picker=True)
        return context
