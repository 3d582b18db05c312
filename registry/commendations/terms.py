"""Words of commendations. Codes are stable."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommendationStatus(models.TextChoices):
    """Where a commendation stands."""

    NOMINATED = "nominated", _("nominated")
    AWARDED = "awarded", _("awarded")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("nomination withdrawn")


class AwardLevel(models.IntegerChoices):
    """On which level it is awarded; the higher number is the higher level."""

    UNIT = 1, _("unit")
    AGENCY = 2, _("agency")
    MINISTRY = 3, _("ministry")
    STATE = 4, _("State")


class AwardForm(models.TextChoices):
    """What is awarded."""

    LETTER = "letter", _("letter of praise")
    CERTIFICATE = "certificate", _("certificate of merit")
    FLAG = "flag", _("emulation flag")
    MEDAL = "medal", _("medal or order")
    BONUS = "bonus", _("bonus")
    OTHER = "other", _("other")
