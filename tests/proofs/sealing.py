"""Takes reports on their way to the seal, and dies at it: `python -m tests.proofs.sealing KILLS SEED`.

Each turn a forked process goes on with whatever is there: has a report prepared, builds it, seals it, and begins with
the next version. It is killed with SIGKILL at a random moment of the time that a whole round takes here; nothing is tidied up.
"""

import os
import random
import signal
import sys
import time

import django

django.setup()

from django.db import connection  # noqa: E402 - after the setup

from agencies.models import User  # noqa: E402
from registry.periods import Period  # noqa: E402
from reports.drafting import draft_report  # noqa: E402
from reports.missing import NAMED  # noqa: E402
from reports.models import SealedReport  # noqa: E402
from reports.preparing import prepare_report  # noqa: E402
from reports.sealing import lacks_of, seal_report  # noqa: E402
from reports.terms import SealStatus  # noqa: E402

QUARTER = Period.parse("2024-Q2")


def go_on(*, rounds: int = sys.maxsize) -> None:
    """One step after the other, for ever, or until so many more are sealed."""
    wanted = SealedReport.objects.sealed().count() + rounds
    while SealedReport.objects.sealed().count() < wanted:
        report = SealedReport.objects.exclude(status=SealStatus.SEALED).first()
        if report is None:
            prepare_report(period=QUARTER, by=User.objects.get(username="secretariat"), reason="Muộn.")
        elif report.status != SealStatus.PREPARED:
            draft_report(report_id=report.pk)
        else:
            seal_report(
                report=report,
                expected_sha256=report.document_sha256,
                by=User.objects.get(username="police_head"),
                without=[one.agency for one in lacks_of(report) if one.code in NAMED],
                note="Chưa có số liệu.",
            )


def forked(rounds: int = sys.maxsize) -> int:
    """A process of its own that goes on."""
    connection.close()
    child = os.fork()
    if child == 0:
        go_on(rounds=rounds)
        os._exit(0)
    return child


def main(kills: int, seed: int) -> None:
    """One round undisturbed, by the clock; then so many processes, one after the other, each killed."""
    chance, began = random.Random(seed), time.monotonic()
    os.waitpid(forked(1), 0)
    longest = time.monotonic() - began
    for _turn in range(kills):
        child = forked()
        time.sleep(chance.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
