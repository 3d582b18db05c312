"""What the job worker does for notices: mails, and the digest of the day."""

from datetime import datetime
from uuid import UUID

from django.db import OperationalError
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from registry.notices.choices import choices_of, last_digest
from registry.notices.mailing import mail_digest, mail_notice, waiting_for_digest
from registry.notices.terms import EVERY_KIND

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=4, retry_exceptions={OSError, OperationalError})
"""A mail server that does not answer is asked again, later each time, for about a day. (Faults of SMTP are OSError.)"""


@app.task(name="notices.send_notice_mail", queue="mail", retry=AGAIN)
def send_notice_mail(notice_id: str) -> None:
    """Send the mail of one notice. Runs at least once; a second run of a mail that was noted sends nothing."""
    later = mail_notice(notice_id=UUID(notice_id))
    if later is not None:
        send_notice_mail.configure(schedule_at=later).defer(notice_id=notice_id)


@app.task(name="notices.send_digest", queue="mail", retry=AGAIN)
def send_digest(user_id: str, until: str) -> None:
    """Send one person's digest."""
    mail_digest(user_id=UUID(user_id), until=datetime.fromisoformat(until))


@app.periodic(cron="*/10 * * * *")
@app.task(name="notices.send_digests", queueing_lock="send_digests")
def send_digests(timestamp: int) -> None:
    """A job for each digest that is due: at seven, at the end of quiet hours, or as soon as a worker runs again."""
    now = timezone.now()
    until = last_digest(now)
    people = waiting_for_digest(until)
    for user, choice in choices_of(people, EVERY_KIND).items():
        if choice.mail_time(now) <= now:
            send_digest.defer(user_id=str(user), until=until.isoformat())
