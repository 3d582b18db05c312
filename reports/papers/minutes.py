"""The minutes of a conference (Decree 30/2020/ND-CP, form 1.9), built from its record."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from agencies.models import Agency, today
from registry.conferences.models import Attendance, Conference
from registry.conferences.terms import ActionKind, Part, Presence
from reports.document import Text
from reports.papers import telling
from reports.papers.document import OfficialPaper, Signature
from reports.papers.document import Part as PaperPart
from reports.wording import said

KIND, CODE = Text("BIÊN BẢN", "MINUTES"), "BB"
SECRETARY, CHAIR = Text("THƯ KÝ", "SECRETARY"), Text("CHỦ TỌA", "CHAIR")


def minutes(
    conference: Conference,
    *,
    number: int | None = None,
    signed_on: date | None = None,
    signer: str = "",
    secretary: str = "",
) -> OfficialPaper:
    """The paper: in the order of events, from the hour of the beginning to that of the end."""
    day = signed_on or conference.held_on or today()
    subject = telling.title_of(conference)
    form = telling.frame(conference, on=signed_on, kind=KIND, code=CODE, subject=subject)
    agencies = telling.agencies_on(conference.held_on)
    end = telling.moment_words(conference.ended_at, conference.held_on, conference.held_on_missing)
    return OfficialPaper(
        title=Text(f"Biên bản {subject.vi}", f"Minutes: {subject.en}"),
        form=telling.stamped(form, number=number, signed_on=signed_on, dated=False),
        opening=_opening(conference, agencies, day),
        parts=_parts(conference, agencies, day),
        closing=(Text(f"Hội nghị kết thúc vào {end.vi}", f"The conference ended at {end.en}"),),
        signatures=(Signature(SECRETARY, secretary), Signature(CHAIR, signer)),
        generated_at=conference.updated_at,
        synthetic=conference.synthetic,
        banner=telling.BANNER if conference.synthetic else Text("", ""),
    )


def _opening(conference: Conference, agencies: list[Agency], day: date) -> tuple[Text, ...]:
    """When it began, where, who was there, who chaired and who kept the minutes."""
    begun = telling.moment_words(conference.started_at, conference.held_on, conference.held_on_missing)
    venue = telling.or_missing(telling.both(conference.venue_vi, conference.venue_en), conference.venue_missing)
    offices = list(conference.attendance.select_related("agency", "unit").order_by("number"))
    chair = telling.or_missing(
        telling.both(conference.chair_office_vi, conference.chair_office_en), conference.chair_office_missing
    )
    beside = [o for o in offices if o.part == Part.CO_CHAIR]
    keeping = [o for o in offices if o.part == Part.SECRETARY]
    return (
        Text(f"Thời gian bắt đầu: {begun.vi}.", f"Began at: {begun.en}."),
        Text(f"Địa điểm: {venue.vi}.", f"Place: {venue.en}."),
        *_attended(offices, agencies, day),
        Text(f"Chủ tọa: {chair.vi}.", f"Chair: {chair.en}."),
        *([_listed(Text("Đồng chủ tọa", "Co-chairs"), beside)] if beside else []),
        _listed(Text("Thư ký (người ghi biên bản)", "Secretary (kept the minutes)"), keeping),
    )


def _listed(label: Text, offices: list[Attendance]) -> Text:
    words = [telling.both(o.office_vi, o.office_en) for o in offices] or [telling.NOT_RECORDED]
    return Text(f"{label.vi}: {'; '.join(w.vi for w in words)}.", f"{label.en}: {'; '.join(w.en for w in words)}.")


def _attended(offices: list[Attendance], agencies: list[Agency], day: date) -> Iterable[Text]:
    """Offices by agency in protocol order, then those of no agency; those that did not come apart."""
    came = [o for o in offices if o.presence in {Presence.ATTENDED, Presence.INVITED}]
    invited = all(o.presence == Presence.INVITED for o in came) and bool(came)
    yield (
        (Text("Thành phần được mời:", "Invited:") if invited else Text("Thành phần tham dự:", "Attended by:"))
        if came
        else Text("Thành phần tham dự: không ghi nhận.", "Attended by: not recorded.")
    )
    order: dict[UUID | None, int] = {agency.pk: place for place, agency in enumerate(agencies)}
    names: dict[UUID | None, Text] = {
        agency.pk: Text(agency.name(day, "vi"), agency.name(day, "en")) for agency in agencies
    }
    for office in sorted(came, key=lambda o: (order.get(o.agency_id, len(order)), o.number)):
        yield _office(office, names)
    for presence in (Presence.EXCUSED, Presence.ABSENT):
        away = [o for o in offices if o.presence == presence]
        if away:
            word = said(presence.label)
            yield _listed(Text(f"Vắng mặt ({word.vi})", f"Not present ({word.en})"), away)


def _office(office: Attendance, names: dict[UUID | None, Text]) -> Text:
    words = telling.both(office.office_vi, office.office_en)
    agency = names.get(office.agency_id)
    if agency is None or agency.vi in words.vi:
        return Text(f"- {words.vi};", f"- {words.en};")
    return Text(f"- {words.vi} ({agency.vi});", f"- {words.en} ({agency.en});")


def _parts(conference: Conference, agencies: list[Agency], day: date) -> tuple[PaperPart, ...]:
    """Agenda, proceedings, conclusions, tasks."""
    points = [telling.both(p.text_vi, p.text_en) for p in conference.agenda.standing().order_by("number")]
    resolutions = conference.resolutions.prefetch_related("assents").order_by("number")
    tasks = conference.action_items.filter(kind=ActionKind.TASK).order_by("number")
    tasks = tasks.select_related("assignee_agency", "assignee_unit")
    tasks = tasks.prefetch_related("assignee_agency__names", "assignee_unit__names")
    return (
        PaperPart(
            Text("Chương trình", "Agenda"),
            telling.numbered(points, Text("Chương trình không ghi nhận.", "The agenda is not recorded.")),
        ),
        PaperPart(Text("Diễn biến", "Proceedings"), _said(conference)),
        PaperPart(
            Text("Kết luận, kiến nghị", "Conclusions and proposals"),
            telling.numbered(
                (telling.resolution_words(r, agencies) for r in resolutions),
                Text("Không ghi nhận kết luận nào.", "No conclusion is recorded."),
            ),
        ),
        PaperPart(
            Text("Phân công nhiệm vụ", "Tasks"),
            telling.numbered(
                (telling.task_words(item, day) for item in tasks),
                Text("Không ghi nhận nhiệm vụ nào.", "No task is recorded."),
            ),
        ),
    )


def _said(conference: Conference) -> tuple[Text, ...]:
    """The text of the minutes, paragraph by paragraph. Only where both languages have as many do they go together."""
    vi = [line.strip() for line in conference.minutes_vi.splitlines() if line.strip()]
    en = [line.strip() for line in conference.minutes_en.splitlines() if line.strip()]
    if not vi:
        return (Text("Nội dung không ghi nhận.", "The proceedings are not recorded."),)
    if not en:
        note = Text("(nguyên văn tiếng Việt)", "(in Vietnamese)")
        return tuple(Text(line, f"{line} {note.en}") for line in vi)
    if len(vi) == len(en):
        return tuple(Text(*pair) for pair in zip(vi, en, strict=True))
    return (Text("\n".join(vi), "\n".join(en)),)
