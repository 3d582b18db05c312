"""What one reader's edition counts: every query of a report begins here, at `countable_by` or `visible_to`."""

import functools
import operator
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from agencies.models import Agency, Unit
from agencies.roles import Permission
from agencies.visibility import Reader
from registry.cases.models import JointCase, SeizureLot
from registry.conferences.models import Conference
from registry.documents.models import PublishedFigure
from registry.documents.terms import FigureKind
from registry.information.models import Delivery, Evaluation, InformationItem
from registry.information.terms import VALUABLE
from registry.periods import Period
from reports.document import Footnotes, Text
from reports.models import NarrativeText, Statement
from reports.terms import StatementStatus

COUNTS_ALL = frozenset(
    {
        Permission.REPORT_COUNT_ALL,
        Permission.SCORECARD_READ,
        Permission.DIRECTORY_READ,
        Permission.DOCUMENT_READ,
        Permission.CONFERENCE_READ,
        Permission.STATEMENT_READ_CONFIRMED,
    }
)


class Operator:
    """Whoever runs the command line for the conference: counts for all, reads no unit's records."""

    def units_with(self, permission: Permission) -> frozenset[UUID]:
        """None: an operator belongs to no unit."""
        return frozenset()

    def roots_with(self, permission: Permission) -> frozenset[UUID]:
        """None either."""
        return frozenset()

    def holds(self, permission: Permission) -> bool:
        """What is needed to count, nothing that shows content."""
        return permission in COUNTS_ALL


@dataclass(frozen=True)
class Counting:
    """One reader, one period, and the notes that the numbers need."""

    reader: Reader
    period: Period
    notes: Footnotes = field(default_factory=Footnotes)
    quoted: list[str] = field(default_factory=list)
    """Ids of the items whose title was quoted on the way."""

    @property
    def counts_all(self) -> bool:
        """Whether the reader counts for all four agencies."""
        return self.reader.holds(Permission.REPORT_COUNT_ALL)

    @cached_property
    def agencies(self) -> list[Agency]:
        """The agencies in protocol order, with their names."""
        return list(Agency.objects.visible_to(self.reader).prefetch_related("names").order_by("protocol_order"))

    @property
    def day(self) -> date:
        """The last day of the period: names are those valid then."""
        return self.period.end - timedelta(days=1)

    def name(self, agency: Agency) -> Text:
        """The agency's name on the last day of the period."""
        return Text(agency.name(self.day, "vi"), agency.name(self.day, "en"))

    def short(self, agency: Agency) -> Text:
        """Its abbreviation then; the code where there is none."""
        held = {n.language: n.abbreviation for n in agency.names.all() if n.holds_on(self.day)}
        return Text(held.get("vi") or agency.code, held.get("en") or held.get("vi") or agency.code)

    @cached_property
    def own_agencies(self) -> frozenset[UUID]:
        """Agencies whose exchanges the reader sees something of: all for whoever counts for all."""
        if self.counts_all:
            return frozenset(agency.pk for agency in self.agencies)
        units = self.reader.units_with(Permission.ITEM_READ_OWN) | self.reader.units_with(
            Permission.ITEM_READ_DELIVERED
        )
        return frozenset(Unit.objects.filter(pk__in=units).values_list("agency_id", flat=True))

    def items(self, period: Period | None = None) -> QuerySet[InformationItem]:
        """Items first released in the period."""
        return InformationItem.objects.countable_by(self.reader).released_in(period or self.period)

    def deliveries(self, period: Period | None = None) -> QuerySet[Delivery]:
        """Deliveries of items first released in the period; recipients do not learn of each other."""
        start, end = (period or self.period).moments()
        made = Delivery.objects.filter(item__released_at__gte=start, item__released_at__lt=end)
        return made if self.counts_all else made.visible_to(self.reader)

    def valuable(self, period: Period | None = None) -> QuerySet[InformationItem]:
        """Items that a recipient found valuable, as far as the reader sees that recipient's evaluation."""
        found = Evaluation.objects.filter(usefulness__in=VALUABLE, delivery__in=self.deliveries(period))
        return self.items(period).filter(pk__in=found.values("delivery__item_id"))

    def cases(self, period: Period | None = None) -> QuerySet[JointCase]:
        """Joint cases opened in the period."""
        return JointCase.objects.countable_by(self.reader).opened_in(period or self.period)

    def items_by(self, periods: Sequence[Period]) -> list[int]:
        """How many items were shared in each of the periods, with one query."""
        shared = InformationItem.objects.countable_by(self.reader)
        return _each(shared, [Q(released_at__gte=start, released_at__lt=end) for start, end in _moments(periods)])

    def deliveries_by(self, periods: Sequence[Period]) -> list[int]:
        """How many deliveries of items shared in each of the periods there were, with one query."""
        made = Delivery.objects.all() if self.counts_all else Delivery.objects.visible_to(self.reader)
        released = [Q(item__released_at__gte=start, item__released_at__lt=end) for start, end in _moments(periods)]
        return _each(made, released)

    def cases_by(self, periods: Sequence[Period], kind: str) -> list[int]:
        """How many joint cases of the kind were opened in each of the periods, with one query."""
        cases = JointCase.objects.countable_by(self.reader).filter(kind=kind)
        return _each(cases, [Q(opened_on__gte=p.start, opened_on__lt=p.end) for p in periods])

    def lots(self) -> QuerySet[SeizureLot]:
        """Lots seized in the period."""
        return SeizureLot.objects.countable_by(self.reader).seized_in(self.period)

    def statements(self) -> QuerySet[Statement]:
        """Statements of the period."""
        visible = Statement.objects.visible_to(self.reader)
        return visible.filter(period_start=self.period.start, period_end=self.period.end)

    @cached_property
    def stated(self) -> dict[Agency, Statement]:
        """The latest statement of each agency that the reader may see: a confirmed one before a draft."""
        found = (
            self.statements()
            .select_related("agency")
            .prefetch_related("figures__metric", "figures__substance", "figures__unit")
        )
        latest: dict[Agency, Statement] = {}
        for statement in found.order_by("number"):
            held = latest.get(statement.agency)
            kept = held is not None and held.status == StatementStatus.CONFIRMED
            if not kept or statement.status == StatementStatus.CONFIRMED:
                latest[statement.agency] = statement
        return latest

    @cached_property
    def texts(self) -> list[NarrativeText]:
        """What was written for the report of the period, as far as the reader reads it."""
        visible = NarrativeText.objects.visible_to(self.reader)
        return list(visible.filter(period_label=self.period.label).order_by("part", "language"))

    def conferences(self) -> QuerySet[Conference]:
        """Conferences that met about the period."""
        visible = Conference.objects.visible_to(self.reader)
        return visible.filter(period_start=self.period.start, period_end=self.period.end)

    def published(self) -> QuerySet[PublishedFigure]:
        """Figures printed in documents for periods that touch this one; never counted with anything else."""
        visible = PublishedFigure.objects.visible_to(self.reader).filter(kind=FigureKind.FIGURE)
        return visible.filter(period_start__lt=self.period.end, period_end__gt=self.period.start)

    def recorded(self, period: Period) -> bool:
        """Whether the registry holds anything of the period. If not, a count of zero would say too much."""
        return self.items(period).exists() or self.cases(period).exists()


def _moments(periods: Sequence[Period]) -> list[tuple[datetime, datetime]]:
    return [period.moments() for period in periods]


def _each(records: QuerySet[Any], within: Sequence[Q]) -> list[int]:
    """A count for each condition."""
    together = functools.reduce(operator.or_, within)
    counted = {f"n{place}": Count("pk", filter=condition) for place, condition in enumerate(within)}
    found = records.filter(together).order_by().aggregate(**counted)
    return [found[f"n{place}"] for place in range(len(within))]


def any_synthetic(*counted: QuerySet[InformationItem] | QuerySet[Delivery] | QuerySet[JointCase]) -> bool:
    """Whether made-up records were counted."""
    return any(records.filter(synthetic=True).exists() for records in counted)
