"""The agenda: carried there, typed, put in order, withdrawn with a reason; fixed when the conference meets."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import User
from agencies.refusals import Conflict, Invalid
from registry.conferences.actions.writing import checked, for_planning, next_number, touched
from registry.conferences.agenda import carried
from registry.conferences.models import AgendaPoint, Conference


def carry(conference: Conference, at: datetime) -> list[AgendaPoint]:
    """Put what is open on the agenda where it does not stand yet; the points added. The conference is locked.

    A point that stands says again how its subject is now; one that was withdrawn stays so.
    """
    standing = {point.key: point for point in conference.agenda.exclude(key="")}
    number = next_number(conference.agenda)
    added: list[AgendaPoint] = []
    for one in carried(conference):
        point = standing.get(one.key)
        if point is None:
            point = AgendaPoint(
                conference=conference,
                number=number + len(added),
                kind=one.kind,
                key=one.key,
                subject_id=one.subject_id,
                link=one.link,
                created_at=at,
                synthetic=conference.synthetic,
            )
            added.append(point)
        elif point.withdrawn_reason or (point.text_vi, point.text_en) == (one.text_vi, one.text_en):
            continue
        point.text_vi, point.text_en = one.text_vi, one.text_en
        point.save()
    return added


@transaction.atomic
def fill_agenda(
    *, conference: Conference, by: User, expected_revision: int | None = None, at: datetime | None = None
) -> list[AgendaPoint]:
    """Carry there what is open now; returns what was added. A second call adds nothing."""
    conference = for_planning(conference, by, expected_revision)
    added = carry(conference, at or timezone.now())
    touched(conference, at)
    record(action="conference.fill_agenda", by=by, on=conference, added=len(added))
    return added


@transaction.atomic
def add_agenda_point(
    *,
    conference: Conference,
    by: User,
    text_vi: str,
    text_en: str = "",
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> AgendaPoint:
    """Type a point, at the end."""
    conference = for_planning(conference, by, expected_revision)
    row = AgendaPoint(
        conference=conference,
        number=next_number(conference.agenda),
        text_vi=text_vi,
        text_en=text_en,
        created_at=at or timezone.now(),
        synthetic=conference.synthetic,
    )
    checked(row)
    row.save()
    touched(conference, at)
    record(action="conference.add_agenda_point", by=by, on=row)
    return row


@transaction.atomic
def reorder_agenda(
    *,
    conference: Conference,
    by: User,
    order: Sequence[int],
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Conference:
    """Put the points in this order of their present numbers, each once; withdrawn ones follow at the end."""
    conference = for_planning(conference, by, expected_revision)
    points = {p.number: p for p in conference.agenda.all()}
    standing = sorted(number for number, p in points.items() if not p.withdrawn_reason)
    if sorted(order) != standing:
        known = ", ".join(map(str, standing)) or "-"
        raise Invalid({"order": _("Name each point of the agenda once: %(numbers)s.") % {"numbers": known}})
    whole = [*order, *sorted(set(points) - set(standing))]
    places = [When(pk=points[old].pk, then=Value(new)) for new, old in enumerate(whole, start=1)]
    if places:
        QuerySet(AgendaPoint).filter(conference=conference).update(number=Case(*places))
    touched(conference, at)
    record(action="conference.reorder_agenda", by=by, on=conference, order=list(order))
    return conference


@transaction.atomic
def withdraw_agenda_point(
    *, point: AgendaPoint, by: User, reason: str, expected_revision: int | None = None, at: datetime | None = None
) -> AgendaPoint:
    """Take a point off the agenda, with a reason. It is kept, and not carried there again."""
    conference = for_planning(point.conference, by, expected_revision)
    point = AgendaPoint.objects.select_related("conference").get(pk=point.pk)
    if point.withdrawn_reason:
        raise Conflict(_("This point has been withdrawn already."), code="wrong_status")
    if not reason.strip():
        raise Invalid({"reason": _("Give a reason: it is shown to those concerned and kept.")}, code="required")
    point.withdrawn_reason = reason.strip()
    point.save()
    touched(conference, at)
    record(action="conference.withdraw_agenda_point", by=by, on=point, purpose=reason)
    return point
