"""Codes of published facts: stable in the database, worded for the reader."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.periods import Basis

BASES = [
    (Basis.CALENDAR.value, _("calendar")),
    (Basis.STATUTORY.value, _("statutory, 15th to 14th")),
    (Basis.CUSTOM.value, _("as agreed")),
    (Basis.AS_PRINTED.value, _("as printed, cut-off unknown")),
]
"""How a period was cut. Days under an unknown cut-off are the calendar's reading of the printed words."""


class Missing(models.TextChoices):
    """Why a value is empty. An empty value is never zero and never a guess."""

    NOT_STATED = "not_stated", _("the document does not say")
    NOT_APPLICABLE = "not_applicable", _("does not apply")
    UNCLEAR = "unclear", _("the document is unclear")


class FigureKind(models.TextChoices):
    """Whether a figure belongs to the document or to what stands around it on the page."""

    FIGURE = "figure", _("figure")
    NOISE = "noise", _("noise (page furniture, counted nowhere)")


class Scope(models.TextChoices):
    """Whose figure it is. Figures of different scopes are different series and never add."""

    AGENCY = "agency", _("one agency")
    NATIONAL_FORCE = "national_force", _("one force, nationwide")
    FOUR_AGENCIES = "four_agencies", _("the four agencies together")
    NATIONWIDE_AGENCIES = "nationwide_agencies", _("all agencies nationwide")
    PUBLIC_SECURITY = "public_security", _("public security, all work")
    INDIVIDUALS = "individuals", _("individuals")
    OTHER = "other", _("other")


class Part(models.TextChoices):
    """What the subject did in what is counted."""

    NONE = "none", _("not said")
    POOLED = "lead_and_coordinate_pooled", _("led and coordinated, pooled")
    COORDINATED = "coordinated", _("coordinated with others")


class Comparator(models.TextChoices):
    """The word before the number.

    `exact` is a count printed to the unit with no word before it. `unstated` is a measure, or a round count,
    with no word before it: it may have been rounded, and the document does not say how.
    """

    EXACT = "exact", _("exactly")
    OVER = "over", _("more than")
    AT_LEAST = "at_least", _("at least")
    NEARLY = "nearly", _("nearly (less than)")
    ABOUT = "about", _("about")
    UNSTATED = "unstated", _("no word printed")


class Relation(models.TextChoices):
    """How one figure stands to another of the same document."""

    PART_OF_UNKNOWN = "part_of_unknown", _("may or may not be part of")
    SAME_FACT_AS = "same_fact_as", _("the same fact as")
    PARALLEL_MEASURE_OF = "parallel_measure_of", _("measures the same lots as")


class EventKind(models.TextChoices):
    """What kind of meeting a document reports."""

    QUARTERLY_CONFERENCE = "quarterly_conference", _("quarterly coordination conference")
    REVIEW_MEETING = "review_meeting", _("review meeting")
    MONTHLY_REVIEW = "monthly_review", _("monthly review")
    COMMENDATION_MEETING = "commendation_meeting", _("commendation meeting")


class AttendancePart(models.TextChoices):
    """What somebody did at an event."""

    CHAIR = "chair", _("chaired")
    REPORTER = "reporter", _("read the report")
    SPEAKER = "speaker", _("spoke")
    ATTENDEE = "attendee", _("attended")


class StatementKind(models.TextChoices):
    """What kind of thing a document says beyond figures."""

    RESOLUTION = "resolution", _("resolution")
    PROPOSAL = "proposal", _("proposal")
    TASK = "task", _("task")
    COMMENDATION = "commendation", _("commendation")
    ASSESSMENT = "assessment", _("assessment")
    FORECAST = "forecast", _("forecast")
    MECHANISM = "mechanism", _("mechanism")
    LEGAL_MENTION = "legal_mention", _("mention of law")
    QUANTITY_IN_WORDS = "quantity_in_words", _("quantity without a number")
    NOISE = "noise", _("noise (page furniture)")


DUE = (StatementKind.TASK, StatementKind.RESOLUTION, StatementKind.PROPOSAL)
"""Statements that somebody is to act on: an empty due day there means the document states none."""
