"""From records to the quarterly report, as one reader may count them."""

from django.utils import timezone

from agencies.models import Unit, User
from agencies.visibility import Reader
from registry.cases.terms import Kind
from registry.information.receipt_states import RECEIPTS, Receipt
from registry.periods import Period
from registry.quantities import number
from reports import links
from reports.counting import Counting, Operator
from reports.document import (
    NOTHING,
    Edition,
    Figure,
    Highlight,
    QuarterlyReport,
    Span,
    Text,
)
from reports.issuing import issuer_of, official_form
from reports.sections import contents, published, shared
from reports.snapshot import snapshot
from reports.wording import BASES, CASES, DELIVERIES, ITEMS, days, moment, period_name, said

BANNER = Text(
    "Có dữ liệu giả định: một phần hoặc toàn bộ bản ghi được đếm ở đây là dữ liệu minh họa, không có thật.",
    "Synthetic data: some or all of the records counted here are made up for demonstration. They are not real.",
)


def quarterly_report(*, period: Period, reader: User | None, issuer: Unit | None = None) -> QuarterlyReport:
    """The report of the period in the reader's edition; without a reader, the conference's, which counts for all.

    Every number comes from one snapshot of the database where no transaction has begun yet. `issuer`: the unit that
    issues it, where that is settled already.
    """
    with snapshot():
        return _build(period, reader, issuer)


def _build(period: Period, reader: User | None, issuer: Unit | None) -> QuarterlyReport:
    asking: Reader = reader if reader is not None else Operator()
    count = Counting(asking, period)
    edition = _edition(count, reader)
    highlights = _highlights(count)
    sections = contents.sections(count)
    synthetic = any(table.synthetic for top in sections for part in top.within() for table in part.tables)
    synthetic = synthetic or any(text.synthetic for text in count.texts)
    name, now = period_name(period.label), timezone.now()
    return QuarterlyReport(
        title=Text(
            f"Báo cáo kết quả phối hợp, trao đổi thông tin {name.vi}",
            f"Report on coordination and information sharing, {name.en}",
        ),
        period=_span(period),
        edition=edition,
        generated_at=now,
        generated=moment(now),
        highlights=highlights,
        sections=sections,
        footnotes=count.notes.all(),
        synthetic=synthetic,
        banner=BANNER if synthetic else NOTHING,
        quoted=tuple(count.quoted),
        form=official_form(count, issuer or issuer_of(count), _subject(name)),
    )


def _subject(name: Text) -> Text:
    """What the paper is about."""
    return Text(
        f"Kết quả phối hợp, trao đổi thông tin {name.vi}", f"Results of coordination and information sharing, {name.en}"
    )


def _span(period: Period) -> Span:
    start, end = period.start, period.end
    return Span(period.label, start, end, period.basis.value, days(start, end), BASES[period.basis.value])


NO_CONTENT = Text(
    "Báo cáo nêu con số, không nêu nội dung của tin, tài liệu nào; tiêu đề chỉ nêu ở danh mục cuối báo cáo, khi là "
    "tin, tài liệu của chính đơn vị hoặc nơi cung cấp đã đồng ý. Mỗi con số dẫn tới danh sách bản ghi phía sau; "
    "danh sách chỉ hiện những gì người mở được phép xem.",
    "The report gives numbers and the content of no item; titles stand in the annex alone, where the item is the "
    "unit's own or its originator consented. Every number leads to the list of records behind it; the list shows only "
    "what whoever opens it may see.",
)


def _edition(count: Counting, reader: User | None) -> Edition:
    """For whom it is, and what that means for its numbers."""
    all_four = Text(
        "Con số tính trên toàn bộ tin, tài liệu đã chia sẻ và mọi vụ việc phối hợp của cả bốn lực lượng.",
        "Numbers cover everything shared and every joint case of all four agencies.",
    )
    if reader is None:
        return Edition("conference", Text("Bản hội nghị", "Conference edition"), (all_four, NO_CONTENT))
    unit = reader.home_unit
    code = unit.code if unit else "–"
    if count.counts_all:
        return Edition(
            "all_counts",
            Text(f"Bản tổng hợp cho {code}", f"Edition for {code}, counting for all"),
            (all_four, NO_CONTENT),
        )
    own = Text(
        f"Con số chỉ tính trên những gì đơn vị {code} được xem: của đơn vị, đã chuyển đến đơn vị, "
        "và vụ việc có đơn vị tham gia. Không phải số toàn quốc.",
        f"Numbers cover only what {code} may see: its own, what was delivered to it, and cases it takes part in. "
        "They are not national figures.",
    )
    return Edition("own", Text(f"Bản của đơn vị {code}", f"Edition of {code}"), (own, NO_CONTENT))


def _highlights(count: Counting) -> tuple[Highlight, ...]:
    """The numbers that open the report. Kinds of cases stand apart: they are never one number."""
    deliveries = count.deliveries()
    made, in_time = deliveries.count(), deliveries.filter(RECEIPTS[Receipt.IN_TIME]).count()
    all_items = links.items(count.period)
    return (
        Highlight(
            Text("Tin, tài liệu đã chia sẻ", "Items shared"),
            Figure(count.items().count(), ITEMS, link=all_items),
            _printed_beside(count),
        ),
        Highlight(
            Text("Trong đó có giá trị", "Of these valuable"),
            Figure(
                count.valuable().count(),
                ITEMS,
                link=links.valuable(count.period),
                footnotes=(shared.valuable_note(count),),
            ),
        ),
        Highlight(
            Text("Lượt chuyển xác nhận đúng hạn", "Deliveries acknowledged in time"),
            Figure(in_time, DELIVERIES, link=links.deliveries(count.period, receipt=Receipt.IN_TIME)),
            Text(f"trên {number(made, 'vi')} lượt chuyển", f"of {number(made, 'en')} deliveries"),
        ),
        *(_cases(count, kind) for kind in Kind),
    )


def _cases(count: Counting, kind: Kind) -> Highlight:
    label = said(kind.label)
    return Highlight(
        Text(f"Phối hợp: {label.vi}", f"Joint: {label.en}"),
        Figure(count.cases().filter(kind=kind).count(), CASES, link=links.cases(count.period, kind=kind)),
    )


def _printed_beside(count: Counting) -> Text:
    """What documents print for the same period, quoted beside the count and never added to it."""
    same = count.published().filter(
        metric__code=published.SHARED, period_start=count.period.start, period_end=count.period.end
    )
    printed = sorted(set(same.values_list("value_printed", flat=True)))
    if not printed:
        return NOTHING
    quoted = "; ".join(f"“{value}”" for value in printed)
    return Text(f"tài liệu công bố in {quoted}", f"published: {quoted}")
