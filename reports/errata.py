"""What must be read beside a sealed report: items it counts that were recalled since. Its bytes stay as sealed."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from registry.information.models import InformationItem
from registry.information.terms import Status
from reports.manifest import Manifest
from reports.models import SealedReport


@dataclass(frozen=True, slots=True)
class Erratum:
    """One item, by reference and without its title."""

    reference: str
    recalled_on: date

    @property
    def text(self) -> str:
        """A sentence in the reader's language."""
        return _("%(reference)s is counted in this report and was recalled on %(day)s.") % {
            "reference": self.reference,
            "day": f"{self.recalled_on:%d/%m/%Y}",
        }


def errata(report: SealedReport) -> list[Erratum]:
    """Items recalled after they were counted, in the order of their recall. A report not yet frozen has none.

    Of a report that counts for all, so anybody who reads it learns of every recall; of an item only its number.
    """
    if report.manifest is None:
        return []
    manifest = Manifest(bytes(report.manifest))
    recalled = InformationItem.objects.filter(
        pk__in=list(manifest.entries("item")), status=Status.RECALLED, recalled_at__gt=manifest.snapshot_at
    )
    rows = recalled.order_by("recalled_at", "reference").values_list("reference", "recalled_at")
    return [Erratum(str(reference), timezone.localtime(at).date()) for reference, at in rows if at is not None]
