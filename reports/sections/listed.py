"""Annex: the joint cases of the period that the reader sees, by reference and without their titles."""

from agencies.models import Agency, User
from registry.cases.models import JointCase
from registry.cases.terms import CaseRole, CaseStatus, Kind
from reports import links
from reports.counting import Counting
from reports.document import Column, Figure, Label, Row, Section, Table, Text, none
from reports.sections.cases import PERSONS
from reports.wording import AGENCY, day, said

MOST = 200
"""Lines. A report is read by people; the list in the registry has them all."""

TITLE = Text("Danh mục vụ việc điển hình", "Typical cases")


def section(count: Counting) -> Section:
    """The annex; in an edition without a reader it names nothing."""
    if not isinstance(count.reader, User):
        nobody = Text(
            "Bản này không thuộc đơn vị nào nên không nêu vụ việc nào.", "This edition is of no unit: it names no case."
        )
        return Section("listed", TITLE, (nobody,), annex=True)
    seen = JointCase.objects.visible_to(count.reader).opened_in(count.period)
    cases = list(seen.prefetch_related("participations__unit__agency__names").order_by("reference", "pk")[: MOST + 1])
    more = Text(
        f"Chỉ liệt kê {MOST} vụ việc đầu tiên theo số hiệu; danh sách đầy đủ có trong hệ thống.",
        f"Only the first {MOST} by reference are listed; the registry has them all.",
    )
    return Section("listed", TITLE, (more,) if len(cases) > MOST else (), (_table(count, cases[:MOST]),), annex=True)


def _table(count: Counting, cases: list[JointCase]) -> Table:
    return Table(
        "cases_listed",
        Text("Vụ việc phối hợp trong kỳ mà người đọc được xem", "Joint cases of the period that the reader sees"),
        (
            Column(Text("Số hiệu", "Reference"), numeric=False),
            Column(Text("Loại", "Kind"), numeric=False),
            Column(Text("Ngày mở", "Opened"), numeric=False),
            Column(AGENCY, numeric=False, note=Text("chủ trì", "led")),
            Column(AGENCY, numeric=False, note=Text("cùng tham gia", "took part")),
            Column(Text("Số người bị bắt giữ", "Persons arrested")),
            Column(Text("Trạng thái", "Status"), numeric=False),
        ),
        tuple(_row(count, case) for case in cases),
        empty=Text("Không có vụ việc nào mà người đọc được xem.", "There is none that the reader sees."),
        synthetic=any(case.synthetic for case in cases),
    )


def _row(count: Counting, case: JointCase) -> Row:
    parts = sorted(case.participations.all(), key=lambda p: (str(p.valid_from or ""), str(p.pk)))
    lead = [p for p in parts if p.role == CaseRole.LEAD][:1]
    led, others = {p.unit.agency for p in lead}, {p.unit.agency for p in parts if p.role != CaseRole.LEAD}
    persons = none("không nêu", "not stated") if case.arrests is None else Figure(case.arrests, PERSONS, addable=False)
    return Row(
        (
            Label(Text.same(case.reference), link=links.case(case.pk)),
            Label(said(Kind(case.kind).label)),
            Label(day(case.opened_on)),
            Label(_names(count, led)),
            Label(_names(count, others)),
            persons,
            Label(said(CaseStatus(case.status).label)),
        )
    )


def _names(count: Counting, agencies: set[Agency]) -> Text:
    short = [count.short(agency) for agency in count.agencies if agency in agencies]
    return Text(", ".join(n.vi for n in short) or "–", ", ".join(n.en for n in short) or "–")
