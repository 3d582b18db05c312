"""What the job worker does for receipts."""

from procrastinate.contrib.django import app

from registry.information.reminders import remind


@app.periodic(cron="*/5 * * * *")
@app.task(name="information.remind_receipts", queueing_lock="remind_receipts")
def remind_receipts(timestamp: int) -> None:
    """Remind of receipts that are due soon or overdue. A flash has two hours: often enough for its quarter."""
    remind()
