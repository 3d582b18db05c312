"""The registers that reference numbers are taken from."""

import pgtrigger
from django.db import models

from agencies.models import Agency


class ReferenceRegister(models.Model):
    """The last number given out per agency and year. Locked by the release that takes the next one: no gaps."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="reference_register_once")]
        triggers = [
            pgtrigger.Protect(name="register_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="register_counts_up",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(new__last=pgtrigger.F("old__last") + 1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}: {self.last}"
