"""Part II.4: joint cases by kind, and who led, co-led and coordinated. Kinds are never added to each other."""

from collections import defaultdict

from django.db.models import Count, Q, Sum

from agencies.models import Agency
from registry.cases.models import Participation
from registry.cases.terms import CaseRole, Kind
from reports import links
from reports.counting import Counting, any_synthetic
from reports.document import Column, Figure, Label, Row, Section, Table, Text, none
from reports.parts import TITLES
from reports.sections import seizures
from reports.wording import CASES, NOT_ADDABLE, said

PERSONS = Text("người", "persons")


def section(count: Counting) -> Section:
    """The part, with what was seized."""
    rule = Text(
        "Mỗi vụ việc phối hợp được ghi một lần, do đơn vị chủ trì; đơn vị phối hợp xác nhận, không ghi lại. "
        "Vụ, chuyên án và vụ án là ba loại khác nhau, không cộng với nhau.",
        "Every joint case is recorded once, by the unit that leads; others confirm it and do not enter it again. "
        "Cases, case files and prosecuted cases are three kinds and are not added to each other.",
    )
    tables = (by_kind(count), by_role(count), seizures.table(count))
    return Section("cases", TITLES["cases"], (rule, seizures.RULE), tables)


def by_kind(count: Counting) -> Table:
    """Cases opened in the period. Arrests not stated are not zero: how many cases do not state them is said."""
    cases = count.cases()
    rows = []
    for kind in Kind:
        of_kind = cases.filter(kind=kind)
        seen = of_kind.aggregate(
            number=Count("pk"), persons=Sum("arrests"), unstated=Count("pk", filter=Q(arrests__isnull=True))
        )
        link = links.cases(count.period, kind=kind)
        persons = (
            Figure(seen["persons"], PERSONS, link=link, key=f"arrests.{kind.value}")
            if seen["persons"] is not None
            else none("không nêu", "not stated")
        )
        unstated = Figure(seen["unstated"], CASES, link=link)
        number = Figure(seen["number"], CASES, link=link, key=f"cases.{kind.value}")
        rows.append(Row((Label(said(kind.label)), number, persons, unstated)))
    return Table(
        "cases_by_kind",
        Text("Vụ việc phối hợp mở trong kỳ, theo loại", "Joint cases opened in the period, by kind"),
        (
            Column(Text("Loại", "Kind"), numeric=False),
            Column(Text("Số vụ việc", "Number"), note=NOT_ADDABLE),
            Column(Text("Số người bị bắt giữ", "Persons arrested"), note=Text("nơi có nêu", "where stated")),
            Column(Text("Chưa nêu số người", "Persons not stated")),
        ),
        tuple(rows),
        synthetic=any_synthetic(cases),
    )


def by_role(count: Counting) -> Table:
    """Who led when the case was opened (once per case), and who ever co-led or coordinated."""
    cases = count.cases()
    parts = Participation.objects.filter(case__in=cases).order_by("valid_from", "pk")
    held: dict[tuple[str, str], dict[str, set[object]]] = defaultdict(lambda: defaultdict(set))
    led: set[object] = set()
    for case, of_kind, by, role in parts.values_list("case_id", "case__kind", "unit__agency_id", "role"):
        if role != CaseRole.LEAD:
            held[of_kind, str(by)][role].add(case)
        elif case not in led:
            led.add(case)
            held[of_kind, str(by)][CaseRole.LEAD].add(case)
    rows = [
        _line(count, kind, agency, held[kind.value, str(agency.pk)])
        for kind in Kind
        for agency in count.agencies
        if (kind.value, str(agency.pk)) in held
    ]
    lead = count.notes.add(
        "lead",
        Text(
            "Chủ trì: tính theo đơn vị chủ trì khi mở vụ việc, nên mỗi vụ việc chỉ tính một lần.",
            "Led: by the unit that led when the case was opened, so every case counts once.",
        ),
    )
    return Table(
        "cases_by_role",
        Text("Chủ trì, đồng chủ trì, phối hợp", "Led, co-led, coordinated"),
        (
            Column(Text("Loại, lực lượng", "Kind and agency"), numeric=False),
            Column(Text("Chủ trì", "Led")),
            Column(Text("Đồng chủ trì", "Co-led"), note=NOT_ADDABLE),
            Column(Text("Phối hợp", "Coordinated"), note=NOT_ADDABLE),
        ),
        tuple(rows),
        empty=Text("Trong kỳ không có vụ việc phối hợp nào được ghi.", "No joint case was recorded in the period."),
        footnotes=(lead,),
        synthetic=any_synthetic(cases),
    )


def _line(count: Counting, kind: Kind, agency: Agency, roles: dict[str, set[object]]) -> Row:
    link = links.cases(count.period, kind=kind)
    figures = (
        Figure(
            len(roles.get(role, ())),
            CASES,
            link=link,
            addable=role == CaseRole.LEAD,
            key=f"cases.{kind.value}.{role.value}.{agency.code}".lower(),
        )
        for role in (CaseRole.LEAD, CaseRole.CO_LEAD, CaseRole.COORDINATOR)
    )
    return Row((Label(count.name(agency), detail=said(kind.label)), *figures))
