"""A sealed report as one archive: everything that another machine needs to write the files anew and compare."""

import hashlib
import io
import json
import struct
import zipfile
import zlib
from datetime import date
from typing import Any

from reports.freezing import FrozenFaultError, canonical, load
from reports.manifest import Manifest
from reports.models import RegisteredPaper, SealedReport
from reports.packing import MOMENT
from reports.sealing import signed
from reports.verifying import Finding, check_digests, check_files

DOCUMENT, MANIFEST, SEAL, SUMS = "document.json", "manifest.json", "seal.json", "SHA256SUMS"
FILES = "files/"
MOST = 512 * 1024 * 1024
"""Bytes of an archive's members together, unpacked."""
PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How members may be packed: other ways unpack more than they were asked for."""


class PackageFaultError(ValueError):
    """The file is no archive of a sealed report."""


def package(report: SealedReport) -> bytes:
    """The archive: the same bytes whenever and wherever it is made."""
    if report.paper is None or report.document is None or report.manifest is None:
        raise ValueError("Only a sealed report has a package.")
    held = report.files.filter(final=True).order_by("language", "file_format")
    members = {
        DOCUMENT: bytes(report.document),
        MANIFEST: bytes(report.manifest),
        SEAL: canonical(_seal(report, report.paper)),
        **{f"{FILES}{file.language}.{file.file_format}": bytes(file.content) for file in held},
    }
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in members.items())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (members | {SUMS: sums.encode()}).items():
            member = zipfile.ZipInfo(name, MOMENT)
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            packed.writestr(member, content, compresslevel=6)
    return out.getvalue()


def _seal(report: SealedReport, paper: RegisteredPaper) -> dict[str, Any]:
    """What the seal added, and the digests that it stands for."""
    return {
        "period": report.period_label,
        "version": report.number,
        "unit": report.unit.code,
        "number": paper.number,
        "symbol": paper.symbol,
        "signed_on": paper.signed_on.isoformat(),
        "office": {"vi": paper.office_vi, "en": paper.office_en},
        "signer": paper.signer,
        "note": report.note,
        "without": report.without,
        "document_sha256": report.document_sha256,
        "manifest_sha256": report.manifest_sha256,
    }


def verify_package(content: bytes) -> tuple[dict[str, Any], Finding]:
    """What the archive says of its seal, and what is found of its bytes; no database is asked."""
    members = _unpacked(content)
    try:
        seal: dict[str, Any] = json.loads(members[SEAL])
        document, manifest = load(members[DOCUMENT]), Manifest(members[MANIFEST])
        tools, paper = dict(manifest.data["made_with"]), _paper(seal)
        digests = [(DOCUMENT, seal["document_sha256"]), (MANIFEST, seal["manifest_sha256"]), *_sums(members[SUMS])]
    except (KeyError, TypeError, ValueError, RecursionError, FrozenFaultError) as fault:
        raise PackageFaultError(str(fault)) from fault
    found = Finding()
    check_digests(found, [(name, members.get(name, b""), digest) for name, digest in digests])
    found.wrong_digests += members.keys() - {name for name, _digest in digests} - {SUMS}
    stored = {}
    for name in members:
        if name.startswith(FILES):
            language, _dot, file_format = name.removeprefix(FILES).partition(".")
            stored[language, file_format] = members[name]
    try:
        check_files(found, signed(document, paper), stored, tools)
    except Exception as fault:
        # A document is made of the right parts, and yet no report can be written from it.
        raise PackageFaultError(f"{DOCUMENT}: {fault}") from fault
    found.wrong_digests = sorted(set(found.wrong_digests))
    return seal, found


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            if sum(member.file_size for member in members) > MOST:
                raise PackageFaultError("The archive is too large.")
            if len({member.filename for member in members}) < len(members):
                raise PackageFaultError("A name stands twice in the archive.")
            return {member.filename: _read(packed, member) for member in members}
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, RuntimeError, EOFError, OSError) as fault:
        raise PackageFaultError(str(fault)) from fault


def _read(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The member's bytes; no more are unpacked than it says there are."""
    if member.compress_type not in PACKED:
        raise PackageFaultError(f"{member.filename}: not packed as here.")
    with packed.open(member) as opened:
        return opened.read(member.file_size)


def _sums(content: bytes) -> list[tuple[str, str]]:
    """Name and digest of each member."""
    lines = [line.partition("  ") for line in content.decode().splitlines()]
    return [(name, digest) for digest, _gap, name in lines]


def _paper(seal: dict[str, Any]) -> RegisteredPaper:
    """The paper as the archive tells of it: never stored."""
    return RegisteredPaper(
        number=int(seal["number"]),
        symbol=str(seal["symbol"]),
        signed_on=date.fromisoformat(seal["signed_on"]),
        office_vi=str(seal["office"]["vi"]),
        office_en=str(seal["office"]["en"]),
        signer=str(seal["signer"]),
    )
