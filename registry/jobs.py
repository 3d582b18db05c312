"""What the job worker does by the clock: take up jobs whose worker died, drop answers nobody will ask for again."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from registry.api.idempotency import forget_old_keys

SILENT_SECONDS = 60.0
"""A worker that has not been heard of for so long is taken for dead."""


@app.periodic(cron="* * * * *")
@app.task(name="registry.rescue_stalled_jobs", queueing_lock="rescue_stalled_jobs", pass_context=True)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put jobs of dead workers back into the queue. They are written to run twice without harm."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await manager.retry_job(job)


@app.periodic(cron="17 * * * *")
@app.task(name="registry.forget_old_answers", queueing_lock="forget_old_answers")
def forget_old_answers(timestamp: int) -> None:
    """Drop answers kept for repeated requests once they are too old to be repeated."""
    forget_old_keys()
