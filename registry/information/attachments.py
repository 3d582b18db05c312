"""Files of items: attach, remove, sweep what nobody refers to."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.audit.models import Outcome
from agencies.models import Agency, User
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted, Text
from agencies.roles import Permission
from registry.information.actions import edit_item, open_correction
from registry.information.actions.writing import locked, touched, write
from registry.information.file_types import KINDS, Kind, above_ceiling, kind_of
from registry.information.marks import find_marks
from registry.information.models import Attachment, InformationItem, ItemVersion, StoredFile
from registry.information.name_marks import name_marks
from registry.information.names import extension, safe_name
from registry.information.packages import Refused
from registry.information.scanner import Verdict, scan
from registry.information.terms import Scan, Status
from registry.received import ReceivedFile

GRACE = timedelta(hours=1)
"""A file in the store without a row may belong to a transaction under way for so long."""

_OWN_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}(?:_\w{7})?")
"""What this module names its files (a storage adds a tail to a name that is taken): others' files are left alone."""

INFECTED = _("The scanner found malware in this file. It was not taken; tell whoever sent it to you.")


@dataclass(frozen=True, slots=True)
class Handling:
    """What holds for one file beside the conditions of its item."""

    no_onward: bool = False
    no_judicial_use: bool = False
    originator_only: bool = False


@dataclass(frozen=True, slots=True)
class _Examined:
    """A file that may be taken."""

    file: ReceivedFile
    name: str
    kind: Kind
    verdict: Verdict


def store() -> Storage:
    """Where the bytes lie: no address leads there but the view that checks who asks."""
    return storages["attachments"]


def attach_file(
    *,
    item: InformationItem,
    by: User,
    file: ReceivedFile,
    handling: Handling | None = None,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Attachment:
    """Attach a file to a draft, a returned item or a waiting correction: an edit like any other, for four eyes too.

    Refused by what the file contains (Invalid), by the scanner (Incomplete `infected`, Conflict
    `scanner_unavailable`), by the number of files (Conflict `too_many_files`), and as edit_item refuses.
    """
    if not by.may(Permission.ITEM_DRAFT, item.unit_id):
        raise NotPermitted
    name, kind = _examine(file)
    verdict = scan(file.content)
    if verdict.result == Scan.INFECTED:
        _found_infected(item=item, by=by, sha256=file.sha256, found=verdict.name)
        raise Incomplete(INFECTED, code="infected")
    taken = _Examined(file, name, kind, verdict)
    given: dict[str, Any] = {"handling": handling or Handling(), "expected_revision": expected_revision, "at": at}
    with _laid_down(item.unit.agency, taken) as stored_name:
        return _attach(item=item, by=by, taken=taken, stored_name=stored_name, **given)


def _examine(file: ReceivedFile) -> tuple[str, Kind]:
    """Name and kind; every fault of both at once."""
    faults: dict[str, Text] = {}
    codes = []
    name, kind = safe_name(file.given_name), None
    if not name:
        faults["name"] = _("Give the file a name of letters or digits.")
        codes.append("invalid_name")
    elif marks := name_marks(name) or find_marks(name):
        faults["name"] = above_ceiling(marks)
        codes.append("above_ceiling")
    try:
        kind = kind_of(file.content, file.size or 0)
    except Refused as refused:
        faults["file"] = refused.message
        codes.append(refused.code)
    if kind is not None and name and extension(name) not in kind.extensions:
        known = {"name": name, "endings": ", ".join(f".{ending}" for ending in kind.extensions)}
        text = _("“%(name)s” does not fit what the file contains. Name it with one of: %(endings)s.")
        faults.setdefault("name", text % known)
        codes.append("name_does_not_fit")
    if kind is None or faults:
        raise Invalid(faults, code="above_ceiling" if "above_ceiling" in codes else codes[-1])
    return name, kind


@transaction.atomic
def _found_infected(*, item: InformationItem, by: User, sha256: str, found: str) -> None:
    """The attempt stays in the audit log though nothing was taken, and nobody is given these bytes any more.

    Whoever stored them before the scanner knew better finds it in its own log, as the registry's doing: neither
    agency learns of the other.
    """
    record(action="attachment.add", by=by, on=item, outcome=Outcome.DENIED, code="infected", sha256=sha256, found=found)
    for row in StoredFile.objects.select_for_update().filter(sha256=sha256).exclude(scan=Scan.INFECTED).order_by("pk"):
        row.scan, row.scanned_at = Scan.INFECTED, timezone.now()
        row.save()
        for attachment in Attachment.objects.filter(stored=row).standing().select_related("item"):
            record(action="attachment.found_infected", by=None, on=attachment, found=found)


@transaction.atomic
def _attach(
    *,
    item: InformationItem,
    by: User,
    taken: _Examined,
    stored_name: str,
    handling: Handling,
    expected_revision: int | None,
    at: datetime | None,
) -> Attachment:
    version = _edited(item, by, expected_revision, at)
    item = version.item
    standing = Attachment.objects.filter(version=version).standing().count()
    if standing >= settings.ATTACHMENT_MAX_FILES:
        text = _("An item may have at most %d files. Remove one first.") % settings.ATTACHMENT_MAX_FILES
        raise Conflict(text, code="too_many_files")
    stored = _stored(item.unit.agency, taken, stored_name)
    attachment = Attachment(
        item=item,
        version=version,
        stored=stored,
        number=Attachment.objects.filter(version=version).count() + 1,
        name=taken.name,
        added_by=by,
        added_at=at or timezone.now(),
        **asdict(handling),
    )
    attachment.save()
    taken_as: dict[str, Any] = {"sha256": stored.sha256, "size": stored.size, "type": stored.media_type}
    taken_as |= asdict(handling) | {"scan": stored.scan, "item": str(item.pk)}
    record(action="attachment.add", by=by, on=attachment, **taken_as)
    return attachment


def _edited(item: InformationItem, by: User, expected_revision: int | None, at: datetime | None) -> ItemVersion:
    """The version that is being written, edited by this person now. What was released takes no files."""
    version = open_correction(item)
    if version is None:
        edited = edit_item(item=item, by=by, content={}, expected_revision=expected_revision, at=at)
        return ItemVersion.objects.select_related("item__unit__agency").filter(item=edited).latest("number")
    item = locked(item, expected_revision)
    if not by.may(Permission.ITEM_DRAFT, item.unit_id):
        raise NotPermitted
    if item.status != Status.RELEASED:
        text = _("Only a released item is corrected; this one is “%s”.") % item.get_status_display()
        raise Conflict(text, code="wrong_status")
    fresh = open_correction(item)
    if fresh is None:
        raise Conflict(_("No correction of this item waits for its release."), code="no_correction")
    write(fresh, {}, by)
    touched(item, at)
    record(action="item.correct", by=by, on=item, purpose=fresh.reason, version=fresh.number, fields=["files"])
    return ItemVersion.objects.select_related("item__unit__agency").get(pk=fresh.pk)


@contextlib.contextmanager
def _laid_down(agency: Agency, taken: _Examined) -> Iterator[str]:
    """The name under which the bytes lie in the store: copied there before anything is locked, unless they lie there.

    Taken away again when what follows fails. A commit that fails later leaves a file without a row, which nobody can
    read and `sweep_orphans` drops.
    """
    held = StoredFile.objects.filter(agency=agency, sha256=taken.file.sha256).first()
    if held is not None:
        yield held.stored_name
        return
    token = uuid4().hex
    # A plain File: the storage copies it and leaves the temporary file to whoever opened it.
    stored_name = store().save(f"{token[:2]}/{token}", File(taken.file.content))
    try:
        yield stored_name
    except BaseException:
        store().delete(stored_name)
        raise


def _stored(agency: Agency, taken: _Examined, stored_name: str) -> StoredFile:
    """The agency's row of these bytes: the one it has, or a new one. What was copied for nothing is dropped."""
    row = StoredFile.objects.filter(agency=agency, sha256=taken.file.sha256).first()
    if row is None:
        row = StoredFile(
            agency=agency,
            sha256=taken.file.sha256,
            size=taken.file.size,
            media_type=taken.kind.media_type,
            stored_name=stored_name,
            scan=taken.verdict.result,
            scanned_at=None if taken.verdict.result == Scan.NOT_SCANNED else timezone.now(),
        )
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            # Somebody of the agency stored the same bytes a moment ago: theirs is used.
            row = StoredFile.objects.get(agency=agency, sha256=taken.file.sha256)
        else:
            return row
    if row.stored_name != stored_name:
        store().delete(stored_name)
    return _known(row, taken.verdict)


def _known(row: StoredFile, verdict: Verdict) -> StoredFile:
    """Bytes that lie in the store already; what the scanner says now counts."""
    if verdict.result != Scan.NOT_SCANNED:
        row.scan, row.scanned_at = verdict.result, timezone.now()
        row.save()
    if row.scan == Scan.INFECTED:
        raise Incomplete(INFECTED, code="infected")
    return row


@transaction.atomic
def remove_attachment(
    *, attachment: Attachment, by: User, expected_revision: int | None = None, at: datetime | None = None
) -> Attachment:
    """Take a file off what is not released: an edit. The row stays, the bytes too; nobody is shown them any more."""
    version = _edited(attachment.item, by, expected_revision, at)
    fresh = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if fresh.removed_at is not None or fresh.version_id != version.pk:
        raise Conflict(_("Only a file of the present draft can be removed."), code="wrong_status")
    fresh.removed_at, fresh.removed_by = at or timezone.now(), by
    fresh.save()
    record(action="attachment.remove", by=by, on=fresh, item=str(version.item_id))
    return fresh


def sweep_orphans(*, older_than: timedelta = GRACE) -> int:
    """Drop files of the store that no row refers to, once no transaction can still be about to; how many."""
    before, dropped = timezone.now() - older_than, 0
    lying = [name for name in _names() if _OWN_NAME.fullmatch(name)]
    known = set(StoredFile.objects.values_list("stored_name", flat=True))
    for name in lying:
        if name not in known and store().get_modified_time(name) < before:
            store().delete(name)
            dropped += 1
    return dropped


def _names(folder: str = "") -> Iterator[str]:
    """Every file of the store."""
    with contextlib.suppress(FileNotFoundError):
        folders, files = store().listdir(folder)
        prefix = f"{folder}/" if folder else ""
        yield from (prefix + name for name in files)
        for name in folders:
            yield from _names(prefix + name)


TYPES = {kind.media_type: kind.extensions[0].upper() for kind in KINDS}
"""What people call a type."""
