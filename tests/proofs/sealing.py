"""Takes reports on their way to the seal, and dies at it: `python -m tests.proofs.sealing PERIOD KILLS SEED [careless]`.

The registry is loaded once, and drawings are drawn once. Each turn a fork with a connection of its own goes on with
whatever is there: has a report prepared, builds it, seals it, and begins with the next version. It is killed with
SIGKILL at a random moment of the time that a whole round takes here; nothing is tidied up. At the end it says how many
forks died at what.
"""

import json
import multiprocessing
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - after the setup

from agencies.models import User  # noqa: E402
from registry.periods import Period  # noqa: E402
from reports import drafting  # noqa: E402
from reports.drafting import draft_report  # noqa: E402
from reports.freezing import load  # noqa: E402
from reports.missing import NAMED  # noqa: E402
from reports.models import SealedReport  # noqa: E402
from reports.preparing import prepare_report  # noqa: E402
from reports.renderers import docx  # noqa: E402
from reports.renderers.pictures import picture_of  # noqa: E402
from reports.sealing import lacks_of, seal_report  # noqa: E402
from reports.terms import SealStatus  # noqa: E402

T = TypeVar("T")

DIED_AT = {None: "between", "queued": "building", "building": "building", "prepared": "sealing"}
"""By the status of the report that is not sealed."""


def go_on(period: Period, rounds: int = sys.maxsize) -> None:
    """One step after the other, for ever, or until so many more are sealed."""
    ours = SealedReport.objects.filter(period_label=period.label)
    wanted = ours.sealed().count() + rounds
    while ours.sealed().count() < wanted:
        report = ours.exclude(status=SealStatus.SEALED).first()
        if report is None:
            prepare_report(period=period, by=User.objects.get(username="secretariat"), reason="Muộn.")
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


def be_careless() -> None:
    """From now on a report says that it is prepared, and then its files are written."""
    store = drafting.store

    def later(report: SealedReport, _files: object, *, final: bool) -> None:
        def write() -> None:
            for one in drafting.rendered(load(bytes(report.document or b""))):
                store(report, [one], final=final)

        transaction.on_commit(write)

    drafting.store = later


def first_round(period: Period) -> dict[str, bytes]:
    """The pictures drawn on the way of a report to its seal."""
    drawn: dict[str, bytes] = {}

    def keeping(drawing: str) -> bytes:
        drawn[drawing] = picture_of(drawing)
        return drawn[drawing]

    docx.picture_of = keeping  # type: ignore[attr-defined]
    go_on(period, 1)
    return drawn


def forked(work: Callable[[Period], T], period: Period) -> T:
    """What a fork answers. The parent itself never draws: threads of the typesetter would not live on in its forks."""
    connection.close()
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(work, (period,))


def timed_round(period: Period) -> float:
    """Seconds of a whole round, as the forks that are killed will go it."""
    began = time.monotonic()
    go_on(period, 1)
    return time.monotonic() - began


def killed_after(seconds: float, period: Period) -> None:
    """A fork that goes on, killed; RuntimeError when it ended by itself."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            go_on(period)
        except BaseException:  # noqa: BLE001 - a fork must not go on as its parent
            traceback.print_exc()
        os._exit(1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
        raise RuntimeError("A process did not live until it was killed.")


def main(label: str, kills: int, seed: int, how: str = "") -> None:
    """Two rounds undisturbed, the second one by the clock; then so many forks, one after the other, each killed."""
    chance, period, died = random.Random(seed), Period.parse(label), Counter[str]()
    drawn = forked(first_round, period)
    docx.picture_of = lambda drawing: drawn.get(drawing) or picture_of(drawing)  # type: ignore[attr-defined]
    longest = forked(timed_round, period)
    if how == "careless":
        be_careless()
    for _turn in range(kills):
        killed_after(chance.uniform(0, longest), period)
        held = SealedReport.objects.filter(period_label=label).exclude(status=SealStatus.SEALED)
        died[DIED_AT[held.values_list("status", flat=True).first()]] += 1
    print(json.dumps(died))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
