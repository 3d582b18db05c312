"""Part II.10: commendations of the period: what was awarded, and what published documents say of it."""

from collections.abc import Iterable

from django.db.models import Sum

from agencies.models import Agency, in_protocol_order
from registry.commendations.models import Commendation, CommendationRecipient
from registry.commendations.terms import AwardForm, AwardLevel, CommendationStatus
from reports.counting import Counting
from reports.document import Cell, Column, Figure, Label, Row, Section, Table, Text
from reports.parts import COMMENDATION, TITLES
from reports.wording import TOTAL, said

UNITS, PEOPLE, AWARDS = Text("tập thể", "units"), Text("cá nhân", "people"), Text("quyết định", "awards")


def section(count: Counting) -> Section:
    """The part: numbers by level, then each award with its agencies in the protocol order of its day."""
    awards = list(
        Commendation.objects.visible_to(count.reader)
        .filter(
            status=CommendationStatus.AWARDED,
            awarded_on__gte=count.period.start,
            awarded_on__lt=count.period.end,
        )
        .prefetch_related("recipients__unit__agency__protocol", "recipients__unit__agency__names")
        .order_by("-level", "awarded_on", "reference")
    )
    nothing = Text("Hệ thống không ghi khen thưởng nào trong kỳ.", "The registry holds no award of the period.")
    if not awards:
        return Section(COMMENDATION, TITLES[COMMENDATION], (nothing,))
    return Section(COMMENDATION, TITLES[COMMENDATION], (), (_by_level(awards), _listed(count, awards)))


def _by_level(awards: list[Commendation]) -> Table:
    """Awards, units and people by level."""
    made_up = any(award.synthetic for award in awards)
    rows = [
        _numbers(said(level.label), [award for award in awards if award.level == level])
        for level in sorted(AwardLevel, reverse=True)
    ]
    return Table(
        "commendations_level",
        Text("Khen thưởng theo cấp", "Awards by level"),
        (
            Column(Text("Cấp", "Level"), numeric=False),
            Column(Text("Quyết định khen thưởng", "Awards")),
            Column(Text("Tập thể", "Units")),
            Column(Text("Cá nhân", "People")),
        ),
        (*rows, _numbers(TOTAL, awards, total=True)),
        synthetic=made_up,
    )


def _numbers(name: Text, awards: list[Commendation], *, total: bool = False) -> Row:
    rows = CommendationRecipient.objects.filter(commendation__in=[award.pk for award in awards])
    people = rows.aggregate(n=Sum("individuals"))["n"] or 0
    return Row(
        (
            Label(name),
            Figure(len(awards), AWARDS),
            Figure(rows.filter(collective=True).count(), UNITS),
            Figure(int(people), PEOPLE),
        ),
        total=total,
    )


def _listed(count: Counting, awards: list[Commendation]) -> Table:
    """Each award; a joint one names its agencies in the order of its day. Cases are not told."""
    return Table(
        "commendations_list",
        Text("Danh sách khen thưởng", "Awards of the period"),
        (
            Column(Text("Số quyết định", "Decision"), numeric=False),
            Column(Text("Hình thức", "Form"), numeric=False),
            Column(Text("Cấp khen thưởng", "Awarded by"), numeric=False),
            Column(Text("Lực lượng", "Agencies"), numeric=False),
        ),
        tuple(Row(tuple(_cells(count, award))) for award in awards),
        synthetic=any(award.synthetic for award in awards),
    )


def _cells(count: Counting, award: Commendation) -> Iterable[Cell]:
    agencies: list[Agency] = in_protocol_order((row.unit.agency for row in award.recipients.all()), award.day)
    names = [count.short(agency) for agency in agencies]
    yield Label(Text.same(award.document_number))
    yield Label(said(AwardForm(award.form).label))
    yield Label(Text(award.authority_vi, award.authority_en or award.authority_vi))
    yield Label(Text(", ".join(name.vi for name in names), ", ".join(name.en for name in names)))
