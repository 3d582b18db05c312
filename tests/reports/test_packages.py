"""A sealed report as a package: the same bytes each time, verified where there is no database."""

import contextlib
import io
import json
import os
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from agencies.audit.models import AuditEvent
from reports import drafting
from reports.models import SealedReport
from reports.packages import PackageFaultError, package, verify_package
from reports.provenance import made_with
from reports.renderers import render
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


HOSTILE: dict[str, dict[str, bytes]] = {
    "nested too deep": {"manifest.json": b"[" * 100_000},
    "a document nested too deep": {"document.json": b"[" * 100_000},
    "a list for a seal": {"seal.json": b"[]"},
    "a list for a manifest": {"manifest.json": b"[]"},
    "no office": {"seal.json": b'{"number":1,"symbol":"a","signed_on":"2024-01-01","office":null,"signer":"b"}'},
    "a class of Python": {"document.json": b'{"":"os.system","is":"id"}'},
}


@pytest.mark.usefixtures("plain_files")
def test_an_archive_made_to_harm_is_refused_and_nothing_of_it_is_run(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = package(sealed(cast))
    members = unpacked(sound)
    for name, wrong in HOSTILE.items():
        with pytest.raises(PackageFaultError):
            verify_package(packed([*(members | wrong).items()]))
            pytest.fail(name)
    for place in range(0, len(sound), len(sound) // 50):
        broken = bytearray(sound)
        broken[place] ^= 0xFF
        with contextlib.suppress(PackageFaultError):
            verify_package(bytes(broken))
    bare = json.loads(members["document.json"])
    monkeypatch.setattr(drafting, "render", render)
    for wrong_part in ({"form": None}, {"sections": [{"": "Text", "vi": "a", "en": "b"}]}):
        with pytest.raises(PackageFaultError, match=r"issuer|within"):
            verify_package(packed([*(members | {"document.json": json.dumps(bare | wrong_part).encode()}).items()]))
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = packed([("files/vi.pdf", b"x"), *members.items()])
    with pytest.raises(PackageFaultError, match="twice"):
        verify_package(twice)


@pytest.mark.usefixtures("plain_files")
def test_a_member_that_no_digest_speaks_of_is_told(cast: Cast) -> None:
    members = unpacked(package(sealed(cast)))
    _seal, found = verify_package(packed([*members.items(), ("files/vi.exe", b"x")]))
    assert (found.wrong_digests, found.sound) == (["files/vi.exe"], False)
    _seal, found = verify_package(packed([*(members | {"SHA256SUMS": b""}).items()]))
    assert not found.sound


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_DEFLATED])
def test_no_more_is_unpacked_than_the_archive_says(way: int) -> None:
    bomb = bytearray(packed([("document.json", b"0" * 50_000_000)], way))
    size = bomb.rindex(b"PK\x01\x02") + 24
    bomb[size : size + 4] = (10).to_bytes(4, "little")
    tracemalloc.start()
    with pytest.raises(PackageFaultError):
        verify_package(bytes(bomb))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: list[tuple[str, bytes]], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()
