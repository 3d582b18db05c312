"""What still stands between a period and its sealed report: told on the page that generates it, asked by the seal."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.visibility import Reader
from registry.periods import Period
from registry.reference.models import Metric, Substance
from reports import links
from reports.counting import Counting, Operator
from reports.document import NOTHING, Link, Text
from reports.issuing import issuer_of
from reports.reconciliation import open_differences
from reports.terms import StatementStatus
from reports.wording import term


class Lack(StrEnum):
    """Kinds of what is missing."""

    STATEMENT = "statement_missing"
    """An agency has not confirmed its figures. It may be named as missing when the report is sealed."""
    DIFFERENCE = "difference_open"
    """An agency's word differs from its records and nobody has said why. No report is sealed with it."""
    HOST = "host_missing"
    """No conference of the period names its host: whoever prepares the report issues it."""


NAMED = frozenset({Lack.STATEMENT})
"""What the sealer may name as missing."""
BARS = frozenset({Lack.DIFFERENCE})
"""What bars the seal."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: of which agency, in which series, and where it can be settled."""

    code: str
    agency: str = ""
    name: Text = NOTHING
    series: str = ""
    series_name: Text = NOTHING
    link: Link | None = None

    @property
    def text(self) -> str:
        """A sentence in the reader's language."""
        language = (get_language() or "vi")[:2]
        words = {"agency": self.name.in_(language), "series": self.series_name.in_(language)}
        match self.code:
            case Lack.STATEMENT:
                return _("%(agency)s has not confirmed its figures.") % words
            case Lack.DIFFERENCE:
                return _("%(agency)s, %(series)s: a difference is not explained.") % words
            case _unknown:
                return _("No conference of the period names its host.")

    @classmethod
    def told(cls, code: str, agency: str, series: str, period: Period) -> Self:
        """One thing that was missing then, from what a manifest keeps of it."""
        link = links.conferences(period)
        if code == Lack.STATEMENT:
            link = links.statements(period)
        elif code == Lack.DIFFERENCE:
            link = links.series(series)
        return cls(code, agency, _agency(agency), series, _series(series), link)


def _agency(code: str) -> Text:
    """The agency's name of today."""
    found = Agency.objects.filter(code=code).prefetch_related("names").first()
    return Text(found.name(language="vi"), found.name(language="en")) if found else Text.same(code)


def _series(key: str) -> Text:
    """Metric and substance of the series in words."""
    metric, _dot, substance = key.partition(".")[2].partition(".")
    words = [
        term(one)
        for one in (Metric.objects.filter(code=metric).first(), Substance.objects.filter(code=substance).first())
        if one is not None
    ]
    if not words:
        return Text.same(key)
    return Text(": ".join(one.vi for one in words), ": ".join(one.en for one in words))


def missing(period: Period, reader: Reader | None = None) -> list[Missing]:
    """Everything that is missing, statements first. Without a reader: of all agencies.

    A handful of queries, however many records there are.
    """
    asking = reader if reader is not None else Operator()
    count = Counting(asking, period)
    held = count.stated
    found = [
        Missing(Lack.STATEMENT, agency.code, count.name(agency), link=links.statements(period))
        for agency in count.agencies
        if (one := held.get(agency)) is None or one.status != StatementStatus.CONFIRMED
    ]
    found += [
        Missing(
            Lack.DIFFERENCE,
            one.agency.code,
            count.name(one.agency),
            one.series.key,
            one.series.name,
            links.series(one.series.key),
        )
        for one in open_differences(period, asking)
    ]
    if issuer_of(Counting(Operator(), period)) is None:
        found.append(Missing(Lack.HOST, link=links.conferences(period)))
    return found
