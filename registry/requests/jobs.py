"""What the job worker does for requests by the clock."""

from procrastinate.contrib.django import app

from registry.requests.reminders import remind


@app.periodic(cron="*/5 * * * *")
@app.task(name="requests.remind_answers", queueing_lock="remind_answers")
def remind_answers(timestamp: int) -> None:
    """Remind of answers that are due soon or overdue. An urgent request has eight hours: often enough."""
    remind()
