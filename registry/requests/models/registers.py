"""The registers that numbers of requests are taken from."""

import pgtrigger
from django.db import models

from agencies.models import Agency


class RequestRegister(models.Model):
    """The last number given out per asking agency and year. Locked by the sending that takes the next one: no gaps."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="request_register_once")]
        triggers = [
            pgtrigger.Protect(name="request_register_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="request_register_counts_up",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(new__last=pgtrigger.F("old__last") + 1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}: {self.last}"
