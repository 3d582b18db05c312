"""The way of a quarter: from the plan of its conference to the papers sent out, each step with where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.models import User
from registry.commendations.models import Commendation
from registry.commendations.terms import CommendationStatus
from registry.conferences.models import ActionItem, Conference
from registry.conferences.terms import ActionStatus, ConferenceStatus
from registry.periods import Period
from reports import links
from reports.missing import Lack, missing
from reports.models import IssuedPaper, NarrativeText, SealedReport
from reports.parts import WRITTEN
from reports.terms import ConferencePaperKind, SealStatus


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step: what is to be done, where it stands, whether it is done, and the page where it is done."""

    name: str
    state: str
    done: bool
    url: str


def conference_of(period: Period) -> Conference | None:
    """The conference about the period: the latest recorded where there are several."""
    met = Conference.objects.filter(period_start=period.start, period_end=period.end)
    return met.order_by("-created_at", "-pk").first()


def way_of(period: Period, reader: User) -> list[WayStep]:
    """Every step, in order. A handful of queries, however many records there are."""
    conference = conference_of(period)
    return [
        *_prepared(period, conference),
        *_counted(period, reader),
        *_met(conference),
        *_reported(period, conference),
    ]


def _list(name: str, **query: Any) -> str:
    address = reverse(f"admin:{name}_changelist")
    return f"{address}?{urlencode(query)}" if query else address


def _page_of(conference: Conference | None) -> str:
    if conference is None:
        return reverse("admin:conferences_conference_changelist")
    return reverse("admin:conferences_conference_change", args=[conference.pk])


def _prepared(period: Period, conference: Conference | None) -> Iterator[WayStep]:
    """The conference, who is invited, what it deals with."""
    url = _page_of(conference)
    if conference is None:
        yield WayStep(_("Plan the conference"), _("none is recorded"), False, url)
        return
    yield WayStep(_("Plan the conference"), conference.get_status_display(), True, url)
    offices = conference.attendance.count()
    yield WayStep(_("Invite offices"), _("%(n)d on the list") % {"n": offices}, offices > 0, url)
    points = conference.agenda.standing().count()
    met = conference.status != ConferenceStatus.PLANNED
    yield WayStep(_("Fill the agenda"), _("%(n)d points") % {"n": points}, points > 0 or met, url)


def _counted(period: Period, reader: User) -> Iterator[WayStep]:
    """Figures confirmed, differences explained, awards decided, texts written."""
    lacks = missing(period)
    without = [one for one in lacks if one.code == Lack.STATEMENT]
    spoken = get_language() or "vi"
    state = ", ".join(one.name.in_(spoken) for one in without)
    state = _("not yet: %(agencies)s") % {"agencies": state} if without else _("by every agency")
    yield WayStep(_("Have the figures confirmed"), state, not without, links.statements(period).page)
    open_ = sum(one.code == Lack.DIFFERENCE for one in lacks)
    url = _list("reports_reconciliation", period=period.label)
    yield WayStep(_("Explain the differences"), _("%(n)d open") % {"n": open_}, not open_, url)
    waiting = Commendation.objects.visible_to(reader).filter(status=CommendationStatus.NOMINATED).count()
    url = _list("commendations_commendation")
    yield WayStep(_("Decide on commendations"), _("%(n)d open") % {"n": waiting}, not waiting, url)
    texts = NarrativeText.objects.visible_to(reader).filter(period_label=period.label).exclude(text="")
    written = texts.values("part").distinct().count()
    state = _("%(n)d of %(all)d parts") % {"n": written, "all": len(WRITTEN)}
    url = _list("reports_narrativetext", period=period.label)
    yield WayStep(_("Write the texts of the report"), state, written == len(WRITTEN), url)


def _met(conference: Conference | None) -> Iterator[WayStep]:
    """Held, resolutions adopted, minutes approved."""
    url = _page_of(conference)
    status = conference.status if conference is not None else ConferenceStatus.PLANNED
    held = conference is not None and status != ConferenceStatus.PLANNED
    day = conference.held_on.strftime("%d/%m/%Y") if conference and conference.held_on else ""
    yield WayStep(_("Hold the conference"), day or (_("held") if held else _("not yet")), held, url)
    approved = status == ConferenceStatus.APPROVED
    state = conference.get_status_display() if conference and held else _("not yet")
    yield WayStep(_("Write and approve the minutes"), state, approved, url)


def _reported(period: Period, conference: Conference | None) -> Iterator[WayStep]:
    """Sealed, papers sent out, tasks followed."""
    reports = SealedReport.objects.filter(period_label=period.label).exclude(status=SealStatus.WITHDRAWN)
    report = reports.defer("document", "manifest").select_related("paper").order_by("-created_at", "-pk").first()
    listed = _list("reports_sealedreport", q=period.label)
    url = reverse("admin:reports_sealedreport_change", args=[report.pk]) if report else listed
    state = report.get_status_display() if report else _("not yet")
    known = (SealStatus.PREPARED, SealStatus.SEALED)
    yield WayStep(_("Prepare the report"), state, report is not None and report.status in known, url)
    paper = str(report.paper) if report is not None and report.paper is not None else ""
    yield WayStep(_("Have the head seal it"), paper or _("not yet"), bool(paper), url)
    if conference is None:
        return
    issued = IssuedPaper.objects.filter(conference=conference).select_related("entry")
    numbers = [str(one.entry) for one in issued]
    url = reverse("admin:reports_conferencepapers_change", args=[conference.pk])
    all_ = len(numbers) == len(ConferencePaperKind.values)
    yield WayStep(_("Register minutes and notice"), "; ".join(numbers) or _("not yet"), all_, url)
    tasks = ActionItem.objects.filter(conference=conference, status=ActionStatus.OPEN).count()
    url = _list("conferences_actionitem", conference__id__exact=conference.pk)
    ended = conference.status == ConferenceStatus.APPROVED and not tasks
    yield WayStep(_("Follow the tasks"), _("%(n)d open") % {"n": tasks}, ended, url)


def current_quarter() -> Period | None:
    """The quarter of the latest conference whose period is a calendar quarter."""
    labels = Conference.objects.exclude(period_start=None).filter(period_label__regex=r"^\d{4}-Q[1-4]$")
    label = labels.order_by("-period_start").values_list("period_label", flat=True).first()
    return Period.parse(label) if label else None
