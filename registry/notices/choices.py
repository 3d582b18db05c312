"""Who wants which e-mail, and when it may go out: quiet hours in Asia/Ho_Chi_Minh, the digest at seven."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from registry.notices.models import NoticePreference
from registry.notices.terms import EVERY_KIND, MailChoice

DIGEST_HOUR = time(7, 0)


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for a kind of notice."""

    email: str = MailChoice.NEVER
    quiet_from: time | None = None
    quiet_to: time | None = None

    def mail_time(self, at: datetime, *, flash: bool = False) -> datetime:
        """The moment itself, or the end of the quiet hours it falls into. Flash knows no quiet hours."""
        if flash or self.quiet_from is None or self.quiet_to is None:
            return at
        here = timezone.localtime(at)
        now, begins, ends = here.time(), self.quiet_from, self.quiet_to
        quiet = begins <= now < ends if begins < ends else now >= begins or now < ends
        if not quiet:
            return at
        end = datetime.combine(here.date(), ends, here.tzinfo)
        return end if end > here else end + timedelta(days=1)


def choices_of(users: Collection[UUID], kind: str) -> dict[UUID, Choice]:
    """What each chose for the kind, else for everything, else never. One query."""
    found = {user: Choice() for user in users}
    rows = NoticePreference.objects.filter(user_id__in=users, kind__in=[EVERY_KIND, kind])
    for row in sorted(rows, key=lambda row: row.kind != EVERY_KIND):
        found[row.user_id] = Choice(row.email, row.quiet_from, row.quiet_to)
    return found


def last_digest(at: datetime) -> datetime:
    """The last seven o'clock in Viet Nam before the moment, or the moment itself."""
    here = timezone.localtime(at)
    seven = datetime.combine(here.date(), DIGEST_HOUR, here.tzinfo)
    return seven if seven <= here else seven - timedelta(days=1)
