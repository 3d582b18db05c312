"""What the job worker does for conferences: reminders of action items."""

from procrastinate.contrib.django import app

from registry.conferences.reminders import remind_action_items


@app.periodic(cron="37 * * * *")
@app.task(name="conferences.remind_action_items", queueing_lock="remind_action_items")
def remind_of_action_items(timestamp: int) -> None:
    """Remind of action items that are due soon or overdue. Each step is told once, whatever the hour."""
    remind_action_items()
