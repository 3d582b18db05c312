"""Numbered papers: written down, handed out copy by copy, collected back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User
from agencies.refusals import Conflict, Incomplete, Invalid
from registry.conferences.actions.writing import checked, for_writing, locked, next_number, require_writer, touched
from registry.conferences.models import Conference, ConferencePaper, PaperCopy
from registry.conferences.terms import Secrecy


@transaction.atomic
def add_paper(
    *,
    conference: Conference,
    by: User,
    title_vi: str,
    copies: int,
    title_en: str = "",
    mark: str = Secrecy.INTERNAL,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> ConferencePaper:
    """Write down a paper of the conference and in how many numbered copies it exists."""
    conference = for_writing(conference, by, expected_revision)
    row = ConferencePaper(
        conference=conference,
        number=next_number(conference.papers),
        title_vi=title_vi,
        title_en=title_en,
        mark=mark,
        copies=copies,
        synthetic=conference.synthetic,
    )
    checked(row)
    row.save()
    touched(conference, at)
    record(action="conference.add_paper", by=by, on=row, copies=copies)
    return row


@transaction.atomic
def issue_copies(
    *,
    paper: ConferencePaper,
    by: User,
    units: Sequence[Unit],
    office_vi: str = "",
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> list[PaperCopy]:
    """Hand one copy to each of the units, with the next copy numbers, as long as there are any."""
    conference = for_writing(paper.conference, by, expected_revision)
    paper = ConferencePaper.objects.get(pk=paper.pk)
    paper.conference = conference
    if not units:
        raise Invalid({"units": _("Name the units that get a copy.")}, code="required")
    first = next_number(paper.issued)
    left = paper.copies - first + 1
    if len(units) > left:
        raise Incomplete(
            _("The paper has %(copies)d copies; %(left)d of them can still be handed out.")
            % {"copies": paper.copies, "left": left},
            code="no_copy_left",
        )
    rows = []
    for number, unit in enumerate(units, start=first):
        row = PaperCopy(
            paper=paper,
            number=number,
            unit=unit,
            office_vi=office_vi,
            issued_at=at or timezone.now(),
            synthetic=paper.synthetic,
        )
        checked(row)
        row.save(force_insert=True)
        rows.append(row)
    told = {str(row.number): row.unit.code for row in rows}
    record(action="conference.issue_copies", by=by, on=paper, issued=told)
    return rows


@transaction.atomic
def return_copy(
    *, copy: PaperCopy, by: User, expected_revision: int | None = None, at: datetime | None = None
) -> PaperCopy:
    """The copy came back, also after the minutes were approved."""
    conference = locked(copy.paper.conference, expected_revision)
    require_writer(by, conference.host_agency_id)
    copy = PaperCopy.objects.select_for_update(of=("self",)).select_related("paper__conference").get(pk=copy.pk)
    if copy.returned_at is not None:
        raise Conflict(_("This copy has come back already."), code="returned_already")
    copy.returned_at = at or timezone.now()
    checked(copy)
    copy.save()
    record(action="conference.return_copy", by=by, on=copy)
    return copy
