"""What the job worker does for items by the clock."""

from procrastinate.contrib.django import app

from registry.information.attachments import sweep_orphans


@app.periodic(cron="41 * * * *")
@app.task(name="information.sweep_orphans", queueing_lock="sweep_orphans")
def sweep_orphan_files(timestamp: int) -> None:
    """Drop stored files whose transaction never committed."""
    sweep_orphans()
