"""Seals under stress: processes killed at any moment, two sealers at once, a thousand lawful changes afterwards."""

import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, connection

from agencies.actions import grant_role
from agencies.roles import Role
from registry.conferences.models import Conference
from registry.periods import Period
from registry.workflow import TransitionError
from reports.models import PaperRegister, RegisteredPaper, SealedReport
from reports.verifying import verify_report
from tests.conferences import stories as meetings
from tests.database import TOP
from tests.proofs.conftest import Committed
from tests.proofs.crowds import naive, rush
from tests.proofs.figures import Tell
from tests.proofs.lawful import HALF, changed_at_random, text
from tests.proofs.test_releases import gapless
from tests.reports.sealed import prepared, seal, sealed

# --- killed at any moment -----------------------------------------------------------------------------------------


SPRING, SUMMER = "2024-Q2", "2024-Q3"
SEALED_TABLES = ("reports_sealedreport", "reports_sealedfile")


def killed(period: str, kills: int, seed: int, *how: str) -> dict[str, int]:
    """So many processes on their way to a seal, each killed: how many at what."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "registry.settings"}
    command = [sys.executable, "-m", "tests.proofs.sealing", period, str(kills), str(seed), *how]
    done = subprocess.run(command, cwd=TOP, env=environment, check=True, stdout=subprocess.PIPE)
    died: dict[str, int] = json.loads(done.stdout)
    assert sum(died.values()) == kills
    return died


def whole(report: SealedReport) -> bool:
    """Whether a report that says it is ready has every file, each the bytes of its digest."""
    files = list(report.files.all())
    right = all(hashlib.sha256(file.content).hexdigest() == file.sha256 for file in files)
    drafts = sum(not file.final for file in files)
    return right and drafts == 10 and len(files) - drafts == (10 if report.status == "sealed" else 0)


def state(period: str) -> tuple[int, int, int]:
    """Reports of the period that are ready, of them false ones, sealed ones."""
    of_period = SealedReport.objects.filter(period_label=period)
    others = of_period.exclude(status__in=["prepared", "sealed"])
    assert not any(report.files.exists() for report in others), "files of a report that is not ready"
    ready = of_period.filter(status__in=["prepared", "sealed"])
    return len(ready), sum(not whole(report) for report in ready), ready.filter(status="sealed").count()


def gaps() -> int:
    """Numbers of the register that no sealed report bears, and the other way round."""
    numbers = list(RegisteredPaper.objects.filter(agency__code="POLICE").values_list("number", flat=True))
    assert gapless(numbers)
    last = PaperRegister.objects.filter(agency__code="POLICE").values_list("last", flat=True).first() or 0
    borne = SealedReport.objects.filter(paper__agency__code="POLICE").values_list("paper__number", flat=True)
    return len({*range(1, last + 1), *numbers} ^ set(borne))


def test_a_few_processes_killed_on_the_way_leave_nothing_half_done(committed: Committed) -> None:
    killed(SPRING, 6, 1)
    _ready, false, done = state(SPRING)
    assert (false, done > 0, gaps()) == (0, True, 0)


@pytest.mark.prove
def test_two_hundred_processes_killed_on_the_way_leave_nothing_half_done(committed: Committed, figures: Tell) -> None:
    died = killed(SPRING, 200, 2)
    ready, false, done = state(SPRING)
    told = {"ready": ready, "of_them_sealed": done, "false_complete": false, "gaps": gaps()}
    figures("200 kills on the way to a seal", kills=200, **{f"while_{at}": died[at] for at in sorted(died)}, **told)
    assert (false, told["gaps"]) == (0, 0)
    assert died["building"] > 20
    assert died["sealing"] > 20
    assert done > 5, "the processes got to the seal"
    latest = SealedReport.objects.filter(period_label=SPRING, status="sealed").latest("number")
    assert verify_report(latest).sound


@pytest.mark.prove
def test_the_kills_find_a_registry_that_says_ready_before_the_files_are_there(committed: Committed) -> None:
    with naive(*SEALED_TABLES):
        killed(SUMMER, 12, 3, "careless")
    _ready, false, _done = state(SUMMER)
    assert false > 0


# --- two sealers at once ------------------------------------------------------------------------------------------


@pytest.fixture
def quick() -> Iterator[None]:
    """Files that cost nothing to write."""
    with mock.patch("reports.drafting.render", lambda document, **how: repr(sorted(how.items())).encode()):
        yield


def sealers(committed: Committed, report: SealedReport, threads: int) -> list[Any]:
    """Two heads press the button, each many times, all at once."""
    casts = [committed.cast() for _ in range(threads)]

    def attempt(_turn: int, thread: int) -> str:
        cast = casts[thread]
        done = seal(cast, report, by=cast.police_head if thread % 2 else cast.police_officer_2)
        return str(done.status)

    return rush(threads, 1, attempt)[0]


def two_heads(committed: Committed) -> None:
    """A second head of the police."""
    cast = committed.cast()
    if not cast.again("police_officer_2").memberships.filter(role=Role.RELEASER).exists():
        grant_role(user=cast.police_officer_2, unit=cast.units["police"], role=Role.RELEASER, by=None)


def monthly(turn: int) -> Period:
    """A period of its own."""
    return Period.parse(f"{2030 + turn // 12}-{turn % 12 + 1:02}")


def test_of_many_sealers_one_wins_and_the_others_are_told(committed: Committed, quick: None) -> None:
    two_heads(committed)
    report = prepared(committed.cast(), monthly(0))
    before = RegisteredPaper.objects.count()
    got = sealers(committed, report, 8)
    assert sum(one == "sealed" for one in got) == 1
    assert all(one == "sealed" or isinstance(one, TransitionError) for one in got), got
    assert RegisteredPaper.objects.count() == before + 1


def test_the_proof_finds_sealers_that_do_not_lock(committed: Committed, quick: None) -> None:
    two_heads(committed)
    report = prepared(committed.cast(), monthly(1))
    with naive("reports_sealedreport", "reports_sealedfile", "reports_paperregister", "reports_registeredpaper"):
        got = sealers(committed, report, 8)
    assert any(isinstance(one, IntegrityError) for one in got), "the unique constraints alone kept them apart"


# --- lawful changes afterwards ------------------------------------------------------------------------------------


def check_after(committed: Committed, number: int, seed: int) -> tuple[SealedReport, dict[str, int], Any]:
    """Seal, change at random, verify."""
    if not Conference.objects.filter(code="half-year").exists():
        met = meetings.convened(committed.cast(), code="half-year", period_label=HALF.label)
        meetings.task(committed.cast(), met)
        text(committed.cast(), random.Random(seed))
    report = sealed(committed.cast(), HALF, reason="Muộn.")
    made = changed_at_random(committed, number, seed)
    return report, made, verify_report(report)


def test_a_few_lawful_changes_are_no_tampering(committed: Committed) -> None:
    _report, _made, found = check_after(committed, 40, 3)
    assert found.tampered == []
    assert found.wrong_files == []
    assert found.changed > 0


@pytest.mark.prove
def test_after_a_thousand_lawful_changes_a_report_is_sound(committed: Committed, figures: Tell) -> None:
    _report, made, found = check_after(committed, 1000, 4)
    figures("1,000 lawful changes after a seal", changes=sum(made.values()), tampered=len(found.tampered), files=10)
    assert found.tampered == []
    assert found.wrong_files == []
    assert all(made.values()), made
