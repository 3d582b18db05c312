"""What the job worker does for reports."""

from uuid import UUID

from django.db import OperationalError
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from reports.drafting import draft_report
from reports.making import MOST_STARTS, make_report
from reports.reminders import remind_statements

AGAIN = RetryStrategy(max_attempts=MOST_STARTS - 1, wait=10, retry_exceptions={OperationalError})
"""A database that does not answer is asked again; every other fault stands on the row at once."""


@app.task(name="reports.build_report", queue="reports", pass_context=True, retry=AGAIN)
def build_report(context: JobContext, report_id: str) -> None:
    """Build a report that was asked for. Runs at least once; a second run of a finished report changes nothing."""
    make_report(report_id=UUID(report_id), starts=context.job.attempts + 1)


@app.task(name="reports.build_sealed_report", queue="reports", pass_context=True, retry=AGAIN)
def build_sealed_report(context: JobContext, report_id: str) -> None:
    """Build a report that somebody prepares. Runs at least once; a second run of a prepared one changes nothing."""
    draft_report(report_id=UUID(report_id), starts=context.job.attempts + 1)


@app.periodic(cron="23 * * * *")
@app.task(name="reports.remind_statements", queueing_lock="remind_statements")
def remind_of_statements(timestamp: int) -> None:
    """Remind of statements that are due soon or overdue. Each step is told once, whatever the hour."""
    remind_statements()
