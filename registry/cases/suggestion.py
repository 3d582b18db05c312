"""Who should lead a case: the agency of the area, by the law that says so; whoever detected it takes part."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agencies.models import Agency, Area
from registry.cases.actions import area_lead, suggested_lead


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Codes of agencies and of the law; None where there is none."""

    agency: str | None
    beside: str | None
    legal_basis: str | None
    article: str
    agency_name: str = ""
    beside_name: str = ""
    """As they were called on the day, in the reader's language."""

    def __str__(self) -> str:
        if self.agency is None:
            return _("No law is recorded for this area and day. Say who detected the case first.")
        if self.legal_basis is None:
            return (
                _("No law is recorded for this area and day: %s detected the case first and leads.") % self.agency_name
            )
        where = {"agency": self.agency_name, "law": self.legal_basis, "article": self.article or "-"}
        text = _("%(agency)s leads in this area (%(law)s, article %(article)s).") % where
        if self.beside:
            text += " " + _("%s detected the case first: it hands the case over and takes part.") % self.beside_name
        return text


def suggestion(*, area: Area, on: date, detected_by: Agency | None = None) -> Suggestion:
    """The lead by area and first detection on the day. Another one leads only with a reason."""
    lead, agency = area_lead(area, on), suggested_lead(area, on, detected_by)
    beside = detected_by if agency is not None and detected_by is not None and detected_by.pk != agency.pk else None
    return Suggestion(
        agency.code if agency else None,
        beside.code if beside else None,
        lead.legal_basis.code if lead else None,
        lead.article if lead else "",
        agency.name(on) if agency else "",
        beside.name(on) if beside else "",
    )
