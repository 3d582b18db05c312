"""The secrecy ceiling: up to which marking content may be stored here, and which paper says so.

A setting, refused at the start when it cannot be honoured, shown on every page, and written to the audit log when it
changes. Whatever is set, this version stores nothing above `internal`: for a state secret there is a docket card.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LEVELS = {
    "none": _("unmarked"),
    "internal": _("internal circulation"),
    "mat": "Mật",
    "toi_mat": "Tối mật",
}
"""What may be set, from the lowest to the highest. The highest degree has no word here: it enters no network."""

DEFAULT = HIGHEST_STORED = "internal"
_ORDER = list(LEVELS)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The ceiling as it is set."""

    level: str
    authorisation: str

    pk = "secrecy-ceiling"

    def audit_reference(self) -> str:
        """For the audit log."""
        return self.level

    def audit_owner(self) -> None:
        """It belongs to all."""


def current() -> Ceiling:
    """As the settings say."""
    return Ceiling(settings.SECRECY_CEILING, settings.SECRECY_AUTHORISATION)


def storable() -> frozenset[str]:
    """Markings whose content may be stored: up to the ceiling, and never above what this version stores."""
    level = current().level
    top = min(_ORDER.index(level) if level in LEVELS else 0, _ORDER.index(HIGHEST_STORED))
    return frozenset(_ORDER[: top + 1])


def check_ceiling(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Errors of the setting: an unknown level, one without its paper, one that this version cannot honour."""
    ceiling = current()
    if ceiling.level not in LEVELS:
        known = ", ".join(LEVELS)
        return [checks.Error("SECRECY_CEILING is no level.", hint=f"Write one of: {known}.", id="registry.E001")]
    found: list[checks.CheckMessage] = []
    if _ORDER.index(ceiling.level) > _ORDER.index(DEFAULT) and not ceiling.authorisation:
        said = "SECRECY_CEILING is raised without SECRECY_AUTHORISATION."
        hint = "Write number and date of the paper that authorises it."
        found.append(checks.Error(said, hint=hint, id="registry.E002"))
    if _ORDER.index(ceiling.level) > _ORDER.index(HIGHEST_STORED):
        said = f"SECRECY_CEILING is {ceiling.level}, but this version stores nothing above {HIGHEST_STORED}."
        hint = "State secrets stay on paper: register a docket card. Set SECRECY_CEILING to internal or none."
        found.append(checks.Error(said, hint=hint, id="registry.E003"))
    return found


def require() -> None:
    """Raise ImproperlyConfigured for what check_ceiling finds: the web server runs no checks by itself."""
    found = check_ceiling()
    if found:
        raise ImproperlyConfigured(" ".join(f"{fault.msg} {fault.hint}" for fault in found))


def banner() -> str:
    """What every page says."""
    ceiling = current()
    text = gettext("Below state secret only: nothing marked Mật or higher may be entered here.")
    text += " " + gettext("Ceiling: %(level)s.") % {"level": LEVELS.get(ceiling.level, ceiling.level)}
    if ceiling.authorisation:
        text += " " + gettext("Authorised by %(paper)s.") % {"paper": ceiling.authorisation}
    return text
