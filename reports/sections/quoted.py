"""Annex: the items of the period that the reader sees, by reference; a title only where it may be quoted.

The reader's units quote what they wrote themselves, and what they have the originator's consent to quote, looked at
as the report is built. What is missing is told as a number.
"""

from django.db.models import QuerySet

from agencies.models import Unit, User
from agencies.roles import Permission
from agencies.visibility import Reader
from registry.information.models import InformationItem
from registry.information.readers import occasion_of
from registry.information.terms import Status
from registry.information.uses import quotable
from reports import links
from reports.counting import Counting
from reports.document import Column, Label, Row, Section, Table, Text
from reports.wording import moment

MOST = 500
"""Lines. A report is read by people; the list in the registry has them all."""

TITLE = Text("Danh mục tin, tài liệu theo số hiệu", "Items by reference")
NEEDED = Text("cần có sự đồng ý của nơi cung cấp", "needs the originator's consent")
CLOSED = Text("TLP:RED: chỉ xem trong hệ thống", "TLP:RED: read in the registry only")


def quoted(items: QuerySet[InformationItem], reader: Reader) -> QuerySet[InformationItem]:
    """Those of the items that the reader sees, and whose title the reader's units may quote now."""
    own = reader.units_with(Permission.ITEM_READ_OWN) | reader.units_with(Permission.ITEM_READ_DELIVERED)
    seen = InformationItem.objects.visible_to(reader).filter(status=Status.RELEASED)
    standing = InformationItem.objects.filter(pk__in=items.values("pk")).filter(pk__in=seen.values("pk"))
    return quotable(standing, by=Unit.objects.filter(pk__in=own))


def section(count: Counting) -> Section:
    """The annex; in an edition without a reader it names nothing."""
    if not isinstance(count.reader, User):
        nobody = Text(
            "Bản này không thuộc đơn vị nào nên không nêu tin, tài liệu nào.",
            "This edition is of no unit: it names no item.",
        )
        return Section("items", TITLE, (nobody,), annex=True)
    reader = count.reader
    seen = InformationItem.objects.visible_to(reader).filter(status=Status.RELEASED).released_in(count.period)
    items = list(seen.select_related("current", "unit__agency").order_by("reference", "pk")[: MOST + 1])
    listed = items[:MOST]
    open_ = {item.pk for item in listed if occasion_of(item, reader) is None}
    may = set(quoted(InformationItem.objects.filter(pk__in=open_), reader).values_list("pk", flat=True))
    count.quoted.extend(sorted(str(pk) for pk in may))
    rows = tuple(_row(count, item, quote=item.pk in may, closed=item.pk not in open_) for item in listed)
    remarks = _remarks(missing=len(open_ - may), more=len(items) > MOST)
    return Section("items", TITLE, remarks, (_table(count, rows),), annex=True)


def _remarks(*, missing: int, more: bool) -> tuple[Text, ...]:
    """What the table does not say."""
    told = []
    if missing:
        told.append(
            Text(
                f"{missing} tiêu đề chưa nêu: cần có sự đồng ý của nơi cung cấp.",
                f"{missing} {'title needs' if missing == 1 else 'titles need'} the originator's consent.",
            )
        )
    if more:
        told.append(
            Text(
                f"Chỉ liệt kê {MOST} tin, tài liệu đầu tiên theo số hiệu; danh sách đầy đủ có trong hệ thống.",
                f"Only the first {MOST} by reference are listed; the registry has them all.",
            )
        )
    return tuple(told)


def _row(count: Counting, item: InformationItem, *, quote: bool, closed: bool) -> Row:
    reference = Label(Text.same(item.reference or ""), link=links.item(item.pk))
    released = moment(item.released_at) if item.released_at else Text.same("–")
    title = Text.same(item.current.title) if quote and item.current is not None else CLOSED if closed else NEEDED
    giver = next((count.short(agency) for agency in count.agencies if agency.pk == item.unit.agency_id), Text.same("–"))
    return Row((reference, Label(giver), Label(released), Label(title)))


def _table(count: Counting, rows: tuple[Row, ...]) -> Table:
    heads = (
        Text("Số hiệu", "Reference"),
        Text("Cung cấp", "Gave"),
        Text("Phát hành lúc", "Released at"),
        Text("Tiêu đề", "Title"),
    )
    return Table(
        "items_by_reference",
        Text("Tin, tài liệu trong kỳ mà người đọc được xem", "Items of the period that the reader sees"),
        tuple(Column(head, numeric=False) for head in heads),
        rows,
        empty=Text("Không có tin, tài liệu nào.", "There is none."),
    )
