"""A sealed report as a package: the same bytes each time, verified where there is no database."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from agencies.audit.models import AuditEvent
from reports.models import SealedReport
from reports.packages import PackageFaultError, package, verify_package
from reports.provenance import made_with
from reports.verifying import verify_report
from tests.cast import Cast
from tests.database import TOP
from tests.reports.sealed import prepared, sealed
from tests.reports.test_verifying import behind


def changed(content: bytes, name: str, text: bytes) -> bytes:
    """The archive with one member replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as packed:
        for member in source.namelist():
            packed.writestr(member, text if member == name else source.read(member))
    return out.getvalue()


@pytest.mark.usefixtures("plain_files")
def test_a_package_is_the_same_bytes_each_time_and_sound(cast: Cast) -> None:
    report = sealed(cast)
    content = package(report)
    assert content == package(SealedReport.objects.get(pk=report.pk))
    seal, found = verify_package(content)
    assert (seal["period"], seal["version"], seal["number"]) == ("2024-Q2", 1, 1)
    assert found.sound
    assert found.files == 10


@pytest.mark.usefixtures("plain_files")
@pytest.mark.parametrize("name", ["document.json", "manifest.json", "files/vi.pdf"])
def test_a_member_that_was_changed_is_named(cast: Cast, name: str) -> None:
    content = package(sealed(cast))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        other = packed.read(name).replace(b"2024", b"2023", 1)
    _seal, found = verify_package(changed(content, name, other))
    assert not found.sound
    assert name in found.wrong_digests


@pytest.mark.usefixtures("plain_files")
def test_a_changed_number_is_found_by_writing_the_files_anew(cast: Cast) -> None:
    content = package(sealed(cast))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        seal = packed.read("seal.json").replace(b'"number":1', b'"number":7')
    _seal, found = verify_package(changed(content, "seal.json", seal))
    assert len(found.wrong_files) == 10


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip"])
def test_anything_else_is_no_package(content: bytes) -> None:
    with pytest.raises(PackageFaultError):
        verify_package(content)


@pytest.mark.usefixtures("plain_files")
def test_only_a_sealed_report_has_a_package(cast: Cast) -> None:
    with pytest.raises(ValueError, match="sealed"):
        package(prepared(cast))


@pytest.mark.usefixtures("plain_files")
def test_files_that_other_tools_write_otherwise_are_told_and_not_held_against_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = sealed(cast)
    monkeypatch.setattr("reports.verifying.made_with", lambda: made_with() | {"template": "other"})
    monkeypatch.setattr("reports.drafting.render", lambda document, **_how: b"other")
    found = verify_report(report)
    assert (len(found.wrong_files), found.other_tools, found.sound) == (10, ["template"], True)


def test_another_machine_without_a_database_writes_the_same_bytes(cast: Cast, tmp_path: Path) -> None:
    target = tmp_path / "report.zip"
    sealed(cast)
    call_command("export_sealed", "2024-Q2", output=target, stdout=io.StringIO())
    nowhere = {**os.environ, "DATABASE_URL": "postgresql://nobody@nowhere.invalid/none"}
    command = [sys.executable, "manage.py", "verify_report", str(target)]
    done = subprocess.run(command, cwd=TOP, env=nowhere, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "files written anew: 10, different: 0" in done.stdout
    target.write_bytes(changed(target.read_bytes(), "files/en.html", b"x"))
    done = subprocess.run(command, cwd=TOP, env=nowhere, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "files/en.html" in done.stdout


@pytest.mark.usefixtures("plain_files")
def test_the_command_names_what_was_tampered_with_and_fails(cast: Cast) -> None:
    report, out = sealed(cast), io.StringIO()
    call_command("verify_report", "2024-Q2", stdout=out)
    assert "sound" in out.getvalue()
    case = cast.cases["case_joint"]
    behind("UPDATE cases_jointcase SET arrests = 99 WHERE id = %s", case.pk)
    with pytest.raises(CommandError) as fault:
        call_command("verify_report", "2024-Q2", stdout=out)
    assert fault.value.returncode == 1
    assert f"TAMPERED case {case.reference} {case.pk}: arrests" in out.getvalue()
    events = AuditEvent.objects.filter(action="sealed_report.verify", object_id=str(report.pk)).order_by("pk")
    assert [event.detail["sound"] for event in events] == [True, False]


@pytest.mark.usefixtures("plain_files")
@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"what": "2024-Q9"}, "2024-Q9"),
        ({"what": "2024-Q3"}, "no such report"),
        ({"what": "gone.zip"}, "no such file"),
        ({"what": "2024-Q2", "number": 7}, "no such report"),
    ],
)
def test_what_cannot_be_verified_is_said(cast: Cast, given: dict[str, Any], match: str) -> None:
    sealed(cast)
    with pytest.raises(CommandError, match=match):
        call_command("verify_report", given.pop("what"), **given)
