"""Looks whether a sealed report is still what was sealed, and whether the records behind it are what they were.

Four questions: are the stored bytes those of their digests; do the frozen documents give the same files again; is
every counted record as it was, or changed by somebody whom the audit log names; and has the log a word on every record
of the period that came in since.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from agencies.audit.models import DISCLOSURES, AuditEvent, Outcome
from reports.counted import BY_NAME, Entry, Kind, entered_since, entries_now, owners_of
from reports.document import QuarterlyReport
from reports.drafting import rendered
from reports.freezing import FrozenFaultError, load
from reports.manifest import Manifest
from reports.models import SealedReport
from reports.provenance import made_with
from reports.sealing import signed
from reports.snapshot import snapshot

GONE = "-"
"""In place of a column: the record itself is not there."""

CAME_IN = "+"
"""In place of a column: the record would be counted now, stands in no manifest, and no action brought it in."""


@dataclass(frozen=True, slots=True)
class Tampered:
    """A record that is not what it was, and no action says why: in these columns."""

    kind: str
    reference: str
    id: str
    fields: tuple[str, ...]


@dataclass
class Finding:
    """What a verification found. `equal`, `changed`: counted records as they were, and changed through actions."""

    files: int = 0
    wrong_digests: list[str] = field(default_factory=list)
    wrong_files: list[str] = field(default_factory=list)
    other_tools: list[str] = field(default_factory=list)
    """Software, templates or libraries that are others than those of the seal: files may differ by them."""
    equal: int = 0
    changed: int = 0
    tampered: list[Tampered] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong. A file that other tools write otherwise is told, and is not held against it."""
        files = self.wrong_files and not self.other_tools
        return not (self.wrong_digests or files or self.tampered)


def verify_report(report: SealedReport, *, records: bool = True) -> Finding:
    """Everything, in one snapshot; without `records`, the bytes alone."""
    with snapshot():
        found = Finding()
        held = [*report.files.filter(final=True)]
        stored = {(f.language, f.file_format): bytes(f.content) for f in held}
        manifest, document = bytes(report.manifest or b""), bytes(report.document or b"")
        digests = [
            *((f.name, bytes(f.content), f.sha256) for f in held),
            ("document.json", document, report.document_sha256),
            ("manifest.json", manifest, report.manifest_sha256),
        ]
        check_digests(found, digests)
        frozen = _opened(found, document)
        if frozen is not None and report.paper is not None:
            check_files(found, signed(frozen, report.paper), stored, Manifest(manifest).data["made_with"])
        if records:
            check_records(found, Manifest(manifest))
        return found


def check_digests(found: Finding, stored: Iterable[tuple[str, bytes, str]]) -> None:
    """Names of what is not the bytes of its digest."""
    found.wrong_digests += [n for n, content, digest in stored if hashlib.sha256(content).hexdigest() != digest]


def _opened(found: Finding, content: bytes) -> QuarterlyReport | None:
    """The frozen document; None, and said so, when the bytes are none."""
    try:
        return load(content)
    except FrozenFaultError:
        found.wrong_digests.append("document.json")
        return None


def check_files(
    found: Finding, document: QuarterlyReport, stored: dict[tuple[str, str], bytes], tools: dict[str, Any]
) -> None:
    """Write every file anew and compare byte for byte."""
    now = made_with()
    found.other_tools = sorted(name for name in tools if tools[name] != now.get(name) and name != "software")
    for language, file_format, content in rendered(document):
        found.files += 1
        if stored.get((language, file_format)) != content:
            found.wrong_files.append(f"{language}.{file_format}")


def check_records(found: Finding, manifest: Manifest) -> None:
    """Compare every counted record with the database now."""
    for name in manifest.kinds():
        kind, columns, then = BY_NAME[name], manifest.columns(name), manifest.entries(name)
        found.tampered += _came_in(kind, manifest, list(then))
        if not then:
            continue
        now = entries_now(kind, columns, list(then))
        differing = {pk: entry for pk, entry in then.items() if pk not in now or now[pk].sha256 != entry.sha256}
        found.equal += len(then) - len(differing)
        explained = _explained(kind, list(differing), manifest)
        for pk, entry in differing.items():
            fields = _changed(columns, entry, now.get(pk))
            lawful = pk in now and pk in explained and all(kind.may_change(name) for name in fields)
            if lawful:
                found.changed += 1
            else:
                found.tampered.append(Tampered(name, entry.reference, pk, fields))


def _came_in(kind: Kind, manifest: Manifest, known: list[str]) -> list[Tampered]:
    """Records that would be counted now and were not then, and that no action after the snapshot explains."""
    entered = entered_since(kind, manifest.period, known)
    explained = _explained(kind, list(entered), manifest)
    return [Tampered(kind.name, entered[pk], pk, (CAME_IN,)) for pk in entered if pk not in explained]


def _changed(columns: list[str], then: Entry, now: Entry | None) -> tuple[str, ...]:
    if now is None:
        return (GONE,)
    return tuple(name for place, name in enumerate(columns) if then.digest_of(place) != now.digest_of(place))


def _explained(kind: Kind, ids: list[str], manifest: Manifest) -> set[str]:
    """The records that an action touched, or their case, item or statement, after the snapshot."""
    if not ids:
        return set()
    owners = owners_of(kind, ids)
    asked = {owner for some in owners.values() for owner in some}
    events = AuditEvent.objects.filter(object_id__in=asked, outcome=Outcome.DONE).exclude(action__in=DISCLOSURES)
    earliest = manifest.data["log"]["last"] - _reach(manifest)
    later = {
        object_id
        for number, object_id in events.filter(pk__gt=earliest).values_list("pk", "object_id")
        if manifest.is_later(number)
    }
    return {pk for pk, some in owners.items() if later & set(some)}


def _reach(manifest: Manifest) -> int:
    """How many numbers before the last one may still belong to later events."""
    log = manifest.data["log"]
    return int(log["last"] - min(log["not_yet"], default=log["last"]) + 1)
