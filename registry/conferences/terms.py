"""Words of conferences. Codes are stable."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Law asks for yearly meetings at central level; the quarterly exchange is practice on top of it."""

    QUARTERLY = "quarterly_exchange", _("quarterly exchange of information")
    ANNUAL = "annual", _("annual meeting")
    EXTRAORDINARY = "extraordinary", _("extraordinary meeting")
    OTHER = "other", _("other")


class ConferenceStatus(models.TextChoices):
    """Where a conference stands."""

    PLANNED = "planned", _("planned")
    CONVENED = "convened", _("convened")
    MINUTED = "minuted", _("minutes written")
    APPROVED = "approved", _("minutes approved")


class ActionStatus(models.TextChoices):
    """Where an action item stands."""

    OPEN = "open", _("open")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class Missing(models.TextChoices):
    """Why a value is empty. Empty is never a guess."""

    NOT_STATED = "not_stated", _("the source does not say")
    UNCLEAR = "unclear", _("the source is unclear")
    UNDECIDED = "undecided", _("not decided yet")
    NOT_APPLICABLE = "not_applicable", _("does not apply")


class Secrecy(models.TextChoices):
    """Circulation marks below state secret. A conference above them has no record here."""

    NONE = "none", _("unmarked")
    INTERNAL = "internal", _("internal circulation")


class Part(models.TextChoices):
    """What an office did at a conference."""

    CHAIR = "chair", _("chaired")
    CO_CHAIR = "co_chair", _("co-chaired")
    ATTENDEE = "attendee", _("attended")
    REPORTER = "reporter", _("read the report")
    SECRETARY = "secretary", _("kept the minutes")


class ResolutionKind(models.TextChoices):
    """What a conference decided, proposed or set."""

    RESOLUTION = "resolution", _("resolution")
    PROPOSAL = "proposal", _("proposal")
    TASK = "task", _("task")
