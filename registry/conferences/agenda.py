"""What puts itself on the agenda of the next conference. Upper floors add what lies with them.

A module `agenda` of any app is found when the registry starts; its functions join with `@agenda_source`.

Whoever reads conferences reads agendas. What some of them may not see is told as a count over everybody's records,
without names or references, and a small count is told as a small one only.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_stubs_ext import StrPromise

from registry.conferences.models import ActionItem, Conference
from registry.conferences.terms import ActionStatus, AgendaKind, Missing
from registry.information.area_duty import owing
from registry.information.models import Consent, InformationItem
from registry.information.terms import ConsentStatus

SMALL = 3
"""Below it a count is not told: one could be recognised."""

FEW: StrPromise = _("fewer than three")
NONE_LEFT: StrPromise = _("none any more")
UNNAMED: StrPromise = _("Counted over all units; whose they are and what they say is not told here.")
OVERDUE: StrPromise = _("overdue")


@dataclass(frozen=True, slots=True)
class Carried:
    """A point that carries itself: by `key` it is known again."""

    kind: AgendaKind
    key: str
    text_vi: str
    text_en: str
    subject_id: UUID | None = None
    link: str = ""


Source = Callable[[Conference], Iterable[Carried]]
SOURCES: list[Source] = []


def agenda_source(source: Source) -> Source:
    """From now on the function is asked whenever an agenda is filled."""
    SOURCES.append(source)
    return source


def carried(conference: Conference) -> list[Carried]:
    """What every source carries, kind by kind."""
    order = list(AgendaKind)
    return sorted((one for source in SOURCES for one in source(conference)), key=lambda one: order.index(one.kind))


def both(text: StrPromise, **values: Any) -> tuple[str, str]:
    """The text in Vietnamese and in English."""
    said = []
    for language in ("vi", "en"):
        with override(language):
            said.append(str(text) % {k: str(v) for k, v in values.items()} if values else str(text))
    return said[0], said[1]


def counted(
    conference: Conference, kind: AgendaKind, key: str, text: StrPromise, count: int, **more: Any
) -> Iterator[Carried]:
    """A point with a count in place of `%(count)s` and what it is counted over; none where nothing is open.

    One that stands already says when nothing is left.
    """
    if not count and not conference.agenda.filter(key=key).exists():
        return
    told = NONE_LEFT if not count else FEW if count < SMALL else count
    link = more.pop("link", "")
    text_vi, text_en = both(text, count=told, **more)
    unnamed_vi, unnamed_en = both(UNNAMED)
    yield Carried(kind, key, f"{text_vi} {unnamed_vi}", f"{text_en} {unnamed_en}", link=link)


@agenda_source
def action_items(conference: Conference) -> Iterator[Carried]:
    """What earlier conferences asked for and is still open; what stood here as open and has ended since."""
    standing = conference.agenda.filter(kind=AgendaKind.ACTION_ITEM).values("subject_id")
    found = ActionItem.objects.filter(Q(status=ActionStatus.OPEN) | Q(pk__in=standing)).exclude(conference=conference)
    if conference.held_on is not None:
        found = found.exclude(conference__held_on__gte=conference.held_on)
    elif conference.period_start is not None:
        found = found.exclude(conference__period_start__gt=conference.period_start)
    related = ("conference", "assignee_agency", "assignee_unit")
    for item in found.select_related(*related).order_by("conference__period_start", "conference__code", "number"):
        yield _carried(item)


def _bare(words: str) -> str:
    """Without the full stop."""
    return words.rstrip().removesuffix(".")


def _carried(item: ActionItem) -> Carried:
    assignee = item.assignee_unit or item.assignee_agency
    titled: Any = lazy(item.conference.in_language, str)
    values = {
        "number": item.number,
        "conference": titled("title"),
        "who": assignee.code if assignee else Missing(item.assignee_missing).label,
        "due": date_format(item.due_on, "d/m/Y") if item.due_on else Missing(item.due_on_missing).label,
        "state": OVERDUE if item.is_overdue else ActionStatus(item.status).label,
    }
    text: StrPromise = _("task %(number)s of “%(conference)s”, %(who)s, due: %(due)s, %(state)s")
    text_vi, text_en = both(text, **values)
    return Carried(
        AgendaKind.ACTION_ITEM,
        f"action_item:{item.pk}",
        f"{_bare(item.text_vi)} ({text_vi}).",
        f"{_bare(item.text_en or item.text_vi)} ({text_en}).",
        item.pk,
        reverse("admin:conferences_actionitem_change", args=[item.pk]),
    )


@agenda_source
def consents(conference: Conference) -> Iterator[Carried]:
    """Consents that somebody asked for and nobody has answered."""
    waiting = Consent.objects.filter(status=ConsentStatus.ASKED).count()
    text: StrPromise = _("Consents to the use of information that wait for an answer: %(count)s.")
    return counted(conference, AgendaKind.CONSENT, "consents", text, waiting)


@agenda_source
def area_items(conference: Conference) -> Iterator[Carried]:
    """Information about an area in which another force leads, which has not reached that force in time."""
    text: StrPromise = _("Information about another force's area that has not reached that force: %(count)s.")
    return counted(conference, AgendaKind.AREA, "area", text, owing(InformationItem.objects.all()).count())
