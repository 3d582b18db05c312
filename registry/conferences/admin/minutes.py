"""Minutes typed live: the page saves them every few seconds through the API.

Without the script the form still works.
"""

from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext

from registry.conferences.models import Conference

MINUTES = ("minutes_vi", "minutes_en")


def minutes_box(name: str, conference: Conference | None) -> AdminTextareaWidget:
    """The box, with what its script needs: where to save, which revision was read, what to say."""
    attrs: dict[str, Any] = {"rows": 18}
    if conference is not None:
        attrs |= {
            "data-autosave": f"/api/v1/conferences/{conference.pk}",
            "data-tag": f"{conference.pk}-",
            "data-field": name,
            "data-saved": gettext("Saved at"),
            "data-saving": gettext("Saving…"),
            "data-stale": gettext(
                "Somebody else saved meanwhile. Your text is kept here: copy it, load the page again and put it in."
            ),
            "data-failed": gettext(
                "Not saved: no answer from the registry. Your text is kept here; it is tried again."
            ),
            "data-refused": gettext("Not saved:"),
        }
    return AdminTextareaWidget(attrs=attrs)
