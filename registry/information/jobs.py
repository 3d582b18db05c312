"""What the job worker does for items by the clock."""

from procrastinate.contrib.django import app

from registry.information.access import keep_access
from registry.information.attachments import sweep_orphans
from registry.information.reminders import remind
from registry.information.rescanning import scan_again


@app.periodic(cron="* * * * *")
@app.task(name="information.keep_access", queueing_lock="keep_access")
def keep_access_rows(timestamp: int) -> None:
    """Lists are fast again within a minute of midnight, of a loaded directory or of a moved unit."""
    keep_access()


@app.periodic(cron="*/5 * * * *")
@app.task(name="information.remind_receipts", queueing_lock="remind_receipts")
def remind_receipts(timestamp: int) -> None:
    """Remind of receipts that are due soon or overdue. A flash has two hours: often enough for its quarter."""
    remind()


@app.periodic(cron="41 * * * *")
@app.task(name="information.sweep_orphans", queueing_lock="sweep_orphans")
def sweep_orphan_files(timestamp: int) -> None:
    """Drop stored files whose transaction never committed."""
    sweep_orphans()


@app.periodic(cron="*/10 * * * *")
@app.task(name="information.scan_again", queueing_lock="scan_again")
def scan_files_again(timestamp: int) -> None:
    """Scan files that were taken while no scanner answered."""
    scan_again()
