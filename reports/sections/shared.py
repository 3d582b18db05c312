"""Part II.2: what the agencies shared, who gave it to whom, how it was received and what it was worth."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q, QuerySet

from agencies.models import Agency
from registry.information.receipt_states import RECEIPTS, Receipt
from registry.information.terms import RECEIPT_CLOCK, VALUABLE, DeliveryStatus, Status, Urgency, Usefulness
from registry.reference.models import Topic
from reports import links
from reports.counting import Counting, any_synthetic
from reports.document import Column, Figure, Label, Row, Section, Table, Text, none
from reports.parts import TITLES
from reports.wording import AGENCY, DELIVERIES, ITEMS, TOTAL, said, term

NOTHING_SHARED = Text(
    "Hệ thống không ghi nhận tin, tài liệu nào được chia sẻ trong kỳ này.",
    "The registry holds no item shared in this period.",
)


def section(count: Counting) -> Section:
    """The part."""
    counted = (by_agency(count), by_topic(count), matrix(count), receipts(count), worth(count))
    return Section("shared", TITLES["shared"], () if count.items().exists() else (NOTHING_SHARED,), counted)


def valuable_note(count: Counting) -> str:
    """The written definition of “valuable”, as a footnote: the one every count uses (terms.VALUABLE)."""
    grades = [said(Usefulness(code).label) for code in VALUABLE]
    vi, en = " hoặc ".join(f"“{g.vi}”" for g in grades), " or ".join(f"“{g.en}”" for g in grades)
    return count.notes.add(
        "valuable",
        Text(
            f"Tin, tài liệu có giá trị: ít nhất một đơn vị nhận đã đánh giá là {vi}. "
            "Một tin, tài liệu được nhiều đơn vị đánh giá chỉ tính một lần.",
            f"Valuable: at least one recipient evaluated the item as {en}. "
            "An item that several recipients evaluated counts once.",
        ),
    )


def recall_note(count: Counting) -> str:
    """Recalled items were shared: they count, and it is said."""
    return count.notes.add(
        "recalled",
        Text(
            "Tin, tài liệu đã thu hồi vẫn tính là đã chia sẻ trong kỳ và được nêu riêng ở cột này.",
            "Items recalled since were shared in the period: they are counted, and told apart in this column.",
        ),
    )


def whose(name: str, agency: Agency | None) -> str:
    """`shared.total`, `shared.by_agency.police`."""
    return f"{name}.by_agency.{agency.code.lower()}" if agency else f"{name}.total"


def _tally(records: QuerySet[Any], agency: str, **which: Q) -> Callable[[Agency | None, str], int]:
    """How many records of each sort there are of an agency, or of all: with one query. `agency` is the path to it."""
    counts: dict[str, Any] = {name: Count("pk", filter=condition) for name, condition in which.items()}
    found = {row[agency]: row for row in records.values(agency).annotate(**counts).order_by()}

    def number(of: Agency | None, name: str) -> int:
        if of is None:
            return sum(row[name] for row in found.values())
        return int(found[of.pk][name]) if of.pk in found else 0

    return number


def by_agency(count: Counting) -> Table:
    """Items by the agency that gave them: one item counts once."""
    items, valuable = count.items(), count.valuable()
    shared = _tally(items, "unit__agency", all=Q(), recalled=Q(status=Status.RECALLED))
    useful = _tally(valuable, "unit__agency", all=Q())
    worthy, withdrawn = (valuable_note(count),), (recall_note(count),)
    columns = (
        Column(AGENCY, numeric=False),
        Column(Text("Tin, tài liệu đã chia sẻ", "Items shared")),
        Column(Text("Trong đó có giá trị", "Of these valuable"), footnotes=worthy),
        Column(Text("Trong đó đã thu hồi", "Of these recalled since"), footnotes=withdrawn),
    )

    def row(name: Text, agency: Agency | None) -> Row:
        counted = (
            ("shared", shared(agency, "all"), links.items(count.period, agency=agency)),
            ("valuable", useful(agency, "all"), links.valuable(count.period, agency=agency)),
            (
                "recalled",
                shared(agency, "recalled"),
                links.items(count.period, agency=agency, status=Status.RECALLED),
            ),
        )
        figures = (Figure(found, ITEMS, link=link, key=whose(key, agency)) for key, found, link in counted)
        return Row((Label(name), *figures), total=agency is None)

    rows = [row(count.name(agency), agency) for agency in count.agencies]
    return Table(
        "shared_by_agency",
        Text("Tin, tài liệu đã chia sẻ, theo lực lượng cung cấp", "Items shared, by the agency that gave them"),
        columns,
        (*rows, row(TOTAL, None)),
        synthetic=any_synthetic(items),
    )


def matrix(count: Counting) -> Table:
    """Deliveries by giver and receiver. Within one agency too: a central unit may inform a provincial one."""
    deliveries = count.deliveries()
    made = deliveries.values_list("item__unit__agency", "unit__agency").annotate(number=Count("pk")).order_by()
    pairs = {(giver, receiver): number for giver, receiver, number in made}

    def cell(giver: Agency | None, receiver: Agency | None) -> Figure:
        if giver and receiver and not {giver.pk, receiver.pk} & count.own_agencies:
            return none("ngoài phạm vi", "not covered")
        number = sum(
            n
            for (g, r), n in pairs.items()
            if (giver is None or g == giver.pk) and (receiver is None or r == receiver.pk)
        )
        key = f"deliveries.{giver.code}.to.{receiver.code}".lower() if giver and receiver else ""
        return Figure(number, DELIVERIES, link=links.deliveries(count.period, giver=giver, receiver=receiver), key=key)

    givers: list[Agency | None] = [*count.agencies, None]
    rows = tuple(
        Row((_giver(count, giver), *(cell(giver, receiver) for receiver in givers)), total=giver is None)
        for giver in givers
    )
    heads = [Column(count.short(agency)) for agency in count.agencies]
    return Table(
        "giver_receiver",
        Text("Ai cung cấp cho ai: số lượt chuyển", "Who gave to whom: deliveries"),
        (Column(Text("Cung cấp ↓ · Nhận →", "Gave ↓ · Received →"), numeric=False), *heads, Column(TOTAL)),
        rows,
        note=Text(
            "Đếm theo lượt chuyển: một tin, tài liệu chuyển cho ba đơn vị là ba lượt ở bảng này và một ở bảng trên.",
            "Counted by delivery: one item delivered to three units is three here and one in the table above.",
        ),
        chart="matrix",
        synthetic=any_synthetic(deliveries),
    )


def _giver(count: Counting, agency: Agency | None) -> Label:
    """A line's head: the name, and the abbreviation that heads the column."""
    return Label(count.name(agency), detail=count.short(agency)) if agency else Label(TOTAL)


def by_topic(count: Counting) -> Table:
    """Items by the lawful topic of their current version."""
    items = count.items()
    topics: list[Any] = list(Topic.objects.visible_to(count.reader).order_by("order"))
    numbers = dict(items.values_list("current__topic").annotate(number=Count("pk")).order_by())
    rows = [
        Row(
            (
                Label(term(topic), detail=_article(topic)),
                Figure(
                    numbers.get(topic.pk, 0),
                    ITEMS,
                    link=links.items(count.period, topic=topic),
                    key=f"shared.by_topic.{topic.code}",
                ),
            )
        )
        for topic in topics
    ]
    total = Row((Label(TOTAL), Figure(items.count(), ITEMS, link=links.items(count.period))), total=True)
    return Table(
        "shared_by_topic",
        Text("Tin, tài liệu đã chia sẻ, theo nội dung", "Items shared, by topic"),
        (Column(Text("Nội dung", "Topic"), numeric=False), Column(Text("Tin, tài liệu", "Items"))),
        (*rows, total),
        synthetic=any_synthetic(items),
    )


def _article(topic: Topic) -> Text:
    return Text(f"Điều {topic.article}", f"Article {topic.article}") if topic.article else Text("", "")


STATES: tuple[tuple[Text, Receipt], ...] = (
    (Text("Xác nhận đúng hạn", "Acknowledged in time"), Receipt.IN_TIME),
    (Text("Xác nhận quá hạn", "Acknowledged late"), Receipt.LATE),
    (Text("Chưa xác nhận", "Not yet acknowledged"), Receipt.PENDING),
    (Text("Thu hồi trước khi xác nhận", "Recalled before that"), Receipt.RECALLED_UNSEEN),
)


def _limits() -> Text:
    """How long each urgency leaves for a receipt."""
    limits = []
    for urgency, clock in RECEIPT_CLOCK.items():
        days, hours = clock.working_days, clock.hours
        limit = (
            Text(f"{days} ngày làm việc", f"{days} working days") if days else Text(f"{hours} giờ", f"{hours} hours")
        )
        name = said(Urgency(urgency).label)
        limits.append(Text(f"{name.vi} {limit.vi}", f"{name.en} {limit.en}"))
    return Text(", ".join(limit.vi for limit in limits), ", ".join(limit.en for limit in limits))


def _clock_note(count: Counting) -> str:
    """What “in time” means."""
    return count.notes.add(
        "clock",
        Text(
            f"Đúng hạn: xác nhận trong thời hạn tính từ lúc chuyển, theo mức khẩn của tin, tài liệu ({_limits().vi}).",
            f"In time: acknowledged within the time set from delivery by the item's urgency ({_limits().en}).",
        ),
    )


def receipts(count: Counting) -> Table:
    """What became of the deliveries to each agency: every delivery stands in exactly one column."""
    deliveries = count.deliveries()
    states_of = {state.value: RECEIPTS[state] for _label, state in STATES}
    received = _tally(deliveries, "unit__agency", all=Q(), **states_of)

    def row(name: Text, agency: Agency | None) -> Row:
        states = (
            Figure(
                received(agency, state.value),
                DELIVERIES,
                link=links.deliveries(count.period, receiver=agency, receipt=state),
                key=whose(f"deliveries.{state.value}", agency),
            )
            for _label, state in STATES
        )
        total = Figure(
            received(agency, "all"),
            DELIVERIES,
            link=links.deliveries(count.period, receiver=agency),
            key=whose("deliveries", agency),
        )
        return Row((Label(name), total, *states), total=agency is None)

    rows = [row(count.name(agency), agency) for agency in count.agencies]
    return Table(
        "receipts",
        Text("Tiếp nhận, theo lực lượng nhận", "Receipt, by the agency that received"),
        (
            Column(AGENCY, numeric=False),
            Column(Text("Lượt chuyển đến", "Deliveries")),
            *(Column(label) for label, _state in STATES),
        ),
        (*rows, row(TOTAL, None)),
        footnotes=(_clock_note(count),),
        chart="stacked",
        synthetic=any_synthetic(deliveries),
    )


def worth(count: Counting) -> Table:
    """What recipients made of it: one evaluation per delivery."""
    deliveries = count.deliveries()
    found = dict(deliveries.values_list("evaluation__usefulness").annotate(number=Count("pk")).order_by())
    note = (valuable_note(count),)
    rows = [
        Row(
            (
                Label(said(grade.label), footnotes=note if grade in VALUABLE else ()),
                Figure(
                    found.get(grade.value, 0),
                    DELIVERIES,
                    link=links.deliveries(count.period, usefulness=grade),
                    key=f"evaluated.{grade.value}",
                ),
            )
        )
        for grade in Usefulness
    ]
    used = Figure(
        deliveries.filter(status=DeliveryStatus.USED).count(),
        DELIVERIES,
        link=links.deliveries(count.period, status=DeliveryStatus.USED),
        addable=False,
        key="used.total",
    )
    used_label = Label(
        Text("Đã sử dụng trong vụ việc", "Used in a case"),
        detail=Text(
            "đếm riêng, không cộng với các dòng trên; chưa kể lượt đã thu hồi",
            "counted apart from the lines above; deliveries recalled since not included",
        ),
    )
    return Table(
        "worth",
        Text("Đánh giá và sử dụng của đơn vị nhận", "What recipients made of it"),
        (Column(Text("Đánh giá", "Evaluation"), numeric=False), Column(Text("Lượt chuyển", "Deliveries"))),
        (*rows, Row((used_label, used))),
        synthetic=any_synthetic(deliveries),
    )
