"""What reconciliation puts on the agenda of the next conference: differences that nobody has explained.

Not everybody who reads an agenda reads statements: the differences are counted, without agencies, series or amounts.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from registry.conferences.agenda import Carried, agenda_source, counted
from registry.conferences.models import Conference
from registry.conferences.terms import AgendaKind
from registry.periods import Period
from reports.reconciliation import open_differences


@agenda_source
def differences(conference: Conference) -> Iterator[Carried]:
    """Of the period that the conference is about, as far as it is one that agencies state figures for."""
    if conference.period_start is None or conference.period_end is None:
        return
    period = Period.between(conference.period_start, conference.period_end)
    text: StrPromise = _(
        "Differences between agencies' statements and their records that nobody has explained, %(period)s: %(count)s."
    )
    key, count = f"differences:{period.label}", len(open_differences(period))
    yield from counted(conference, AgendaKind.DIFFERENCE, key, text, count, period=period.label)
