"""Which records a figure counts: what may be claimed, and the rows that say so. Called by the actions of statements."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.refusals import Text
from registry.cases.models import JointCase, Participation, SeizureLot
from registry.reference.models import Metric, Substance
from reports.models import Claim, Statement, StatementFigure
from reports.series import JOINT_ROLES, Counted, amount_of, counts

Place = tuple[Any, Any, str]


class Figure(Protocol):
    """A figure as somebody states it, as far as its claims go."""

    @property
    def metric(self) -> Metric:
        """What is counted."""

    @property
    def substance(self) -> Substance | None:
        """Of which substance."""

    @property
    def role(self) -> str:
        """What the agency did."""

    @property
    def value(self) -> Any:
        """The number; None when nil or missing."""

    @property
    def claims(self) -> Sequence[Counted] | None:
        """The records; None leaves those it has."""


def case_of(record: Counted) -> JointCase:
    """The case that a record is, or belongs to."""
    return record if isinstance(record, JointCase) else record.case


def refuse_claims(statement: Statement, figures: Sequence[Figure], by: User) -> dict[str, Text]:
    """Every fault of the claims, by `figures.N.claims`. A case is claimed by whoever sees it and took part in it."""
    claimed = {case_of(record).pk for figure in figures for record in figure.claims or ()}
    if not claimed:
        return {}
    visible = set(JointCase.objects.visible_to(by).filter(pk__in=claimed).values_list("pk", flat=True))
    parts = Participation.objects.filter(case__in=claimed, unit__agency_id=statement.agency_id)
    joined = set(parts.values_list("case_id", flat=True)) & visible
    faults: dict[str, Text] = {}
    seen: set[tuple[Any, Any]] = set()
    for number, figure in enumerate(figures):
        fault = _fault(figure, joined, seen) if figure.claims else None
        if fault is not None:
            faults[f"figures.{number}.claims"] = fault
    return faults


def _fault(figure: Figure, joined: set[Any], seen: set[tuple[Any, Any]]) -> Text | None:
    """What is wrong with the claims of one figure, if anything; `seen` are records claimed before for the metric."""
    if figure.value is None:
        return _("A figure that is nil or missing counts no record.")
    if figure.role not in JOINT_ROLES:
        return _("Only figures led, co-led or coordinated count joint cases. Own work stands outside the registry.")
    for record in figure.claims or ():
        if case_of(record).pk not in joined:
            return _("Your agency takes part in no such case. Name cases and lots that you see on your own pages.")
        if not counts(figure.metric, figure.substance, record):
            return _("This metric does not count that record: look at the kind of case, the substance, the measure.")
        if (figure.metric.pk, record.pk) in seen:
            return _("A record stands twice in this statement: once is enough, in one role.")
        seen.add((figure.metric.pk, record.pk))
    return None


def held_claims(statement: Statement) -> Mapping[Place, Sequence[Counted]]:
    """The records that the figures count now, by metric, substance and role."""
    held: dict[Place, list[Counted]] = {}
    for claim in claims_of(statement):
        figure = claim.figure
        held.setdefault((figure.metric_id, figure.substance_id, figure.role), []).append(claim.record)
    return held


def records_by_id(ids: Iterable[UUID], by: User) -> dict[UUID, Counted]:
    """The cases and lots with these ids that the person sees."""
    wanted = set(ids)
    if not wanted:
        return {}
    cases = JointCase.objects.visible_to(by).filter(pk__in=wanted)
    lots = SeizureLot.objects.visible_to(by).filter(pk__in=wanted).select_related("case", "unit", "substance")
    return {record.pk: record for record in (*cases, *lots)}


def claims_of(statement: Statement) -> Sequence[Claim]:
    """The claims of a statement with their records."""
    rows = Claim.objects.filter(figure__statement=statement)
    return list(rows.select_related("figure__metric", "figure__substance", "case", "lot__case", "lot__unit"))


def write_claims(figure: StatementFigure, records: Sequence[Counted]) -> None:
    """Say which records the figure counts, and what each comes to now."""
    if figure.value is None:
        return
    for record in records:
        claim = Claim(figure=figure, amount=amount_of(figure.metric, record))
        if isinstance(record, SeizureLot):
            claim.lot = record
        else:
            claim.case = record
        claim.save(force_insert=True)
