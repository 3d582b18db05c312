"""Words of joint cases. Codes are stable; figures of different kinds are different series."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.reference.models import Dimension


class Kind(models.TextChoices):
    """What the law calls it. The three are counted apart and never added to each other."""

    CASE = "case", _("case (vụ)")
    CASE_FILE = "case_file", _("case file (chuyên án)")
    PROSECUTED_CASE = "prosecuted_case", _("prosecuted case (vụ án)")


class CaseStatus(models.TextChoices):
    """Where a case stands."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class CaseRole(models.TextChoices):
    """What a unit does in a case (Decree 105/2021, article 10)."""

    LEAD = "lead", _("lead")
    CO_LEAD = "co_lead", _("co-lead")
    COORDINATOR = "coordinator", _("coordinator")


SEIZABLE = (
    Dimension.MASS,
    Dimension.VOLUME,
    Dimension.TABLET,
    Dimension.DOSE,
    Dimension.PLANT,
    Dimension.BRICK,
    Dimension.AREA,
)
"""What quantities of drugs are measured in. Cases, persons, rates and money are no seizures."""
