"""`manage.py quarterly_report`: exact faults, whole files, one audit event."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agencies.audit.models import AuditEvent
from tests.cast import Cast


def run(*arguments: str) -> str:
    """The command; what it prints."""
    out = StringIO()
    call_command("quarterly_report", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("file_format", ["html", "json"])
def test_it_writes_the_file_and_the_audit_event(cast: Cast, tmp_path: Path, file_format: str) -> None:
    target = tmp_path / f"report.{file_format}"
    said = run("2024-Q2", "--format", file_format, "--output", str(target))
    assert str(target) in said
    assert target.stat().st_size > 1000
    assert list(tmp_path.iterdir()) == [target]
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.actor, event.object_ref) == ("report.build", "operator", "2024-Q2")
    assert event.detail["edition"] == "conference"


def test_it_builds_the_edition_of_a_reader_in_a_language(cast: Cast, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    run("2024-Q2", "--format", "json", "--language", "en", "--reader", "customs_officer", "--output", str(target))
    data = json.loads(target.read_text("utf-8"))
    assert (data["edition"]["key"], data["language"]) == ("own", "en")
    assert AuditEvent.objects.latest("pk").detail["reader"] == "customs_officer"


def test_it_replaces_an_older_file(cast: Cast, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("old")
    run("2024-Q2", "--output", str(target))
    assert target.read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["2024-Q5"], "2024-Q5: .*2024-Q2"),
        (["soon"], "soon: .*2024-Q2"),
        (["2024-Q2", "--reader", "nobody"], "nobody: no user has this username."),
        (["2024-Q2", "--reader", "disabled"], "disabled: this user is not active."),
    ],
)
def test_faults_say_what_is_wrong_and_leave_the_old_file(
    cast: Cast, tmp_path: Path, arguments: list[str], fault: str
) -> None:
    target = tmp_path / "report.html"
    target.write_text("old")
    with pytest.raises(CommandError, match=fault):
        run(*arguments, "--language", "en", "--output", str(target))
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_named(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="there is no such folder"):
        run("2024-Q2", "--output", str(tmp_path / "nowhere" / "report.html"))
