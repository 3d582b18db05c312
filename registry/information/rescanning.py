"""Files that were taken while no scanner answered are judged as soon as one does. Runs in the job worker."""

from typing import BinaryIO, cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from agencies.audit.log import record
from registry.information import announcements
from registry.information.attachments import store
from registry.information.models import Attachment, StoredFile
from registry.information.scanner import NoVerdict, Verdict, verdict_on
from registry.information.terms import Scan

AT_ONCE = 200
"""Files of one run; the next run goes on."""

SILENT = 3
"""After so many files without an answer the scanner is taken to be away until the next run."""


def scan_again() -> int:
    """Ask the scanner about files that it has not judged, in no order: none keeps others waiting. How many it judged.

    A file that it will not judge stays “not scanned”. An infected one is given to nobody from then on.
    """
    if not settings.CLAMAV_ADDRESS:
        return 0
    judged = silent = 0
    waiting = StoredFile.objects.filter(scan=Scan.NOT_SCANNED).order_by("?")[:AT_ONCE]
    for pk, stored_name in waiting.values_list("pk", "stored_name"):
        try:
            with store().open(stored_name) as content:
                verdict = verdict_on(cast("BinaryIO", content))
        except (NoVerdict, FileNotFoundError):
            continue
        except OSError:
            silent += 1
            if silent == SILENT:
                break
            continue
        judged += _keep(pk, verdict)
    return judged


@transaction.atomic
def _keep(pk: int, verdict: Verdict) -> bool:
    """Note the verdict and tell of malware; nothing where somebody was faster."""
    row = StoredFile.objects.select_for_update().get(pk=pk)
    if row.scan != Scan.NOT_SCANNED:
        return False
    row.scan, row.scanned_at = verdict.result, timezone.now()
    row.save()
    for attachment in Attachment.objects.filter(stored=row).select_related("item__unit", "item__author"):
        record(action="attachment.scan", by=None, on=attachment, scan=verdict.result, found=verdict.name)
        if verdict.result == Scan.INFECTED and attachment.removed_at is None:
            announcements.infected(attachment)
    return True
