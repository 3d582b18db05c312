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


class Presence(models.TextChoices):
    """Whether an invited office came. While the conference is planned it is invited; then one of the others."""

    INVITED = "invited", _("invited")
    ATTENDED = "attended", _("came")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("did not come")


class AgendaKind(models.TextChoices):
    """Where a point of the agenda comes from, in the order in which points are carried there."""

    TYPED = "typed", _("written by the secretariat")
    ACTION_ITEM = "action_item", _("open action item")
    DIFFERENCE = "difference", _("unexplained difference")
    CONSENT = "consent", _("consents that wait for an answer")
    AREA = "area", _("information about another force's area")


class Answer(models.TextChoices):
    """An agency's word on a resolution."""

    ASSENTS = "assents", _("assents")
    OBJECTS = "objects", _("objects")


class Adoption(models.TextChoices):
    """Where a resolution stands."""

    NOT_ASKED = "not_asked", _("no assent needed")
    OPEN = "open", _("waits for assent")
    ADOPTED = "adopted", _("adopted by every agency")
    NOT_ADOPTED = "not_adopted", _("not adopted")


class ProposalStatus(models.TextChoices):
    """Whether an addressee has answered a proposal."""

    NOT_SENT = "not_sent", _("not sent yet")
    WAITING = "waiting", _("waits for an answer")
    ANSWERED = "answered", _("answered by the addressee")


class ActionKind(models.TextChoices):
    """A task somebody set, or what each agency owes after every conference: tell above, tell below."""

    TASK = "task", _("task of the conference")
    REPORT_UP = "report_up", _("follow-up: report to the level above")
    INFORM_DOWN = "inform_down", _("follow-up: inform the units below")


FOLLOW_UP = (ActionKind.REPORT_UP, ActionKind.INFORM_DOWN)
"""Action items that each agency gets once, when the minutes are approved."""
