"""E-mail about notices: kind, reference and link, in the reader's language, and nothing of what a record says.

A mail goes out at least once: it is sent, then noted. Its Message-ID is made from the notice, so that a mail that was
sent again after a crash is recognised as the same one.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from agencies.models import User
from registry.notices.choices import choices_of
from registry.notices.models import Notice
from registry.notices.terms import MailChoice

MOST_LINES = 200
"""Notices in one digest; what is over stands in the next one."""


def can_mail(user: User) -> bool:
    """Whether there is a mail server, and an address of somebody who may still sign in."""
    return bool(settings.EMAIL_HOST and user.email and user.is_active)


def mail_notice(*, notice_id: UUID, now: datetime | None = None) -> datetime | None:
    """Send the mail of a notice and note it; done once, it changes nothing. A moment: try again then (quiet hours)."""
    moment = now or timezone.now()
    with transaction.atomic():
        waiting = Notice.objects.select_for_update(of=("self",)).select_related("user").unread()
        notice = waiting.filter(pk=notice_id, emailed_at__isnull=True, mail=MailChoice.IMMEDIATELY).first()
        if notice is None or not can_mail(notice.user) or not _still_visible(notice):
            return None
        choice = choices_of([notice.user_id], notice.kind)[notice.user_id]
        if choice.email == MailChoice.NEVER:
            return None
        earliest = choice.mail_time(moment, flash=notice.flash)
        if earliest > moment:
            return earliest
        with translation.override(notice.user.language):
            subject = _("Registry: %(what)s %(reference)s") % _words(notice)
            _message(notice.user, subject, [notice], f"notice-{notice.pk}").send()
        notice.emailed_at = moment
        notice.save(update_fields=["emailed_at"])
    return None


def mail_digest(*, user_id: UUID, until: datetime) -> int:
    """Send one mail with what a person asked to be told once a day and has not read; returns how many notices."""
    user = User.objects.get(pk=user_id)
    if not can_mail(user):
        return 0
    with transaction.atomic():
        waiting = Notice.objects.visible_to(user).unread().filter(mail=MailChoice.DIGEST, emailed_at__isnull=True)
        chosen = waiting.filter(created_at__lt=until).order_by("created_at", "id")[:MOST_LINES]
        notices = list(chosen.select_for_update(of=("self",)))
        if not notices:
            return 0
        with translation.override(user.language):
            subject = _("Registry: notices of the day (%(count)d)") % {"count": len(notices)}
            _message(user, subject, notices, f"digest-{user.pk}-{timezone.localdate(until)}").send()
        QuerySet(Notice).filter(pk__in=[n.pk for n in notices]).update(emailed_at=timezone.now())
    return len(notices)


def waiting_for_digest(until: datetime) -> list[UUID]:
    """People for whom something waits for a digest."""
    waiting = Notice.objects.unread().filter(mail=MailChoice.DIGEST, emailed_at__isnull=True, created_at__lt=until)
    return list(waiting.order_by("user_id").values_list("user_id", flat=True).distinct())


def _still_visible(notice: Notice) -> bool:
    """Whoever has left the unit is not told any more."""
    return Notice.objects.visible_to(notice.user).filter(pk=notice.pk).exists()


def _words(notice: Notice) -> dict[str, str]:
    return {"what": str(notice.get_kind_display()), "reference": notice.reference}


def _message(user: User, subject: str, notices: Sequence[Notice], name: str) -> EmailMessage:
    lines = []
    for notice in notices:
        lines += [f"{notice.get_kind_display()}: {notice.reference}", f"{settings.BASE_URL}{notice.path}", ""]
    lines.append(_("This message says nothing of the content. Sign in to read it."))
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    headers = {"Message-ID": f"<{name}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, "\n".join(lines), to=[user.email], headers=headers)
