"""Telling people that something happened. Called by the action that did it, in its transaction."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from agencies.models import Unit, User
from registry.notices.choices import Choice, choices_of
from registry.notices.jobs import send_notice_mail
from registry.notices.mailing import can_mail
from registry.notices.models import PATH, REFERENCE, Notice
from registry.notices.terms import MailChoice, NoticeKind


class ContentRefusedError(ValueError):
    """A notice was to carry more than a kind, a reference number and the address of a page."""


@transaction.atomic
def notify(
    *,
    kind: str,
    to: Iterable[User],
    reference: str,
    path: str,
    key: str,
    unit: Unit | None = None,
    flash: bool = False,
    at: datetime | None = None,
) -> list[Notice]:
    """Tell active people once per `key`; returns the notices made. Who was told already is not told again.

    `key` names the event (`delivery:ID:overdue`), `path` a page of the admin, `unit` the unit for which they are
    told: whoever leaves it does not see the notice any more. `flash` passes quiet hours. Mails go to the job queue
    in this transaction: a rollback leaves none. There is no audit event but the one of the action that calls.
    """
    _refuse_content(kind, reference, path, key)
    people = {user.pk: user for user in to if user.is_active}
    if not people:
        return []
    told = set(Notice.objects.filter(key=key, user_id__in=people).values_list("user_id", flat=True))
    chosen = choices_of(people, kind)
    event: dict[str, Any] = {
        "kind": kind,
        "reference": reference,
        "path": path,
        "key": key,
        "unit": unit,
        "flash": flash,
    }
    event["created_at"] = at or timezone.now()
    mail = {pk: chosen[pk].email if can_mail(user) else MailChoice.NEVER for pk, user in people.items()}
    fresh = [Notice(user=user, mail=mail[pk], **event) for pk, user in people.items() if pk not in told]
    notices: QuerySet[Notice] = QuerySet(Notice)
    notices.bulk_create(fresh, ignore_conflicts=True)
    for notice in fresh:
        if notice.mail == MailChoice.IMMEDIATELY:
            _queue(notice, chosen[notice.user_id])
    return fresh


def _queue(notice: Notice, choice: Choice) -> None:
    now = timezone.now()
    earliest = choice.mail_time(now, flash=notice.flash)
    job = send_notice_mail.configure(schedule_at=earliest) if earliest > now else send_notice_mail
    job.defer(notice_id=str(notice.pk))


def _refuse_content(kind: str, reference: str, path: str, key: str) -> None:
    """A mistake of the caller, not of a person: it is raised and seen in tests."""
    if kind not in NoticeKind.values:
        raise ContentRefusedError(f"{kind!r} is no kind of notice: see NoticeKind.")
    if not re.fullmatch(REFERENCE, reference):
        raise ContentRefusedError(f"{reference!r} is no reference number: a code without spaces.")
    if not re.fullmatch(PATH, path):
        raise ContentRefusedError(f"{path!r} is no page of the admin: /admin/APP/MODEL/ID/change/.")
    if not re.fullmatch(r"[a-z0-9:_-]{1,160}", key):
        raise ContentRefusedError(f"{key!r} is no key: a code of the event in lower case.")
