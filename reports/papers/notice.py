"""The notice of a conference's conclusions (Decree 30/2020/ND-CP, named paper), built from its record."""

from datetime import date

from agencies.models import today
from registry.conferences.models import Conference
from registry.conferences.terms import ActionKind, Adoption, ResolutionKind
from reports.document import NOTHING, Text
from reports.issuing import HEAD
from reports.papers import telling
from reports.papers.document import OfficialPaper, Part, Signature

KIND, CODE = Text("THÔNG BÁO", "NOTICE"), "TB"


def notice(
    conference: Conference,
    *,
    number: int | None = None,
    signed_on: date | None = None,
    signer: str = "",
    office: Text = HEAD,
    authority: Text = NOTHING,
) -> OfficialPaper:
    """The paper: which conference it was, what it concluded, who is to do what by when, what it proposes to whom."""
    name, subject = telling.title_of(conference), subject_of(conference)
    form = telling.frame(conference, on=signed_on, kind=KIND, code=CODE, subject=subject)
    return OfficialPaper(
        title=Text(f"Thông báo {_lower(subject.vi)}", f"Notice: {subject.en}"),
        form=telling.stamped(form, number=number, signed_on=signed_on, dated=True),
        opening=(_opening(conference, name),),
        parts=_parts(conference, signed_on or conference.held_on or today()),
        closing=(
            Text(
                "Trên đây là kết luận của hội nghị, thông báo để các đơn vị biết, thực hiện",
                "The units concerned are informed of these conclusions and carry them out",
            ),
        ),
        signatures=(Signature(_joined(authority, office), signer),),
        generated_at=conference.updated_at,
        synthetic=conference.synthetic,
        banner=telling.BANNER if conference.synthetic else NOTHING,
    )


def subject_of(conference: Conference) -> Text:
    """Whose conclusions they are."""
    name = telling.title_of(conference)
    return Text(f"Kết luận {_lower(name.vi)}", f"Conclusions: {_lower(name.en)}")


def _opening(conference: Conference, name: Text) -> Text:
    """Which conference it was."""
    held = telling.held_words(conference)
    venue = telling.or_missing(telling.both(conference.venue_vi, conference.venue_en), conference.venue_missing)
    chair = telling.or_missing(
        telling.both(conference.chair_office_vi, conference.chair_office_en), conference.chair_office_missing
    )
    return Text(
        f"{name.vi} ({held.vi}; địa điểm: {venue.vi}; chủ tọa: {chair.vi}) đã kết luận như sau:",
        f"{name.en} ({held.en}; place: {venue.en}; chair: {chair.en}) concluded:",
    )


def _parts(conference: Conference, day: date) -> tuple[Part, ...]:
    """Conclusions that stand, tasks, proposals. What was not adopted is told by the minutes alone."""
    agencies = telling.agencies_on(conference.held_on)
    rows = list(conference.resolutions.prefetch_related("assents").order_by("number"))
    standing = [row for row in rows if row.adoption(agencies) != Adoption.NOT_ADOPTED]
    proposed = [row for row in standing if row.kind == ResolutionKind.PROPOSAL]
    concluded = [row for row in standing if row.kind != ResolutionKind.PROPOSAL]
    tasks = conference.action_items.filter(kind=ActionKind.TASK).order_by("number")
    tasks = tasks.select_related("assignee_agency", "assignee_unit")
    tasks = tasks.prefetch_related("assignee_agency__names", "assignee_unit__names")
    return (
        Part(
            Text("Kết luận", "Conclusions"),
            telling.numbered(
                (telling.resolution_words(row, agencies) for row in concluded),
                Text("Không ghi nhận kết luận nào.", "No conclusion is recorded."),
            ),
        ),
        Part(
            Text("Nhiệm vụ", "Tasks"),
            telling.numbered(
                (telling.task_words(item, day) for item in tasks),
                Text("Không ghi nhận nhiệm vụ nào.", "No task is recorded."),
            ),
        ),
        Part(
            Text("Kiến nghị", "Proposals"),
            telling.numbered(
                (telling.resolution_words(row, agencies) for row in proposed),
                Text("Không có kiến nghị nào.", "There is no proposal."),
            ),
        ),
    )


def _lower(words: str) -> str:
    """As it stands within a sentence."""
    return words[:1].lower() + words[1:]


def _joined(*texts: Text) -> Text:
    return Text(" ".join(t.vi for t in texts if t.vi), " ".join(t.en for t in texts if t.en))
